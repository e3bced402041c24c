import { createHash } from 'node:crypto';
import type { Range } from '../text/source-file';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** From the gravest to the mildest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Plain data that survives JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Whether two values are the same as JSON, made by the same code: keys in the same order, undefined as good as absent. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Arguments of a message template; numbers choose the plural form. */
export type MessageArgs = Readonly<Record<string, string | number>>;

/** A message that nobody has rendered yet: core and rules hold no prose but the templates of their metadata. */
export interface Message {
  readonly messageId: string;
  readonly args: MessageArgs;
}

/** A place in the workspace; `file` is relative to the root, with `/`. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

export interface RelatedPlace extends Place, Message {}

/** An offer to cure a finding, made from facts alone. */
export interface CureOffer {
  readonly id: string;
  readonly applicability: 'safe' | 'review' | 'unknown';
}

/** What a rule returns for one finding; the analysis adds the rule's id and the severity that the user configured. */
export interface FindingDraft extends Message, Place {
  /** The severity case of the rule's metadata (`broad`, `bare`...), `default` where it has one severity only. */
  readonly case: string;
  /** Severity by the rule's own reckoning; the user's configuration may override it. */
  readonly severity: Severity;
  /** Last line of the construct (0-based), where the range covers only its head; comments of other linters count up to here. */
  readonly extentEndLine?: number;
  /** `Class.method` that holds the place. */
  readonly symbol?: string;
  readonly related: readonly RelatedPlace[];
  /** Holds no path and no line, see {@link fingerprint}. */
  readonly fingerprint: string;
  readonly cures: readonly CureOffer[];
  readonly data: { readonly [key: string]: Json | undefined };
}

export interface Finding extends FindingDraft {
  readonly rule: string;
}

/**
 * A name for a finding that survives moving the code and edits elsewhere: a hash of what the finding is about.
 * @param parts the rule's own material, such as the normalised text of the construct; never a path or a line number.
 */
export function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 16);
}

/** Collapses white space, so that a re-indented copy has the same fingerprint. */
export function normaliseCode(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The order of every output: file, start, rule, then end and message, compared by code unit. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    compareText(a.rule, b.rule) ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    compareText(a.messageId, b.messageId) ||
    compareText(a.fingerprint, b.fingerprint) ||
    // Two groups can start at one place and read alike: their other places decide, so that no order of analysis shows.
    compareText(JSON.stringify([a.related, a.args]), JSON.stringify([b.related, b.args]))
  );
}

/** Compares by UTF-16 code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
