import type { IoCall } from '../../collect';
import type { IoKind } from '../../kinds';
import { askerOf, isWorthClass, type Least } from '../../worth';
import { MOST, OF_HANDLE } from './choice';
import { ANY_PROGRAM } from './groups';
import type { Piece } from './piece';
import { type ServiceLanguage, serviceOf } from './services';
import type { Subject } from './subject';

/** What could become of a call, judged by itself and what stands around it: never less than what the cure finds out. */
export type Reach =
  /** It stays for certain. */
  | 'stays'
  /** Its method would only hand on what it is handed: where others are worth a class, it goes with them. */
  | 'hands-on'
  /** It is asked where it was, because of what it asks: it neither moves nor is left behind. */
  | 'apart'
  | Movable;

interface Movable {
  /** The method that it stands in, by its offset. */
  readonly method: number;
  /** Names that its method may have, where there are few: calls that share them are one operation. */
  readonly names?: readonly string[];
  /** It says whom it talks to, so that two such calls are worth a class. */
  readonly isNamed?: boolean;
  /** It moves with the statements around it, or as the call that it is; undefined where that is not told. */
  readonly isBlock?: boolean;
  /** It may move with what opens its client and checks its answer. */
  readonly isProtocol?: boolean;
}

/** Requests and calls of an SDK may share a class. */
const FAMILIES: readonly (readonly IoKind[])[] = [['http', 'cloud'], ['process'], ['file']];

/**
 * Whether the calls of a class or function may be worth an adapter. Where they are not, the cure is refused as `little-to-gain` or
 * `mostly-stays`, and is better not offered. It costs a look at each call, so that facts can hold it.
 * @param reaches of all calls
 * @param leastOf what a class for calls of a kind is to have, where that is more than any class is
 */
export function mayBeWorthAdapter(
  calls: readonly IoCall[],
  reaches: ReadonlyMap<IoCall, Reach>,
  isClass: boolean,
  leastOf?: (kind: IoKind) => Least | undefined,
): boolean {
  const isMovable = (call: IoCall): boolean => typeof reaches.get(call) === 'object';
  const isHandingOn = (call: IoCall): boolean => reaches.get(call) === 'hands-on';
  const stays = (call: IoCall): boolean => reaches.get(call) === 'stays' && !OF_HANDLE.test(call.path);
  const worth = FAMILIES.filter((kinds) => {
    const own = calls.filter(({ kind }) => kinds.includes(kind));
    const moving = own.filter(isMovable);
    const isMore = kinds.some((kind) => {
      const left = own.filter((call) => call.kind === kind && (stays(call) || isHandingOn(call)));
      return moving.filter((call) => call.kind === kind).length > left.length * 2;
    });
    const found = moving.map((call) => reaches.get(call) as Movable);
    const hasName = found.some((one) => one.isNamed);
    const asker = askerOf(isClass, new Set(found.map(({ method }) => method)).size, hasName);
    return isMore && isWorthClass(amountOf(moving, reaches), asker, hasName, leastOf?.(kinds[0]!));
  }).flat();
  const goes = (call: IoCall): boolean => worth.includes(call.kind) && (isMovable(call) || isHandingOn(call));
  const moving = calls.filter(goes);
  // What a client saves to a file goes with the client.
  const along = moving.filter((call) => (reaches.get(call) as Partial<Movable>).isProtocol).length;
  const isLeft = (call: IoCall): boolean =>
    stays(call) || (/^(?:file|process)$/.test(call.kind) && !goes(call) && (isMovable(call) || isHandingOn(call)));
  return moving.length > 0 && calls.filter(isLeft).length <= (moving.length + along) * MOST + along;
}

function amountOf(calls: readonly IoCall[], reaches: ReadonlyMap<IoCall, Reach>): Parameters<typeof isWorthClass>[0] {
  const all = calls.map((call) => reaches.get(call) as Movable);
  const named = all.filter(({ names }) => names !== undefined);
  const names = new Set(named.flatMap((one) => one.names!));
  return {
    operations: Math.min(names.size, named.length) + all.length - named.length,
    calls: all.length,
    blocks: all.filter(({ isBlock }) => isBlock !== false).length,
    protocols: all.filter(({ isProtocol }) => isProtocol).length,
  };
}

/** Whether a call says which service or program it talks to. */
export function isNamed<S extends Subject, P extends Pick<Piece, 'site'>>(
  placed: P,
  subject: S,
  language: ServiceLanguage<S, P>,
): boolean {
  const service = serviceOf(placed, subject, language);
  return service !== undefined && !(placed.site.call.kind === 'process' && ANY_PROGRAM.test(service));
}
