import type { CureOffer } from '../../../core/rule/finding';
import type { HandlerFact } from '../handler';

/** What can be done about a silent handler, told from its facts alone. */
export function offersFor(handler: HandlerFact): CureOffer[] {
  const log: CureOffer = { id: 'log-exception', applicability: 'safe' };
  const narrow: CureOffer = { id: 'narrow-exception', applicability: 'review' };
  // Of a bare handler the finding says that it should catch `Exception`, so that comes first.
  const offers = handler.kind === 'bare' ? [narrow, log] : handler.narrowable ? [log, narrow] : [log];
  // An error of the clean-up must not take the place of the result, or of the error that is on its way.
  if (!handler.cleanup) offers.push({ id: 're-raise', applicability: 'review' });
  offers.push({ id: 'explain-exception', applicability: handler.cleanup ? 'safe' : 'unknown' });
  return offers;
}
