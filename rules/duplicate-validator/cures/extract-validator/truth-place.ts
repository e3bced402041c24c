import { calleeText, isField } from '../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { SourceFile } from '../../../../core/text/source-file';

/** What a call of the predicate takes the place of, and whether it must be negated there. */
export interface TruthPlace {
  readonly node: SyntaxNode;
  readonly isNegated: boolean;
}

/**
 * Finds what a predicate can stand for. A match and a plain yes behave alike only where nothing but their truth counts.
 * @returns undefined where the match itself is used
 */
export function truthPlace(check: SyntaxNode, source: SourceFile): TruthPlace | undefined {
  if (check.type === 'comparison_operator') return { node: check, isNegated: true };
  const outer = outOfBrackets(check);
  const user = outer.parent;
  if (user?.type === 'comparison_operator' && user.namedChildCount === 2 && user.firstNamedChild?.id === outer.id) {
    const operator = /^\s*(is\s+not|is|==|!=)\s+None$/.exec(source.slice(outer.endIndex, user.endIndex))?.[1];
    return operator ? { node: user, isNegated: operator === 'is' || operator === '==' } : undefined;
  }
  const isBool =
    user?.type === 'argument_list' &&
    user.namedChildCount === 1 &&
    user.parent?.type === 'call' &&
    calleeText(user.parent, source) === 'bool';
  if (isBool) return { node: user.parent!, isNegated: false };
  return onlyTruthCounts(check, source, true) ? { node: check, isNegated: false } : undefined;
}

function outOfBrackets(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.type === 'parenthesized_expression') at = at.parent;
  return at;
}

function onlyTruthCounts(start: SyntaxNode, source: SourceFile, followsNames: boolean): boolean {
  let node = start;
  while (node.parent && /^(?:parenthesized_expression|boolean_operator)$/.test(node.parent.type)) node = node.parent;
  const user = node.parent;
  switch (user?.type) {
    case 'not_operator':
      return true;
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
      return isField(user, 'condition', node);
    case 'assert_statement':
      return user.firstNamedChild?.id === node.id;
    case 'if_clause':
      return true;
    case 'conditional_expression':
      return user.namedChild(1)?.id === node.id;
    case 'argument_list':
      return user.namedChildCount === 1 && user.parent?.type === 'call' && calleeText(user.parent, source) === 'bool';
    case 'generator_expression':
    case 'list_comprehension': {
      if (!isField(user, 'body', node)) return false;
      const call = user.parent?.type === 'argument_list' ? user.parent.parent : user.parent;
      return call?.type === 'call' && /^(?:all|any)$/.test(calleeText(call, source) ?? '');
    }
    case 'assignment':
      return followsNames && isField(user, 'right', node) && readForTruthOnly(user, source);
    default:
      return false;
  }
}

/** `match = re.match(...)` and then `if not match`. */
function readForTruthOnly(assignment: SyntaxNode, source: SourceFile): boolean {
  const target = assignment.childForFieldName('left');
  if (target?.type !== 'identifier') return false;
  let holder = assignment.parent;
  while (holder && holder.type !== 'function_definition') holder = holder.parent;
  if (!holder) return false;
  const name = source.slice(target.startIndex, target.endIndex);
  return holder
    .descendantsOfType('identifier')
    .filter((one) => one.startIndex !== target.startIndex && source.slice(one.startIndex, one.endIndex) === name)
    .every((one) => onlyTruthCounts(one, source, false));
}
