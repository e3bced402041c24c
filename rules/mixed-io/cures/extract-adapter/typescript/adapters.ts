import { camelOf } from '../../../../../core/text/words';
import { brandName } from '../brands';
import { classNames, type Group, grouped, holderNames } from '../groups';
import { serviceOf } from '../services';
import { camelWith } from '../words';
import type { Piece } from './piece';
import { commandOf, SERVICES, stemOf } from './services';
import type { Subject } from './subject';

/** Requests and calls of SDKs have classes of their own; programs that are run once share theirs. */
export function groupsOf(pieces: readonly Piece[], subject: Subject): Group<Piece>[] {
  // A method that is handed the whole command runs any program.
  const isForAny = ({ site, handed }: Piece): boolean => site.call.kind === 'process' && handed !== 'parts';
  const services = new Map(
    pieces.map((piece) => [piece, isForAny(piece) ? undefined : serviceOf(piece, subject, SERVICES)]),
  );
  return grouped(pieces, services, { sharesClients: false, joinsLone: true });
}

/** Names for the class of a group, the best first. */
export function classNamesOf(group: Group, subject: Subject): string[] {
  const { kind, service } = group;
  const stem = stemOf(subject);
  const about = service === undefined ? stem : brandName(service);
  const own = subject.symbol.split('.').at(-1)!;
  const whole = own.replace(/^[_$#ɵ]+/, '') || stem;
  // `PidFile` has `PidFiles`.
  const said = kind === 'file' ? /(?<=\w)Files?$/ : kind === 'process' ? /(?<=\w)Process$/ : undefined;
  return classNames(group, { stem, about, whole }, (name) => (said ? name.replace(said, '') : name));
}

/** Names for the field that holds an adapter, the best first. */
export function fieldNamesOf(group: Group, className: string): string[] {
  const whole = className.charAt(0).toLowerCase() + className.slice(1);
  return holderNames(group, whole, camelOf(group.service ?? ''), camelWith);
}

/** What the comment of an adapter's class says. */
export function headline({ kind, service, pieces }: Group<Piece>, subject: Subject): string {
  const about = service === undefined ? stemOf(subject) : brandName(service);
  const owner = subject.symbol === '' ? subject.document.file.split('/').at(-1)! : subject.symbol;
  switch (kind) {
    case 'http':
      return service === undefined ? `HTTP requests of ${owner}.` : `HTTP requests of ${owner} to ${about}.`;
    case 'cloud':
      return service === 'model' ? `Calls of language models for ${owner}.` : `Calls of the ${about} SDK for ${owner}.`;
    case 'process':
      return service === undefined
        ? `Processes that ${owner} runs and looks at.`
        : `Runs of \`${commandOf(pieces[0]!, subject)[0] ?? service}\` for ${owner}.`;
    default:
      return `Files that ${owner} reads and writes.`;
  }
}
