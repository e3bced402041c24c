import { sentenceOf } from '../sentences';
import type { Piece } from './piece';
import { commandOf, urlText } from './services';
import { commandWords } from './specific';
import type { Subject } from './subject';

/** One line about a method: the request, the command, or what is done to the file. */
export function describe(name: string, piece: Piece, subject: Subject): string {
  const { call } = piece.site;
  const known = sentenceOf(name);
  if (call.kind === 'http') {
    const verb = /^(get|post|put|patch|delete|head|options)(?:_|$)/.exec(name)?.[1]?.toUpperCase();
    const isHanded = piece.inputs.some((one) => one.name === 'url');
    const path = isHanded
      ? undefined
      : /(?:https?:\/\/[^/"'{}\s]+|\})(\/[^"'?#\s]*)/.exec(urlText(piece, subject))?.[0]?.replace(/^\}/, '');
    if (path && verb && path.length < 60) return `${verb} ${path}.`;
    if (verb)
      return `${verb} ${/_(?:json|text|bytes)$/.test(name) ? `a URL and return the ${name.split('_')[1]!.replace('json', 'JSON')} of the answer` : 'a URL'}.`;
    return known ?? `Call \`${call.path}\`.`;
  }
  if (call.kind === 'process') {
    const isHanded = piece.inputs.some((one) => one.name === 'command');
    const said = isHanded ? undefined : commandWords(piece, subject);
    const start = said ? commandOf(piece, subject) : [];
    // What stands behind an option's value is told by the words alone.
    const all = said?.slice(1).every((one) => start.some((word) => word.includes(one))) ? start : (said ?? []);
    const words = all.join(' ').length < 50 ? all.join(' ') : (all[0] ?? '');
    if (words !== '' && !/["\\]/.test(words)) return `${/^start/.test(name) ? 'Start' : 'Run'} \`${words}\`.`;
    return known ?? `Call \`${call.path}\`.`;
  }
  const isStripped = /\.read\(\)\.strip\(\)/.test(subject.document.source.slice(piece.start, piece.end));
  if (name === 'read_text' && isStripped) return 'Read a text file without the white space around it.';
  return known ?? `Call \`${call.path}\`.`;
}
