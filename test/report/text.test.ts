import { describe, expect, test } from 'vitest';
import type { Finding } from '../../core/rule/finding';
import { printable, wrapWords } from '../../report/terminal';
import { renderText } from '../../report/text';
import { Texts } from '../../report/texts';
import { RULES } from '../../session/registry';

const LINE = `    if not re.match(r"${'x'.repeat(100)}", name):`;
const range = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});
const FINDING: Finding = {
  rule: 'duplicate-validator',
  case: 'regex',
  severity: 'information',
  messageId: 'regex',
  args: { places: 2, files: 2, pattern: '^[a-z]+$' },
  file: 'app/models.py',
  range: range(1, 11, 120),
  related: [
    { file: 'app/other/requests.py', range: range(4, 4, 9), messageId: 'regexAlso', args: { symbol: 'Request.check' } },
  ],
  fingerprint: '0123456789abcdef',
  cures: [],
  data: {},
};

const render = (width?: number) =>
  renderText(
    {
      tool: { name: 'seamline', version: '1' },
      root: '/project',
      scope: ['.'],
      modules: [],
      findings: [FINDING],
      skipped: [],
      texts: new Texts(
        'en',
        RULES.map(({ meta }) => meta),
      ),
    },
    {
      color: false,
      quiet: false,
      hidden: 0,
      readText: async () => `import re\n${LINE}\n`,
      ...(width ? { width } : {}),
    },
  );

describe('at a terminal', () => {
  test.each([60, 80, 100])('every line of a finding fits into %i columns', async (width) => {
    const lines = (await render(width)).split('\n\n')[0]!.split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(
      '2 places in 2 files validate with the pattern ^[a-z]+$: one shared validator would do duplicate-validator',
    );
  });

  test('a message goes on below its own beginning', async () => {
    expect((await render(60)).split('\n').slice(0, 4)).toEqual([
      'app/models.py',
      '  2:12     info     2 places in 2 files validate with the',
      '                    pattern ^[a-z]+$: one shared validator',
      '                    would do  duplicate-validator',
    ]);
  });

  test('elsewhere a message is one line', async () => {
    expect((await render()).split('\n')[1]).toMatch(/would do {2}duplicate-validator$/);
  });
});

test('the caret stands below the place, also where a long line is cut', async () => {
  const [, , code, carets] = (await render()).split('\n') as [string, string, string, string];
  expect(code.endsWith(' ...')).toBe(true);
  expect(code.slice(carets.indexOf('^')).startsWith('re.match(')).toBe(true);
});

test('words are broken between words, never inside one', () => {
  const text = `one two ${'x'.repeat(50)} three`;
  expect(wrapWords(text, 40)).toEqual(['one two', 'x'.repeat(50), 'three']);
  expect(wrapWords(text, undefined)).toEqual([text]);
});

test('what moves the cursor, paints or hides becomes a mark of the same length', () => {
  expect(printable('a\u001b[31mb\u009bc\u202ed\te\rf')).toBe('a\ufffd[31mb\ufffdc\ufffdd\te\ufffdf');
});
