import { fileOperation } from '../operations';
import { fileBlockOf } from './file-blocks';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** Names for what is done to a file: that of its call, or of the one thing that its block does. */
export function fileNames(piece: Piece, subject: Subject, verb: string): readonly string[] {
  if (piece.expression) return fileOperation(verb);
  const block = fileBlockOf(piece, subject);
  return block ? [block.operation] : [];
}
