import type { Cure } from '../../../core/rule/cure';
import { dispatch } from '../../../core/rule/language-cure';
import { LOG_NOTES, LOG_REFUSALS } from './log-messages';
import { pythonReRaise } from './python/re-raise';
import { typeScriptReRaise } from './typescript/re-raise';

/** Logs the exception and lets it through, instead of going on. */
export const reRaise: Cure = {
  id: 're-raise',
  title: 'Log the exception and let it through',
  kind: 'quickfix',
  messages: {
    'log-and-raise': 'Log it and raise again',
    'log-and-throw': 'Log it and throw again',
    ...LOG_NOTES,
    'callers-see':
      '{function} now lets through what it swallowed: its callers in this file are on {count, plural, one {line} other {lines}} {lines}',
    'somebody-sees': '{function} now lets through what it swallowed: look at its callers',
    'loop-ends': 'the first failure now ends the loop, which went on before',
    'import-fails': 'importing this module now fails where it went on before',
  },
  refusals: {
    ...LOG_REFUSALS,
    'in-clean-up': 'an error of the clean-up would take the place of the result, or of the error that is being handled',
  },
  ...dispatch({ python: pythonReRaise, typescript: typeScriptReRaise }),
};
