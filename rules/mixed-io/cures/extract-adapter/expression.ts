import type { SemanticModel } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { IoCall } from '../../collect';
import type { Obstacle } from './site';

/** What the first argument of a call is, where it is no plain name. */
export const FIRST: Readonly<Partial<Record<IoCall['kind'], string>>> = { http: 'url', process: 'command' };

/** What the first argument of a call is for. */
export function firstOf({ kind, path }: Pick<IoCall, 'kind' | 'path'>): string | undefined {
  return /\bkill$/.test(path) ? 'pid' : FIRST[kind];
}

/**
 * What is handed over of the arguments: the parts that only the caller knows; the whole command or URL, so that the method does for any;
 * or every argument as it stands.
 */
export type Handed = 'parts' | 'first' | 'all';

/** Decides what of an expression moves and what is handed over. */
export interface ExpressionReading<P> {
  read(): Obstacle | undefined;
  /** A call that stays in the moved code and was made before something that is handed over now. */
  outOfOrder(): SyntaxNode | undefined;
  piece(): P;
}

/**
 * One expression as the body of a method. What is handed over is evaluated first: calls before it must be handed over as well, so that
 * their order stays.
 * @param readingOf given the ids of the calls that must be handed over
 */
export function inOrder<P>(readingOf: (forced: ReadonlySet<number>) => ExpressionReading<P>): P | Obstacle {
  const forced = new Set<number>();
  for (;;) {
    const reading = readingOf(forced);
    const problem = reading.read();
    if (problem) return problem;
    const late = reading.outOfOrder();
    if (!late) return reading.piece();
    forced.add(late.id);
  }
}

/** The first call that is kept and not forced, and stands in front of something with an effect that is handed over. */
export function firstLate(
  kept: readonly SyntaxNode[],
  impure: readonly SyntaxNode[],
  forced: ReadonlySet<number>,
): SyntaxNode | undefined {
  return kept.find((call) => impure.some((one) => call.endIndex <= one.startIndex && !forced.has(call.id)));
}

/** Whether a name is bound within a node: a parameter of a callback there. */
export function isBoundIn(name: SyntaxNode, node: SyntaxNode, model: SemanticModel): boolean {
  const scope = model.bindingAt(name.startIndex)?.scope;
  return scope !== undefined && scope.start >= node.startIndex && scope.end <= node.endIndex;
}

/** Whether a call stands in a node. */
export function isCallIn({ start, end }: IoCall, { startIndex, endIndex }: SyntaxNode): boolean {
  return start >= startIndex && end <= endIndex;
}
