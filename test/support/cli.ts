import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line, as `global-setup.ts` built it, in a process of its own. */
export async function seamline(
  cwd: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const script = join(inject('cliFolder'), 'cli.js');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd,
      env: {
        ...process.env,
        SEAMLINE_CACHE_DIR: join(cwd, '.test-cache'),
        NO_COLOR: '1',
        FORCE_COLOR: '',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (stdout += part));
    child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
    child.on('error', fail).on('close', (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}

/** A folder with the given files (a `.git` folder makes it a root), removed when the test is over. */
export async function workspace(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seamline-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, '.git'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
