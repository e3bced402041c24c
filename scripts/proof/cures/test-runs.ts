import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildCure, curesOf } from '../../../session/cures';
import { fix } from '../../../session/fix';
import { TypeScriptService } from '../../../session/typescript/service';
import { Workspace } from '../../../session/workspace';
import { writeChange } from '../../../session/write-change';
import { sample } from '../../../test/oracle/sample';
import type { ProjectRequest } from './project';
import type { ProjectEntry } from './projects';
import { passingTests } from './test-reports';
import { added, type Proof, type TestVerdict } from './types';

type Request = ProjectRequest & { readonly entry: ProjectEntry };

/** Folders that hold what was installed: the copy borrows them. */
const INSTALLED = ['node_modules', '.venv', 'venv'];

/**
 * Runs the project's own tests on a copy: twice as it is, since only what passes twice is worth a word, then after all cures together
 * and after a seeded few alone. A test is lost when it fails twice after.
 */
export async function* proveTests(
  request: Request,
  proofs: readonly Proof[],
  say: (text: string) => void,
): AsyncGenerator<TestVerdict> {
  const parent = await mkdtemp(join(tmpdir(), 'seamline-tests-'));
  const copy = join(parent, request.entry.name);
  try {
    await copyOf(request.folder, copy);
    say('tests as they are');
    const first = await passing(copy, request.entry);
    const before = shared(first, await passing(copy, request.entry));
    if (before.length === 0) throw new Error(`${request.entry.name}: no test passes before any cure`);
    const judge = async (of: string, applied: number): Promise<TestVerdict> => {
      let lost = added(await passing(copy, request.entry), before);
      if (lost.length > 0) lost = shared(added(await passing(copy, request.entry), before), lost);
      say(`tests after ${of}: ${before.length} before, ${lost.length} lost`);
      return { of, applied, before: before.length, after: before.length - lost.length, lost };
    };
    const changed = proofs.filter(({ outcome }) => outcome === 'safe' || outcome === 'review');
    for (const proof of sample(changed, request.testSample, request.seed)) {
      const takeBack = await applyOne(copy, request, proof);
      yield await judge(`${proof.cure} ${proof.file}:${proof.line}`, 1);
      await takeBack();
    }
    yield await judge('all together', await applyAll(copy, request));
  } finally {
    if (request.keep) say(`kept ${copy}`);
    else await rm(parent, { recursive: true, force: true });
  }
}

/** What both have, as multisets: several tests may have one name. */
const shared = (a: readonly string[], b: readonly string[]): string[] => added(added(a, b), b);

async function copyOf(folder: string, copy: string): Promise<void> {
  await mkdir(join(copy, '.git'), { recursive: true });
  const run = promisify(execFile);
  const left = ['.git', ...INSTALLED].map((name) => `--exclude=./${name}`).join(' ');
  await run('sh', ['-c', `tar -C "$0" -cf - ${left} . | tar -C "$1" -xf -`, folder, copy], { maxBuffer: 1e8 });
  for (const name of INSTALLED)
    await run('sh', ['-c', 'if [ -e "$0" ]; then ln -s "$0" "$1"; fi', join(folder, name), join(copy, name)]);
}

/** The ids of the tests that pass, however the command ends. */
async function passing(copy: string, { tests, report, timeLimitSeconds }: ProjectEntry): Promise<string[]> {
  const path = join(copy, '..', `report.${report === 'junit' ? 'xml' : 'json'}`);
  await rm(path, { force: true });
  await new Promise<void>((done) => {
    const shell = spawn('sh', ['-c', tests!.replaceAll('{report}', path)], {
      cwd: copy,
      stdio: 'ignore',
      detached: true,
    });
    const timer = setTimeout(() => process.kill(-shell.pid!, 'SIGKILL'), timeLimitSeconds * 1000);
    shell.on('close', () => {
      clearTimeout(timer);
      done();
    });
  });
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`the tests wrote no report (limit ${timeLimitSeconds} s): ${tests}`);
  return passingTests(text, report);
}

async function opened(
  copy: string,
  { script, configFile }: Request,
): Promise<{ workspace: Workspace; typescript: TypeScriptService }> {
  const workspace = await Workspace.open({
    paths: [copy],
    cwd: copy,
    configFile,
    engine: 'wasm',
    jobs: 1,
    useCache: false,
  });
  return { workspace, typescript: new TypeScriptService({ root: workspace.root, script }) };
}

/** All cures that the request names, as `seamline fix --all --write --allow-review` applies them. */
async function applyAll(copy: string, request: Request): Promise<number> {
  const { rules, cures } = request;
  const { workspace, typescript } = await opened(copy, request);
  let applied = 0;
  try {
    const base = { all: true, write: true, allowReview: true, choices: { reason: 'the caller can do without it' } };
    for (const cure of cures ?? [undefined]) {
      const wish = { ...base, ...(rules ? { rules } : {}), ...(cure === undefined ? {} : { cure }) };
      for await (const { written } of fix(workspace, typescript, wish)) if (written) applied++;
    }
  } finally {
    workspace.dispose();
    typescript.close();
  }
  return applied;
}

/** @returns puts the files back */
async function applyOne(copy: string, request: Request, proof: Proof): Promise<() => Promise<void>> {
  const { workspace, typescript } = await opened(copy, request);
  try {
    const finding = workspace
      .findings()
      .find(
        ({ rule, file, range }) => rule === proof.rule && file === proof.file && range.start.line + 1 === proof.line,
      );
    const cure = finding && curesOf(finding).find(({ id }) => id === proof.cure);
    if (!finding || !cure) throw new Error(`${proof.file}:${proof.line}: the finding is not in the copy`);
    const { files } = await buildCure(workspace, typescript, finding, cure, { reason: 'the caller can do without it' });
    await writeChange(workspace.root, files);
    return () =>
      writeChange(
        workspace.root,
        files.map(({ file, before, after }) => ({ file, before: after, after: before })),
      );
  } finally {
    workspace.dispose();
    typescript.close();
  }
}
