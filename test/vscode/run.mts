// Runs everything of this folder: installs a real VS Code, builds the extension, then the two suites. Ends with `N passed, N failed`; what
// could not be installed, started or run counts as failed.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../esbuild.mjs';
import { install } from './install.mjs';
import { OUTCOME, type Outcome } from './run-mocha';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = join(ROOT, 'test', 'vscode');
const SCREENSHOTS = join(ROOT, 'test-results', 'vscode');

const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

const SUITES = [
  { name: 'extension host', script: 'host.mts', limitMs: 8 * 60_000 },
  { name: 'browser', script: 'browser.mts', limitMs: 12 * 60_000 },
] as const;

rmSync(SCREENSHOTS, { recursive: true, force: true });
mkdirSync(SCREENSHOTS, { recursive: true });
const outcomes = await Promise.resolve()
  .then(async () => {
    await install();
    await bundle(join(ROOT, 'dist'));
  })
  .then(runSuites, (error) => SUITES.map(({ name }) => broken(name, `could not start: ${error}`)));

for (const line of outcomes.flatMap(({ failures }) => failures)) console.error(`FAILED: ${line}`);
const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
const failed = sum((outcome) => outcome.failed + outcome.skipped);
console.log(`${sum(({ passed }) => passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runSuites(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const suite of SUITES) outcomes.push(await runSuite(suite));
  return outcomes;
}

/** Runs one suite in a process of its own, which is ended when it takes too long. */
async function runSuite({ name, script, limitMs }: (typeof SUITES)[number]): Promise<Outcome> {
  const start = Date.now();
  const scratch = mkdtempSync(join(tmpdir(), 'seamline-outcome-'));
  const path = join(scratch, 'outcome.json');
  const child = spawn(process.execPath, ['--import', 'tsx', join(HERE, script)], {
    cwd: ROOT,
    // Its own group, so that the editor and the browser end with it.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      [OUTCOME]: path,
      SEAMLINE_SCREENSHOTS: SCREENSHOTS,
      VSCODE_EXECUTABLE: process.env.VSCODE_EXECUTABLE ?? join(HERE, 'code.mjs'),
    },
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    process.kill(-child.pid!, 'SIGKILL');
  }, limitMs);
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  clearTimeout(timer);
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  const outcome = readOutcome(path);
  rmSync(scratch, { recursive: true, force: true });
  if (isLate) return broken(name, `did not end within ${limitMs / 1000} s`, outcome);
  if (!outcome) return broken(name, `ended with ${code} before its tests were through`);
  return code === 0 || outcome.failed > 0 ? outcome : broken(name, `ended with ${code}`, outcome);
}

function readOutcome(path: string): Outcome | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** One more failure than the tests of a suite tell, because it did not run as it should. */
function broken(name: string, why: string, { passed, failed, skipped, failures }: Outcome = NOTHING): Outcome {
  return { passed, failed: failed + 1, skipped, failures: [...failures, `${name}: ${why}`] };
}
