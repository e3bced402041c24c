import type { Place } from '../../../../core/rule/finding';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { IoCall } from '../../collect';
import { placeAt, type Subject } from './subject';

/** A call that does I/O, with the function that it stands in. */
export interface Site {
  readonly call: IoCall;
  /** The call, with what belongs to it: its `await`, or what unpacks its answer. */
  readonly node: SyntaxNode;
  /** The callee that does the I/O. */
  readonly callee: SyntaxNode;
  /** The method directly in the class, or the function of the finding. */
  readonly method: SyntaxNode;
  /** Empty for a function without a name. */
  readonly methodName: string;
}

/** Why a call stays where it is. */
export interface Obstacle {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly at: Place;
}

export const isObstacle = (one: object): one is Obstacle => 'code' in one;

/** @param args what the reason says beside the line and the file */
export function obstacle(
  code: string,
  { document }: Subject,
  node: { readonly startIndex: number; readonly endIndex: number },
  args: Obstacle['args'] = {},
): Obstacle {
  const at = placeAt(document, node);
  return { code, args: { line: at.range.start.line + 1, file: at.file, ...args }, at };
}

/** The same for a call or a piece. */
export function obstacleOf(
  code: string,
  subject: Subject,
  { start, end }: { readonly start: number; readonly end: number },
  args?: Obstacle['args'],
): Obstacle {
  return obstacle(code, subject, { startIndex: start, endIndex: end }, args);
}

/** The largest node that spans exactly a range. */
export function nodeOf(root: SyntaxNode, start: number, end: number): SyntaxNode | undefined {
  let node = root.namedDescendantForIndex(start, end);
  if (!node || node.startIndex !== start || node.endIndex !== end) return undefined;
  while (node.parent && node.parent.startIndex === start && node.parent.endIndex === end) node = node.parent;
  return node;
}
