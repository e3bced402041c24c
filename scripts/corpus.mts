/**
 * Brings the pinned corpus of real source code from the package registries into `corpus/` (ignored by git): wheels of pure Python by
 * pip, packages that ship their TypeScript or JavaScript by npm. Nothing of it is run: archives are downloaded and unpacked. What is
 * there already is kept.
 *
 *     npm run corpus
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { languageOfPath } from '../core/syntax/language';
import { SourceFile } from '../core/text/source-file';

const run = promisify(execFile);
const CORPUS = fileURLToPath(new URL('../corpus/', import.meta.url));

interface Manifest {
  readonly pypi: readonly string[];
  readonly npm: readonly string[];
}

async function main(): Promise<void> {
  const manifest = JSON.parse(await readFile(new URL('./corpus.json', import.meta.url), 'utf8')) as Manifest;
  await mkdir(CORPUS, { recursive: true });
  const failed: string[] = [];
  for (const [registry, list] of Object.entries(manifest) as [keyof Manifest, readonly string[]][]) {
    for (const requirement of list) {
      const target = join(CORPUS, `${registry}-${requirement.replace(/[^\w.@-]+/g, '-')}`);
      if (await exists(target)) continue;
      try {
        await bring(registry, requirement, target);
        process.stdout.write(`${registry} ${requirement}\n`);
      } catch (error) {
        failed.push(requirement);
        process.stderr.write(
          `corpus: ${requirement} could not be had: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}\n`,
        );
      }
    }
  }
  const { files, lines, bytes } = await measure(CORPUS);
  process.stdout.write(
    `corpus: ${files} files, ${lines} lines, ${(bytes / 1e6).toFixed(1)} MB of Python, TypeScript and JavaScript\n`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

async function bring(registry: keyof Manifest, requirement: string, target: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seamline-corpus-'));
  try {
    if (registry === 'npm')
      await run('npm', ['pack', requirement, '--pack-destination', folder, '--silent'], { cwd: folder });
    else {
      // Wheels of pure Python hold the sources. A source distribution would make pip run the project's own build to learn its name.
      const options = ['--no-deps', '--only-binary', ':all:', '--disable-pip-version-check', '--quiet'];
      await run('python3', ['-m', 'pip', 'download', ...options, '--dest', folder, requirement], { cwd: folder });
    }
    const archive = (await readdir(folder)).find((name) => /\.(tgz|whl)$/.test(name));
    if (!archive) throw new Error('no archive came');
    const unpacked = join(folder, 'unpacked');
    await mkdir(unpacked);
    if (archive.endsWith('.whl')) await run('python3', ['-m', 'zipfile', '-e', join(folder, archive), unpacked]);
    else await run('tar', ['xf', join(folder, archive), '-C', unpacked, '--strip-components=1']);
    await rename(unpacked, target).catch(async () => run('cp', ['-r', unpacked, target]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function measure(folder: string): Promise<{ files: number; lines: number; bytes: number }> {
  const total = { files: 0, lines: 0, bytes: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !languageOfPath(entry.name)) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    total.files++;
    total.bytes += bytes.length;
    total.lines += new SourceFile(bytes.toString('utf8')).physicalLines;
  }
  return total;
}

await main();
