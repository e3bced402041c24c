import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seamline } from '../../support/cli';

/** The TypeScript example passes its own tests after each cure: each offer alone, and all together. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const run = promisify(execFile);

interface Row {
  readonly file: string;
  readonly line: number;
  readonly outcome: string;
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let passing: string;
beforeAll(async () => {
  passing = await testsOf(await copyOfExample());
  expect(passing).toMatch(/^\d+ passed$/);
}, 120_000);

describe.each([
  ['duplicate-validator', 'extract-validator'],
  ['mixed-io', 'extract-adapter'],
  ['streaming-callback', 'extract-streaming-handler'],
] as const)('%s: %s', (rule, cure) => {
  const options = ['--rule', rule, '--cure', cure];

  test('all offers together', async () => {
    const folder = await copyOfExample();
    const rows = await fix(folder, ...options, '--all', '--write');
    expect(rows.filter(({ outcome }) => outcome === 'applied').length).toBeGreaterThan(1);
    expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(await testsOf(folder)).toBe(passing);
  }, 120_000);

  test('each offer alone', async () => {
    let applied = 0;
    for (const { file, line } of await findingsOf(rule)) {
      const folder = await copyOfExample();
      const [row] = await fix(folder, ...options, '--at', `${file}:${line}`, '--write');
      expect(row?.outcome, `${file}:${line}`).toMatch(/^(?:applied|refused)$/);
      if (row?.outcome !== 'applied') continue;
      applied++;
      expect(await testsOf(folder), `${file}:${line}`).toBe(passing);
    }
    expect(applied).toBeGreaterThan(1);
  }, 480_000);
});

/** Below the checkout, where the example finds its packages. */
async function copyOfExample(): Promise<string> {
  const parent = join(ROOT, 'node_modules/.seamline-test');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'example-'));
  folders.push(folder);
  const copy = join(folder, 'typescript-llm-service');
  await cp(join(ROOT, 'examples/typescript-llm-service'), copy, { recursive: true });
  await mkdir(join(copy, '.git'));
  return copy;
}

async function fix(folder: string, ...options: string[]): Promise<Row[]> {
  const { stdout } = await seamline(folder, ['fix', '.', '--json', '--no-cache', ...options]);
  return JSON.parse(stdout) as Row[];
}

/** As they stand in the example before any change. */
async function findingsOf(rule: string): Promise<Pick<Row, 'file' | 'line'>[]> {
  const { stdout } = await seamline(await copyOfExample(), [
    'audit',
    '.',
    '--rule',
    rule,
    '--format',
    'json',
    '--no-cache',
  ]);
  const { findings } = JSON.parse(stdout) as { findings: { file: string; range: { start: { line: number } } }[] };
  return findings.map(({ file, range }) => ({ file, line: range.start.line }));
}

/** `170 passed`, by the compiler and the example's own tests. */
async function testsOf(folder: string): Promise<string> {
  const bin = join(ROOT, 'node_modules/.bin');
  await run(join(bin, 'tsc'), ['-p', folder, '--noEmit']);
  const { stdout } = await run(join(bin, 'vitest'), ['run', '--root', folder, '--reporter', 'json']);
  const { numPassedTests, success } = JSON.parse(stdout) as { numPassedTests: number; success: boolean };
  return success ? `${numPassedTests} passed` : stdout;
}
