import type { Names } from './names';

/** Where a callback goes. */
export interface Handed {
  /** What it is handed to, as written. */
  readonly to: string;
  /** Where the object literal begins that it is a member of. */
  readonly literal?: number;
}

/** A callback as the syntax tree shows it; offsets are those of the function. */
export interface Candidate extends Handed {
  readonly start: number;
  readonly end: number;
  /** The name of the method that it would become. */
  readonly method: string;
  /** Captured names that it binds anew, and those whose values it changes. */
  readonly writes: readonly string[];
  readonly mutates: readonly string[];
}

/** What the recipe is told. */
export interface HandlerArgs extends Names {
  readonly file: string;
  /** The file that the class goes to, where it is another one. */
  readonly into?: string;
  /** Somebody said what the class is called or where it goes: it is wanted, whatever it is worth. */
  readonly isWanted: boolean;
  readonly main: Candidate;
  /** Where those of them begin that must not stay outside: they are of one object with another that becomes a method. */
  readonly together: readonly number[];
  /** Other callbacks around, in the order of the text. */
  readonly siblings: readonly Candidate[];
}
