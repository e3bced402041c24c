import type { LanguageFamily } from '../syntax/language';
import type { Cure } from './cure';

/** A cure as one language carries it out; titles, notes and refusals are in the messages of the cure that dispatches to it. */
export type LanguageCure = Pick<Cure, 'prepare' | 'build'>;

/** Hands a request to the implementation for the language of its file. */
export function dispatch(
  byFamily: Partial<Readonly<Record<LanguageFamily, LanguageCure>>>,
): Pick<Cure, 'languages' | 'prepare' | 'build'> {
  const chosen = (family: LanguageFamily): LanguageCure => {
    const cure = byFamily[family];
    if (!cure) throw new Error(`a cure was offered for ${family}, which it is not written for`);
    return cure;
  };
  return {
    languages: Object.keys(byFamily) as LanguageFamily[],
    prepare: (request) => chosen(request.document.family).prepare(request),
    build: (request, changes) => chosen(request.document.family).build(request, changes),
  };
}
