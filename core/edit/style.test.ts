import { describe, expect, test } from 'vitest';
import { SourceFile } from '../text/source-file';
import { styleOf } from './style';

const python = (text: string, settings = {}) => styleOf(new SourceFile(text), 'python', settings);
const typescript = (text: string, settings = {}) => styleOf(new SourceFile(text), 'typescript', settings);

test('what is usual in the language, for a file without habits', () => {
  expect(python('')).toEqual({
    indent: '    ',
    quote: '"',
    lineLength: 88,
    semicolons: false,
    trailingCommas: 'all',
    lineEnding: '\n',
  });
  expect(typescript('')).toEqual({
    indent: '  ',
    quote: "'",
    lineLength: 80,
    semicolons: true,
    trailingCommas: 'all',
    lineEnding: '\n',
  });
});

test('settings win over habits', () => {
  const text = "if x:\n  f('a')\n  g('b')\n";
  expect(python(text)).toMatchObject({ indent: '  ', quote: "'" });
  expect(python(text, { indent: '\t', quote: '"', lineLength: 100 })).toMatchObject({
    indent: '\t',
    quote: '"',
    lineLength: 100,
  });
});

describe('what is suggested', () => {
  const suggested = { indent: '\t', trailingCommas: 'es5' as const };

  test('counts where the file shows nothing', () => {
    expect(typescript('f();\n', { suggested })).toMatchObject(suggested);
  });

  test('gives way to a file that does otherwise throughout', () => {
    const text = 'if (a) {\n    f(\n        a,\n        b,\n    );\n}\n';
    expect(typescript(text, { suggested })).toMatchObject({ indent: '    ', trailingCommas: 'all' });
    expect(python('def f():\n    a\n', { suggested: { indent: '  ' } }).indent).toBe('    ');
  });

  test('decides where the file does one as well as the other', () => {
    const text = 'if (a) {\n    b();\n}\nif (c) {\n\tf(\n\t\ta,\n\t\tb,\n\t);\n\tg(\n\t\ta\n\t);\n}\n';
    expect(typescript(text, { suggested })).toMatchObject(suggested);
  });

  test('gives way to what a formatter was told', () => {
    expect(typescript('', { suggested, indent: '   ' }).indent).toBe('   ');
  });
});

describe('line length', () => {
  const lines = (length: number, long: number): string =>
    `${'x = 1\n'.repeat(40)}${`y = ${'z'.repeat(length - 4)}\n`.repeat(long)}`;

  test.each([
    ['few long lines are no habit', lines(110, 2), 88],
    ['the next width that few lines exceed', lines(110, 8), 120],
    ['none of a far longer file', lines(300, 8), 160],
    ['a short file has none', `y = ${'z'.repeat(200)}\n`.repeat(4), 88],
  ])('%s', (_, text, lineLength) => {
    expect(python(text).lineLength).toBe(lineLength);
  });
});

describe('indentation', () => {
  test.each([
    ['def f():\n\tif x:\n\t\ty\n', '\t'],
    ['def f():\n  if x:\n    y\n', '  '],
    ['def f():\n    if x:\n        y\n', '    '],
    ['if a:\n    b\nif c:\n    d\nif e:\n\tf\n', '    '],
    ['x = [\n 1,\n]\nif a:\n    b\n', '    '],
  ])('%j', (text, indent) => {
    expect(python(text).indent).toBe(indent);
  });

  test('block comments do not count', () => {
    expect(typescript('/**\n * a\n */\nif (a) {\n    b();\n}\n').indent).toBe('    ');
  });
});

describe('quotes', () => {
  test.each([
    ["x = 'a'\ny = 'b'\nz = \"c\"\n", "'"],
    ['x = "a"\n', '"'],
    ["'''doc'''\n", '"'],
    ['"""doc"""\nx = \'a\'\n', "'"],
  ])('%j', (text, quote) => {
    expect(python(text).quote).toBe(quote);
  });
});

test('semicolons of TypeScript', () => {
  expect(typescript('const a = 1;\nconst b = 2;\nconst c = 3\n').semicolons).toBe(true);
  expect(typescript('const a = 1\nconst b = 2\nconst c = 3;\n').semicolons).toBe(false);
  expect(typescript('import {\n  a,\n} from "a"\n\nclass B {\n  c: string\n}\n').semicolons).toBe(false);
  expect(python('a();\n').semicolons).toBe(false);
});

test.each([
  ['f(\n  a,\n  b,\n);\n', 'all'],
  ['f(\n  a,\n  b\n);\nconst x = {\n  a,\n};\n', 'es5'],
  ['f(\n  a,\n  b\n);\nconst x = {\n  a\n};\n', 'none'],
  ['const x = [\n  a\n];\n', 'none'],
  ['const x = [a];\n', 'all'],
  ['type A = {\n  a: string\n}\nfunction f() {\n  g()\n}\n', 'all'],
])('commas behind the last of a list in TypeScript: %j', (text, expected) => {
  expect(typescript(text).trailingCommas).toBe(expected);
});

test('line endings by the majority', () => {
  expect(python('a\r\nb\r\nc\n').lineEnding).toBe('\r\n');
  expect(python('a\r\nb\nc\n').lineEnding).toBe('\n');
});
