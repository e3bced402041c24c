import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { TypeScriptService } from '../../../session/index';
import { parseCureFixtures } from '../../support/cure-fixtures';
import { runCure } from '../../support/cure-run';
import { runTypeScript } from '../../support/node-runner';
import { openWorkspace } from '../../support/open-workspace';

/**
 * Programs that run before and after the cure: what comes back, and the name and message of every error, is the same for 500 random
 * inputs. In `extract-validator.md` the `diff` block holds the title alone, and the `run` block calls the program with one input.
 */
const cases = parseCureFixtures(await readFile(new URL('./extract-validator.md', import.meta.url), 'utf8'));

const compiler = new TypeScriptService({
  root: realpathSync(tmpdir()),
  script: join(inject('cliFolder'), 'typescript-child.js'),
});
afterAll(() => compiler.close());

test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
  const workspace = await openWorkspace(one.files);
  const { text, change } = await runCure(workspace, compiler.at(realpathSync(workspace.root)), one.target);
  expect(text.split('\n', 1)[0]).toBe(one.expected);
  const after = { ...one.files, ...Object.fromEntries(change!.files.map((file) => [file.file, file.after])) };
  const was = await runTypeScript(one.files, driverOf(one.run!.driver));
  const is = await runTypeScript(after, driverOf(one.run!.driver));
  expect(is).toEqual(was);
  // Inputs that all pass, or that all fail, would show nothing.
  const results = JSON.parse(was.outcome.replace(/^returned /, '')) as string[];
  expect(results).toHaveLength(500);
  expect(new Set(results).size).toBeGreaterThan(5);
  expect(results.some((result) => REFUSAL.test(result))).toBe(true);
  expect(results.some((result) => !REFUSAL.test(result))).toBe(true);
});

const REFUSAL = /^throws |^returns (?:false|null|\{"error")/;

/** The program's own lines import it and define `once(text, pick)`, which is called with random texts and a choice among values. */
function driverOf(lines: string): string {
  return `${lines}
let state = 20261121;
const random = (below: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (values: readonly any[]): any => values[random(values.length)];
const text = (alphabet: string, most: number): string =>
  Array.from({ length: random(most + 1) }, () => alphabet[random(alphabet.length)]).join('') + (random(9) === 0 ? '\\n' : '');
const outcome = (): string => {
  try {
    return 'returns ' + JSON.stringify(once(text, pick));
  } catch (error) {
    return 'throws ' + (error as Error).name + ': ' + (error as Error).message;
  }
};
export default Array.from({ length: 500 }, outcome);
`;
}
