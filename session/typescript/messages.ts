import type { RecipeAnswer, RecipeRequest } from '../../core/edit/typescript/recipe';
import type { TypeScriptCheck, TypeScriptVerdict } from '../../core/verify/typescript';

/** What the process can be asked, and what it answers. */
export interface Questions {
  readonly check: { readonly request: TypeScriptCheck; readonly answer: TypeScriptVerdict };
  readonly recipe: { readonly request: RecipeRequest; readonly answer: RecipeAnswer };
}

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

/** Megabytes of old generation of the process: with all else that a process needs it stays below 1.5 GB. */
export const HEAP_MB = 1280;
