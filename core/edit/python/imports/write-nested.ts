import type { SyntaxNode } from '../../../syntax/node';
import type { ChangeBuilder } from '../../change-builder';
import type { Document } from '../../snapshot';
import { removeStatement } from './write-lines';

/**
 * Takes imports out of blocks. A block that would be empty goes with its `if TYPE_CHECKING:`, else it gets `pass`.
 * @param statements those of one block, in their order
 */
export function removeNested(statements: readonly SyntaxNode[], document: Document, changes: ChangeBuilder): void {
  const [first, ...rest] = statements;
  const whole = emptiedCheck(statements, document);
  if (!first) return;
  if (whole) {
    removeStatement({ start: whole.startIndex, end: whole.endIndex }, document, changes, 1);
    return;
  }
  const isEmptied = codeOf(first.parent).length === statements.length;
  if (isEmptied) changes.replace(document, first.startIndex, first.endIndex, 'pass');
  for (const { startIndex: start, endIndex: end } of isEmptied ? rest : statements)
    removeStatement({ start, end }, document, changes);
}

const codeOf = (block: SyntaxNode | null): readonly SyntaxNode[] =>
  block?.namedChildren.filter((one) => one.type !== 'comment') ?? [];

/** The `if TYPE_CHECKING:` that is nothing without the statements: it holds no other, no comment and has no `else`. */
export function emptiedCheck(statements: readonly SyntaxNode[], document: Document): SyntaxNode | undefined {
  const block = statements[0]?.parent;
  const check = block?.type === 'block' ? block.parent : null;
  if (check?.type !== 'if_statement' || check.childForFieldName('alternative')) return undefined;
  if (block!.namedChildCount !== statements.length) return undefined;
  const condition = check.childForFieldName('condition');
  const text = document.source.slice(check.startIndex, check.endIndex);
  if (!condition || text.includes('#')) return undefined;
  return /^(?:\w+\.)?TYPE_CHECKING$/.test(document.source.slice(condition.startIndex, condition.endIndex))
    ? check
    : undefined;
}
