import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../text/source-file';
import { applyEdits, invertEdits, OffsetMap, OverlappingEdits, sortedEdits, type TextEdit } from './text-edit';

const TEXT = 'abcdefghij';

/** Sorted, disjoint edits of a random text. */
const edited = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 4 })), { maxLength: 8 }),
  )
  .map(([text, raw]) => {
    const edits: TextEdit[] = [];
    let from = 0;
    for (const [gap, length, newText] of raw) {
      const start = Math.min(text.length, from + (gap % 5));
      const end = Math.min(text.length, start + length);
      edits.push({ start, end, newText });
      from = end + 1;
      if (from > text.length) break;
    }
    return { text, edits };
  });

describe('sorting', () => {
  test('puts edits in the order of their places', () => {
    const late = { start: 5, end: 6, newText: 'x' };
    const early = { start: 0, end: 1, newText: 'y' };
    expect(sortedEdits([late, early])).toEqual([early, late]);
  });

  test('keeps insertions at one place in order, before a replacement there', () => {
    const first = { start: 3, end: 3, newText: '1' };
    const second = { start: 3, end: 3, newText: '2' };
    const replacement = { start: 3, end: 5, newText: 'r' };
    expect(applyEdits(TEXT, sortedEdits([replacement, first, second], TEXT))).toBe('abc12rfghij');
  });

  test('lets an insertion stand at the end of a replacement', () => {
    const edits = sortedEdits([
      { start: 5, end: 5, newText: 'i' },
      { start: 3, end: 5, newText: 'r' },
    ]);
    expect(applyEdits(TEXT, edits)).toBe('abcrifghij');
  });

  test('leaves out what changes nothing', () => {
    expect(sortedEdits([{ start: 1, end: 3, newText: 'bc' }], TEXT)).toEqual([]);
    expect(sortedEdits([{ start: 1, end: 1, newText: '' }], TEXT)).toEqual([]);
  });

  test.each([
    [
      { start: 1, end: 4 },
      { start: 3, end: 5 },
    ],
    [
      { start: 1, end: 4 },
      { start: 2, end: 2 },
    ],
    [
      { start: 1, end: 4 },
      { start: 1, end: 4 },
    ],
    [
      { start: 1, end: 9 },
      { start: 3, end: 4 },
    ],
  ])('refuses the overlap of %j and %j', (one, other) => {
    const edits = [one, other].map((range, at) => ({ ...range, newText: String(at) }));
    expect(() => sortedEdits(edits)).toThrow(OverlappingEdits);
    expect(() => sortedEdits([...edits].reverse())).toThrow(OverlappingEdits);
  });
});

test('the inverse restores the text', () => {
  fc.assert(
    fc.property(edited, ({ text, edits }) => {
      const inverse = invertEdits(text, edits);
      const after = applyEdits(text, edits);
      expect(applyEdits(after, inverse)).toBe(text);
      // And back again: the inverse of the inverse does the same as the edits.
      expect(applyEdits(text, invertEdits(after, inverse))).toBe(after);
    }),
  );
});

describe('offsets', () => {
  test('follow the text through edits', () => {
    const map = new OffsetMap([
      { start: 2, end: 4, newText: 'XYZ' },
      { start: 6, end: 6, newText: '++' },
      { start: 8, end: 9, newText: '' },
    ]);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => map.forward(at))).toEqual([
      0,
      1,
      undefined,
      undefined,
      5,
      6,
      9,
      10,
      undefined,
      11,
    ]);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((at) => map.back(at))).toEqual([
      0,
      1,
      undefined,
      undefined,
      undefined,
      4,
      5,
      undefined,
      undefined,
      6,
      7,
      9,
    ]);
  });

  test('forward and back agree, and the characters are the same', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const map = new OffsetMap(edits);
        const after = applyEdits(text, edits);
        for (let at = 0; at < text.length; at++) {
          const moved = map.forward(at);
          if (moved === undefined) continue;
          expect(after[moved]).toBe(text[at]);
          expect(map.back(moved)).toBe(at);
        }
      }),
    );
  });

  test('ranges move with the text around them', () => {
    const before = new SourceFile('one\ntwo\nthree\n');
    const edits = [{ start: 0, end: 0, newText: 'zero\n' }];
    const after = new SourceFile(applyEdits(before.text, edits));
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    expect(new OffsetMap(edits).range(before, range, after)).toEqual({
      start: { line: 2, character: 0 },
      end: { line: 2, character: 3 },
    });
  });
});
