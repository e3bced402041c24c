import type { Cure } from '../../../core/rule/cure';
import { dispatch } from '../../../core/rule/language-cure';
import { pythonNarrowException } from './python/narrow-exception';
import { typeScriptNarrowException } from './typescript/narrow-exception';

/** Catches only what the guarded code is known to raise. */
export const narrowException: Cure = {
  id: 'narrow-exception',
  title: 'Catch only what can be expected',
  kind: 'quickfix',
  messages: {
    'catch-only': 'Catch {types} only',
    'now-passes': '{types} are no longer caught here',
    'others-pass': 'everything but {types} is no longer caught here, and goes to the callers',
  },
  refusals: {
    'parameter-pattern': 'the handler takes the error apart: {pattern}',
    'exception-name-taken': 'no usual name for the exception is free here: name it yourself',
    'raised-types-unknown': 'it is not known what {code} (line {line}) can raise',
    'nothing-raised': 'nothing in the guarded code is known to raise',
    'head-unclear': 'the types in {head} cannot be told from the rest',
  },
  ...dispatch({ python: pythonNarrowException, typescript: typeScriptNarrowException }),
};
