import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { parseCureFixtures } from '../../support/cure-fixtures';
import { runCure } from '../../support/cure-run';
import { NO_COMPILER } from '../../support/no-compiler';
import { openWorkspace } from '../../support/open-workspace';
import { behaviourPython, outcomesOf, programFolder } from './environment';

/**
 * Programs that run before and after the cure, with requests, processes and files that are real or replaced by the driver: what comes
 * back, every call in its order, and the type and message of every exception are the same for 500 random inputs. In
 * `extract-adapter.md` the `diff` block holds the title alone, and the `run` block is the program's `driver.py`.
 */
const cases = parseCureFixtures(await readFile(new URL('./extract-adapter.md', import.meta.url), 'utf8'));

/** Classes of fixtures are as short as can be. */
const SETTINGS = {
  'seamline.json': JSON.stringify({ rules: { 'mixed-io': { classLines: 20, functionLines: 20, methods: 1 } } }),
};

beforeAll(async () => {
  await behaviourPython();
}, 300_000);

test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
  const workspace = await openWorkspace({ ...SETTINGS, ...one.files });
  const { text, change } = await runCure(workspace, NO_COMPILER, one.target);
  expect(text.split('\n', 1)[0]).toBe(one.expected);
  const after = { ...one.files, ...Object.fromEntries(change!.files.map((file) => [file.file, file.after])) };
  const was = await outcomesOf(await programFolder(one.files, one.run!.driver));
  const is = await outcomesOf(await programFolder(after, one.run!.driver));
  expect(is).toEqual(was);
  // Inputs that all pass, or that all fail, would show nothing.
  const results = was.map((line) => (JSON.parse(line) as [number, string, string])[2]);
  expect(was.length).toBeGreaterThanOrEqual(500);
  expect(new Set(results).size).toBeGreaterThan(10);
  expect(results.some((one) => one.startsWith('raises '))).toBe(true);
  expect(results.some((one) => one.startsWith('returns '))).toBe(true);
});
