import type { SyntaxNode } from '../../syntax/node';

/** The grammar lets these stand between any two tokens. */
const EXTRAS: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

/** Named children that mean something: without comments and line continuations. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  const children = node.namedChildren;
  return children.some((child) => EXTRAS.has(child.type))
    ? children.filter((child) => !EXTRAS.has(child.type))
    : children;
}

/** The first of `parts`. */
export function firstPart(node: SyntaxNode): SyntaxNode | null {
  const first = node.firstNamedChild;
  return first && EXTRAS.has(first.type) ? (parts(node)[0] ?? null) : first;
}
