import { findName, isWordPart, isWordStart, type NameTable, skipBlanks } from './identifiers';

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 39;
const DOUBLE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const WORD = 97;

/** Words after which a name is bound, not read. */
const BINDING = new Set(['def', 'class', 'as', 'import', 'for']);

/** Adds to `found` the indices of the names that the Python code in `[start, end)` mentions. See {@link NameTable} for the limits. */
export function findPythonNames(text: string, start: number, end: number, table: NameTable, found: Set<number>): void {
  const brackets: number[] = [];
  // The last character that counts: a newline outside of brackets starts a statement.
  let previous = NEWLINE;
  let word = 0;
  let wordEnd = 0;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === SPACE) at++;
    else if (isWordStart(code)) {
      const begin = at;
      do at++;
      while (at < end && isWordPart(text.charCodeAt(at)));
      const next = text.charCodeAt(at);
      if ((next === QUOTE || next === DOUBLE) && at - begin <= 2 && at < end) {
        at = skipString(text, at, end, /[ft]/i.test(text.slice(begin, at)), table, found);
        previous = QUOTE;
        continue;
      }
      const index = previous === 46 ? -1 : findName(table, text, begin, at);
      if (
        index >= 0 &&
        !(previous === WORD && BINDING.has(text.slice(word, wordEnd))) &&
        !isRebound(text, at, end, previous, brackets)
      ) {
        found.add(index);
      }
      previous = WORD;
      word = begin;
      wordEnd = at;
    } else if (code === QUOTE || code === DOUBLE) {
      at = skipString(text, at, end, false, table, found);
      previous = QUOTE;
    } else if (code === 35) {
      at = text.indexOf('\n', at);
      if (at < 0 || at >= end) return;
    } else if (code >= 48 && code <= 57) {
      do at++;
      while (at < end && isWordPart(text.charCodeAt(at)));
      previous = 48;
    } else {
      if (code === 40 || code === 91 || code === OPEN_BRACE) brackets.push(code);
      else if (code === 41 || code === 93 || code === CLOSE_BRACE) brackets.pop();
      if (code === NEWLINE ? brackets.length === 0 : code !== 9 && code !== 13) previous = code;
      at++;
    }
  }
}

/** `f(name=...)`, `def f(name: int)`, `name = ...` at the start of a statement. */
function isRebound(text: string, wordEnd: number, end: number, previous: number, brackets: readonly number[]): boolean {
  const inParentheses = brackets.at(-1) === 40;
  const isItem = inParentheses && (previous === 40 || previous === 44 || previous === 42);
  if (!isItem && previous !== NEWLINE) return false;
  const next = skipBlanks(text, wordEnd, end);
  const code = text.charCodeAt(next);
  if (code === 61) return text.charCodeAt(next + 1) !== 61;
  return isItem && code === 58 && text.charCodeAt(next + 1) !== 61;
}

/** Returns the offset behind the string that starts at `at`; what an f-string interpolates is searched. */
function skipString(
  text: string,
  at: number,
  end: number,
  isFormat: boolean,
  table: NameTable,
  found: Set<number>,
): number {
  const quote = text.charCodeAt(at);
  const isTriple = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  if (isTriple && !isFormat) return skipTriple(text, at, end);
  let next = at + (isTriple ? 3 : 1);
  while (next < end) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next++;
    else if (
      code === quote &&
      (!isTriple || (text.charCodeAt(next + 1) === quote && text.charCodeAt(next + 2) === quote))
    ) {
      return next + (isTriple ? 3 : 1);
    } else if (code === NEWLINE && !isTriple) return next;
    else if (code === OPEN_BRACE && isFormat) {
      if (text.charCodeAt(next + 1) === OPEN_BRACE) next++;
      else next = searchField(text, next, end, table, found);
    }
    next++;
  }
  return end;
}

/** A docstring may be long: its end is searched, not walked to. */
function skipTriple(text: string, at: number, end: number): number {
  const quotes = text.slice(at, at + 3);
  for (let close = text.indexOf(quotes, at + 3); close >= 0 && close < end; close = text.indexOf(quotes, close + 1)) {
    let before = close;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((close - before) % 2 === 0) return close + 3;
  }
  return end;
}

/** Searches `{...}` of an f-string and returns the offset of its closing brace (or of the last character before the line ends). */
function searchField(text: string, open: number, end: number, table: NameTable, found: Set<number>): number {
  let depth = 0;
  let at = open;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE && --depth === 0) break;
    else if (code === NEWLINE) return open;
    else if (isWordStart(code)) {
      const begin = at;
      while (at + 1 < end && isWordPart(text.charCodeAt(at + 1))) at++;
      if (text.charCodeAt(begin - 1) === 46) continue;
      const index = findName(table, text, begin, at + 1);
      if (index >= 0) found.add(index);
    }
  }
  return at;
}
