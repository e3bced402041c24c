/**
 * Lexical search for names: which of a set of names does a piece of code mention? It reads the text alone, so it costs a fraction of
 * what the same answer costs from the tree. Strings and comments are left out (but not what is interpolated into a string), and so are
 * attributes (`x.name`), keyword arguments, parameters and other places that bind the name anew. Without scopes it can only be nearly
 * right: good enough for weights in a graph, not for an edit.
 */
export interface NameTable {
  readonly indexOf: ReadonlyMap<string, number>;
  /** 1 for each first character that a name has. */
  readonly first: Uint8Array;
  readonly shortest: number;
  readonly longest: number;
}

export function nameTable(names: readonly string[]): NameTable {
  const first = new Uint8Array(256);
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (const name of names) {
    first[Math.min(name.charCodeAt(0), 255)] = 1;
    shortest = Math.min(shortest, name.length);
    longest = Math.max(longest, name.length);
  }
  return { indexOf: new Map(names.map((name, index) => [name, index])), first, shortest, longest };
}

/** The index of the name that stands in `[start, end)`, or -1; looks at its first character and length before it makes a string. */
export function findName(table: NameTable, text: string, start: number, end: number): number {
  const length = end - start;
  if (length < table.shortest || length > table.longest) return -1;
  if (table.first[Math.min(text.charCodeAt(start), 255)] === 0) return -1;
  return table.indexOf.get(text.slice(start, end)) ?? -1;
}

export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code > 127;
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57);
}

export function skipBlanks(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && isSpace(text.charCodeAt(next))) next++;
  return next;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
