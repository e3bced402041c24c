import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeEdits, movedOrigins } from './compose';
import { layoutEdits, withoutEarlier } from './compose-layout';
import { applyEdits, type Origin, sortedEdits, type TextEdit } from './text-edit';

/** Where moved code stood. */
const ELSEWHERE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

type Raw = readonly [gap: number, length: number, newText: string, copied: number];

const raw = fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.string({ maxLength: 4 }), fc.nat(6)), { maxLength: 8 });

/** Sorted, disjoint edits of a text, some of which meet; part of what they write may be copied from elsewhere. */
function editsOf(length: number, all: readonly Raw[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  for (const [gap, size, written, copied] of all) {
    const start = Math.min(length, from + gap);
    const end = Math.min(length, start + size);
    const newText = written + ELSEWHERE.slice(gap, gap + copied);
    const origins: Origin[] = copied > 0 ? [{ at: written.length, length: copied, file: 'other.ts', start: gap }] : [];
    edits.push({ start, end, newText, ...(origins.length > 0 ? { origins } : {}) });
    from = end;
  }
  return sortedEdits(edits);
}

/** For each character where it stood before: in the file itself, elsewhere, or nowhere. */
function traced(before: string, edits: readonly TextEdit[]): (string | undefined)[] {
  const places: (string | undefined)[] = [];
  let from = 0;
  for (const { start, end, newText, origins = [] } of edits) {
    for (let at = from; at < start; at++) places.push(`own ${at}`);
    const own = new Array<string | undefined>(newText.length).fill(undefined);
    for (const { at, length, start: old } of origins) for (let n = 0; n < length; n++) own[at + n] = `other ${old + n}`;
    places.push(...own);
    from = end;
  }
  for (let at = from; at < before.length; at++) places.push(`own ${at}`);
  return places;
}

describe('composition', () => {
  test('does at once what both changes do, and every character keeps where it came from', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), raw, raw, (before, first, second) => {
        const edits = editsOf(before.length, first);
        const between = applyEdits(before, edits);
        const then = editsOf(between.length, second).map(({ start, end, newText }) => ({ start, end, newText }));
        const composed = composeEdits(before, edits, then);
        expect(sortedEdits(composed)).toEqual(composed);
        expect(applyEdits(before, composed)).toBe(applyEdits(between, then));
        // An edit that brought back what stood there is left out, and what it wrote is then what stayed.
        const places = traced(before, edits);
        const old = then.reduceRight(
          (all, { start, end, newText }) => [
            ...all.slice(0, start),
            ...new Array<string | undefined>(newText.length).fill(undefined),
            ...all.slice(end),
          ],
          places,
        );
        traced(before, composed).forEach((place, at) => {
          if (!place?.startsWith('own') || old[at] !== undefined) expect(place).toBe(old[at]);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('changes what an edit wrote within that edit', () => {
    const edits = [{ start: 1, end: 2, newText: 'f(x)', origins: [{ at: 2, length: 1, file: 'b.ts', start: 7 }] }];
    const composed = composeEdits('abc', edits, [{ start: 3, end: 3, newText: '\n  ' }]);
    expect(composed).toEqual([
      { start: 1, end: 2, newText: 'f(\n  x)', origins: [{ at: 5, length: 1, file: 'b.ts', start: 7 }] },
    ]);
  });

  test('leaves edits alone that the second change does not meet, also where they meet each other', () => {
    const edits = [
      { start: 0, end: 1, newText: 'x' },
      { start: 1, end: 2, newText: 'y' },
    ];
    const composed = composeEdits('abcdef', edits, [{ start: 4, end: 5, newText: '' }]);
    expect(composed).toEqual([...edits, { start: 4, end: 5, newText: '' }]);
  });

  test('a name that means something else keeps saying so', () => {
    const rewritten = { start: 2, end: 3, newText: 'c', isRewritten: true } as const;
    expect(composeEdits('abc', [rewritten], [{ start: 0, end: 1, newText: 'z' }])).toEqual([
      { start: 0, end: 1, newText: 'z' },
      rewritten,
    ]);
  });
});

test('origins are cut where something is put between', () => {
  const origin = { at: 2, length: 4, file: 'a.ts', start: 10 };
  expect(movedOrigins([origin], [{ start: 4, end: 4, newText: '--' }])).toEqual([
    { at: 2, length: 2, file: 'a.ts', start: 10 },
    { at: 6, length: 2, file: 'a.ts', start: 12 },
  ]);
});

describe('layout', () => {
  test.each<[title: string, text: string, formatted: string]>([
    ['a call over several lines', 'call(one, two);\n', 'call(\n  one,\n  two,\n);\n'],
    ['lines that are joined', 'const a = [\n  1,\n  2,\n];\n', 'const a = [1, 2];\n'],
    ['quotes, and what they escape', `f('it\\'s', "b")\n`, `f("it's", 'b')\n`],
    ['a union over several lines', "type A = 'a' | 'b'\n", "type A =\n  | 'a'\n  | 'b';\n"],
    ['names of members that need no quotes', "f({ 'a': 1 });\n", 'f({ a: 1 });\n'],
    ['a comma before a comment', 'f({\n  a // why\n});\n', 'f({\n  a, // why\n});\n'],
    ['a blank between elements', '<p>a {b}</p>', '<p>\n  a{" "}\n  {b}\n</p>'],
    ['line breaks of two characters', 'f(a,\r\nb);\r\n', 'f(\r\n  a,\r\n  b,\r\n);\r\n'],
  ])('%s', (_, text, formatted) => {
    const edits = layoutEdits(text, formatted);
    expect(edits && applyEdits(text, edits)).toBe(formatted);
    expect(sortedEdits(edits!, text)).toEqual(edits);
    for (const { start, end } of edits!) expect(text.slice(start, end)).not.toMatch(/[a-z]/);
  });

  test.each([
    ['another number', 'a = 0.50;\n', 'a = 0.5;\n'],
    ['a name more', 'a = b;\n', 'a = b + c;\n'],
    ['an end that is missing', 'a = b\n', 'a = \n'],
  ])('%s is no layout', (_, text, formatted) => {
    expect(layoutEdits(text, formatted)).toBeUndefined();
  });
});

describe('layout that a formatter would have changed before', () => {
  const insert = (start: number, newText: string): TextEdit => ({ start, end: start, newText });

  test.each<[title: string, layout: TextEdit[], kept: number]>([
    ['stays as it was written', [insert(1, ' '), insert(15, ' ')], 0],
    ['is the formatter’s where it is new', [insert(1, ' '), insert(14, ' '), insert(15, ' ')], 2],
    ['is the formatter’s where it meets the change', [insert(1, ' '), insert(12, ' ')], 1],
  ])('%s', (_, layout, kept) => {
    // Between lines that stay, `bb` becomes `bbbb`.
    const before = 'aa\n\naa\n\nbb\n\nc c\n';
    const change = { start: 8, end: 10, newText: 'bbbb' };
    const edits = withoutEarlier(before, [insert(1, ' '), insert(13, ' ')], [change], layout);
    expect(edits).toHaveLength(kept);
  });
});
