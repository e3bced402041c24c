import type { SyntaxNode } from '../syntax/node';

const DEFINITIONS = new Set([
  'function_definition',
  'class_definition',
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'class_declaration',
  'abstract_class_declaration',
]);

export interface BrokenRanges {
  /** Offset of the first ERROR or MISSING node. */
  readonly firstOffset: number;
  /** Sorted, disjoint ranges of definitions (or module-level statements) that hold an error. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

/**
 * The parts of a tree that say nothing reliable: for each error the smallest definition around it, at module level the statement.
 * A tree-sitter tree with errors is still right elsewhere, so findings there stay while somebody types.
 */
export function brokenRanges(root: SyntaxNode): BrokenRanges {
  const found: [number, number][] = [];
  const limit = 200; // A file with more errors than this is not code of this language: give up on all of it.
  const errors = errorNodes(root, limit);
  if (errors.length >= limit || root.isError)
    return { firstOffset: errors[0]?.startIndex ?? 0, ranges: [[0, root.endIndex + 1]] };
  for (const error of errors) {
    let around = error;
    while (around.parent?.parent && !DEFINITIONS.has(around.type)) around = around.parent;
    found.push([around.startIndex, Math.max(around.endIndex, around.startIndex + 1)]);
  }
  return { firstOffset: Math.min(...errors.map((error) => error.startIndex)), ranges: merge(found) };
}

/** ERROR nodes, and the parents of MISSING ones, found by following `hasError` down; iterative, so that depth cannot overflow. */
function errorNodes(root: SyntaxNode, limit: number): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open: SyntaxNode[] = [root];
  while (open.length > 0 && found.length < limit) {
    const node = open.pop()!;
    if (node.isError || node.isMissing) found.push(node);
    else if (node.hasError) for (const child of node.children) if (child.hasError || child.isMissing) open.push(child);
  }
  return found.sort((a, b) => a.startIndex - b.startIndex);
}

function merge(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const range of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push([...range]);
  }
  return merged;
}

/** Whether an offset lies in one of the sorted, disjoint ranges. */
export function isInside(offset: number, ranges: BrokenRanges['ranges']): boolean {
  return ranges.some(([start, end]) => start <= offset && offset < end);
}
