/**
 * Lexical search for names: which of a set of names does a piece of code mention? It reads the text alone, so it costs a fraction of
 * what the same answer costs from the tree. Strings and comments are left out (but not what is interpolated into a string), and so are
 * attributes (`x.name`), keyword arguments, parameters and other places that bind the name anew. Without scopes it can only be nearly
 * right: good enough for weights in a graph, not for an edit.
 */
export interface NameTable {
  readonly meanings: ReadonlyMap<string, number>;
  /** 1 for each combination of first character, last character and length that a name has: most words of a text are passed over by it. */
  readonly shapes: Uint8Array;
}

/** @param meanings for each name the number under which it is found; several names may share one */
export function nameTable(meanings: ReadonlyMap<string, number>): NameTable {
  const shapes = new Uint8Array(SHAPES);
  for (const name of meanings.keys()) {
    shapes[shapeOf(name.charCodeAt(0), name.charCodeAt(name.length - 1), name.length)] = 1;
  }
  return { meanings, shapes };
}

/** The number of the name that stands in `[start, end)`, or -1. */
export function findName(table: NameTable, text: string, start: number, end: number): number {
  if (table.shapes[shapeOf(text.charCodeAt(start), text.charCodeAt(end - 1), end - start)] === 0) return -1;
  return table.meanings.get(text.slice(start, end)) ?? -1;
}

const SHAPES = 8192;

function shapeOf(first: number, last: number, length: number): number {
  return (first * 421 + last * 37 + length) & (SHAPES - 1);
}

/** 1 for a character that starts a name, 2 for a digit, 0 for any other of ASCII. */
const WORDS = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z_$]/.test(String.fromCharCode(code)) ? 1 : code >= 48 && code <= 57 ? 2 : 0,
);

export function isWordStart(code: number): boolean {
  return code > 127 || WORDS[code] === 1;
}

export function isWordPart(code: number): boolean {
  return code > 127 || WORDS[code] !== 0;
}

export function skipBlanks(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && isSpace(text.charCodeAt(next))) next++;
  return next;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
