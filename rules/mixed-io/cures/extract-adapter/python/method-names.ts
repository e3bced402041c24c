import { pythonStringValue } from '../../../../../core/syntax/python';
import { type MethodLanguage, partOfSdk } from '../methods';
import { snake, snakeWith } from '../words';
import { commonFileName, fileName } from './file-names';
import { httpName } from './http-names';
import { joined } from './nouns';
import type { Piece } from './piece';
import { processName } from './process-names';
import type { Subject } from './subject';

export const METHODS: MethodLanguage<Subject, Piece> = {
  joined,
  extended: snakeWith,
  httpName,
  processName,
  fileName,
  sdkName,
  commonFileName,
};

/** `chat.completions.create` creates completions, `AutoModel.from_pretrained` loads an auto model. */
function sdkName({ site }: Piece, { document }: Subject, verb: string): string {
  const { path } = site.call;
  const owner = path.split('.').at(-2) ?? '';
  if (/^from_pretrained$/.test(verb)) return joined('load', snake(owner));
  // Making the object loads the model.
  if (/^[A-Z]/.test(verb)) return joined(path.startsWith('sentence_transformers.') ? 'load' : 'make', snake(verb));
  if (verb === 'build') {
    const first = site.callee.parent!.childForFieldName('arguments')?.namedChildren[0];
    const api = first && pythonStringValue(first, document.source)?.value;
    if (api && /^[A-Za-z]\w*$/.test(api)) return joined(verb, snake(api));
  }
  const part = partOfSdk(path, verb);
  return part === undefined ? snake(verb) : joined(verb, part);
}
