import type { SyntaxNode } from '../../../../core/syntax/node';
import type { IoCall } from '../../collect';
import type { Obstacle, Site } from './site';

/** A value that the old place hands over. */
export interface Input {
  /** The parameter's name. */
  readonly name: string;
  /** The expression, as it stands at its first place. */
  readonly node: SyntaxNode;
  /** Every place within the code that moves; a starred one keeps its stars. */
  readonly places: readonly SyntaxNode[];
}

/** Code that becomes the body of one method: what both languages know of it. */
export interface Piece {
  readonly site: Site;
  /** The calls that move with it. */
  readonly calls: readonly IoCall[];
  /** `[start, end)` moves. */
  readonly start: number;
  readonly end: number;
  readonly inputs: readonly Input[];
  /** The method waits: its call is awaited. */
  readonly isAsync: boolean;
  /** Names that the moved code says itself, which no parameter may have. */
  readonly names: ReadonlySet<string>;
}

/** The pieces of a unit, and why its other calls stay. */
export interface Pieces<P extends Piece = Piece> {
  readonly pieces: readonly P[];
  /** In document order. */
  readonly obstacles: readonly Obstacle[];
}

/** Whether `[start, end)` is an expression of what a piece is handed. */
export function isHandedTo(
  { inputs }: Piece,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  return inputs.some(({ node }) => node.startIndex <= start && end <= node.endIndex);
}
