import { isPlace } from '../../../apis-typescript';
import type { Least } from '../../../worth';
import type { Group } from '../groups';
import type { Arranged } from '../methods';
import { isHeldByClass } from './holding';
import { frameworkOf } from './injection';
import type { Piece } from './piece';
import { argumentsOf } from './services';
import type { Subject } from './subject';

/**
 * In Node a file is read or written by one short call, so that a method says little more than the call that it stands for. Readers took
 * classes of this size; of the smaller ones they took those that a framework injects, which a test can replace.
 */
const FILES: Least = { operations: 4, calls: 5 };

/** So many of them say something that their callers do not: an encoding, options. The others are `copy(a, b)` in other words. */
const TELLING = 3;

/** Whether an argument of a call is not handed to its method, which says it. */
export function saysMore(piece: Piece): boolean {
  return argumentsOf(piece).some((one) => !piece.inputs.some(({ places }) => places.some(({ id }) => id === one.id)));
}

/** A function that makes its adapter itself is no easier to test for it, and its commands often stand one behind the other. */
const OF_FUNCTION: Least = { operations: 5, calls: 8 };

/** However much there is, it is no gain. */
const NEVER: Least = { operations: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };

/** What a class for the calls of a group is to have, where that is more than any class is. */
export function leastOf({ kind, methods }: Arranged<Piece>, subject: Subject): Least | undefined {
  if (frameworkOf(subject) !== undefined) return undefined;
  // Commands that are written out to their last word, each at one place, are only said in other words.
  if (kind === 'process' && methods.every(({ pieces: [one, other] }) => one!.inputs.length === 0 && !other))
    return NEVER;
  const sites = methods.flatMap(({ pieces }) => pieces.map(({ site }) => site));
  // Nobody can hand over another adapter where a function makes it or the class itself holds it, and the calls are as short without.
  if (kind === 'file' && (!subject.isClass || isHeldByClass(subject, sites))) return NEVER;
  if (!subject.isClass) return OF_FUNCTION;
  if (kind !== 'file') return undefined;
  // `readText` and `readTextSync` are one operation under two names.
  const isTwin = ({ name }: { readonly name: string }): boolean =>
    methods.some((other) => other.name === `${name}Sync`);
  const counted = methods.filter(({ pieces: [one] }) => !isPlace(one!.site.call));
  const telling = counted.filter((one) => !isTwin(one) && saysMore(one.pieces[0]!)).length;
  return telling < TELLING ? NEVER : { ...FILES, operations: FILES.operations + counted.filter(isTwin).length };
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
