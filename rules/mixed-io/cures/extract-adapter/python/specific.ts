import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pythonStringValue } from '../../../../../core/syntax/python';
import { ANY_PROGRAM } from '../groups';
import { pathNoun, type UrlLanguage } from '../methods';
import { textOf } from '../subject';
import { commandOf, programOf, urlNode } from './services';
import type { Site } from './site';
import type { Subject } from './subject';

/**
 * Whether a call says itself what it is for: its command line starts with the name of a program, or its URL ends in a path that is
 * written out. Only then its method is named after that; all others are handed the command or the URL.
 */
export function isSpecific(site: Site, subject: Subject): boolean {
  if (site.call.kind === 'process')
    return !TAKES_COMMAND.test(site.call.path) || commandWords({ site }, subject) !== undefined;
  if (site.call.kind === 'http') return urlNoun({ site }, subject) !== undefined;
  return true;
}

/** Calls whose first argument is a command. */
export const TAKES_COMMAND =
  /^(?:subprocess|asyncio|anyio|trio|pexpect)\.|^os\.(?:system|popen|exec|spawn|posix_spawn)|^psutil\.Popen/;

/** The program and the words behind it, as far as they are written out in the call itself. */
export function commandWords(piece: { readonly site: Site }, subject: Subject): readonly string[] | undefined {
  const program = programOf(piece, subject);
  const command = commandNode(piece.site);
  if (program === undefined || ANY_PROGRAM.test(program) || !command) return undefined;
  const isWritten =
    /^(?:list|tuple)$/.test(command.type) || (command.type === 'string' && /_exec$/.test(piece.site.call.path));
  const [, ...words] = commandOf(piece, subject);
  const said = saidBy(/^(?:list|tuple)$/.test(command.type) ? command : command.parent!, subject);
  // A flag that a value follows says what the value is.
  const count = command.namedChildren.filter(({ type }) => type !== 'comment').length;
  const isFlag = said.length === 0 && (command.type === 'string' || count === 2);
  const flag = isFlag ? /^--([a-z][a-z\d-]*)$/.exec(words[0] ?? '')?.[1] : undefined;
  if (!isWritten || (said.length === 0 && flag === undefined)) return undefined;
  return [program, ...(flag === undefined ? said.slice(0, 2) : [flag])];
}

/** The words behind the program: `compose ps` of `["docker", "compose", "-f", path, "ps"]`. */
function saidBy(command: SyntaxNode, { document }: Subject): string[] {
  const [, ...nodes] = command.namedChildren.filter(({ type }) => type !== 'comment');
  const said: string[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const word = stringOf(nodes[at], document);
    const isOption = word?.startsWith('-') && nodes[at + 1] && stringOf(nodes[at + 1], document) === undefined;
    if (isOption) at++;
    else if (word !== undefined && /^[a-z][a-z\d_-]+$/.test(word)) said.push(word);
    else break;
  }
  return said;
}

const stringOf = (node: SyntaxNode | undefined, { source }: Subject['document']): string | undefined =>
  node && pythonStringValue(node, source)?.value;

function commandNode({ callee }: Site): SyntaxNode | undefined {
  const list = callee.parent?.type === 'argument_list' ? callee.parent : callee.parent?.childForFieldName('arguments');
  return list?.namedChildren.find(({ type, id }) => type !== 'comment' && id !== callee.id);
}

/** The last word of the URL's path that is written out in the call itself. */
export function urlNoun(piece: { readonly site: Site }, subject: Subject): string | undefined {
  const url = urlNode(piece, subject);
  const value = url?.type === 'keyword_argument' ? url.childForFieldName('value') : url;
  return value && /^(?:string|binary_operator|concatenated_string)$/.test(value.type)
    ? pathNoun(textOf(subject.document, value), URL_PATH)
    : undefined;
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
