import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import type { Site } from './site';

/** A value that the old place hands over. */
export interface Input {
  /** The parameter's name. */
  readonly name: string;
  /** The expression, as it stands at its first place. */
  readonly node: SyntaxNode;
  /** Every place within the code that moves. */
  readonly places: readonly SyntaxNode[];
}

/** Code that becomes the body of one method. */
export interface Piece {
  readonly site: Site;
  /** The calls that move with it. */
  readonly calls: readonly IoCall[];
  /** `[start, end)` moves. */
  readonly start: number;
  readonly end: number;
  /** The expression that gives the method's value: the whole piece, or the end of its last statement. */
  readonly value: SyntaxNode;
  /** The last statement of several; undefined where the piece is its value alone. */
  readonly last: SyntaxNode | undefined;
  readonly inputs: readonly Input[];
  /** The method waits: its call is awaited. */
  readonly isAsync: boolean;
  /** Names that the moved code says itself, which no parameter may have. */
  readonly names: ReadonlySet<string>;
}
