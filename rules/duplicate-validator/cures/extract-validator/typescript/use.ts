import { calleeText, isField } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { SourceFile } from '../../../../../core/text/source-file';
import { statementRejects } from '../../../typescript-guard';
import type { SiteCheck } from './check';

/** How a place can share a check: it asks the predicate in place of a node, or it keeps what it does and takes the pattern. */
export type Use =
  | {
      readonly kind: 'predicate';
      /** What the call takes the place of. */
      readonly node: SyntaxNode;
      /** The node is true where the value does not fit. */
      readonly isNegated: boolean;
    }
  | { readonly kind: 'constant' };

/**
 * A match and a plain yes behave alike only where nothing but their truth counts: elsewhere the place takes the pattern and goes on
 * as it did. A set has no such way out.
 * @returns undefined where neither can be
 */
export function useOf(check: SiteCheck, source: SourceFile, mayAsk: (check: SiteCheck) => boolean): Use | undefined {
  const { method, node } = check;
  if (method === 'declared') return { kind: 'constant' };
  if (/^(?:test|includes|has)$/.test(method))
    return isOptional(node, source) ? whereOnlyTruth(check, source) : { kind: 'predicate', node, isNegated: false };
  if (method === 'indexOf') return isOptional(node, source) ? undefined : position(node, source);
  if (isOptional(node, source) || !mayAsk(check)) return { kind: 'constant' };
  if (method === 'search') return position(node, source) ?? { kind: 'constant' };
  const compared = comparedWithNothing(node, source);
  if (compared) return compared;
  return onlyTruthCounts(node, source) ? { kind: 'predicate', node, isNegated: false } : { kind: 'constant' };
}

/** `PATTERN?.test(x)` is no yes and no no where there is no pattern. */
function whereOnlyTruth({ kind }: SiteCheck, _: SourceFile): Use | undefined {
  return kind === 'pattern' ? { kind: 'constant' } : undefined;
}

function isOptional(call: SyntaxNode, source: SourceFile): boolean {
  const callee = call.childForFieldName('function');
  const object = callee?.childForFieldName('object');
  const property = callee?.childForFieldName('property');
  return !object || !property || source.slice(object.endIndex, property.startIndex).includes('?');
}

/** `x.search(/a/) === -1`, `list.indexOf(x) >= 0`. */
function position(call: SyntaxNode, source: SourceFile): Use | undefined {
  const outer = outOfBrackets(call);
  const user = outer.parent;
  if (user?.type !== 'binary_expression' || user.firstNamedChild?.id !== outer.id) return undefined;
  const operator = source.slice(outer.endIndex, user.endIndex).trim();
  const node = withBrackets(user);
  if (/^(?:===?\s*-\s*1|<\s*0)$/.test(operator)) return { kind: 'predicate', node, isNegated: true };
  if (/^(?:!==?\s*-\s*1|>\s*-\s*1|>=\s*0)$/.test(operator)) return { kind: 'predicate', node, isNegated: false };
  return undefined;
}

function comparedWithNothing(node: SyntaxNode, source: SourceFile): Use | undefined {
  const outer = outOfBrackets(node);
  const user = outer.parent;
  if (user?.type !== 'binary_expression' || user.firstNamedChild?.id !== outer.id) return undefined;
  const operator = /^([=!])==?\s*null$|^([=!])=\s*undefined$/.exec(source.slice(outer.endIndex, user.endIndex).trim());
  return operator ? { kind: 'predicate', node: user, isNegated: (operator[1] ?? operator[2]) === '=' } : undefined;
}

/** `!(a === b)` needs brackets, and a call in their place does not. */
function withBrackets(node: SyntaxNode): SyntaxNode {
  const outer = node.parent;
  return outer?.type === 'parenthesized_expression' && outer.parent?.type === 'unary_expression' ? outer : node;
}

export function outOfBrackets(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (/^(?:parenthesized_expression|non_null_expression|as_expression)$/.test(at.parent?.type ?? ''))
    at = at.parent!;
  return at;
}

function onlyTruthCounts(start: SyntaxNode, source: SourceFile): boolean {
  let node = start;
  for (let parent = node.parent; parent; parent = node.parent) {
    if (parent.type === 'parenthesized_expression') node = parent;
    else if (parent.type === 'binary_expression' && /^(?:&&|\|\|)$/.test(operatorOf(parent, source))) node = parent;
    else break;
  }
  const user = node.parent;
  switch (user?.type) {
    case 'unary_expression':
      return source.text[user.startIndex] === '!';
    case 'if_statement':
    case 'while_statement':
    case 'do_statement':
    case 'for_statement':
    case 'ternary_expression':
      return isField(user, 'condition', node);
    case 'arguments':
      return (
        user.namedChildCount === 1 &&
        user.parent?.type === 'call_expression' &&
        calleeText(user.parent, source) === 'Boolean'
      );
    default:
      return false;
  }
}

function operatorOf(node: SyntaxNode, source: SourceFile): string {
  const operator = node.childForFieldName('operator');
  return operator ? source.slice(operator.startIndex, operator.endIndex) : '';
}

/**
 * Whether a place rejects what fits the pattern (`if (FORBIDDEN.test(x)) throw`) or what does not, the usual thing; undefined where it
 * does not tell.
 */
export function rejectsFitting(use: Use, source: SourceFile): boolean | undefined {
  if (use.kind === 'constant') return false;
  let { node, isNegated } = use;
  for (let parent = node.parent, steps = 0; parent && steps < 64; parent = node.parent, steps++) {
    if (parent.type === 'unary_expression') {
      if (source.text[parent.startIndex] !== '!') return undefined;
      isNegated = !isNegated;
    } else if (parent.type === 'binary_expression') {
      if (!/^(?:&&|\|\|)$/.test(operatorOf(parent, source))) return undefined;
      // `valid || 'message'`
      if (
        parent.firstNamedChild?.id === node.id &&
        /^['"`]|^t\(/.test(source.slice(parent.lastNamedChild!.startIndex, parent.endIndex))
      )
        return isNegated;
    } else if (parent.type === 'if_statement') {
      if (!isField(parent, 'condition', node)) return undefined;
      const consequence = parent.childForFieldName('consequence');
      if (!consequence) return undefined;
      if (statementRejects(consequence, source, true)) return !isNegated;
      return isNegated ? undefined : false;
    } else if (/^(?:return_statement|arrow_function)$/.test(parent.type)) return isNegated;
    else if (parent.type !== 'parenthesized_expression') return undefined;
    node = parent;
  }
  return undefined;
}
