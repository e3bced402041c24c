import { textOf } from '../subject';
import type { Piece } from './piece';
import { commandOf, urlText, wordsInCommand } from './services';
import { commandWords } from './specific';
import type { Subject } from './subject';

/** One line about a method, where it says more than the method's name: the request, or the command. */
export function describe(name: string, piece: Piece, subject: Subject): string | undefined {
  const words = wordsOn(name, piece, subject);
  // What would end the comment is no word for one.
  return words?.includes('*/') ? undefined : words;
}

function wordsOn(name: string, piece: Piece, subject: Subject): string | undefined {
  const { call } = piece.site;
  if (call.kind === 'http' && (piece.last || piece.handed === 'parts')) {
    const path = /(?:https?:\/\/[^/"'`{}\s]+|\})(\/[^"'`?#\s]*)/.exec(urlText(piece, subject))?.[0]?.replace(/^\}/, '');
    const verb = /^(get|post|put|patch|delete|head|options)[A-Z]/.exec(name)?.[1];
    if (path && verb && path.length < 60) return `${verb.toUpperCase()} ${withParameters(path, piece, subject)}.`;
  }
  if (call.kind === 'process' && piece.handed === 'parts' && commandWords(piece, subject)) {
    const all = commandOf(piece, subject);
    while (all.length > 1 && (all.at(-1)!.startsWith('-') || all.join(' ').length >= 50)) all.pop();
    const inside = wordsInCommand(piece, subject).filter((one) => /^[a-z][a-z-]*$/.test(one));
    const said = all.length > 1 ? all : [...all, ...(all.length === 1 ? inside.slice(0, 2) : [])];
    const words = said.join(' ');
    if (words !== '' && !/["'`\\]/.test(words)) return `${/^start/.test(name) ? 'Starts' : 'Runs'} \`${words}\`.`;
  }
  return undefined;
}

/** A URL with `{model}` for `${this.model}`, which the method is handed under that name. */
function withParameters(path: string, { inputs }: Piece, { document }: Subject): string {
  const said = inputs.reduce(
    (text, { node, name }) => text.replaceAll(`\${${textOf(document, node)}}`, `{${name}}`),
    path,
  );
  return said.replaceAll('${', '{');
}
