import type { FactCollector } from '../../core/facts/parsed-file';
import type { CallbackFact } from './facts';
import { startPython } from './python';

/** The nested functions of a file that outlive the call that made them and change its variables. */
export const collect: FactCollector<readonly CallbackFact[]> = {
  id: 'streaming-callback',
  version: 1,
  families: ['python'],
  // Callbacks with state are rare: they are found in the text and only then looked up in the tree.
  kinds: () => [],
  start: startPython,
};
