import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { curesOf } from '../../session/cures';
import { parseCureFixtures } from '../support/cure-fixtures';
import { openWorkspace } from '../support/open-workspace';

/**
 * `extract-validator` for TypeScript is offered where what its places say allows it: never less than what can be built, and not where no name
 * would be true of all places.
 */

/** Which packages may import each other, the cure alone knows. */
const PAGES = ['typescript-bodies.md', 'typescript-patterns.md', 'typescript-refusals.md'];
/** What facts decide. */
const DECIDED = /^refused (?:no-common-name|looks-inside|match-is-used|stateful-pattern)/;

describe.each(PAGES)('%s', async (page) => {
  const url = new URL(`../../rules/duplicate-validator/cures/fixtures/${page}`, import.meta.url);
  const cases = parseCureFixtures(await readFile(url, 'utf8')).filter(
    // Who says a name, a file or places asks for what need not be offered.
    ({ target: { choices } }) => !choices.name && !choices.places && !choices.into,
  );
  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, { files, target, expected }) => {
    const workspace = await openWorkspace(files);
    const finding = workspace
      .findings()
      .find(({ file, range }) => file === target.file && range.start.line === target.line);
    const offers = finding ? curesOf(finding).map(({ id }) => id) : [];
    if (!/^refused/.test(expected)) expect(offers).toContain('extract-validator');
    if (DECIDED.test(expected)) expect(offers).not.toContain('extract-validator');
  });
});

/** What can be built, and is no gain. */
test.each([
  ['two short lists', "if (!['in', 'out'].includes(way)) throw new Error('no way');"],
  [
    'two halves of a condition',
    "if (!/^[A-F]{4}-\\d{12}$/.test(way) || !/^[G-K]{4}-\\d{12}$/.test(end)) throw new Error('no way');",
  ],
])('%s are not worth a function', async (_, code) => {
  const workspace = await openWorkspace({
    'src/enter.ts': `export function enter(way: string, end: string): string {\n  ${code}\n  return way + end;\n}\n`,
    'src/leave.ts': `export function leave(way: string, end: string): number {\n  ${code}\n  return way.length + end.length;\n}\n`,
  });
  const findings = workspace.findings();
  expect(findings.length).toBeGreaterThan(0);
  for (const one of findings) expect(curesOf(one)).toEqual([]);
});
