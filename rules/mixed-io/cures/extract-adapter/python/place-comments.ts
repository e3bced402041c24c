import { Fragment } from '../../../../../core/edit/fragment';
import { PythonLayout } from '../../../../../core/edit/python/layout';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Piece } from './piece';

/**
 * Comments in the block of an opened file that have lines of their own. A method for any file says what is done to one; what is said of
 * this one stays where it was, above the call.
 */
export function placeComments({ site, expression, statements, end }: Piece, document: Document): readonly SyntaxNode[] {
  const [block] = statements;
  if (expression || site.call.kind !== 'file' || block?.type !== 'with_statement') return [];
  const layout = new PythonLayout(document);
  return block
    .descendantsOfType('comment')
    .filter(({ parent, endIndex }) => endIndex <= end && (parent?.type === 'block' || parent?.id === block.id))
    .filter(({ startIndex }) => startIndex === layout.lineStart(startIndex) + layout.indentationAt(startIndex).length);
}

/** The same as lines above a call, at indentation 0. */
export function commentLines(piece: Piece, document: Document): Fragment {
  const copies = placeComments(piece, document).map((one) => Fragment.copy(document, one.startIndex, one.endIndex));
  return Fragment.of(...copies.flatMap((one) => [one, '\n']));
}

/** What stands for a comment in code that goes without it. */
export const GONE = '\0';

/** Code without the lines of comments that have been replaced by {@link GONE}. */
export function withoutGone(code: Fragment): Fragment {
  const parts: Fragment[] = [];
  let from = 0;
  for (const { 0: line, index } of code.toString().matchAll(/\n[ \t]*\0/g)) {
    parts.push(code.slice(from, index));
    from = index + line.length;
  }
  return parts.length === 0 ? code : Fragment.of(...parts, code.slice(from));
}
