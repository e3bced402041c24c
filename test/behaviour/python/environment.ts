import { execFile } from 'node:child_process';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the programs of the behaviour fixtures import; the versions are those that the fixtures were read with. */
const REQUIREMENTS = ['pydantic>=2.7,<3', 'fastapi>=0.110,<1', 'httpx>=0.26,<1'];

const FOLDER = fileURLToPath(new URL('../../../.venv-behaviour/', import.meta.url));
const RUNNER = fileURLToPath(new URL('./runner.py', import.meta.url));

let ready: Promise<string> | undefined;

/**
 * CPython with the packages of {@link REQUIREMENTS}, in an environment of its own that is made when it is first needed.
 * @returns the path of the interpreter
 * @throws Error without a python3 on the PATH: these tests never skip
 */
export function behaviourPython(): Promise<string> {
  ready ??= prepare();
  return ready;
}

async function prepare(): Promise<string> {
  const python = join(FOLDER, 'bin', 'python');
  const mark = join(FOLDER, 'requirements.txt');
  const wanted = REQUIREMENTS.join('\n');
  const isThere = await Promise.all([access(python), readFile(mark, 'utf8')]).then(
    ([, text]) => text === wanted,
    () => false,
  );
  if (isThere) return python;
  await rm(FOLDER, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', FOLDER]).catch((error: Error) => {
    throw new Error(`the behaviour tests need python3 with venv: ${error.message}`);
  });
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...REQUIREMENTS], {
    timeout: 300_000,
  });
  // Last, so that an installation that was interrupted is done again.
  await writeFile(mark, wanted);
  return python;
}

/**
 * Runs `driver.py` of a folder on 500 random inputs in one process.
 * @returns what each probe did with each input, one line each: its result, or the exception's type and message
 */
export async function outcomesOf(folder: string): Promise<string[]> {
  const python = await behaviourPython();
  const { stdout } = await run(python, ['-I', '-B', '-W', 'ignore', RUNNER, folder], {
    timeout: 100_000,
    maxBuffer: 64_000_000,
  });
  return stdout.trimEnd().split('\n');
}
