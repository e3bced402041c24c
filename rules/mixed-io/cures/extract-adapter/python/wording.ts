import type { Piece } from './piece';
import { commandOf, urlText } from './services';
import type { Subject } from './subject';

/** One line about a method: the request, the command, or what its name says. */
export function describe(name: string, piece: Piece, subject: Subject): string {
  const { call } = piece.site;
  if (call.kind === 'http') {
    const path = /(?:https?:\/\/[^/"'{}\s]+|\})(\/[^"'?#\s]*)/.exec(urlText(piece, subject))?.[0]?.replace(/^\}/, '');
    const verb = /^(get|post|put|patch|delete|head|options)_/.exec(name)?.[1];
    if (path && verb && path.length < 60) return `${verb.toUpperCase()} ${path}.`;
    if (verb) return `${verb.toUpperCase()} ${name.slice(verb.length + 1).replaceAll('_', ' ')}.`;
  }
  if (call.kind === 'process') {
    const all = commandOf(piece, subject);
    const words = all.join(' ').length < 50 ? all.join(' ') : (all[0] ?? '');
    if (words === '' && /^(?:os|psutil|signal)\./.test(call.path) && !/^(?:terminate|kill|send|signal)_/.test(name))
      return `Call \`${call.path}\`.`;
    if (words !== '' && !/["\\]/.test(words)) return `${/^start/.test(name) ? 'Start' : 'Run'} \`${words}\`.`;
  }
  if (call.kind === 'cloud' && call.path.length < 60) return `Call \`${call.path}\`.`;
  if (call.kind === 'file') {
    const [, verb, noun] = /^([a-z]+)_(\w+)$/.exec(name) ?? [];
    if (verb && noun && !/^(?:to|of|for)_/.test(noun))
      return `${verb.charAt(0).toUpperCase()}${verb.slice(1)} the ${noun.replaceAll('_', ' ')}.`;
  }
  const sentence = name.replaceAll('_', ' ').replace(/ command$/, ' the command');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
