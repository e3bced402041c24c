import type { SyntaxNode } from '../../../../../core/syntax/node';
import { ANY_PROGRAM } from '../groups';
import { pathNoun, type UrlLanguage } from '../methods';
import { textOf } from '../subject';
import { argumentsOf, commandOf, programOf, valueOfKey } from './services';
import type { Site } from './site';
import type { Subject } from './subject';

/** What stands at a call. */
interface Placed {
  readonly site: Site;
}

/**
 * Whether a call says itself what it is for: it runs a program with words that are written out, or its URL ends in a path that is. Only
 * then its method is named after that; all others are handed the command or the URL.
 */
export function isSpecific(site: Site, subject: Subject): boolean {
  if (site.call.kind === 'process')
    return /\bkill$/.test(site.call.path) || commandWords({ site }, subject) !== undefined;
  if (site.call.kind === 'http') return urlNoun({ site }, subject) !== undefined;
  return true;
}

/** The program and the words behind it, as far as they are written out in the call itself. */
export function commandWords(piece: Placed, subject: Subject): readonly string[] | undefined {
  const [first, second] = argumentsOf(piece);
  const program = programOf(piece, subject);
  if (!first || program === undefined || ANY_PROGRAM.test(program)) return undefined;
  const isTag = first.type === 'template_string' && first.parent?.type === 'call_expression';
  if (!isTag && (first.type !== 'string' || !isList(second, piece))) return undefined;
  const [, ...words] = commandOf(piece, subject);
  const end = words.findIndex((one) => !/^[a-z][a-z\d_-]+$/.test(one));
  const said = (end < 0 ? words : words.slice(0, end)).filter((one, at) => at > 0 || one !== 'run');
  // A flag that a value follows says what the value is.
  const isFlag = said.length === 0 && (isTag || second?.namedChildCount === 1);
  const flag = isFlag ? /^--([a-z][a-z\d-]*)$/.exec(words[0] ?? '')?.[1] : undefined;
  return [program, ...(flag === undefined ? said.slice(0, 2) : [flag])];
}

/** Whether a program is handed its arguments apart from its name: a list of them, or what holds one. */
function isList(second: SyntaxNode | undefined, { site: { call } }: Placed): boolean {
  if (second?.type === 'array') return true;
  const isShell = /(?:^|\.)(?:exec|execSync|execaCommand|execaCommandSync|command|commandSync|fork)$/.test(call.path);
  return !isShell && /^(?:identifier|member_expression|call_expression)$/.test(second?.type ?? '');
}

/** The last word of the URL's path that is written out in the call itself. */
export function urlNoun(piece: Placed, subject: Subject): string | undefined {
  const [first] = argumentsOf(piece);
  const url: SyntaxNode | undefined = first?.type === 'object' ? valueOfKey(first, /^(?:url|uri)$/, subject) : first;
  return url && /^(?:string|template_string|binary_expression)$/.test(url.type)
    ? pathNoun(textOf(subject.document, url), URL_PATH)
    : undefined;
}

const URL_PATH: UrlLanguage = {
  absolute: /(?:https?:\/\/[^/"'`{}]*|\})(\/[^"'`?#\s]*)/,
  relative: /(?:^|[(,])["'`](\/[^"'`?#\s]*)/,
  value: '${',
  word: (written) => written,
};
