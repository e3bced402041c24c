import { Fragment } from '../fragment';

/** A part of copied code that is written anew: offsets in the file that the code was copied from. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes parts of copied code anew; what is left still remembers where it stood. Line breaks within a rewritten part go.
 * @param code copied from one file, in the file's order
 * @param text of that file
 * @param rewrites disjoint; of each at least one character, or the character behind an insertion, must be in the copy
 */
export function rewritten(code: Fragment, text: string, rewrites: readonly Rewrite[]): Fragment {
  const sorted = [...rewrites].sort((a, b) => a.start - b.start || a.end - b.end);
  const written = new Set<Rewrite>();
  const out: (string | Fragment)[] = [];
  /** Where the file stands behind the piece before. */
  let behind: number | undefined;
  for (const piece of code.pieces) {
    if (typeof piece === 'string') {
      const at = behind;
      if (at === undefined || !sorted.some(({ start, end }) => start <= at && at < end)) out.push(piece);
      if (at !== undefined) behind = at + (text[at] === '\r' ? 2 : 1);
      continue;
    }
    const end = piece.start + piece.text.length;
    let from = piece.start;
    const copy = (to: number): void => {
      if (to > from) out.push(new Fragment([{ ...piece, text: text.slice(from, to), start: from }]));
    };
    for (const one of sorted) {
      const isHere = one.start === one.end ? from <= one.start && one.start < end : one.start < end && one.end > from;
      if (!isHere) continue;
      copy(one.start);
      if (!written.has(one)) out.push(one.text);
      written.add(one);
      from = Math.max(from, one.end);
    }
    copy(end);
    behind = end;
  }
  return Fragment.of(...out);
}
