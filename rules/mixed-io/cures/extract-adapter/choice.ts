import { Refusal } from '../../../../core/edit/refusal';
import { isPlace } from '../../apis-typescript';
import type { IoCall } from '../../collect';
import { askerOf, isWorthClass } from '../../worth';
import type { Adapter } from './adapters';
import type { Group } from './groups';
import { type Arranged, type Arranging, arranged } from './methods';
import type { Piece, Pieces } from './piece';
import { reckoning } from './reckoning';
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
  readonly groups: readonly Arranged<P>[];
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
  const kept = groups.flatMap((group): Arranged<P>[] => {
    const { methods, unnamed } = arranged(group.pieces, group.service, subject, language);
    if (unnamed.length === 0) return [{ ...group, methods }];
    obstacles.push(...unnamed.map((one) => obstacleOf('no-name', subject, one)));
    const pieces = group.pieces.filter(({ start }) => !unnamed.some((one) => one.start === start));
    if (pieces.length === 0) return [];
    // Without them the others may be called by what tells them apart.
    return [{ ...group, pieces, methods: arranged(pieces, group.service, subject, language).methods }];
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
  const obstacles = adapters.flatMap(({ unnamed }) => unnamed.map((one) => obstacleOf('no-name', subject, one)));
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
  groups: readonly Arranged<P>[],
  staying: readonly Obstacle[],
  subject: S,
  language: Arranging<S, P>,
  hasClass: (group: Group<P>) => boolean,
): Worth<P> {
  const obstacles: Obstacle[] = [];
  const left = groups.filter((group) => {
    if (hasClass(group)) return true;
    const code = language.isOwnJob?.(group, subject)
      ? 'own-job'
      : isLittle(group, subject, language)
        ? 'tiny'
        : isRest(group, groups, staying, subject, language)
          ? 'mostly-stays'
          : undefined;
    if (code === undefined) return true;
    obstacles.push(...group.pieces.filter(isCounted).map((one) => obstacleOf(code, subject, one)));
    return false;
  });
  const isOwn = left.every((group) => !hasClass(group));
  if (left.length > 0 && !(isOwn && isFew(left, staying, subject))) return { groups: left, obstacles };
  const rest = left.flatMap(({ pieces }) => pieces.filter(isCounted));
  obstacles.push(...rest.map((one) => obstacleOf('mostly-stays', subject, one)));
  const first = obstacles.find(({ code }) => /^(?:mostly-stays|own-job)$/.test(code)) ?? obstacles[0]!;
  throw refusalOf({ ...first, args: { ...first.args, ...reckoning(groups, staying, subject, language) } });
}

/** What only asks for a place goes with the others, or stays with them. */
const isCounted = ({ site }: Piece): boolean => !isPlace(site.call);

/** Whether what moves is less than a class for it. */
function isLittle<S extends Subject, P extends Piece>(
  group: Arranged<P>,
  subject: S,
  language: Arranging<S, P>,
): boolean {
  const { methods, service } = group;
  const weights = methods.map((one) => language.weightOf(one, subject));
  const amount = {
    operations: weights.reduce((sum, one) => sum + one, 0),
    calls: methods.reduce((sum, { pieces }, at) => sum + pieces.length * weights[at]!, 0),
    blocks: methods.filter(({ pieces }) => language.isBlock?.(pieces[0]!) ?? true).length,
    protocols: methods.filter(({ pieces }) => language.isProtocol(pieces[0]!, subject)).length,
  };
  const sites = methods.flatMap(({ pieces }) => pieces.map(({ site }) => site));
  const places = new Set(sites.map(({ method }) => method.id));
  // What has no object at hand makes its adapter itself, as a function does.
  const hasObject = subject.isClass && !sites.every((site) => language.isStatic?.(site) ?? false);
  const hasName = service !== undefined;
  const least = language.leastOf?.(group, subject);
  return !isWorthClass(amount, askerOf(hasObject, places.size, hasName), hasName, least);
}

/** What is asked of an adapter that is there already is not left behind, nor what is asked of a process or stream that a method starts. */
const NOT_LEFT = /^(?:own-client|handed-client)$/;
const OF_HANDLE =
  /^(?:asyncio|subprocess)\.\w+\.|^(?:fs|child_process)\.(?!promises)\w+\.\w|^(?:fs|fs-extra|graceful-fs)\.(?:promises\.)?(?:read|write)(?:Sync)?$/;

/** Whether half as many calls of a group's kind stay as move, so that there would be two ways out; those stay that a method would only hand on. */
function isRest<S extends Subject, P extends Piece>(
  { kind }: Group<P>,
  groups: readonly Arranged<P>[],
  staying: readonly Obstacle[],
  subject: S,
  language: Arranging<S, P>,
): boolean {
  const same = groups.filter((one) => one.pieces.some(({ site }) => site.call.kind === kind));
  const said = same.flatMap(({ methods }) => methods.filter((one) => language.weightOf(one, subject) > 0));
  const moving = said.flatMap(({ pieces }) => pieces.flatMap((one) => one.calls)).filter((one) => one.kind === kind);
  const along = same.flatMap(({ pieces }) => pieces.flatMap((one) => one.calls)).filter(isPlace);
  const stays = leftBehind([...moving, ...along], staying, subject).filter((one) => one.kind === kind);
  return stays.length * 2 >= moving.length;
}

/** So many times as many calls stay as move: the class is what it was, and has one more way to do I/O. */
const MOST = 2;

/** Whether little of all that a class or function does moves, of whatever kinds. */
function isFew<P extends Piece>(groups: readonly Group<P>[], staying: readonly Obstacle[], subject: Subject): boolean {
  const moving = groups.flatMap(({ pieces }) => pieces.flatMap(({ calls }) => calls));
  const counted = (calls: readonly IoCall[]): number => calls.filter((one) => !isPlace(one)).length;
  return counted(leftBehind(moving, staying, subject)) > counted(moving) * MOST;
}

/** The calls that stay although an adapter could make them. */
function leftBehind(
  moving: readonly IoCall[],
  staying: readonly Obstacle[],
  { document, calls }: Subject,
): readonly IoCall[] {
  const asked = staying
    .filter(({ code }) => NOT_LEFT.test(code))
    .map(({ at }) => document.source.offsetAt(at.range.start));
  return calls.filter(
    (one) =>
      !moving.includes(one) &&
      !OF_HANDLE.test(one.path) &&
      !asked.some((offset) => one.start <= offset && offset < one.end),
  );
}
