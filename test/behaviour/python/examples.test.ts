import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../../session/registry';
import { seamline } from '../../support/cli';
import { examplePython } from './environment';

/** The Python example passes its own tests after the cures that are offered there: each alone, and all of a rule together. */
const EXAMPLE = fileURLToPath(new URL('../../../examples/python-llm-service/', import.meta.url));

const run = promisify(execFile);

interface Row {
  readonly file: string;
  readonly line: number;
  readonly outcome: string;
  readonly written: boolean;
}

interface Finding {
  readonly file: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly cures: readonly { readonly id: string }[];
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let python: string;
let passing: string;
beforeAll(async () => {
  python = await examplePython();
  passing = await testsOf(await copyOfExample());
  expect(passing).toMatch(/^\d+ passed$/);
}, 300_000);

const cured = RULES.filter(({ meta }) => meta.languages.includes('python') && meta.cures.length > 0);

describe.each(cured.map(({ meta }) => meta.id))('%s', (rule) => {
  test('all cures together', async () => {
    const folder = await copyOfExample();
    const rows = await fix(folder, '--rule', rule, '--all', '--write');
    expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(await testsOf(folder)).toBe(passing);
  });
});

test('each extracted validator alone', async () => {
  const { stdout } = await seamline(await copyOfExample(), [
    'audit',
    '.',
    '--rule',
    'duplicate-validator',
    '--format',
    'json',
  ]);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const offers = findings.filter(({ cures }) => cures.some(({ id }) => id === 'extract-validator'));
  expect(offers.length).toBeGreaterThan(2);
  for (const { file, range } of offers) {
    const line = range.start.line;
    const folder = await copyOfExample();
    const rows = await fix(folder, '--cure', 'extract-validator', '--at', `${file}:${line}`, '--write');
    expect(rows.map(({ written }) => written)).toEqual([true]);
    expect(await testsOf(folder), `${file}:${line}`).toBe(passing);
  }
});

async function copyOfExample(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seamline-example-'));
  folders.push(folder);
  await cp(EXAMPLE, folder, { recursive: true, filter: (path) => !/__pycache__|\.pytest_cache/.test(path) });
  return folder;
}

/** Runs `seamline fix`; refused cures are rows like others. */
async function fix(folder: string, ...words: readonly string[]): Promise<Row[]> {
  const { stdout, stderr } = await seamline(folder, ['fix', '.', '--json', ...words]);
  expect(stderr).not.toMatch(/error|internal/i);
  return JSON.parse(stdout) as Row[];
}

/** How the tests end: `232 passed`, or pytest's whole report. */
async function testsOf(folder: string): Promise<string> {
  const report = await run(python, ['-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'], { cwd: folder }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
  return /^(\d+ passed)(?:, \d+ warnings?)? in /m.exec(report)?.[1] ?? report;
}
