import { Refusal } from '../../../../core/edit/refusal';
import type { IoKind } from '../../kinds';
import type { Group } from './groups';
import type { Piece, Pieces } from './piece';
import { type Obstacle, obstacleOf } from './site';
import { lineAt, type Subject } from './subject';

/** A class with fewer kinds of I/O than these mixes none. */
const MIXED = 2;

/** Leaves pieces where they are. @param reasonFor the code of the obstacle; undefined for what moves */
export function leaving<P extends Piece>(
  { pieces, obstacles }: Pieces<P>,
  subject: Subject,
  reasonFor: (piece: P) => string | undefined,
): Pieces<P> {
  const moving: P[] = [];
  const stays: Obstacle[] = [];
  for (const piece of pieces) {
    const code = reasonFor(piece);
    if (code === undefined) moving.push(piece);
    else stays.push(obstacleOf(code, subject, piece));
  }
  return { pieces: moving, obstacles: [...obstacles, ...stays] };
}

/** @throws Refusal with the first reason where nothing can move */
export function something<P extends Piece>(found: Pieces<P>, { document, calls }: Subject): Pieces<P> {
  if (found.pieces.length > 0) return found;
  const [first] = found.obstacles;
  if (first) throw new Refusal(first.code, first.args, first.at);
  throw new Refusal('handles-only', { line: lineAt(document, calls[0]!.start), file: document.file });
}

/**
 * The kinds of the calls that do not move.
 * @param ofHandle paths of calls that ask what a method has opened or started, which are none
 */
export function stayingKinds({ pieces }: Pieces, { all }: Subject, ofHandle: RegExp): ReadonlySet<IoKind> {
  const moved = new Set(pieces.flatMap(({ calls }) => calls));
  return new Set(all.filter((one) => !moved.has(one) && !ofHandle.test(one.path)).map(({ kind }) => kind));
}

export interface Worth<P extends Piece> {
  readonly groups: readonly Group<P>[];
  /** Calls that stay, because a class for them would be more than they are. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Leaves groups where they are that are too little for a class, if the rest is no mixture any more: a class around `shutil.rmtree(path)`
 * is a layer without need.
 * @param staying the kinds of the calls that stay anyhow
 * @param isTiny whether a group is too little, and no earlier run has made the class for it
 * @throws Refusal `little-to-gain` where there is nothing else to move
 */
export function worthwhile<P extends Piece>(
  groups: readonly Group<P>[],
  staying: ReadonlySet<IoKind>,
  subject: Subject,
  isTiny: (group: Group<P>) => boolean,
): Worth<P> {
  const tiny = groups.filter(isTiny);
  if (tiny.length === 0) return { groups, obstacles: [] };
  const stays = tiny.flatMap(({ pieces }) => pieces.map((one) => obstacleOf('tiny', subject, one)));
  const [first] = stays;
  if (tiny.length === groups.length) throw new Refusal('little-to-gain', first!.args, first!.at);
  const left = new Set([...staying, ...tiny.map(({ kind }) => kind)]);
  return left.size >= MIXED
    ? { groups, obstacles: [] }
    : { groups: groups.filter((one) => !tiny.includes(one)), obstacles: stays };
}
