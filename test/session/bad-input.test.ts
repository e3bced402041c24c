import { expect, test } from 'vitest';
import { type Content, filesOf, skippedOf, workspace } from './workspace';

/** Files that have broken analysers before; each is audited beside a good one, which must not suffer. */
const deep = (open: string, close: string, depth = 3_000) => `x = ${open.repeat(depth)}1${close.repeat(depth)}\n`;

async function auditOf(files: Readonly<Record<string, Content>>) {
  const { audit } = await workspace({ ...files, 'good.py': 'def f():\n    return 1\n' });
  const result = await audit();
  expect(filesOf(result)).toContain('good.py');
  return result;
}

test('a syntax error leaves out its definition, says where, and keeps the rest', async () => {
  const result = await auditOf({
    'a.py': 'def fine():\n    return 1\n\ndef broken(:\n    return 2\n',
    'b.ts': 'export function fine() {}\nfunction broken( {\n',
  });
  expect(skippedOf(result)).toEqual(['a.py: syntax-error', 'b.ts: syntax-error']);
  expect(result.skipped[0]?.detail).toMatch(/^line 4: /);
  expect(filesOf(result)).toEqual(['a.py', 'b.ts', 'good.py']);
});

test('empty files, and files of nothing but blanks, a mark or a comment', async () => {
  const result = await auditOf({ 'a.py': '', 'b.ts': '', 'c.py': '\n\n', 'd.ts': '\ufeff', 'e.js': '// x' });
  expect(result.skipped).toEqual([]);
  expect(result.modules.map(({ file, lines }) => `${file} ${lines}`)).toEqual([
    'a.py 0',
    'b.ts 0',
    'c.py 2',
    'd.ts 0',
    'e.js 1',
    'good.py 2',
  ]);
});

test('200,000 lines', async () => {
  const result = await auditOf({ 'long.py': 'x = 1\n'.repeat(200_000) });
  expect(result.skipped).toEqual([]);
  expect(result.modules.find(({ file }) => file === 'long.py')?.lines).toBe(200_000);
});

test('one line of 5 MB is too large; one below the limit is read', async () => {
  const result = await auditOf({
    'huge.py': `x = "${'a'.repeat(5_000_000)}"`,
    'large.py': `x = "${'a'.repeat(3_000_000)}"`,
  });
  expect(skippedOf(result)).toEqual(['huge.py: too-large']);
  expect(filesOf(result)).toEqual(['good.py', 'large.py']);
});

test('3,000 nested parentheses, brackets and blocks', async () => {
  const result = await auditOf({
    'parentheses.py': deep('(', ')'),
    'brackets.py': deep('[', ']'),
    'parentheses.ts': deep('(', ')'),
    'calls.ts': deep('f(', ')'),
    'blocks.ts': `${'{'.repeat(3_000)}${'}'.repeat(3_000)}\n`,
    'sum.py': `x = ${'1 + '.repeat(3_000)}1\n`,
    'else-if.ts': `${'if (a) {} else\n'.repeat(3_000)}{}\n`,
    'elif.py': `if a:\n    pass\n${'elif b:\n    pass\n'.repeat(3_000)}`,
  });
  expect(result.skipped.filter(({ reason }) => reason !== 'too-large')).toEqual([]);
});

test('bytes that are no text', async () => {
  const result = await auditOf({
    'invalid.py': Buffer.from('# ok\nname = "\xe9"\n', 'latin1'),
    'nul.ts': 'const a = 1;\0\n',
    'utf16.py': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('x = 1\n', 'utf16le')]),
    'utf16.ts': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('class A {}\n', 'utf16le')]),
    'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nclass \xc9t\xe9: pass\n', 'latin1'),
  });
  expect(skippedOf(result, true)).toEqual([
    'invalid.py: encoding (line 2, offset 13: byte 0xE9 is not valid UTF-8)',
    'nul.ts: binary (line 1, offset 12: a NUL byte)',
    'utf16.py: encoding (the file is UTF-16LE, which Python does not read)',
  ]);
  expect(filesOf(result)).toEqual(['good.py', 'latin.py', 'utf16.ts']);
  expect(result.modules.find(({ file }) => file === 'utf16.ts')?.classes).toBe(1);
  expect(await result.readText('latin.py')).toContain('class Été');
  expect(await result.readText('invalid.py')).toBeUndefined();
  expect(await result.readText('gone.py')).toBeUndefined();
});

test('a regular expression that would stall a matcher is only read', async () => {
  const pattern = '^(a+)+$|(x*)*y|(.*)*z';
  const result = await auditOf({
    'a.py': `import re\nR = re.compile(r"${pattern}")\n\ndef check(v):\n    if not R.match("${'a'.repeat(5_000)}!"):\n        raise ValueError(v)\n`,
    'b.ts': `export const check = (v: string) => { if (!/${pattern}/.test(v)) throw new Error("${'a'.repeat(5_000)}!"); };\n`,
  });
  expect(result.skipped).toEqual([]);
});

test('texts that look like suppression comments or banners without end', async () => {
  const result = await auditOf({
    'a.py': `# ${'seamline: ignore['.repeat(20_000)}\n`,
    'b.ts': `/* ${'eslint-disable '.repeat(20_000)}\n`,
    'c.py': `"""${'do not '.repeat(50_000)}`,
    'd.ts': `// ${'this file is '.repeat(20_000)}\nexport const a = 1;\n`,
  });
  expect(filesOf(result)).toHaveLength(5);
});
