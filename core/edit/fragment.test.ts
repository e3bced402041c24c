import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../text/source-file';
import { Fragment } from './fragment';

const document = (text: string) => ({ file: 'a.py', source: new SourceFile(text) });

describe('fragments', () => {
  test('spell line breaks as they are told to, and remember what stood where', () => {
    const fragment = Fragment.of('x\n', Fragment.copy(document('one\r\ntwo\nthree'), 1, 9));
    expect(fragment.toString()).toBe('x\nne\ntwo\n');
    expect(fragment.render('\r\n')).toEqual({
      text: 'x\r\nne\r\ntwo\r\n',
      origins: [
        { at: 3, length: 2, file: 'a.py', start: 1 },
        { at: 7, length: 3, file: 'a.py', start: 5 },
      ],
    });
  });

  test('never double a carriage return of written code', () => {
    expect(Fragment.of('a\r\nb\n').render('\r\n').text).toBe('a\r\nb\r\n');
  });

  test('are joined by separators', () => {
    expect(Fragment.join(['a', Fragment.of('b'), 'c'], ', ').toString()).toBe('a, b, c');
    expect(Fragment.join([], ', ').toString()).toBe('');
  });

  test('are sliced with their origins', () => {
    const fragment = Fragment.of('ab', Fragment.copy(document('0123456789'), 2, 6), 'yz');
    expect(fragment.length).toBe(8);
    expect(fragment.slice(1, 4).render('\n')).toEqual({
      text: 'b23',
      origins: [{ at: 1, length: 2, file: 'a.py', start: 2 }],
    });
    expect(fragment.slice(3).render('\n')).toEqual({
      text: '345yz',
      origins: [{ at: 0, length: 3, file: 'a.py', start: 3 }],
    });
    expect(fragment.slice(8).toString()).toBe('');
  });

  const fragments = fc
    .array(fc.tuple(fc.boolean(), fc.string({ unit: fc.constantFrom('a', '🐍', '\n', '\r\n', ' ') })))
    .map((parts) =>
      Fragment.of(
        ...parts.map(([isCopied, text]) =>
          isCopied ? Fragment.copy(document(text), 0, text.length) : text.replaceAll('\r', ''),
        ),
      ),
    );

  test('origins name what the text says', () => {
    const text = 'x = 1\r\ny = "🐍"\n\nz\r\n';
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), fc.constantFrom('\n', '\r\n'), (from, to, ending) => {
        const copied = Fragment.copy(document(text), Math.min(from, to), Math.max(from, to));
        const { text: written, origins } = Fragment.of('new\n', copied).render(ending as '\n');
        for (const { at, length, start } of origins)
          expect(written.slice(at, at + length)).toBe(text.slice(start, start + length));
      }),
    );
  });

  test('slices are those of the text', () => {
    fc.assert(
      fc.property(fragments, fc.nat(30), fc.nat(30), (fragment, from, to) => {
        const text = fragment.toString();
        expect(fragment.length).toBe(text.length);
        expect(fragment.slice(from, to).toString()).toBe(text.slice(from, Math.max(from, to)));
        expect(Fragment.of(fragment.slice(0, from), fragment.slice(from)).toString()).toBe(text);
      }),
    );
  });
});
