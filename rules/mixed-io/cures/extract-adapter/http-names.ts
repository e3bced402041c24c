import type { SyntaxNode } from '../../../../core/syntax/node';
import { joined, nounOf } from './nouns';
import type { Piece } from './piece';
import { snake, urlNode, urlText } from './services';
import { type Subject, textOf } from './subject';

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
  } else if (/^url/.test(verb)) method = verb === 'urlretrieve' ? 'download' : 'open';
  else if (/^(?:open|execute\w*|subscribe|send)$/.test(verb)) method = snake(verb);
  const noun =
    pathNoun(urlText(piece, subject)) ??
    variableNoun(urlNode(piece, subject), subject) ??
    nounOf(piece).replace(/_requests?$/, '');
  if (noun.startsWith(`${method}_`)) return joined(noun, '');
  return joined(method, noun === '' ? 'url' : noun);
}

/** The last word of a URL's path that is written out: `tags` of `{endpoint}/api/tags`. */
function pathNoun(url: string): string | undefined {
  for (const piece of url.split(/\s+/)) {
    const path =
      /(?:https?:\/\/[^/"'{}]*|\})(\/[^"'?#\s]*)/.exec(piece)?.[1] ?? /^f?["'](\/[^"'?#\s]*)/.exec(piece)?.[1];
    if (path === undefined) continue;
    const parts = path.split('/').filter((one) => one !== '');
    const isOfOne = parts.at(-1)?.startsWith('{') ?? false;
    const words = parts.filter((one) => /^[A-Za-z][\w.-]*$/.test(one) && !/^(?:api|v\d+\w*|rest|json|xml)$/i.test(one));
    const last = words
      .at(-1)
      ?.replace(/\.\w{1,4}$/, '')
      .replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
      .replace(/[^A-Za-z\d]+/g, '_')
      .toLowerCase()
      .replace(/_+$/, '');
    if (last !== undefined && last !== '') return isOfOne ? last.replace(/(?<=[^s])s$/, '') : last;
  }
  return undefined;
}

/** `health` of `health_url`. */
function variableNoun(url: SyntaxNode | undefined, { document }: Subject): string | undefined {
  const value = url?.type === 'keyword_argument' ? url.childForFieldName('value') : url;
  if (!value || !/^(?:identifier|attribute)$/.test(value.type)) return undefined;
  const noun = /(?:^|[._])(\w+?)_(?:url|uri|endpoint|link)$/i.exec(textOf(document, value))?.[1]?.replace(/^_+/, '');
  return noun === undefined || noun === '' || ANY_URL.test(noun) ? undefined : noun;
}
