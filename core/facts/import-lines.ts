/** What the beginnings of the lines of a Python file tell, by the text alone: a docstring may hold such lines too. */
export interface ImportLines {
  /** The first part of the first module of each line that begins with `import` or `from`: `os` of `import os.path, sys`. */
  readonly roots: ReadonlySet<string>;
  /** Offsets of the keywords of those lines, behind the indentation. */
  readonly offsets: readonly number[];
  /** Offsets, ascending, of all places where a definition, an import or an `except` may begin. */
  readonly keywords: readonly number[];
}

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const A = 97;
const C = 99;
const F = 102;
const I = 105;

const IMPORT = /(?:from|import)[ \t]+(\w+)/y;
const KEYWORD = /(?:async|class|def|except|from|import)\b/y;

/** One pass over the lines: rules that ask whether a file imports one of many modules look into a set instead of trying them all. */
export function pythonImportLines(text: string): ImportLines {
  const roots = new Set<string>();
  const offsets: number[] = [];
  const keywords: number[] = [];
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
    while (isRareBlank(code)) code = text.charCodeAt(++at);
    if (code === A || (code >= C && code <= F) || code === I) {
      KEYWORD.lastIndex = at;
      if (KEYWORD.test(text)) keywords.push(at);
    }
    at = code === LF || code === CR ? at : text.indexOf(newline, at);
    if (at < 0) break;
    at++;
  }
  return { roots, offsets, keywords: withInlineImports(text, keywords) };
}

/** Adds the imports that stand behind `:` or `;` on a line. Nothing else of what we look for may stand there. */
function withInlineImports(text: string, keywords: number[]): readonly number[] {
  const before = keywords.length;
  for (const word of ['import', 'from']) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      let previous = at - 1;
      while (previous >= 0 && isAnyBlank(text.charCodeAt(previous))) previous--;
      if (text[previous] === ':' || text[previous] === ';') keywords.push(at);
    }
  }
  return keywords.length > before ? [...new Set(keywords)].sort((a, b) => a - b) : keywords;
}

function isAnyBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === LF || code === CR || isRareBlank(code);
}

/** What tree-sitter's grammar passes over besides blanks, tabs and the ends of lines: a backslash that joins lines is among it. */
function isRareBlank(code: number): boolean {
  return (
    code === 92 || code === 11 || code === 12 || (code > 127 && /[\s\u200b\u2060]/.test(String.fromCharCode(code)))
  );
}
