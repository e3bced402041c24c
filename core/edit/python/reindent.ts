import { tokenize } from '../../verify/python-shape/lexer';
import { Rejection } from '../../verify/python-shape/rejection';
import type { Tokens } from '../../verify/python-shape/tokens';
import { Fragment } from '../fragment';
import { Refusal } from '../refusal';
import type { PythonLayout } from './layout';

/** New code: at indentation 0, with `\n`, without final newline. */
export type Code = string | Fragment;

const BLANKS = /[ \t\f]*/y;

/**
 * Indents every line of some statements, but no line that starts within a string: what is in a literal is a value.
 * @param first whether the first line is indented as well
 * @throws Refusal `shape-error` for what is no Python
 */
export function indentCode(code: Code, indent: string, file: string, first = true): Fragment {
  return indentLines(code, indent, stringRanges(tokensOf(code.toString(), file)), first);
}

/** As {@link indentCode} for all lines of an expression but its first one. */
export function indentExpression(code: Code, indent: string, file: string): Fragment {
  const ranges = stringRanges(expressionTokens(code.toString(), file));
  // The tokens stand one further to the right, behind the bracket that was opened for them.
  const moved = ranges.map(([start, end]) => [start - 1, end - 1] as const);
  return indentLines(code, indent, moved, false);
}

/**
 * Copies `[start, end)` of a file and takes the indentation off its lines, except within strings. Lines that are indented less
 * (comments, what stands in brackets) lose what they have.
 */
export function copyDedented(
  { document, text, longStrings }: PythonLayout,
  start: number,
  end: number,
  indent: string,
): Fragment {
  const parts: Fragment[] = [];
  let from = start;
  for (const at of lineStarts(text, start, end)) {
    if (longStrings.some((one) => one.startIndex < at && at < one.endIndex)) continue;
    const blanks = blanksAt(text, at);
    const skip = blanks.lastIndexOf('\f') + 1;
    const own = blanks.slice(skip);
    const isBlank = at + blanks.length >= end || /[\r\n]/.test(text[at + blanks.length]!);
    const drop = isBlank ? own.length : Math.min(own.length, indent.length);
    if (drop === 0) continue;
    parts.push(Fragment.copy(document, from, at + skip));
    from = at + skip + drop;
  }
  parts.push(Fragment.copy(document, from, end));
  return Fragment.of(...parts);
}

/**
 * The tokens of whole statements.
 * @throws Refusal `shape-error`
 */
export function tokensOf(text: string, file: string): Tokens {
  try {
    return tokenize(text);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const line = text.slice(0, error.error.start).split('\n').length;
    throw new Refusal('shape-error', { message: error.error.message, line, file });
  }
}

/** The tokens of an expression, within one pair of parentheses, as its lines may be broken anywhere. */
export function expressionTokens(text: string, file: string): Tokens {
  return tokensOf(`(${text}\n)`, file);
}

function indentLines(
  code: Code,
  indent: string,
  strings: readonly (readonly [number, number])[],
  first: boolean,
): Fragment {
  const fragment = Fragment.of(code);
  const text = fragment.toString();
  const parts: (string | Fragment)[] = [];
  let from = 0;
  for (const at of [...(first ? [0] : []), ...lineStarts(text, 0, text.length)]) {
    if (strings.some(([start, end]) => start < at && at < end)) continue;
    const blanks = blanksAt(text, at);
    const next = text[at + blanks.length];
    if (next === undefined || next === '\n') continue;
    // A form feed sets the column back to zero, so the indentation goes behind it.
    const place = at + blanks.lastIndexOf('\f') + 1;
    parts.push(fragment.slice(from, place), indent);
    from = place;
  }
  parts.push(fragment.slice(from));
  return Fragment.of(...parts);
}

/** Offsets at which lines start within a range, its own start left out. */
function lineStarts(text: string, start: number, end: number): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n', start); at >= 0 && at + 1 < end; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}

function blanksAt(text: string, at: number): string {
  BLANKS.lastIndex = at;
  return BLANKS.exec(text)![0];
}

/** Start and end of every literal; an f-string or t-string counts with all that is in it. */
function stringRanges({ types, starts, ends }: Tokens): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < types.length; at++) {
    if (types[at] === 'FSTRING_START' && depth++ === 0) start = starts[at]!;
    else if (types[at] === 'FSTRING_END' && --depth === 0) ranges.push([start, ends[at]!]);
    else if (types[at] === 'STRING' && depth === 0) ranges.push([starts[at]!, ends[at]!]);
  }
  return ranges;
}
