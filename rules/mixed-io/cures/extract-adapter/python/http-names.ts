import { snakeOf } from '../../../../../core/text/words';
import { textOf } from '../subject';
import { joined } from './nouns';
import type { Piece } from './piece';
import { urlNoun } from './specific';
import type { Subject } from './subject';

/** Names for a request: its verb, and what is asked for where the call says it by the last word of the path, or how it is answered. */
export function httpNames(piece: Piece, subject: Subject, verb: string): readonly string[] {
  const method = methodOf(piece, subject, verb);
  const isHanded = piece.inputs.some(({ name }) => name === 'url');
  const noun = isHanded ? undefined : urlNoun(piece, subject);
  if (noun !== undefined) return [noun.startsWith(`${method}_`) ? noun : joined(method, noun)];
  const answer = answerOf(piece, subject);
  return answer === undefined ? [method] : [joined(method, answer)];
}

function methodOf(piece: Piece, subject: Subject, verb: string): string {
  // What is handed to a runner stands among its arguments.
  const parent = piece.site.callee.parent!;
  const text = textOf(subject.document, parent.childForFieldName('arguments') ?? parent);
  if (/^(?:get|stream)$/.test(verb) && savesAnswer(piece, subject)) return 'download';
  if (/^(?:get|post|put|patch|delete|head|options|stream)$/.test(verb)) return verb;
  if (verb === 'ws_connect') return 'connect';
  const said = /^\(\s*["'](GET|POST|PUT|PATCH|DELETE|HEAD)["']/.exec(text)?.[1];
  if (verb === 'request') return said?.toLowerCase() ?? 'request';
  if (/^url/.test(verb) && (verb === 'urlretrieve' || savesAnswer(piece, subject))) return 'download';
  if (/^url/.test(verb)) return answerOf(piece, subject) === undefined ? 'open' : 'get';
  return /^(?:open|execute\w*|subscribe|send)$/.test(verb) ? snakeOf(verb) : 'request';
}

/** What of the answer a block gives back. */
function answerOf({ expression, start, end }: Piece, { document }: Subject): string | undefined {
  if (expression) return undefined;
  const text = document.source.slice(start, end);
  if (/\.json\(\)\s*$|\bjson\.loads?\(/.test(text)) return 'json';
  if (/\.text(?:\(\))?\s*$|\.read\(\)\.decode\([^()]*\)\s*$/.test(text)) return 'text';
  return /\.(?:content|read\(\))\s*$/.test(text) ? 'bytes' : undefined;
}

/** A block that opens a URL to write what is there to a file. */
function savesAnswer({ start, end, expression }: Piece, { document }: Subject): boolean {
  return !expression && /\bopen\([^()]*["'][wax]b?["']|\bcopyfileobj\(/.test(document.source.slice(start, end));
}
