import { pythonStringValue } from '../../../../core/syntax/python';
import { fileName } from './file-names';
import { httpName } from './http-names';
import { joined } from './nouns';
import type { Piece } from './piece';
import { processName } from './process-names';
import { snake } from './services';
import type { Subject } from './subject';

/** A name for the method that a piece becomes: what is done, and to what. Unique only as far as the pieces differ. */
export function methodNameOf(piece: Piece, subject: Subject, program: string | undefined): string {
  const { call } = piece.site;
  const verb = call.path.slice(call.path.lastIndexOf('.') + 1);
  switch (call.kind) {
    case 'http':
      return httpName(piece, subject, verb);
    case 'process':
      return processName(piece, subject, verb, program);
    case 'file':
      return fileName(piece, subject, verb);
    default:
      return sdkName(piece, subject, verb);
  }
}

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
  const isPart = /^[a-z]\w*$/.test(owner) && path.split('.').length > 2;
  const isVague = /^(?:create|get|list|delete|update|generate|retrieve|search|execute|run|send|query|insert)$/.test(
    verb,
  );
  return isPart && isVague ? joined(verb, owner) : snake(verb);
}
