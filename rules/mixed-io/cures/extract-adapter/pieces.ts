import type { IoCall } from '../../collect';
import type { Piece, Pieces } from './piece';
import { isObstacle, type Obstacle, type Site } from './site';
import type { Subject } from './subject';

/** How a language cuts a piece. */
export interface Cutting<S extends Site, P extends Piece> {
  siteOf(call: IoCall): S | Obstacle;
  /**
   * Undefined for a call of a handle whose making moves: it is asked where it was.
   * @param others the pieces so far, with which it must not be entangled
   */
  pieceAt(site: S, others: readonly P[]): P | Obstacle | undefined;
}

/** Cuts the smallest closed piece around each call. */
export function cut<S extends Site, P extends Piece>({ calls }: Subject, cutting: Cutting<S, P>): Pieces<P> {
  const pieces: P[] = [];
  const obstacles: Obstacle[] = [];
  for (const call of calls) {
    if (pieces.some((one) => one.calls.includes(call))) continue;
    const site = cutting.siteOf(call);
    const piece = isObstacle(site) ? site : cutting.pieceAt(site, pieces);
    if (piece === undefined) continue;
    if (isObstacle(piece)) obstacles.push(piece);
    else pieces.push(piece);
  }
  return { pieces, obstacles };
}
