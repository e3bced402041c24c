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
