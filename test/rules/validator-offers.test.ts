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
const DECIDED =
  /^refused (?:no-common-name|looks-inside|match-is-used|stateful-pattern|uses-class-state|flow-types|global-script)/;

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

const throwing = (name: string, condition: string, way = 'way'): string =>
  `export function ${name}(${way}: string, end: string): string {\n  if (${condition}) throw new Error('no way');\n  return ${way} + end;\n}\n`;
const LONG = '!/^[A-F]{4}-\\d{12}(?:-[a-f]{2})?$/.test(way)';
const FEW = "!['in', 'out'].includes(status)";

const BODY = "if (way.end === 'none' || way.far > 65535 || way.far < 12) throw new Error('no way');";

const TOLD_APART =
  'function isUniqueRowError(error: unknown): boolean {\n  const message = error instanceof Error ? error.message : String(error);\n  return /unique row is there/i.test(message);\n}\n\nexport const add = (error: unknown): number => (isUniqueRowError(error) ? 1 : 0);\n';

/** What can be built, and is no gain. */
test.each([
  [
    'functions of one file that do the same',
    {
      'src/ways.ts': ['Way', 'OtherWay']
        .map(
          (one) =>
            `export const validate${one} = ({ way }: { way: unknown }): void => {\n  if (way === undefined) {\n    throw new Error('must have a "way"');\n  }\n\n  if (typeof way !== 'string') {\n    throw new TypeError('"way" must be a text');\n  }\n};\n`,
        )
        .join('\n'),
    },
  ],
  ['errors that are told apart', { 'src/rows.ts': TOLD_APART, 'src/tables.ts': TOLD_APART }],
  [
    'two short lists',
    {
      'src/enter.ts': throwing('enter', `!['in', 'out', 'up'].includes(way)`),
      'src/leave.ts': throwing('leave', `!['in', 'out', 'up'].includes(way)`),
    },
  ],
  [
    'two halves of a condition',
    {
      'src/enter.ts': throwing('enter', `${LONG} || !/^[G-K]{4}-\\d{12}$/.test(end)`),
      'src/leave.ts': throwing('leave', `${LONG} || !/^[G-K]{4}-\\d{12}$/.test(end)`),
    },
  ],
  [
    'two states that nobody named, at three places',
    {
      'src/enter.ts': throwing('enter', FEW, 'status'),
      'src/leave.ts': throwing('leave', FEW, 'status'),
      'src/pass.ts': throwing('pass', FEW, 'status'),
    },
  ],
  [
    'places far from each other',
    { 'src/pages/house/door/front/enter.ts': throwing('enter', LONG), 'src/leave.ts': throwing('leave', LONG) },
  ],
  [
    'scripts',
    {
      'bin/enter.ts': `${throwing('enter', LONG).slice(7)}enter(process.argv[2]!, '');\n`,
      'bin/leave.ts': `${throwing('leave', LONG).slice(7)}leave(process.argv[2]!, '');\n`,
    },
  ],
  [
    'a function with a question of its own',
    {
      'src/enter.ts': `const isPlate = (value: unknown): boolean => typeof value === 'string' && ${LONG.slice(1).replace('way', 'value')};\n${throwing('enter', '!isPlate(way)')}`,
      'src/leave.ts': throwing('leave', LONG),
    },
  ],
  [
    'patterns of which the length is a part',
    {
      'src/enter.ts': throwing('enter', `way.length > 64 || ${LONG}`),
      'src/leave.ts': throwing('leave', `way.length > 64 || ${LONG}`),
    },
  ],
  [
    'functions that are called after something else',
    {
      'src/enter.ts': `export function transformWay(way: { end: string; far: number }): void {\n  ${BODY}\n}\n`,
      'src/leave.ts': `export function transformWay(way: { end: string; far: number }): void {\n  ${BODY}\n}\n`,
    },
  ],
  [
    'checks of a type of anything',
    {
      'src/enter.ts': `export function checkType(way: { end: string; far: number }): void {\n  ${BODY}\n}\n`,
      'src/leave.ts': `export function checkType(way: { end: string; far: number }): void {\n  ${BODY}\n}\n`,
    },
  ],
  [
    'two functions of one name in one module',
    {
      'src/way.js': `exports.isWay = function (way) {\n  return ${LONG.slice(1)};\n};\n\nexports.isWay = function (way) {\n  return ${LONG.slice(1)};\n};\n`,
    },
  ],
  [
    'files of a few types',
    {
      'src/enter.ts': throwing('enterFile', "!['application/zip', 'application/x-zip'].includes(type)", 'type'),
      'src/leave.ts': throwing('leaveFile', "!['application/zip', 'application/x-zip'].includes(type)", 'type'),
    },
  ],
])('%s are not worth a function', async (_, files) => {
  const findings = (await openWorkspace(files)).findings();
  expect(findings.length).toBeGreaterThan(0);
  for (const one of findings) expect(curesOf(one)).toEqual([]);
});

test('a long pattern of two neighbours is worth one', async () => {
  const files = { 'src/enter.ts': throwing('enter', LONG), 'src/leave.ts': throwing('leave', LONG) };
  const [finding] = (await openWorkspace(files)).findings();
  expect(curesOf(finding!)).toHaveLength(1);
});
