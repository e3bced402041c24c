/**
 * Lexical search for names: which of a set of names does a piece of code mention? It reads the text alone, so it costs a fraction of
 * what the same answer costs from the tree. Strings and comments are left out (but not what is interpolated into a string), and so are
 * attributes (`x.name`), keyword arguments, parameters and other places that bind the name anew. Without scopes it can only be nearly
 * right: good enough for weights in a graph, not for an edit.
 */
export interface NameTable {
  readonly indexOf: ReadonlyMap<string, number>;
  /** 1 for each first character and length (both folded) that a name has: most words of a text are passed over by it. */
  readonly shapes: Uint8Array;
}

export function nameTable(names: readonly string[]): NameTable {
  const shapes = new Uint8Array(64 * 32);
  for (const name of names) shapes[shapeOf(name.charCodeAt(0), name.length)] = 1;
  return { indexOf: new Map(names.map((name, index) => [name, index])), shapes };
}

/** The index of the name that stands in `[start, end)`, or -1. */
export function findName(table: NameTable, text: string, start: number, end: number): number {
  if (table.shapes[shapeOf(text.charCodeAt(start), end - start)] === 0) return -1;
  return table.indexOf.get(text.slice(start, end)) ?? -1;
}

function shapeOf(first: number, length: number): number {
  return (first & 63) * 32 + Math.min(length, 31);
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
