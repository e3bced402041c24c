import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { curesOf } from '../../session/cures';
import { parseCureFixtures } from '../support/cure-fixtures';
import { openWorkspace } from '../support/open-workspace';

/** A fix that always refuses is worse than none: `narrow-exception` is offered where the facts of the file say that it can be done. */

const PAGES = ['python-others.md', 'typescript-others.md'];
const SETTINGS = { 'seamline.json': '{ "rules": { "silent-exception": { "strictness": "all", "narrow": "all" } } }' };
const UNKNOWN = /^refused (?:raised-types-unknown|nothing-raised):/;
/** Other reasons are found by looking at the handler, not at what it guards. */
const OTHER = /^refused (?!raised-types-unknown|nothing-raised)/;

describe.each(PAGES)('%s', async (page) => {
  const url = new URL(`../../rules/silent-exception/cures/fixtures/${page}`, import.meta.url);
  const cases = parseCureFixtures(await readFile(url, 'utf8')).filter(
    ({ target, expected }) => target.cure === 'narrow-exception' && !OTHER.test(expected),
  );

  test('there are fixtures of both kinds', () => {
    expect(cases.filter(({ expected }) => UNKNOWN.test(expected)).length).toBeGreaterThan(3);
    expect(cases.filter(({ expected }) => !/^refused/.test(expected)).length).toBeGreaterThan(3);
  });

  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, { files, target, expected }) => {
    const workspace = await openWorkspace({ ...SETTINGS, ...files });
    const finding = workspace
      .findings()
      .find(({ file, range }) => file === target.file && range.start.line === target.line)!;
    const offered = curesOf(finding).map(({ id }) => id);
    workspace.dispose();
    expect(offered.includes('narrow-exception')).toBe(!UNKNOWN.test(expected));
  });
});

test('of a bare except, which should catch Exception, narrowing comes first', async () => {
  const text = 'def load(path):\n    try:\n        path.save()\n    except:\n        pass\n    return 1\n';
  const workspace = await openWorkspace({ 'app/load.py': text });
  const [finding] = workspace.findings();
  expect(curesOf(finding!).map(({ id }) => id)).toEqual([
    'narrow-exception',
    'log-exception',
    're-raise',
    'explain-exception',
  ]);
  workspace.dispose();
});
