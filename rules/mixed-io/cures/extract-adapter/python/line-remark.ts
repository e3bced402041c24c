import type { Document } from '../../../../../core/edit/snapshot';
import type { Piece } from './piece';

/** What linters and type checkers are told of one line. */
const REMARK = /^[)\]}]*[ \t]*(#[ \t]*(?:noqa|nosec|type:[ \t]*ignore|pylint:|pyright:|ruff:)[^\r\n]*)/;

/** A remark to a checker behind a call that stands on one line: it is about the call and goes with it. With the blanks in front of it. */
export function lineRemark(
  { expression, start, end }: Piece,
  { source }: Document,
): { readonly start: number; readonly end: number; readonly blanks: number; readonly text: string } | undefined {
  if (!expression || source.lineAt(start) !== source.lineAt(end)) return undefined;
  const found = REMARK.exec(source.text.slice(end, end + 200));
  if (!found) return undefined;
  const comment = end + found[0].length - found[1]!.length;
  const blanks = /[ \t]*$/.exec(source.slice(end, comment))![0].length;
  return { start: comment, end: end + found[0].length, blanks, text: found[1]! };
}
