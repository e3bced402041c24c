import type { CureOffer } from '../../../core/rule/finding';
import type { LanguageFamily } from '../../../core/syntax/language';
import type { HandlerFact } from '../handler';
import { CURES } from './index';

/** What can be done about a silent handler, told from its facts alone. */
export function offersFor(handler: HandlerFact, family: LanguageFamily): CureOffer[] {
  const offers: CureOffer[] = [{ id: 'log-exception', applicability: 'safe' }];
  // The types of a narrow handler in Python are named already; in TypeScript it is narrow by what it guards.
  if (handler.kind === 'bare' || handler.kind === 'broad' || (handler.kind === 'narrow' && family === 'typescript'))
    offers.push({ id: 'narrow-exception', applicability: 'review' });
  // An error of the clean-up must not take the place of the result, or of the error that is on its way.
  if (!handler.cleanup) offers.push({ id: 're-raise', applicability: 'review' });
  offers.push({ id: 'explain-exception', applicability: handler.cleanup ? 'safe' : 'unknown' });
  return offers.filter(({ id }) => CURES.find((cure) => cure.id === id)?.languages.includes(family));
}
