import { fileOperation } from '../operations';
import { fileBlockOf } from './file-blocks';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** Names for what is done to a file: that of its call, or of the one thing that its block does. */
export function fileNames(piece: Piece, subject: Subject): readonly string[] {
  if (piece.expression) return namesOfCall(piece.site.call);
  const block = fileBlockOf(piece, subject);
  return block ? [block.operation] : [];
}

/** Names by the path of a call. `unlink` removes: two methods that do the same have no names that tell them apart. */
function namesOfCall({ path }: { readonly path: string }): readonly string[] {
  const verb = path.slice(path.lastIndexOf('.') + 1);
  if (verb === 'unlink') return fileOperation('remove');
  return /Path\.glob$/.test(path) ? ['find_files', 'find_files_in'] : fileOperation(verb);
}
