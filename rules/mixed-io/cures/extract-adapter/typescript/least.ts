import type { SyntaxNode } from '../../../../../core/syntax/node';
import { isPlace } from '../../../apis-typescript';
import type { Least } from '../../../worth';
import type { Group } from '../groups';
import type { Arranged } from '../methods';
import { isOutOfReach } from './holding';
import { frameworkOf } from './injection';
import type { Piece } from './piece';
import { argumentsOf } from './services';
import type { Subject } from './subject';

/**
 * In Node a file is read or written by one short call, so that a method says little more than the call that it stands for. Readers took
 * classes of this size; of the smaller ones they took those that a framework injects, which a test can replace.
 */
const FILES: Least = { operations: 4, calls: 5 };

/** So many of them, and one of three, say something that their callers do not: an encoding, options. The others are `copy(a, b)` in other words. */
const TELLING = 2;

/** Whether a method says something of its call that its callers do not: a constant, an option. `spawn(command, { cwd, env })` may be handed all. */
export function saysMore(piece: Piece): boolean {
  const handed = new Set(piece.inputs.flatMap(({ places }) => places.map(({ id }) => id)));
  return argumentsOf(piece).some((one) => isSaid(one, handed));
}

/** What gives values their places in the call. */
const SHAPE = /^(?:object|array|pair|unary_expression|as_expression|satisfies_expression)$/;

function isSaid(node: SyntaxNode, handed: ReadonlySet<number>): boolean {
  if (handed.has(node.id) || node.type === 'shorthand_property_identifier') return false;
  if (!SHAPE.test(node.type)) return true;
  const value = node.type === 'pair' ? node.childForFieldName('value') : undefined;
  const parts = value ? [value] : node.namedChildren.filter(({ type }) => !/type|comment/.test(type));
  return parts.some((one) => isSaid(one, handed));
}

/** A function that makes its adapter itself is no easier to test for it, and its commands often stand one behind the other. */
const OF_FUNCTION: Least = { operations: 5, calls: 8 };

/** However much there is, it is no gain. */
const NEVER: Least = { operations: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };

/** What a class for the calls of a group is to have, where that is more than any class is. */
export function leastOf({ kind, methods }: Arranged<Piece>, subject: Subject): Least | undefined {
  if (frameworkOf(subject) !== undefined) return undefined;
  if (kind === 'process') {
    // Commands that are written out to their last word, each at one place, are only said in other words: where three of four are such.
    const written = methods.filter(({ pieces: [one, other] }) => one!.inputs.length === 0 && !other).length;
    // What ends processes, and runs none, says less than `process.kill`.
    const runs = methods.some(({ pieces: [one] }) => !/\bkill$/.test(one!.site.call.path) && saysMore(one!));
    if (!runs || written * 4 >= methods.length * 3) return NEVER;
  }
  const sites = methods.flatMap(({ pieces }) => pieces.map(({ site }) => site));
  // Nobody can hand over another adapter where a function makes it or the class hides or holds it itself, and the calls are as short without.
  if (kind === 'file' && (!subject.isClass || isOutOfReach(subject, sites))) return NEVER;
  if (!subject.isClass) return OF_FUNCTION;
  if (kind !== 'file') return undefined;
  // `readText` and `readTextSync` are one operation under two names.
  const isTwin = ({ name }: { readonly name: string }): boolean =>
    methods.some((other) => other.name === `${name}Sync`);
  const counted = methods.filter(({ pieces: [one] }) => !isPlace(one!.site.call));
  const telling = counted.filter((one) => !isTwin(one) && saysMore(one.pieces[0]!)).length;
  return telling < TELLING || telling * 3 < counted.length
    ? NEVER
    : { ...FILES, operations: FILES.operations + counted.filter(isTwin).length };
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
