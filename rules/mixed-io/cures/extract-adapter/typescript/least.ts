import type { IoKind } from '../../../kinds';
import type { Least } from '../../../worth';
import { frameworkOf } from './injection';
import type { Subject } from './subject';

/**
 * In Node a file is read or written by one short call, so that a method says little more than the call that it stands for. Readers took
 * classes of this size; of the smaller ones they took those that a framework injects, which a test can replace.
 */
const FILES: Least = { operations: 4, calls: 5 };

/** A function that makes its adapter itself is no easier to test for it, and its commands often stand one behind the other. */
const OF_FUNCTION: Least = { operations: 5, calls: 8 };

/** What a class for calls of a kind is to have, where that is more than any class is. */
export function leastOf(kind: IoKind, subject: Subject): Least | undefined {
  if (!subject.isClass) return OF_FUNCTION;
  return kind === 'file' && frameworkOf(subject) === undefined ? FILES : undefined;
}
