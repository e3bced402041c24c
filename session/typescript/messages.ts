import type { TypeScriptCheck, TypeScriptVerdict } from '../../core/verify/typescript';

/** What the parent says to the process; plain data. */
export type ToChild =
  | { readonly kind: 'check'; readonly id: number; readonly root: string; readonly request: TypeScriptCheck }
  | { readonly kind: 'cancel'; readonly id: number };

/** What it says back: one answer to each check, cancelled ones included. */
export interface FromChild {
  readonly id: number;
  readonly verdict: TypeScriptVerdict;
}

/** Megabytes of old generation of the process: with all else that a process needs it stays below 1.5 GB. */
export const HEAP_MB = 1280;
