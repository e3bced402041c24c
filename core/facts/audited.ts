import type { LanguageId } from '../syntax/language';

/** One audited file in figures. */
export interface ModuleRow {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly language: LanguageId;
  readonly lines: number;
  readonly classes: number;
  readonly functions: number;
  readonly routes: number;
}

/** A file that was not audited; with `syntax-error`, one of which only the readable parts were, and where a rule failed, all but by it. */
export interface Skipped<Reason extends string = string> {
  readonly file: string;
  readonly reason: Reason;
  readonly detail?: string;
}
