import type { Least } from '../../../worth';
import type { Group } from '../groups';
import type { Arranged } from '../methods';
import { frameworkOf } from './injection';
import type { Piece } from './piece';
import type { Subject } from './subject';

/**
 * In Node a file is read or written by one short call, so that a method says little more than the call that it stands for. Readers took
 * classes of this size; of the smaller ones they took those that a framework injects, which a test can replace.
 */
const FILES: Least = { operations: 4, calls: 5 };

/** A function that makes its adapter itself is no easier to test for it, and its commands often stand one behind the other. */
const OF_FUNCTION: Least = { operations: 5, calls: 8 };

/** Commands that are written out to their last word are only said in other words. */
const OF_CONSTANTS: Least = { operations: 6, calls: 8 };

/** What a class for the calls of a group is to have, where that is more than any class is. */
export function leastOf({ kind, methods }: Arranged<Piece>, subject: Subject): Least | undefined {
  if (!subject.isClass) return OF_FUNCTION;
  if (kind === 'process' && methods.every(({ pieces }) => pieces[0]!.inputs.length === 0)) return OF_CONSTANTS;
  return kind === 'file' && frameworkOf(subject) === undefined ? FILES : undefined;
}

/** Of fewer methods it cannot be told what most of them are for. */
const SEVERAL_METHODS = 8;

/**
 * Whether a class is about files itself: it asks for some in more than two of three of its methods. One that a framework makes can have the
 * rest replaced in a test.
 */
export function isOwnJob({ kind, pieces }: Group<Piece>, subject: Subject): boolean {
  if (kind !== 'file' || !subject.isClass || frameworkOf(subject) !== undefined) return false;
  const members = subject.unit.childForFieldName('body')?.namedChildren ?? [];
  const methods = members.filter(({ type }) => type === 'method_definition').length;
  const asking = new Set(pieces.map(({ site }) => site.method.id)).size;
  return methods >= SEVERAL_METHODS && asking * 3 > methods * 2;
}
