import { singular } from '../../../../../core/text/inflection';
import { areNamedApart } from '../meaning';
import {
  areRelated,
  BY_CHANCE,
  CLASS_KIND,
  commonName,
  isTrueOf,
  type NamesOfPlace,
  VAGUE,
  words,
  wordsAround,
} from '../noun-words';
import type { SaidPlace } from './clues';
import { EMPTY } from './names-of-place';

/**
 * What the places check, as a noun in snake case: `model_name`. Taken from the names of constants, fields, parameters, variables and
 * functions, and only where it is true of every place; undefined where they name different things, or nothing.
 * @param told what the places are called in common, for the case that nothing else says it
 */
export function nounOf(places: readonly SaidPlace[], told: string | undefined): string | undefined {
  const names = places.map(({ file, symbol, clues }) => ({
    own: [...(clues.told ?? []), ...clues.own].map((one) => (isDenied(one, places) ? words(one).at(-1)! : one)),
    context: wordsAround(file, [symbol, ...clues.said]),
  }));
  // What all places call the pattern that they ask is no matter of votes.
  const [held, ...others] = places.map(({ clues }) => clues.constant);
  const isHeld = held !== undefined && !EMPTY.test(held) && others.every((one) => one === held);
  const best = isHeld ? held : commonOf(names, places);
  const name = best !== undefined && VAGUE.test(best) ? enriched(best, places) : best;
  if (name === undefined) return told;
  // Patterns that are equal where nothing but "name" is said may be so by chance.
  const isPattern = places.every(({ clues }) => clues.kind === 'pattern');
  const sites = places.map(({ file, symbol }) => ({ document: { file }, symbol }));
  return isPattern && VAGUE.test(name) && !(areRelated(sites) && areTogether(places)) ? undefined : name;
}

/**
 * The common name of places. What most of them say in so many words is meant by one that says `name` alone in a file which imports things
 * of that kind.
 */
function commonOf(names: readonly NamesOfPlace[], places: readonly SaidPlace[]): string | undefined {
  // Two that say something do not speak for ten that say nothing.
  if (names.filter(({ own }) => own.length > 0).length * 2 < names.length) return undefined;
  const name = commonName(names, false);
  if (name !== undefined && !VAGUE.test(name)) return name;
  const wide = names.map(({ own, context }, at) => ({
    own,
    context: new Set([...context, ...(places[at]!.clues.imports ?? [])]),
  }));
  const found = commonName(wide, false);
  const telling = found === undefined || VAGUE.test(found) ? [] : names.filter((one) => isTrueOf(found, one));
  return telling.length > BY_CHANCE && telling.length * 2 > names.length ? found : name;
}

/** Messages of some place call by another name what ends alike: `element_id` where a field id is refused. */
function isDenied(name: string, places: readonly SaidPlace[]): boolean {
  const [kind, noun, ...more] = name.split('_');
  if (noun === undefined || more.length > 0) return false;
  return places.some(
    ({ clues: { told = [] } }) => told.some((one) => one.endsWith(`_${noun}`)) && !told.includes(`${kind}_${noun}`),
  );
}

/** In modules of several folders a `name` is of anything. */
function areTogether(places: readonly SaidPlace[]): boolean {
  return new Set(places.map(({ file }) => file.slice(0, file.lastIndexOf('/') + 1))).size === 1;
}

/**
 * `name` becomes `model_name` where all places stand in classes or functions whose names speak of a model, and none of them says itself of
 * what else it is the name.
 */
function enriched(noun: string, places: readonly SaidPlace[]): string {
  const [first, ...rest] = places.map(({ clues }) => clues.around);
  const shared = first?.findLast(
    (word) => !CLASS_KIND.test(word) && word.length > 2 && word !== noun && rest.every((list) => list.includes(word)),
  );
  const kind = shared && singular(shared);
  const isOther = ({ clues: { of } }: SaidPlace): boolean => of !== undefined && !words(of).includes(kind!);
  return kind && !places.some(isOther) ? `${kind}_${noun}` : noun;
}

/**
 * Whether one module holds what places check under names that say different things, or functions that do nothing else ask for it and are
 * called differently: a third one would only stand between.
 */
export function areHeldApart(places: readonly SaidPlace[]): boolean {
  const asked = new Set(places.flatMap(({ clues }) => (clues.isThere || clues.answers === 'all' ? [clues.asked] : [])));
  if (asked.size > 1) return true;
  return areNamedApart(
    places.flatMap(({ file, clues: { held } }) => (held === undefined ? [] : [{ file, name: held }])),
  );
}
