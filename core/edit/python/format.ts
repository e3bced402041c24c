import { Fragment } from '../fragment';
import type { CodeStyle } from '../style';
import { type Code, indentCode } from './reindent';

/** Where generated code will stand: what is in front of it and behind it counts for the length of its line. */
export interface Room {
  /** The indentation of its first line, all blanks. */
  readonly indentation?: string;
  /** Columns between the indentation and the code (`x = `), and behind the code (`:`). */
  readonly before?: number;
  readonly after?: number;
}

/**
 * A string literal in the project's quotes, or in the others where that saves escapes, as Black chooses. What is not visible is escaped.
 */
export function pythonString(value: string, style: Pick<CodeStyle, 'quote'>): string {
  const other = style.quote === '"' ? "'" : '"';
  const quote = count(value, style.quote) > count(value, other) ? other : style.quote;
  return quote + escapeText(value, false).replaceAll(quote, `\\${quote}`) + quote;
}

/**
 * A docstring with `"""`: in one line, or with the closing quotes on a line of their own.
 * @param text its lines, without indentation of their own
 * @param indentation where it will stand: the interior of a literal is never indented later
 */
export function docstring(text: string, indentation: string): string {
  const lines = escapeText(text.trim(), true).replaceAll('"""', '\\"\\"\\"').split('\n');
  if (lines.length > 1) {
    return `"""${lines.map((line, at) => (at === 0 || line.trim() === '' ? line.trimEnd() : indentation + line.trimEnd())).join('\n')}\n${indentation}"""`;
  }
  const line = lines[0]!;
  return line.endsWith('"') && !line.endsWith('\\"') ? `"""${line.slice(0, -1)}\\""""` : `"""${line}"""`;
}

/**
 * A call, broken as Black breaks one that does not fit its line: all arguments on the next line, else each on a line of its own with a
 * trailing comma.
 * @param args at indentation 0; one of several lines puts each on a line of its own
 */
export function callExpression(callee: string, args: readonly string[], style: CodeStyle, room: Room = {}): string {
  return bracketed(`${callee}(`, args, ')', style, room);
}

export interface Definition {
  readonly name: string;
  /** `self`, `x: int = 0`, `*args`, in legal order. */
  readonly parameters: readonly string[];
  readonly returns?: string;
  readonly isAsync?: boolean;
  /** With their `@`. */
  readonly decorators?: readonly string[];
  /** The text of the docstring. */
  readonly docstring?: string;
  /** Statements at indentation 0; `pass` when there are none and no docstring either. */
  readonly body: Code;
}

/** A function at indentation 0, to be inserted at `room.indentation`. */
export function definition(parts: Definition, style: CodeStyle, room: Room = {}): Fragment {
  const { name, parameters, returns, decorators = [], isAsync = false } = parts;
  const head = bracketed(
    `${isAsync ? 'async ' : ''}def ${name}(`,
    parameters,
    `)${returns === undefined ? '' : ` -> ${returns}`}:`,
    style,
    room,
  );
  const inner = (room.indentation ?? '') + style.indent;
  const lines: Code[] = [];
  if (parts.docstring !== undefined) lines.push(docstring(parts.docstring, inner));
  if (parts.body.toString().trim() !== '') lines.push(parts.body);
  if (lines.length === 0) lines.push('pass');
  const body = indentCode(Fragment.join(lines, '\n'), style.indent, name);
  return Fragment.join([...decorators, head, body], '\n');
}

/** Definitions one below the other with the blank lines of PEP 8: two at module level, one within a class. */
export function joinDefinitions(definitions: readonly Code[], place: 'module' | 'class'): Fragment {
  return Fragment.join(definitions, place === 'module' ? '\n\n\n' : '\n\n');
}

function bracketed(open: string, items: readonly string[], close: string, style: CodeStyle, room: Room): string {
  const { indentation = '', before = 0, after = 0 } = room;
  const margin = columns(indentation);
  const oneLine = open + items.join(', ') + close;
  const isSplit = items.some((item) => item.includes('\n'));
  if (items.length === 0 || (!isSplit && margin + before + columns(oneLine) + after <= style.lineLength))
    return oneLine;
  const { indent } = style;
  const body = items.join(', ');
  // Black's first try. A starred item would need no comma either.
  if (!isSplit && margin + columns(indent + body) <= style.lineLength) return `${open}\n${indent}${body}\n${close}`;
  // Black gives a trailing comma to a lone parameter, but not to a lone argument.
  const comma = items.length === 1 && close === ')' ? '' : ',';
  const lines = items.map((item) => `${indentItem(item, indent)}${comma}\n`);
  return `${open}\n${lines.join('')}${close}`;
}

function indentItem(item: string, indent: string): string {
  // Within a pair of brackets the item is one statement, whatever its lines look like.
  return indentCode(`(${item})`, indent, '').toString().replace('(', '').slice(0, -1);
}

/** Columns of a line, as Ruff counts them by default: a tab is four. */
function columns(text: string): number {
  let width = 0;
  for (const character of text) width += character === '\t' ? 4 : 1;
  return width;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** Escapes what is not visible or has a meaning in a literal; the quotes are up to the caller. */
function escapeText(text: string, keepsLines: boolean): string {
  return text.replace(/\\|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Cs}/gu, (character) => {
    if (keepsLines && (character === '\n' || character === '\t')) return character;
    const named = NAMED[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0)!;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
