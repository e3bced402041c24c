import { familyOf, languageOfPath } from '../syntax/language';
import type { CureMeta } from './cure';
import type { CureOffer } from './finding';

/** Of what a rule offers at a place the cures that are written for the language of its file: no rule has to ask. */
export function offeredIn(
  file: string,
  offers: readonly CureOffer[],
  cures: readonly Pick<CureMeta, 'id' | 'languages'>[],
): readonly CureOffer[] {
  const language = languageOfPath(file);
  if (offers.length === 0 || !language) return [];
  const family = familyOf(language);
  return offers.filter(({ id }) => cures.some((cure) => cure.id === id && cure.languages.includes(family)));
}
