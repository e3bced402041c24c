import type { Origin } from './text-edit';

/** A piece of a fragment that is copied from a file. */
export interface Copied {
  readonly text: string;
  readonly file: string;
  readonly start: number;
}

/**
 * New code, part written and part copied: it remembers which of its characters stood where, so that names and comments can be followed
 * through a move. Written code breaks its lines with `\n`; the builder spells them as the target file does.
 */
export class Fragment {
  /** @param pieces written and copied code, as plain data that can be handed to another process */
  constructor(readonly pieces: readonly (string | Copied)[]) {}

  static of(...parts: readonly (string | Fragment)[]): Fragment {
    return new Fragment(parts.flatMap((part) => (typeof part === 'string' ? [part] : part.pieces)));
  }

  /** Copies `[start, end)` of a file. Its line breaks count as written, so that they become those of the target. */
  static copy(
    document: { readonly file: string; readonly source: { readonly text: string } },
    start: number,
    end: number,
  ): Fragment {
    const pieces: (string | Copied)[] = [];
    const { file, source } = document;
    let from = start;
    for (const match of source.text.slice(start, end).matchAll(/\r\n|\n|\r/g)) {
      const at = start + match.index;
      if (at > from) pieces.push({ text: source.text.slice(from, at), file, start: from });
      pieces.push('\n');
      from = at + match[0].length;
    }
    if (end > from) pieces.push({ text: source.text.slice(from, end), file, start: from });
    return new Fragment(pieces);
  }

  static join(parts: readonly (string | Fragment)[], separator: string): Fragment {
    return Fragment.of(...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
  }

  /** The number of UTF-16 code units of {@link toString}. */
  get length(): number {
    return this.pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  }

  /** The part `[start, end)` of {@link toString}, which remembers its origins as well. */
  slice(start: number, end = this.length): Fragment {
    const parts: (string | Copied)[] = [];
    let at = 0;
    for (const piece of this.pieces) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, lengthOf(piece));
      at += lengthOf(piece);
      if (from >= to) continue;
      if (typeof piece === 'string') parts.push(piece.slice(from, to));
      else parts.push({ text: piece.text.slice(from, to), file: piece.file, start: piece.start + from });
    }
    return new Fragment(parts);
  }

  /** The text with the given line ending, and where its copied parts come from. */
  render(lineEnding: '\n' | '\r\n'): { text: string; origins: Origin[] } {
    let text = '';
    const origins: Origin[] = [];
    for (const piece of this.pieces) {
      if (typeof piece === 'string') text += lineEnding === '\n' ? piece : piece.replace(/\r?\n/g, lineEnding);
      else {
        origins.push({ at: text.length, length: piece.text.length, file: piece.file, start: piece.start });
        text += piece.text;
      }
    }
    return { text, origins };
  }

  /** The text with `\n`, for measuring and comparing. */
  toString(): string {
    return this.render('\n').text;
  }
}

function lengthOf(piece: string | Copied): number {
  return typeof piece === 'string' ? piece.length : piece.text.length;
}
