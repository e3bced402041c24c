import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** What the programs of the behaviour fixtures import; the versions are those that the fixtures were read with. */
const REQUIREMENTS = ['pydantic>=2.7,<3', 'fastapi>=0.110,<1', 'httpx>=0.26,<1'];

const FOLDER = fileURLToPath(new URL('../../../.venv-behaviour/', import.meta.url));
/** The environment in which CI runs the tests of the examples. */
const EXAMPLE_FOLDER = fileURLToPath(new URL('../../../.venv/examples/', import.meta.url));
const EXAMPLE_REQUIREMENTS = new URL('../../../examples/python-llm-service/requirements.txt', import.meta.url);
const RUNNER = fileURLToPath(new URL('./runner.py', import.meta.url));

const INSTALL_MS = 300_000;

let ready: Promise<string> | undefined;
let exampleReady: Promise<string> | undefined;

/**
 * CPython with the packages of {@link REQUIREMENTS}, in an environment of its own that is made when it is first needed.
 * @returns the path of the interpreter
 * @throws Error without a python3 on the PATH: these tests never skip
 */
export function behaviourPython(): Promise<string> {
  ready ??= prepare(FOLDER, REQUIREMENTS);
  return ready;
}

/** The same for the Python example: CPython with the packages that it and its tests need. */
export function examplePython(): Promise<string> {
  exampleReady ??= readFile(EXAMPLE_REQUIREMENTS, 'utf8').then((text) =>
    prepare(
      EXAMPLE_FOLDER,
      text.split('\n').filter((line) => line !== ''),
    ),
  );
  return exampleReady;
}

async function prepare(folder: string, requirements: readonly string[]): Promise<string> {
  const python = join(folder, 'bin', 'python');
  const mark = join(folder, 'requirements.txt');
  const wanted = requirements.join('\n');
  const isThere = await Promise.all([access(python), readFile(mark, 'utf8')]).then(
    ([, text]) => text === wanted,
    () => false,
  );
  if (isThere) return python;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder.replace(/\/$/, '')}.lock`;
  if (!(await takeLock(lock))) return prepare(folder, requirements);
  try {
    await install(folder, python, requirements);
    // Last, so that an installation that was interrupted is done again.
    await writeFile(mark, wanted);
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
  return python;
}

/**
 * Tests of several workers need an environment at the same time, and one of them makes it.
 * @returns false once another has had the lock and let go of it
 */
async function takeLock(lock: string): Promise<boolean> {
  const isOurs = await mkdir(lock).then(
    () => true,
    () => false,
  );
  if (isOurs) return true;
  for (;;) {
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (since === undefined) return false;
    // Of a run that was killed.
    if (Date.now() - since > INSTALL_MS + 60_000) await rm(lock, { recursive: true, force: true });
    await setTimeout(500);
  }
}

async function install(folder: string, python: string, requirements: readonly string[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]).catch((error: Error) => {
    throw new Error(`the behaviour tests need python3 with venv: ${error.message}`);
  });
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements], {
    timeout: INSTALL_MS,
  });
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

/** A folder with the files of a program and its `driver.py`, removed when the test is over. */
export async function programFolder(files: Readonly<Record<string, string>>, driver: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seamline-behaviour-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...files, 'driver.py': driver })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
