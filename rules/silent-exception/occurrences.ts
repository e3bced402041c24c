import type { SourceFile } from '../../core/text/source-file';

/** A piece of the text: from its first character to behind its last. */
export interface Span {
  readonly startIndex: number;
  readonly endIndex: number;
}

/**
 * Where each name stands in a file. Handlers ask what happens to a name before and behind them; with this list each of them looks
 * at a few places, not at the text of its function again.
 */
export class Occurrences {
  readonly #places = new Map<string, number[]>();
  readonly #ofKind = new Map<string, readonly number[]>();

  constructor(readonly text: string) {
    for (const match of text.matchAll(/[\w$]+/g)) {
      const places = this.#places.get(match[0]);
      if (places) places.push(match.index);
      else this.#places.set(match[0], [match.index]);
    }
  }

  /** The first place of a name within a span that is of a kind. */
  first(kind: string, name: string, { startIndex, endIndex }: Span, test: (at: number) => boolean): number | undefined {
    const places = this.#placesOf(kind, name, test);
    const at = places[firstFrom(places, startIndex)];
    return at !== undefined && at + name.length <= endIndex ? at : undefined;
  }

  /** Whether one place of a name within the spans is of a kind. */
  some(kind: string, name: string, spans: readonly Span[], test: (at: number) => boolean): boolean {
    return spans.some((span) => this.first(kind, name, span, test) !== undefined);
  }

  /** Each place is tested once per kind, however many handlers ask. */
  #placesOf(kind: string, name: string, test: (at: number) => boolean): readonly number[] {
    const key = `${kind} ${name}`;
    const places = this.#ofKind.get(key) ?? (this.#places.get(name) ?? []).filter(test);
    this.#ofKind.set(key, places);
    return places;
  }

  /** Whether a pattern (sticky) matches right behind the name that stands at a place. */
  isFollowed(name: string, at: number, sticky: RegExp): boolean {
    sticky.lastIndex = at + name.length;
    return sticky.test(this.text);
  }

  /** The line up to a place; of a very long line only its last part. */
  headOf(at: number): string {
    const head = this.text.slice(Math.max(0, at - 400), at);
    return head.slice(Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1);
  }
}

const known = new WeakMap<SourceFile, Occurrences>();

/** The occurrences of a file, listed when the first handler asks. */
export function occurrencesIn(source: SourceFile): Occurrences {
  const list = known.get(source) ?? new Occurrences(source.text);
  known.set(source, list);
  return list;
}

function firstFrom(places: readonly number[], start: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
