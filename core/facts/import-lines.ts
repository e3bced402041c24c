/** The lines of a Python file that begin with `import` or `from`, as far as the text alone tells (a docstring may hold one). */
export interface ImportLines {
  /** The first part of the first module of each: `os` of `import os.path, sys`. */
  readonly roots: ReadonlySet<string>;
  /** Offsets of the keywords, behind the indentation. */
  readonly offsets: readonly number[];
}

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const F = 102;
const I = 105;

const IMPORT = /(?:from|import)[ \t]+(\w+)/y;

/** One pass over the lines: rules that ask whether a file imports one of many modules look into a set instead of trying them all. */
export function pythonImportLines(text: string): ImportLines {
  const roots = new Set<string>();
  const offsets: number[] = [];
  // Files whose lines end with a lone CR are as good as extinct, but they have lines too.
  const newline = text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
  for (let at = 0; at < text.length; ) {
    let code = text.charCodeAt(at);
    while (code === SPACE || code === TAB) code = text.charCodeAt(++at);
    if (code === F || code === I) {
      IMPORT.lastIndex = at;
      const root = IMPORT.exec(text)?.[1];
      if (root !== undefined) {
        roots.add(root);
        offsets.push(at);
      }
    }
    at = code === LF || code === CR ? at : text.indexOf(newline, at);
    if (at < 0) break;
    at++;
  }
  return { roots, offsets };
}
