import type { SyntaxNode } from '../../../../../core/syntax/node';
import { isObstacle, type Obstacle } from '../site';
import { answerPiece } from './answer';
import { expressionPiece } from './expression';
import { NameReader } from './names';
import type { Piece } from './piece';
import { obstacle, type Site, siteOf } from './site';
import type { Subject } from './subject';

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Why the other calls stay, in document order. */
  readonly obstacles: readonly Obstacle[];
}

/** Cuts the smallest closed piece around each call. */
export function piecesOf(subject: Subject): Pieces {
  return new Cutter(subject).cut();
}

class Cutter {
  private readonly pieces: Piece[] = [];
  private readonly obstacles: Obstacle[] = [];

  constructor(private readonly subject: Subject) {}

  cut(): Pieces {
    for (const call of this.subject.calls) {
      if (this.pieces.some(({ calls }) => calls.includes(call))) continue;
      const site = siteOf(call, this.subject);
      const piece = isObstacle(site) ? site : this.pieceAt(site);
      if (piece === undefined) continue;
      if (isObstacle(piece)) this.obstacles.push(piece);
      else this.pieces.push(piece);
    }
    return { pieces: this.pieces, obstacles: this.obstacles };
  }

  /** Undefined for a call of a handle whose making moves: it is asked where it was. */
  private pieceAt(site: Site): Piece | Obstacle | undefined {
    if (this.isHandle(site)) return undefined;
    const piece = site.call.kind === 'http' ? answerPiece(site, this.subject) : undefined;
    const found = piece ?? expressionPiece(site, this.subject);
    if (isObstacle(found)) return found;
    return this.pieces.some((one) => areMixed(one, found)) ? this.blocked(site) : found;
  }

  private blocked({ call: { start, end } }: Site): Obstacle {
    return obstacle('rewritten-block', this.subject, { startIndex: start, endIndex: end });
  }

  /** `stream.write(...)`, `child.kill()`, where the function opens the stream or starts the child: a handle is asked where it was. */
  private isHandle({ call, callee }: Site): boolean {
    const object = callee.childForFieldName('object');
    if (!object || !/^(?:file|process)$/.test(call.kind)) return false;
    const names = new NameReader(this.subject.document, callee.startIndex, callee.endIndex);
    const root = names.rootOf(object);
    if (root?.type === 'this') return true;
    return root !== undefined && names.kindOf(root) === 'outside';
  }
}

/** Whether two pieces want the same text, and neither is part of what the other is handed. */
function areMixed(one: Piece, other: Piece): boolean {
  if (isInInput(one, other) || isInInput(other, one)) return false;
  return one.start < other.end && other.start < one.end;
}

/** Whether a piece is an expression within what another one is handed. */
export function isInInput({ start, end, last }: Piece, outer: Piece): boolean {
  return last === undefined && outer.inputs.some(({ node }) => covers(node, start, end));
}

function covers({ startIndex, endIndex }: SyntaxNode, start: number, end: number): boolean {
  return startIndex <= start && end <= endIndex;
}
