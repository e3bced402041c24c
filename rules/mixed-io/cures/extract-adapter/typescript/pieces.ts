import type { IoCall } from '../../../collect';
import { isHandedTo, type Pieces } from '../piece';
import { type Cutting, cut } from '../pieces';
import { isObstacle, type Obstacle, obstacleOf } from '../site';
import { answerPiece } from './answer';
import { expressionPiece } from './expression';
import { isHandle, isOpening } from './handles';
import type { Piece } from './piece';
import { type Site, siteOf } from './site';
import { isSpecific } from './specific';
import type { Subject } from './subject';

/** Cuts the smallest closed piece around each call. */
export function piecesOf(subject: Subject): Pieces<Piece> {
  return cut(subject, new Cutter(subject));
}

class Cutter implements Cutting<Site, Piece> {
  constructor(private readonly subject: Subject) {}

  siteOf(call: IoCall): Site | Obstacle {
    return siteOf(call, this.subject);
  }

  pieceAt(site: Site, others: readonly Piece[]): Piece | Obstacle | undefined {
    if (isHandle(site, this.subject)) return undefined;
    if (isOpening(site.call)) return obstacleOf('opens-handle', this.subject, site.call);
    const piece = site.call.kind === 'http' ? answerPiece(site, this.subject) : undefined;
    const found = piece ?? this.expression(site);
    if (isObstacle(found) || !others.some((one) => areMixed(one, found))) return found;
    return obstacleOf('rewritten-block', this.subject, site.call);
  }

  /** Where more is handed over than a reader keeps apart, the arguments are handed over as they stand. */
  private expression(site: Site): Piece | Obstacle {
    const found = expressionPiece(site, this.subject, isSpecific(site, this.subject) ? 'parts' : 'first');
    return isObstacle(found) || found.inputs.length <= MOST_VALUES ? found : expressionPiece(site, this.subject, 'all');
  }
}

/** A method that takes more values than these says less than the call that it stands for. */
const MOST_VALUES = 5;

/** Whether two pieces want the same text, and neither is part of what the other is handed. */
function areMixed(one: Piece, other: Piece): boolean {
  if (isInInput(one, other) || isInInput(other, one)) return false;
  return one.start < other.end && other.start < one.end;
}

/** Whether a piece is an expression within what another one is handed. */
export function isInInput(inner: Piece, outer: Piece): boolean {
  return inner.last === undefined && isHandedTo(outer, inner);
}
