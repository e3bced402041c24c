import type { Cure } from '../../../core/rule/cure';
import { dispatch } from '../../../core/rule/language-cure';
import { pythonExplainException } from './python/explain-exception';
import { typeScriptExplainException } from './typescript/explain-exception';

/** Says in a comment why the error may be dropped. */
export const explainException: Cure = {
  id: 'explain-exception',
  title: 'Say why the exception may be dropped',
  kind: 'quickfix',
  messages: {
    'say-why': 'Say why: {reason}',
    'best-effort': 'Say why: best effort',
  },
  refusals: {
    'reason-needed': 'only you know why this error may be dropped: say why with --reason',
    'reason-not-one-line': 'the reason must be one line of prose, without comment markers',
    'reason-says-nothing': '"{reason}" does not say why the error may be dropped',
    'reason-too-long': 'the reason must fit behind the head of the statement: {limit} characters at most',
  },
  ...dispatch({ python: pythonExplainException, typescript: typeScriptExplainException }),
};
