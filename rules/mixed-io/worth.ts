/** What there is for one adapter: calls of one kind and service. */
export interface Amount {
  /** Methods that say more than the call which they make. */
  readonly operations: number;
  /** Calls of those methods. */
  readonly calls: number;
  /** Methods that are more than one call: what opens, asks and checks. */
  readonly protocols: number;
  /** Methods that say in one line what took several. */
  readonly blocks: number;
}

/** How many operations and calls a class is to have. */
export type Least = Pick<Amount, 'operations' | 'calls'>;

const ANY: Least = { operations: 0, calls: 0 };

/** Who asks: several methods of a class (or any, for a service that has a name), one method alone, or a function, which makes the adapter itself. */
export type Asker = 'class' | 'method' | 'function';

/**
 * Whether something is worth a class. One operation never is, unless it is a protocol of several steps: a class around `os.remove` is a layer
 * without need. Of several, three calls are, or two of a service that has a name (`ollama pull` and `ollama rm`). What one function or method
 * does alone wants three operations and five calls, and a function one of them longer than a call. More of anything is never worth less, so
 * that an upper bound of the amount answers for the amount.
 * @param least what is asked beside that where a method says little more than the call it stands for
 */
export function isWorthClass(
  { operations, calls, protocols, blocks }: Amount,
  asker: Asker,
  hasName: boolean,
  least: Least = ANY,
): boolean {
  if (operations + protocols < least.operations || calls + protocols < least.calls) return false;
  if (asker === 'class') return operations + protocols >= 2 && calls + protocols * 2 >= (hasName ? 2 : 3);
  return operations + protocols >= 3 && calls + protocols >= 5 && (asker === 'method' || blocks > 0);
}

/** @param methods of the class that ask */
export function askerOf(isClass: boolean, methods: number, hasName: boolean): Asker {
  if (!isClass) return 'function';
  return hasName || methods > 1 ? 'class' : 'method';
}
