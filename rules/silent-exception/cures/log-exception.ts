import type { Cure } from '../../../core/rule/cure';
import { dispatch } from '../../../core/rule/language-cure';
import { LOG_NOTES, LOG_REFUSALS, LOG_TITLES } from './log-messages';
import { pythonLogException } from './python/log-exception';
import { typeScriptLogException } from './typescript/log-exception';

/** Adds one log call to a silent handler; all else that the handler does stays. */
export const logException: Cure = {
  id: 'log-exception',
  title: 'Log the exception',
  kind: 'quickfix',
  messages: { ...LOG_TITLES, ...LOG_NOTES },
  refusals: LOG_REFUSALS,
  ...dispatch({ python: pythonLogException, typescript: typeScriptLogException }),
};
