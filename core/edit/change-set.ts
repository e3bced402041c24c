import { createHash } from 'node:crypto';
import type { Message, Place } from '../rule/finding';
import type { Origin, TextEdit } from './text-edit';

/** `safe`: behaves as before. `review`: somebody must look at the noted places first. */
export type Applicability = 'safe' | 'review';

export interface FileChange {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** {@link contentHash} of the text that the edits are meant for. */
  readonly hash: string;
  /** Sorted and disjoint, never empty. */
  readonly edits: readonly TextEdit[];
}

export interface FileCreation {
  readonly file: string;
  readonly text: string;
  /** Which parts of the text stood elsewhere before. */
  readonly origins?: readonly Origin[];
}

/** Something that the reader of a change should know. */
export interface ChangeNote extends Message {
  /** Where, in the text before the change. */
  readonly at?: Place;
  /** Whether it makes the change one for review. */
  readonly isDoubt: boolean;
}

/** What a cure wants to do, as plain data. Nobody may apply it before it has passed `verify`. */
export interface ChangeSet {
  /** Sorted by file, each file once. */
  readonly changes: readonly FileChange[];
  readonly creations: readonly FileCreation[];
  readonly applicability: Applicability;
  readonly notes: readonly ChangeNote[];
}

/** Names the content of a text: two texts with one hash are the same text. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
