import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RULES } from '../../session/registry';

/**
 * Diffs of cures on real projects, read as the owner of the code would read them: would you merge it as it is? A verdict `mended` was a
 * no when it was read, and a yes when the cure had been mended; `refused` is what today's build does not make any more, whatever was said
 * of it: the cure refuses it, or it is not offered.
 */
const COLUMNS = ['project', 'revision', 'file', 'line', 'cure', 'verdict', 'reason'];

const lines = (await readFile(new URL('./cures.tsv', import.meta.url), 'utf8')).trimEnd().split('\n');
const [header, ...rows] = lines
  .map((text, index) => ({ cells: text.split('\t'), line: index + 1, text }))
  .filter(({ text }) => !text.startsWith('#'));

test('each row is complete', () => {
  const cures = new Set(RULES.flatMap(({ meta }) => meta.cures.map(({ id }) => id)));
  expect(header?.cells).toEqual(COLUMNS);
  for (const { cells, line } of rows) {
    expect(cells, `line ${line}`).toHaveLength(COLUMNS.length);
    const [project, revision, file, at, cure, verdict, reason] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    expect(project, `line ${line}`).toMatch(/^[\w.-]+\/[\w.-]+$/);
    // A commit, or the version of a published package.
    expect(revision, `line ${line}`).toMatch(/^(?:[0-9a-f]{7,40}|\d+(?:\.\d+)+)$/);
    expect(file, `line ${line}`).toMatch(/\.([cm]?[jt]sx?|py)$/);
    expect(Number(at), `line ${line}`).toBeGreaterThan(0);
    expect(cures, `line ${line}`).toContain(cure);
    expect(['yes', 'no', 'mended', 'refused'], `line ${line}`).toContain(verdict);
    expect(reason.length, `line ${line}`).toBeGreaterThan(10);
  }
});

test('no diff is judged twice', () => {
  const places = rows.map(({ cells: [project, , file, line, cure] }) => [project, file, line, cure].join(' '));
  expect(places.filter((one, index) => places.indexOf(one) !== index)).toEqual([]);
});

const made = rows.filter(({ cells }) => cells[5] !== 'refused');

test.each([
  ['Python', /\.py$/],
  ['TypeScript and JavaScript', /\.[cm]?[jt]sx?$/],
])('in %s at least four of five diffs would be merged as they are', (_, isOfLanguage) => {
  const read = made.filter(({ cells }) => isOfLanguage.test(cells[2]!));
  const merged = read.filter(({ cells }) => cells[5] !== 'no');
  expect(read.length).toBeGreaterThanOrEqual(30);
  expect(merged.length / read.length).toBeGreaterThanOrEqual(0.8);
});
