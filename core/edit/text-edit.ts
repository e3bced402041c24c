import type { Range, SourceFile } from '../text/source-file';

/** Replaces `[start, end)` of a text by `newText`; offsets are UTF-16 code units. `start === end` inserts. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  /** Which parts of `newText` are code that stood elsewhere before: what `verify` follows names and comments by. */
  readonly origins?: readonly Origin[];
  /** Spelled as before, it means something else from now on: it counts as written. */
  readonly isRewritten?: true;
}

/** `newText.slice(at, at + length)` is the text that stood in `file` from `start` on. */
export interface Origin {
  readonly at: number;
  readonly length: number;
  readonly file: string;
  readonly start: number;
}

/** Two edits want the same text. A defect of the cure that made them: edits are never merged silently. */
export class OverlappingEdits extends Error {
  constructor(first: TextEdit, second: TextEdit) {
    super(`edits overlap: [${first.start}, ${first.end}) and [${second.start}, ${second.end})`);
    this.name = 'OverlappingEdits';
  }
}

/**
 * Sorts edits by their place and demands that they are disjoint. Insertions at one offset keep the order in which they were given
 * and come before a replacement that starts there; edits that change nothing are left out, unless they say that they do.
 * @throws OverlappingEdits
 */
export function sortedEdits(edits: readonly TextEdit[], text?: string): TextEdit[] {
  const real = edits.filter(
    ({ start, end, newText, isRewritten }) => isRewritten || text === undefined || text.slice(start, end) !== newText,
  );
  // The sort is stable, so insertions at one place stay in their order.
  const sorted = [...real].sort((a, b) => a.start - b.start || a.end - b.end);
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at]!.start < sorted[at - 1]!.end) throw new OverlappingEdits(sorted[at - 1]!, sorted[at]!);
  }
  return sorted;
}

/** The text after the edits, which must be sorted and disjoint (see {@link sortedEdits}). */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, newText } of edits) {
    parts.push(text.slice(from, start), newText);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** The edits that turn the text after `edits` back into `text`. */
export function invertEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map(({ start, end, newText }) => {
    const inverse = { start: start + shift, end: start + shift + newText.length, newText: text.slice(start, end) };
    shift += newText.length - (end - start);
    return inverse;
  });
}

/** Where the characters of an old text stand after sorted, disjoint edits, and the other way round. */
export class OffsetMap {
  constructor(private readonly edits: readonly TextEdit[]) {}

  /** The new offset of an old character; undefined for one that an edit replaced. */
  forward(offset: number): number | undefined {
    let shift = 0;
    for (const { start, end, newText } of this.edits) {
      if (offset < start) break;
      if (offset < end) return undefined;
      shift += newText.length - (end - start);
    }
    return offset + shift;
  }

  /** The old offset of a new character; undefined for one that an edit brought. */
  back(offset: number): number | undefined {
    let shift = 0;
    for (const { start, end, newText } of this.edits) {
      if (offset < start + shift) break;
      if (offset < start + shift + newText.length) return undefined;
      shift += newText.length - (end - start);
    }
    return offset - shift;
  }

  /** The place of an old range after the edits, for messages and comparisons: its ends move with the text around them. */
  range(source: SourceFile, range: Range, after: SourceFile): Range {
    const move = (offset: number): number => {
      let shift = 0;
      for (const { start, end, newText } of this.edits) {
        if (offset < start) break;
        if (offset < end) return start + shift;
        shift += newText.length - (end - start);
      }
      return offset + shift;
    };
    return {
      start: after.positionAt(move(source.offsetAt(range.start))),
      end: after.positionAt(move(source.offsetAt(range.end))),
    };
  }
}
