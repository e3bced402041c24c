import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pathNoun, type UrlLanguage } from '../methods';
import { textOf } from '../subject';
import { snake } from '../words';
import { joined, nounOf } from './nouns';
import type { Piece } from './piece';
import { urlNode, urlText } from './services';
import type { Subject } from './subject';

/** Words before `_url` that say nothing of what is there. */
const ANY_URL =
  /^(?:api|base|full|target|request|resource|server|service|host|root|new|this|next|nested|final|raw|test)$/;

/** The verb of the request, and what is asked for: the last word of the path, the variable that holds the URL, or the function's noun. */
export function httpName(piece: Piece, subject: Subject, verb: string): string {
  const { document } = subject;
  const call = piece.site.callee.parent!;
  let method = /^(?:get|post|put|patch|delete|head|options)$/.test(verb)
    ? verb
    : verb === 'stream'
      ? 'stream'
      : verb === 'ws_connect'
        ? 'connect'
        : 'request';
  if (/^(?:request|stream)$/.test(verb)) {
    const said = /^\(\s*["'](GET|POST|PUT|PATCH|DELETE|HEAD)["']/.exec(
      textOf(document, call.childForFieldName('arguments')!),
    )?.[1];
    if (said && verb === 'request') method = said.toLowerCase();
  } else if (/^url/.test(verb)) method = verb === 'urlretrieve' || savesAnswer(piece, subject) ? 'download' : 'open';
  else if (/^(?:open|execute\w*|subscribe|send)$/.test(verb)) method = snake(verb);
  const noun =
    pathNoun(urlText(piece, subject), URL_PATH) ??
    variableNoun(urlNode(piece, subject), subject) ??
    nounOf(piece).replace(/_requests?$/, '');
  if (noun.startsWith(`${method}_`)) return joined(noun, '');
  return joined(method, noun === '' ? 'url' : noun);
}

/** A block that opens a URL to write what is there to a file. */
function savesAnswer({ start, end, expression }: Piece, { document }: Subject): boolean {
  return !expression && /\bopen\([^()]*["'][wax]b?["']|\bcopyfileobj\(/.test(document.source.slice(start, end));
}

const URL_PATH: UrlLanguage = {
  absolute: /(?:https?:\/\/[^/"'{}]*|\})(\/[^"'?#\s]*)/,
  relative: /^f?["'](\/[^"'?#\s]*)/,
  value: '{',
  word: (written) =>
    written
      .replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
      .replace(/[^A-Za-z\d]+/g, '_')
      .toLowerCase()
      .replace(/_+$/, ''),
};

/** `health` of `health_url`. */
function variableNoun(url: SyntaxNode | undefined, { document }: Subject): string | undefined {
  const value = url?.type === 'keyword_argument' ? url.childForFieldName('value') : url;
  if (!value || !/^(?:identifier|attribute)$/.test(value.type)) return undefined;
  const noun = /(?:^|[._])(\w+?)_(?:url|uri|endpoint|link)$/i.exec(textOf(document, value))?.[1]?.replace(/^_+/, '');
  return noun === undefined || noun === '' || ANY_URL.test(noun) ? undefined : noun;
}
