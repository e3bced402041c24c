import { Fragment } from '../../../../../core/edit/fragment';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Piece } from './piece';

/** Code that comes into the place of `[start, end)`. */
export interface Rewritten {
  readonly start: number;
  readonly end: number;
  readonly code: Fragment;
}

const BRACKETS =
  /^(?:argument_list|list|tuple|set|dictionary|parenthesized_expression|(?:list|set|dictionary)_comprehension|generator_expression)$/;

/**
 * A line that a call of an adapter would make too long, broken as Black does: the outermost bracket around the call gets a line for what is
 * in it. Undefined where the line fits, or where that would not help.
 * @param call what comes into the place of the piece, on one line
 */
export function brokenLine(piece: Piece, call: Fragment, document: Document): Rewritten | undefined {
  const { style } = document;
  const { text } = document.source;
  const { start, end } = piece;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = /[\r\n]|$/.exec(text.slice(end))!.index + end;
  const length = lineEnd - lineStart - (end - start) + call.length;
  if (call.toString().includes('\n') || length <= style.lineLength || /[#\\]/.test(text.slice(lineStart, lineEnd)))
    return undefined;
  const bracket = outermostBracket(piece.expression, lineStart, lineEnd);
  if (!bracket) return undefined;
  const [open, close] = [bracket.startIndex + 1, bracket.endIndex - 1];
  const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const inner = indent.length + style.indent.length + (close - open) - (end - start) + call.length;
  const [head, tail] = [open - lineStart, indent.length + lineEnd - close];
  if (Math.max(inner, head, tail) > style.lineLength) return undefined;
  const body = Fragment.of(Fragment.copy(document, open, start), call, Fragment.copy(document, end, close));
  return { start: open, end: close, code: Fragment.of(`\n${indent}${style.indent}`, body, `\n${indent}`) };
}

/** Whether a piece had lines of its own because it did not fit one, which the call in its place would not do either. */
export function wasBroken({ start, end }: Piece, call: Fragment, { source, style }: Document): boolean {
  const { text } = source;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const behind = /[\r\n]|$/.exec(text.slice(end))!.index;
  const isLong = start - lineStart + call.length + behind > style.lineLength;
  return isLong && text.slice(start, end).includes('\n') && !call.toString().includes('\n');
}

/** The outermost pair of brackets around an expression that opens and closes on its line. */
function outermostBracket(node: SyntaxNode | undefined, lineStart: number, lineEnd: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at = node?.parent; at && at.startIndex >= lineStart && at.endIndex <= lineEnd; at = at.parent)
    if (BRACKETS.test(at.type) && (at.type !== 'tuple' || at.firstChild?.type === '(')) found = at;
  return found;
}
