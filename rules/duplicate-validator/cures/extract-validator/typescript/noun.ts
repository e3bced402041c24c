import { singular } from '../../../../../core/text/inflection';
import { areNamedApart } from '../meaning';
import { areRelated, CLASS_KIND, commonName, VAGUE, wordsAround } from '../noun-words';
import type { SaidPlace } from './clues';
import { EMPTY } from './names-of-place';

/**
 * What the places check, as a noun in snake case: `model_name`. Taken from the names of constants, fields, parameters, variables and
 * functions, and only where it is true of every place; undefined where they name different things, or nothing.
 * @param told what the places are called in common, for the case that nothing else says it
 */
export function nounOf(places: readonly SaidPlace[], told: string | undefined): string | undefined {
  const names = places.map(({ file, symbol, clues }) => ({
    own: clues.own,
    context: wordsAround(file, [symbol, ...clues.said]),
  }));
  // What all places call the pattern that they ask is no matter of votes.
  const [held, ...others] = places.map(({ clues }) => clues.constant);
  const isHeld = held !== undefined && !EMPTY.test(held) && others.every((one) => one === held);
  const best = isHeld ? held : commonName(names, false);
  const name = best !== undefined && VAGUE.test(best) ? enriched(best, places) : best;
  if (name === undefined) return told;
  // Patterns that are equal where nothing but "name" is said may be so by chance.
  const isPattern = places.every(({ clues }) => clues.kind === 'pattern');
  const sites = places.map(({ file, symbol }) => ({ document: { file }, symbol }));
  return isPattern && VAGUE.test(name) && !(areRelated(sites) && areTogether(places)) ? undefined : name;
}

/** In modules of several folders a `name` is of anything. */
function areTogether(places: readonly SaidPlace[]): boolean {
  return new Set(places.map(({ file }) => file.slice(0, file.lastIndexOf('/') + 1))).size === 1;
}

/** `name` becomes `model_name` where all places stand in classes or functions whose names speak of a model. */
function enriched(noun: string, places: readonly SaidPlace[]): string {
  const [first, ...rest] = places.map(({ clues }) => clues.around);
  const shared = first?.findLast(
    (word) => !CLASS_KIND.test(word) && word.length > 2 && word !== noun && rest.every((list) => list.includes(word)),
  );
  return shared ? `${singular(shared)}_${noun}` : noun;
}

/**
 * Whether one module holds what places check under names that say different things, or asks for it in functions that do nothing else and are
 * called differently.
 */
export function areHeldApart(places: readonly SaidPlace[]): boolean {
  const asked = places.filter(({ clues }) => clues.isThere);
  if (asked.some((one) => asked.some((other) => other.file === one.file && other.clues.asked !== one.clues.asked)))
    return true;
  return areNamedApart(
    places.flatMap(({ file, clues: { held } }) => (held === undefined ? [] : [{ file, name: held }])),
  );
}
