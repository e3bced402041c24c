import { Refusal } from '../../../../core/edit/refusal';
import type { Adapter } from './adapters';
import type { Group } from './groups';
import { type Arranging, arranged } from './methods';
import type { Piece, Pieces } from './piece';
import { type Obstacle, obstacleOf } from './site';
import { lineAt, type Subject } from './subject';

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
  if (first) throw refusalOf(first);
  throw new Refusal('handles-only', { line: lineAt(document, calls[0]!.start), file: document.file });
}

export interface Worth<P extends Piece> {
  readonly groups: readonly Group<P>[];
  /** Calls that stay, because a class for them would be more than they are, or because they have no name. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Gives the methods of each group their names; what has none stays.
 * @throws Refusal `no-name` where nothing has one
 */
export function named<S extends Subject, P extends Piece>(
  groups: readonly Group<P>[],
  subject: S,
  language: Arranging<S, P>,
): Worth<P> {
  const obstacles: Obstacle[] = [];
  const kept = groups.flatMap((group) => {
    const { methods, unnamed } = arranged(group.pieces, group.service, subject, language);
    obstacles.push(...unnamed.map((one) => obstacleOf('no-name', subject, one)));
    const pieces = methods
      .flatMap((one) => one.pieces)
      .map((one) => group.pieces.find(({ start }) => start === one.start) ?? one);
    return pieces.length === 0 ? [] : [{ ...group, pieces: group.pieces.filter((one) => pieces.includes(one)) }];
  });
  if (kept.length === 0) throw refusalOf(obstacles[0]!);
  return { groups: kept, obstacles };
}

/**
 * Leaves calls where they are for which the class that an earlier run has made has no name left.
 * @throws Refusal `no-name` where there is nothing else to move
 */
export function withMethods<P extends Piece, A extends Adapter<P>>(
  adapters: readonly A[],
  subject: Subject,
): { readonly adapters: readonly A[]; readonly obstacles: readonly Obstacle[] } {
  const obstacles = adapters.flatMap(({ group, methods }) => {
    const moving = new Set(methods.flatMap(({ pieces }) => pieces.map(({ start }) => start)));
    return group.pieces.filter(({ start }) => !moving.has(start)).map((one) => obstacleOf('no-name', subject, one));
  });
  const left = adapters.filter(({ methods }) => methods.length > 0);
  if (left.length === 0) throw refusalOf(obstacles[0]!);
  return { adapters: left, obstacles };
}

function refusalOf({ code, args, at }: Obstacle): Refusal {
  return new Refusal(code === 'tiny' ? 'little-to-gain' : code, args, at);
}

/**
 * Leaves groups where they are that are too little for a class: a class around `shutil.rmtree(path)` is a layer without need, and so is
 * one for the few calls of a kind that can move, while most of them stay.
 * @param staying why other calls stay
 * @param hasClass whether an earlier run has made the class for a group
 * @throws Refusal `little-to-gain`, `mostly-stays` where there is nothing else to move
 */
export function worthwhile<S extends Subject, P extends Piece>(
  groups: readonly Group<P>[],
  staying: readonly Obstacle[],
  subject: S,
  language: Arranging<S, P>,
  hasClass: (group: Group<P>) => boolean,
): Worth<P> {
  const obstacles: Obstacle[] = [];
  const left = groups.filter((group) => {
    if (hasClass(group)) return true;
    const code = isLittle(group, subject, language)
      ? 'tiny'
      : isRest(group, groups, staying, subject)
        ? 'mostly-stays'
        : undefined;
    if (code === undefined) return true;
    obstacles.push(...group.pieces.map((one) => obstacleOf(code, subject, one)));
    return false;
  });
  if (left.length > 0) return { groups: left, obstacles };
  const first = obstacles.find(({ code }) => code === 'mostly-stays') ?? obstacles[0]!;
  throw refusalOf(first);
}

/**
 * Whether what moves is less than a class for it. A class is worth three calls, of which a protocol of several steps is as many, or two of
 * one service that has a name (`ollama pull` and `ollama rm`); a function, which makes the adapter itself, three operations and four calls.
 */
function isLittle<S extends Subject, P extends Piece>(group: Group<P>, subject: S, language: Arranging<S, P>): boolean {
  const { methods } = arranged(group.pieces, group.service, subject, language);
  const weights = methods.map((one) => language.weightOf(one, subject));
  const operations = weights.reduce((sum, one) => sum + one, 0);
  const calls = methods.reduce((sum, { pieces }, at) => sum + pieces.length * weights[at]!, 0);
  const protocols = methods.filter(({ pieces }) => language.isProtocol(pieces[0]!, subject)).length;
  if (subject.isClass) return calls + protocols * 2 < (group.service === undefined ? 3 : 2);
  return operations + protocols < 3 || calls + protocols < 4;
}

/** What is asked of an adapter that is there already is not left behind, nor what is asked of a process or stream that a method starts. */
const NOT_LEFT = /^(?:own-client|handed-client)$/;
const OF_HANDLE = /^(?:asyncio|subprocess)\.\w+\.|^(?:fs|child_process)\.(?!promises)\w+\.\w/;

/** Whether as many calls of a group's kind stay as move. */
function isRest<P extends Piece>(
  { kind }: Group<P>,
  groups: readonly Group<P>[],
  staying: readonly Obstacle[],
  { document, calls }: Subject,
): boolean {
  const same = groups.filter((one) => one.pieces.some(({ site }) => site.call.kind === kind));
  const moving = same.flatMap(({ pieces }) => pieces.flatMap((one) => one.calls)).filter((one) => one.kind === kind);
  const asked = staying
    .filter(({ code }) => NOT_LEFT.test(code))
    .map(({ at }) => document.source.offsetAt(at.range.start));
  const stays = calls.filter(
    (one) =>
      one.kind === kind &&
      !moving.includes(one) &&
      !OF_HANDLE.test(one.path) &&
      !asked.some((offset) => one.start <= offset && offset < one.end),
  );
  return stays.length >= moving.length;
}
