import { calleeText, isField } from '../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { SourceFile } from '../../../../core/text/source-file';

/** Builtins that look at a collection, or make another one of it. */
const READERS =
  /^(?:sorted|len|str|repr|set|list|tuple|frozenset|any|all|min|max|sum|enumerate|print|bool|[^()]*\.(?:join|format|issubset|issuperset|isdisjoint|union|intersection|difference|debug|info|warning|error|exception|critical))$/;
const READING_METHODS = /^(?:issubset|issuperset|isdisjoint|union|intersection|difference|index|count|copy)$/;

/** Whether a display of members cannot change once it is made. */
export function isImmutable(display: SyntaxNode, source: SourceFile): boolean {
  return display.type === 'tuple' || (display.type === 'call' && calleeText(display, source) !== 'set');
}

/** Whether an expression that means a collection only looks at it, and hands it to nobody who could change it. */
export function isOnlyRead(use: SyntaxNode, source: SourceFile): boolean {
  let node = use;
  while (node.parent?.type === 'parenthesized_expression') node = node.parent;
  const user = node.parent;
  switch (user?.type) {
    case 'comparison_operator':
    case 'interpolation':
    case 'binary_operator':
    case 'not_operator':
      return true;
    case 'for_statement':
    case 'for_in_clause':
      return isField(user, 'right', node);
    case 'subscript':
      return isField(user, 'value', node) && !isWritten(user);
    case 'attribute':
      return (
        user.parent?.type === 'call' && READING_METHODS.test(source.slice(node.endIndex + 1, user.endIndex).trim())
      );
    case 'argument_list':
      return (user.parent?.type === 'call' && READERS.test(calleeText(user.parent, source) ?? '')) || isRaised(node);
    default:
      return isRaised(node);
  }
}

function isWritten(node: SyntaxNode): boolean {
  const user = node.parent;
  return (
    user?.type === 'delete_statement' ||
    (/^(?:augmented_)?assignment$/.test(user?.type ?? '') && user!.childForFieldName('left')?.id === node.id)
  );
}

/** What a raised exception shows is changed by nobody. */
function isRaised(node: SyntaxNode): boolean {
  let at: SyntaxNode | null = node;
  while (at && at.type !== 'raise_statement' && !/_definition$/.test(at.type)) at = at.parent;
  return at?.type === 'raise_statement';
}
