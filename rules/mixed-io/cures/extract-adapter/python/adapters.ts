import { snakeOf } from '../../../../../core/text/words';
import type { Adapter as AnyAdapter, AdapterMethod as AnyAdapterMethod } from '../adapters';
import { brandName } from '../brands';
import { classNames, type Group, grouped, holderNames } from '../groups';
import { serviceOf } from '../services';
import { snakeWith } from '../words';
import type { MethodCode } from './method-code';
import type { Piece } from './piece';
import { SERVICES, stemOf } from './services';
import type { Subject } from './subject';

export interface AdapterMethod extends AnyAdapterMethod<Piece> {
  readonly code: MethodCode;
}

export type Adapter = AnyAdapter<Piece, AdapterMethod>;

/** More classes than these for one are too many: single calls of one kind share one then. */
const MANY = 4;

/** Requests to a service share a class with calls of its SDK; programs that are run twice share theirs with other processes. */
export function groupsOf(pieces: readonly Piece[], subject: Subject): Group<Piece>[] {
  const services = new Map(pieces.map((piece) => [piece, serviceOf(piece, subject, SERVICES)]));
  // The requests of a class that is about one service go there, where nothing else is known of them.
  const known = [...services.values()].find(
    (one) => one && subject.symbol.toLowerCase().includes(one.replaceAll('_', '')),
  );
  for (const [piece, service] of services)
    if (piece.site.call.kind === 'http' && service === undefined) services.set(piece, known);
  const found = grouped(pieces, services, { sharesClients: true, joinsLone: false });
  return found.length > MANY ? withoutSingles(found) : found;
}

/** Requests to several services of which each gets one are requests of the class. */
function withoutSingles(groups: readonly Group<Piece>[]): Group<Piece>[] {
  const isSingle = ({ kind, pieces }: Group<Piece>): boolean => kind === 'http' && pieces.length === 1;
  const singles = groups.filter(isSingle);
  if (singles.length < 2) return [...groups];
  const pieces = groups
    .filter(({ kind, service }) => kind === 'http' && service === undefined)
    .flatMap((one) => one.pieces);
  const shared: Group<Piece> = {
    kind: 'http',
    service: undefined,
    pieces: [...new Set([...pieces, ...singles.flatMap((one) => one.pieces)])],
  };
  return [...groups.filter((one) => !isSingle(one) && !(one.kind === 'http' && one.service === undefined)), shared];
}

/** Names for the class of a group, the best first. */
export function classNamesOf(group: Group, subject: Subject): string[] {
  const { kind, service } = group;
  const stem = stemOf(subject);
  const about = service === undefined ? stem : brandName(service, subject.symbol);
  const whole = subject.symbol.split('.').at(-1)!.replace(/^_+/, '');
  // A class about processes has processes of the system.
  if (kind === 'process' && /Process$/.test(about)) return ['SystemProcesses', `${whole}Commands`];
  return classNames(group, { stem, about, whole });
}

/** Names for the attribute that holds an adapter, the best first; without underscore they are its parameter's. */
export function attributeNamesOf(group: Group, className: string): string[] {
  const { service = '' } = group;
  const brand = brandName(service);
  // `openai_client`, as the package writes itself.
  const isBrand = service !== '' && className.startsWith(brand) && className !== brand;
  const whole = isBrand ? `${service}_${snakeOf(className.slice(brand.length))}` : snakeOf(className);
  return holderNames(group, whole, service, snakeWith);
}
