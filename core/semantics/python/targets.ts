import type { SyntaxNode } from '../../syntax/node';
import { parts } from './parts';

/** Nodes of an assignment target whose children are targets in turn. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'tuple',
  'list',
  'tuple_pattern',
  'list_pattern',
  'pattern_list',
  'expression_list',
  'parenthesized_expression',
  'list_splat',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'as_pattern_target',
]);

/**
 * The identifiers that a target binds: of `(a, [b, *c]), d.e, f[g] = ...` those are a, b and c.
 * Works for assignments, `for`, `with ... as`, `del` and parameters.
 */
export function targetNames(target: SyntaxNode): SyntaxNode[] {
  if (target.type === 'identifier') return [target];
  const names: SyntaxNode[] = [];
  const pending = [target];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const type = node.type;
    if (type === 'identifier') names.push(node);
    else if (CONTAINERS.has(type)) pending.push(...node.namedChildren);
  }
  return names;
}

export interface PatternNames {
  /** Identifiers that the patterns bind. */
  readonly captures: readonly SyntaxNode[];
  /** Identifiers that are no names at all: keywords of class patterns, attributes of dotted values. */
  readonly ignored: readonly SyntaxNode[];
}

/** The names in the patterns of a `case` clause; its guard and its body are left alone. */
export function patternNames(clause: SyntaxNode): PatternNames {
  const captures: SyntaxNode[] = [];
  const ignored: SyntaxNode[] = [];
  const pending = clause.namedChildren.filter((child) => child.type === 'case_pattern');
  for (let node = pending.pop(); node; node = pending.pop()) {
    const children = parts(node);
    switch (node.type) {
      case 'dotted_name':
        // A single name captures, a dotted one is a value to compare with.
        if (children.length === 1) captures.push(children[0]!);
        else ignored.push(...children.slice(1));
        break;
      case 'splat_pattern':
        captures.push(...children);
        break;
      case 'as_pattern':
        for (const child of children) (child.type === 'identifier' ? captures : pending).push(child);
        break;
      case 'keyword_pattern':
        for (const child of children) (child.type === 'identifier' ? ignored : pending).push(child);
        break;
      case 'class_pattern':
        ignored.push(...parts(children[0]!).slice(1));
        pending.push(...children.slice(1));
        break;
      case 'string':
      case 'concatenated_string':
        break;
      default:
        pending.push(...children);
    }
  }
  return { captures, ignored };
}
