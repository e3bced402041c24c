import type { IoCall } from '../../../collect';
import { isHandedTo, type Pieces } from '../piece';
import { type Cutting, cut } from '../pieces';
import { isObstacle, type Obstacle, obstacleOf } from '../site';
import { answerPiece } from './answer';
import { expressionPiece } from './expression';
import { NameReader } from './names';
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
    if (this.isHandle(site)) return undefined;
    const verb = site.call.path.slice(site.call.path.lastIndexOf('.') + 1);
    // What is opened is read or written here: a method that only opens it would say nothing.
    if (site.call.kind === 'file' && OPENS.test(verb)) return obstacleOf('opens-handle', this.subject, site.call);
    const piece = site.call.kind === 'http' ? answerPiece(site, this.subject) : undefined;
    const found = piece ?? expressionPiece(site, this.subject, isSpecific(site, this.subject) ? 'parts' : 'first');
    if (isObstacle(found) || !others.some((one) => areMixed(one, found))) return found;
    return obstacleOf('rewritten-block', this.subject, site.call);
  }

  /** `stream.write(...)`, `child.kill()`, where the function opens the stream or starts the child: a handle is asked where it was. */
  private isHandle({ call, callee }: Site): boolean {
    // Of files by their numbers.
    if (/^fs\.(?:promises\.)?(?:read|write)(?:Sync)?$/.test(call.path)) return true;
    const object = callee.childForFieldName('object');
    if (!object || !/^(?:file|process)$/.test(call.kind)) return false;
    const names = new NameReader(this.subject.document, callee.startIndex, callee.endIndex);
    const root = names.rootOf(object);
    if (root?.type === 'this') return true;
    return root !== undefined && names.kindOf(root) === 'outside';
  }
}

const OPENS = /^(?:open|opendir|createReadStream|createWriteStream)(?:Sync)?$/;

/** Whether two pieces want the same text, and neither is part of what the other is handed. */
function areMixed(one: Piece, other: Piece): boolean {
  if (isInInput(one, other) || isInInput(other, one)) return false;
  return one.start < other.end && other.start < one.end;
}

/** Whether a piece is an expression within what another one is handed. */
export function isInInput(inner: Piece, outer: Piece): boolean {
  return inner.last === undefined && isHandedTo(outer, inner);
}
