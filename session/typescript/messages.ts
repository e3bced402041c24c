import type { TextEdit } from '../../core/edit/text-edit';
import type { RecipeAnswer, RecipeRequest } from '../../core/edit/typescript/recipe';
import type { TypeScriptCheck, TypeScriptVerdict } from '../../core/verify/typescript';
import type { Printing } from '../style/printing';

/** What the process can be asked, and what it answers. */
export interface Questions {
  readonly check: { readonly request: TypeScriptCheck; readonly answer: TypeScriptVerdict };
  readonly recipe: { readonly request: RecipeRequest; readonly answer: RecipeAnswer };
  readonly format: { readonly request: FormatRequest; readonly answer: FormatAnswer };
}

/** A text that is to look as its formatter would leave it. */
export interface FormatFile {
  /** Tells the language. */
  readonly file: string;
  /** Undefined for a file that is new. */
  readonly before?: string;
  readonly after: string;
  /** Options by which the file may have been formatted, the likeliest first. */
  readonly candidates: readonly Printing[];
  /** Whether the project's configuration says them: then a file may differ in a few lines, and a new one follows it beside any other. */
  readonly isTold?: boolean;
}

/** Changed files come first: a new one is formatted as the first of them that is formatted. */
export type FormatRequest = readonly FormatFile[];

export interface Formatted {
  /** `after` as its formatter prints it. */
  readonly text: string;
  /** The layout that it would change of `before`; mostly none. */
  readonly earlier: readonly TextEdit[];
}

export type FormatAnswer =
  /** For each file; null where no candidate leaves `before` as it is, or one of the texts cannot be formatted. */
  | { readonly kind: 'formatted'; readonly files: readonly (Formatted | null)[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

export type Question = {
  readonly [Kind in keyof Questions]: { readonly kind: Kind; readonly request: Questions[Kind]['request'] };
}[keyof Questions];

export type Answer = Questions[keyof Questions]['answer'];

/** What the parent says to the process; plain data. */
export type ToChild =
  | { readonly kind: 'ask'; readonly id: number; readonly root: string; readonly question: Question }
  | { readonly kind: 'cancel'; readonly id: number };

/** What it says back: one answer to each question, cancelled ones included. */
export interface FromChild {
  readonly id: number;
  readonly answer: Answer;
}

/** Megabytes of old generation of the process: with the young one and all else that a process needs it stays below 1.5 GB. */
export const HEAP_MB = 1216;

/**
 * Megabytes of one half of the young generation, of which a process has three at most. A compiler makes much that lives a little longer
 * than what the default of 16 MB was made for: with 64 MB a resolve on 335,000 lines takes about a fifth less.
 */
export const SEMI_SPACE_MB = 64;
