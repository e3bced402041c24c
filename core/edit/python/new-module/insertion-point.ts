import type { SyntaxNode } from '../../../syntax/node';
import type { Document } from '../../snapshot';

/**
 * The top-level statement above which a new definition goes: the one around the first place that will use it, which may run while the
 * file is loaded; without such a place the end of the file, but above what runs as a script.
 *
 * @param uses offsets in the document that will name the new definition
 * @returns undefined for the end of the file
 */
export function insertionPoint({ root, source }: Document, uses: readonly number[]): SyntaxNode | undefined {
  if (uses.length > 0) {
    const first = Math.min(...uses);
    return root.namedChildren.find((one) => one.type !== 'comment' && one.startIndex <= first && first < one.endIndex);
  }
  const last = root.namedChildren.filter((one) => one.type !== 'comment').at(-1);
  const condition = last?.type === 'if_statement' ? last.childForFieldName('condition') : null;
  const isScript = condition && /__name__/.test(source.slice(condition.startIndex, condition.endIndex));
  return isScript ? last : undefined;
}
