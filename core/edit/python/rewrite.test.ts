import { describe, expect, test } from 'vitest';
import { Fragment } from '../fragment';
import { rewritten } from './rewrite';

const TEXT = 'def f():\r\n    a = b\r\n\r\n    return a\r\n';

function copy(...ranges: [number, number][]): Fragment {
  const file = { file: 'a.py', source: { text: TEXT } };
  return Fragment.of(...ranges.map(([start, end]) => Fragment.copy(file, start, end)));
}

describe('rewritten', () => {
  const at = (part: string): number => TEXT.indexOf(part);

  test('writes parts anew and keeps where the rest stood', () => {
    const code = rewritten(copy([0, TEXT.length]), TEXT, [
      { start: at('a = b'), end: at('a = b') + 1, text: 'self.a' },
      { start: at('f()'), end: at('f()') + 1, text: 'g' },
    ]);
    expect(code.toString()).toBe('def g():\n    self.a = b\n\n    return a\n');
    const kept = code.pieces.filter((piece) => typeof piece !== 'string');
    for (const piece of kept) expect(TEXT.slice(piece.start, piece.start + piece.text.length)).toBe(piece.text);
  });

  test('takes a line out, with its line break and indentation', () => {
    const start = TEXT.lastIndexOf('\n', at('a = b')) + 1;
    const code = rewritten(copy([0, TEXT.length]), TEXT, [{ start, end: TEXT.indexOf('\n', start) + 1, text: '' }]);
    expect(code.toString()).toBe('def f():\n\n    return a\n');
  });

  test('inserts before a character, also where the copy left the indentation out', () => {
    const code = rewritten(copy([at('a = b'), at('a = b') + 7], [at('return'), TEXT.length]), TEXT, [
      { start: at('a = b'), end: at('a = b'), text: 'x()\n' },
      { start: at('return') - 4, end: at('return') + 6, text: 'yield' },
    ]);
    expect(code.toString()).toBe('x()\na = b\nyield a\n');
  });
});
