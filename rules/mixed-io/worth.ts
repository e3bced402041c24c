/** What there is for one adapter: calls of one kind and service. */
export interface Amount {
  /** Methods that say more than the call which they make. */
  readonly operations: number;
  /** Calls of those methods. */
  readonly calls: number;
  /** Methods that are more than one call: what opens, asks and checks. */
  readonly protocols: number;
}

/**
 * Whether something is worth a class. One operation never is, unless it is a protocol of several steps: a class around `os.remove` is a layer
 * without need. Of several, three calls are, or two of a service that has a name (`ollama pull` and `ollama rm`); a function, which makes the
 * adapter itself, wants three operations and four calls. More of anything is never worth less, so that an upper bound of the amount answers
 * for the amount.
 */
export function isWorthClass({ operations, calls, protocols }: Amount, isClass: boolean, hasName: boolean): boolean {
  if (!isClass) return operations + protocols >= 3 && calls + protocols >= 4;
  return operations + protocols >= 2 && calls + protocols * 2 >= (hasName ? 2 : 3);
}
