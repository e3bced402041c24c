import type { IoCall } from '../../collect';
import type { IoKind } from '../../kinds';
import { isWorthClass } from '../../worth';
import { OF_HANDLE } from './choice';
import { ANY_PROGRAM } from './groups';
import type { Piece } from './piece';
import { type ServiceLanguage, serviceOf } from './services';
import type { Subject } from './subject';

/** What could become of a call, judged by itself and what stands around it: never less than what the cure finds out. */
export type Reach =
  /** It stays for certain, or its method would only hand on what it is handed. */
  | 'stays'
  /** It is asked where it was, because of what it asks: it neither moves nor is left behind. */
  | 'apart'
  | Movable;

interface Movable {
  /** Names that its method may have, where there are few: calls that share them are one operation. */
  readonly names?: readonly string[];
  /** It says whom it talks to, so that two such calls are worth a class. */
  readonly isNamed?: boolean;
  /** It may move with what opens its client and checks its answer. */
  readonly isProtocol?: boolean;
}

/** Requests and calls of an SDK may share a class. */
const FAMILIES: readonly (readonly IoKind[])[] = [['http', 'cloud'], ['process'], ['file']];

/**
 * Whether the calls of a class or function may be worth an adapter. Where they are not, the cure is refused as `little-to-gain` or
 * `mostly-stays`, and is better not offered. It costs a look at each call, so that facts can hold it.
 * @param reaches of all calls
 */
export function mayBeWorthAdapter(
  calls: readonly IoCall[],
  reaches: ReadonlyMap<IoCall, Reach>,
  isClass: boolean,
): boolean {
  return FAMILIES.some((kinds) => {
    const own = calls.filter(({ kind }) => kinds.includes(kind));
    const moving = own.filter((call) => typeof reaches.get(call) === 'object');
    const isMore = kinds.some((kind) => {
      const staying = own.filter(
        (call) => call.kind === kind && reaches.get(call) === 'stays' && !OF_HANDLE.test(call.path),
      );
      return moving.filter((call) => call.kind === kind).length > staying.length * 2;
    });
    const hasName = moving.some((call) => (reaches.get(call) as Movable).isNamed);
    return isMore && isWorthClass(amountOf(moving, reaches), isClass, hasName);
  });
}

function amountOf(calls: readonly IoCall[], reaches: ReadonlyMap<IoCall, Reach>): Parameters<typeof isWorthClass>[0] {
  const all = calls.map((call) => reaches.get(call) as Movable);
  const named = all.filter(({ names }) => names !== undefined);
  const names = new Set(named.flatMap((one) => one.names!));
  return {
    operations: Math.min(names.size, named.length) + all.length - named.length,
    calls: all.length,
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
