/** A nested function that is handed on and changes variables of the function around it. Lists of names are sorted. */
export type CallbackFact = {
  readonly name: string;
  /** `Class.method` around it. */
  readonly symbol: string;
  /** Where the head stands: 0-based line and column of its start and end. */
  readonly head: readonly [line: number, column: number, endLine: number, endColumn: number];
  /** 0-based last line. */
  readonly endLine: number;
  readonly lines: number;
  /** Captured names that it only reads. */
  readonly reads: readonly string[];
  /** Captured names that it binds anew. */
  readonly writes: readonly string[];
  /** Captured names whose values it changes. */
  readonly mutates: readonly string[];
  /** Of `writes` and `mutates` those that other code reads later on. */
  readonly readAfter: readonly string[];
  /** What it is handed to, as written; `return` and `yield` for a result. */
  readonly passedTo: readonly string[];
  /**
   * Whether it reads a name that it binds anew: `no`, `again`, or `first`, before it binds it, so that it decides by what an earlier
   * call left. Python's collector does not tell the two apart and says `first`.
   */
  readonly asks: 'no' | 'again' | 'first';
  /** The cure would refuse it, so that nothing is offered. */
  readonly isRefused: boolean;
  /** Hash of the code. */
  readonly code: string;
};

/** No setting of the limits reaches below: a function that short has no state to speak of. */
export const FLOOR_LINES = 2;
