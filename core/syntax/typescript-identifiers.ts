import { findName, isSpace, isWordPart, isWordStart, type NameTable, skipBlanks } from './identifiers';

const NEWLINE = 10;
const SPACE = 32;
const BACKSLASH = 92;
const BACKTICK = 96;
const OPEN_PAREN = 40;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SLASH = 47;
const WORD = 97;
/** Stands on the stack of brackets for `${` of a template. */
const INTERPOLATION = 0;

/** Words after which a name is bound, not read. */
const BINDING = new Set([
  'function',
  'class',
  'const',
  'let',
  'var',
  'interface',
  'type',
  'enum',
  'import',
  'async',
  'get',
  'set',
]);
/** Words after which a slash starts a regular expression. */
const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'await',
  'yield',
  'else',
  'do',
]);

/**
 * Adds to `found` the indices of the names that the TypeScript or JavaScript code in `[start, end)` mentions. See {@link NameTable} for
 * the limits; words of JSX text count as names.
 * @param isClass the range is one class: the names of its members are none of ours
 */
export function findTypeScriptNames(
  text: string,
  start: number,
  end: number,
  table: NameTable,
  found: Set<number>,
  isClass = false,
): void {
  const brackets: number[] = [];
  let previous = NEWLINE;
  let word = 0;
  let wordEnd = 0;
  let at = start;
  const follows = (words: ReadonlySet<string>) => previous === WORD && words.has(text.slice(word, wordEnd));
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === SPACE) at++;
    else if (isWordStart(code)) {
      const begin = at;
      do at++;
      while (at < end && isWordPart(text.charCodeAt(at)));
      const isProperty = previous === 46 && !(text.charCodeAt(begin - 1) === 46 && text.charCodeAt(begin - 2) === 46);
      const index = isProperty ? -1 : findName(table, text, begin, at);
      if (index >= 0 && !follows(BINDING) && !isRebound(text, at, end, previous, brackets, isClass)) found.add(index);
      previous = WORD;
      word = begin;
      wordEnd = at;
    } else if (code === 39 || code === 34) {
      at = skipString(text, at, end);
      previous = 34;
    } else if (code === BACKTICK) {
      at = skipTemplate(text, at + 1, end, brackets);
      previous = brackets.at(-1) === INTERPOLATION ? OPEN_BRACE : BACKTICK;
    } else if (code === SLASH) {
      const next = text.charCodeAt(at + 1);
      if (next === SLASH) at = lineEnd(text, at, end);
      else if (next === 42) {
        const close = text.indexOf('*/', at + 2);
        at = close < 0 ? end : close + 2;
      } else if (startsRegex(previous) || follows(BEFORE_REGEX)) {
        at = skipRegex(text, at, end);
        previous = 34;
      } else {
        previous = SLASH;
        at++;
      }
    } else if (code >= 48 && code <= 57) {
      do at++;
      while (at < end && isWordPart(text.charCodeAt(at)));
      previous = 48;
    } else {
      at++;
      if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) brackets.push(code);
      else if (code === 41 || code === 93) brackets.pop();
      else if (code === CLOSE_BRACE && brackets.pop() === INTERPOLATION) {
        at = skipTemplate(text, at, end, brackets);
        previous = brackets.at(-1) === INTERPOLATION ? OPEN_BRACE : BACKTICK;
        continue;
      }
      if (!isSpace(code)) previous = code;
    }
  }
}

/** `{ name: ... }`, `(name: T)`, `(name?: T)`, and the members of a class. */
function isRebound(
  text: string,
  wordEnd: number,
  end: number,
  previous: number,
  brackets: readonly number[],
  isClass: boolean,
): boolean {
  const isItem = previous === OPEN_BRACE || previous === 44 || previous === OPEN_PAREN;
  const isMember = isClass && brackets.length === 1 && brackets[0] === OPEN_BRACE && previous !== 64;
  if (!isItem && !isMember) return false;
  const next = skipBlanks(text, wordEnd, end);
  const code = text.charCodeAt(next);
  if (isMember && (code === OPEN_PAREN || code === 60 || code === 59 || code === 33 || code === 61)) return true;
  return code === 58 || (code === 63 && text.charCodeAt(next + 1) === 58);
}

/** After an operator or an opening bracket; `<` is left out for the sake of `</tag>`. */
function startsRegex(previous: number): boolean {
  return '(,=:[!&|?{;+-*%~^\n'.includes(String.fromCharCode(previous));
}

function lineEnd(text: string, at: number, end: number): number {
  const next = text.indexOf('\n', at);
  return next < 0 || next > end ? end : next;
}

/** A string that its line does not close is JSX text with an apostrophe: it ends with the line. */
function skipString(text: string, at: number, end: number): number {
  const quote = text.charCodeAt(at);
  for (let next = at + 1; next < end; next++) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next++;
    else if (code === quote) return next + 1;
    else if (code === NEWLINE) return at + 1;
  }
  return at + 1;
}

/** Skips the text of a template up to its end, or up to `${`, which is pushed on the brackets. */
function skipTemplate(text: string, at: number, end: number, brackets: number[]): number {
  for (let next = at; next < end; next++) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next++;
    else if (code === BACKTICK) return next + 1;
    else if (code === 36 && text.charCodeAt(next + 1) === OPEN_BRACE) {
      brackets.push(INTERPOLATION);
      return next + 2;
    }
  }
  return end;
}

function skipRegex(text: string, at: number, end: number): number {
  let inClass = false;
  for (let next = at + 1; next < end; next++) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next++;
    else if (code === NEWLINE) return at + 1;
    else if (code === OPEN_BRACKET) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === SLASH && !inClass) return next + 1;
  }
  return at + 1;
}
