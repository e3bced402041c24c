import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';

/** How a language follows names to their values. */
export interface ValueLanguage {
  /** The types of nodes that may have a value elsewhere: names and members. */
  readonly names: readonly string[];
  textOf(node: SyntaxNode): string;
  /** What a name or a member of the object is set to. */
  valueOf(name: SyntaxNode): SyntaxNode | undefined;
}

/** The text of an expression, and of the values of the names in it, as far as so many steps lead. */
export function expanded(node: SyntaxNode, depth: number, language: ValueLanguage): string {
  let text = language.textOf(node);
  if (depth === 0) return text;
  for (const name of node.descendantsOfType([...language.names])) {
    const value = language.valueOf(name);
    if (value && value.startIndex !== node.startIndex) text += ` ${expanded(value, depth - 1, language)}`;
  }
  return text;
}

/** The value of the first assignment in a node's text that a pattern finds; the pattern ends where the value starts. */
export function assignedIn(unit: SyntaxNode, assignment: RegExp, { root, source }: Document): SyntaxNode | undefined {
  const found = assignment.exec(source.slice(unit.startIndex, unit.endIndex));
  if (!found) return undefined;
  const at = unit.startIndex + found.index + found[0].length;
  let value = root.namedDescendantForIndex(at, at + 1);
  while (
    value?.parent &&
    value.parent.startIndex === at &&
    !/assignment|statement|definition|parameter/.test(value.parent.type)
  )
    value = value.parent;
  return value ?? undefined;
}

/** The strings that a list starts with, up to the first thing that is none. @param stringOf the value of a literal; undefined for all else */
export function leadingStrings(
  nodes: readonly SyntaxNode[],
  stringOf: (node: SyntaxNode) => string | undefined,
): string[] {
  const found: string[] = [];
  for (const node of nodes) {
    if (node.type === 'comment') continue;
    const value = stringOf(node);
    if (value === undefined) break;
    found.push(value);
  }
  return found;
}
