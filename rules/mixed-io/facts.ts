import type { IoKind } from './kinds';

/** Smaller definitions are not remembered: no setting of the limits reaches below. */
export const FLOOR_LINES = 20;

/** A class or function of more than {@link FLOOR_LINES} lines that does at least two kinds of I/O. */
export type IoUnit = {
  /** `Class.method`; absent for functions without a name. */
  readonly symbol?: string;
  readonly isClass: boolean;
  /** Methods of a class, 0 for a function. */
  readonly methods: number;
  readonly lines: number;
  /** Where the head stands: 0-based line and column of its start and end. */
  readonly head: readonly [line: number, column: number, endLine: number, endColumn: number];
  /** 0-based last line. */
  readonly endLine: number;
  /** Index of the smallest unit of the same list around it. */
  readonly outer?: number;
  /** Nothing speaks for it that the calls stand among logic: it may be an adapter, a driver or a transfer. */
  readonly isDoubtful?: true;
  /** No kind of it may be worth an adapter: the cure would be refused. */
  readonly isThin?: true;
  /** Where the calls of each kind stand: 0-based line, start column and end column of each. */
  readonly calls: Readonly<Partial<Record<IoKind, readonly IoPlace[]>>>;
};

export type IoPlace = readonly [line: number, start: number, end: number];
