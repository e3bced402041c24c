import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';

/** How a name is taken out of the value that a pattern is matched against. */
export interface PatternPath {
  /** Property names from the outside in; empty when the name takes the whole value. */
  readonly properties: readonly string[];
  /** Whether a default may take the value's place. */
  readonly hasDefault: boolean;
  /** The node that the pattern belongs to: a declarator, parameter, assignment, `for` or `catch`. */
  readonly owner: SyntaxNode;
}

/**
 * Follows a name in a destructuring pattern outwards: in `{ a: { b: name } }` its properties are `a`, `b`.
 * Undefined for elements of arrays, rests and computed keys, whose place in the value is unknown.
 */
export function patternPath(identifier: SyntaxNode, source: SourceFile): PatternPath | undefined {
  const properties: string[] = [];
  let hasDefault = false;
  if (identifier.type === 'shorthand_property_identifier_pattern') {
    properties.unshift(source.slice(identifier.startIndex, identifier.endIndex));
  }
  for (let node = identifier.parent; node; node = node.parent) {
    switch (node.type) {
      case 'object_pattern':
        break;
      case 'pair_pattern': {
        const key = node.childForFieldName('key');
        if (!key || key.type === 'computed_property_name') return undefined;
        const text = source.slice(key.startIndex, key.endIndex);
        properties.unshift(key.type === 'string' ? text.slice(1, -1) : text);
        break;
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        hasDefault = true;
        break;
      case 'array_pattern':
      case 'rest_pattern':
        return undefined;
      default:
        return { properties, hasDefault, owner: node };
    }
  }
  return undefined;
}

/** Nodes around an expression that leave its value what it is. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'parenthesized_expression',
  'non_null_expression',
  'as_expression',
  'satisfies_expression',
]);

export function isTransparent(node: SyntaxNode): boolean {
  return TRANSPARENT.has(node.type);
}

/** The expression inside parentheses, `!`, `as` and `satisfies`. */
export function withoutWrappers(expression: SyntaxNode): SyntaxNode {
  let node = expression;
  for (;;) {
    const inner = TRANSPARENT.has(node.type)
      ? node.firstNamedChild
      : node.type === 'type_assertion'
        ? node.lastNamedChild
        : null;
    if (!inner) return node;
    node = inner;
  }
}

/** The module of `require('m')` and `import('m')`; undefined for other calls and computed names. */
export function calledModule(call: SyntaxNode, source: SourceFile): string | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = call.childForFieldName('function');
  if (!callee) return undefined;
  const name = source.slice(callee.startIndex, callee.endIndex);
  if (callee.type !== 'import' && !(callee.type === 'identifier' && name === 'require')) return undefined;
  const argument = call.childForFieldName('arguments')?.firstNamedChild;
  if (argument?.type !== 'string' && argument?.type !== 'template_string') return undefined;
  const specifier = source.slice(argument.startIndex + 1, argument.endIndex - 1);
  return argument.type === 'template_string' && specifier.includes('${') ? undefined : specifier;
}
