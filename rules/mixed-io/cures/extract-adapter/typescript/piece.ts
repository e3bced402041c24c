import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Handed } from '../expression';
import type { Piece as AnyPiece } from '../piece';
import type { Site } from './site';

/** An expression, or statements up to one, that become the body of one method. */
export interface Piece extends AnyPiece {
  readonly site: Site;
  /** The expression that gives the method's value: the whole piece, or the end of its last statement. */
  readonly value: SyntaxNode;
  /** The last statement of several; undefined where the piece is its value alone. */
  readonly last: SyntaxNode | undefined;
  /** How much of its arguments it is handed. */
  readonly handed: Handed;
}
