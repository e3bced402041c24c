import { Refusal } from '../../../../core/edit/refusal';
import type { IoKind } from '../../kinds';
import type { Piece } from './piece';
import { type Extension, upperFirst } from './words';

/** The pieces that one class takes in: one kind of I/O, and one service where the code says which. */
export interface Group<P extends Piece = Piece> {
  readonly kind: IoKind;
  /** In lower case: the host, the program or the SDK. */
  readonly service: string | undefined;
  readonly pieces: readonly P[];
}

export interface Grouping {
  /** Programs that are run as often have a class of their own, beside other processes: a class for one command is one too many. */
  readonly fewRuns: number;
  /** Requests and SDK calls to one service share a class. */
  readonly sharesClients: boolean;
}

/** Sorts pieces by kind and service. */
export function grouped<P extends Piece>(
  pieces: readonly P[],
  services: ReadonlyMap<P, string | undefined>,
  { fewRuns, sharesClients }: Grouping,
): Group<P>[] {
  const processes = pieces.filter((one) => one.site.call.kind === 'process');
  const runs = (service: string | undefined): number => processes.filter((one) => services.get(one) === service).length;
  const groups = new Map<string, Group<P> & { pieces: P[] }>();
  for (const piece of pieces) {
    const { kind } = piece.site.call;
    let service = services.get(piece);
    if (kind === 'process' && runs(service) < Math.min(fewRuns, processes.length)) service = undefined;
    const isClient = sharesClients && service !== undefined && (kind === 'http' || kind === 'cloud');
    const key = `${isClient ? 'client' : kind} ${service ?? ''}`;
    const known = groups.get(key);
    if (known) known.pieces.push(piece);
    else groups.set(key, { kind, service, pieces: [piece] });
  }
  return [...groups.values()];
}

/**
 * Calls of one kind may share an adapter where the user gives it its name.
 * @throws Refusal `several-adapters`
 */
export function underName<P extends Piece>(groups: readonly Group<P>[], name: string | undefined): readonly Group<P>[] {
  const [first, ...others] = groups;
  if (name === undefined || others.length === 0) return groups;
  if (others.some(({ kind }) => kind !== first!.kind))
    throw new Refusal('several-adapters', { name, count: groups.length });
  return [{ kind: first!.kind, service: undefined, pieces: groups.flatMap((one) => one.pieces) }];
}

const SUFFIXES: Readonly<Record<IoKind, readonly string[]>> = {
  http: ['Client', 'HttpClient'],
  cloud: ['Client', 'Sdk'],
  process: ['Processes', 'Commands'],
  file: ['Files', 'FileStore'],
  database: ['Queries'],
};

/** What an adapter's class may be named after. */
export interface ClassWords {
  /** What the unit is about. */
  readonly stem: string;
  /** The service, or else the stem. */
  readonly about: string;
  /** The unit's own name. */
  readonly whole: string;
}

/** Names for the class of a group, the best first. @param short a name without the word that the suffix says again */
export function classNames(
  { kind, service }: Group,
  { stem, about, whole }: ClassWords,
  short: (name: string) => string = (name) => name,
): string[] {
  const suffixes = kind === 'process' && service !== undefined ? ['Process', 'Commands'] : SUFFIXES[kind];
  const bases = [about, stem === about ? whole : `${stem}${about}`, whole].map((one) => upperFirst(short(one)));
  return [...new Set(bases.flatMap((base) => suffixes.map((suffix) => `${base}${suffix}`)))];
}

/**
 * Names for what holds an adapter, the best first.
 * @param whole the name of its class, as a variable has it
 * @param client the name of the service, as a variable has it
 */
export function holderNames({ kind, service }: Group, whole: string, client: string, extended: Extension): string[] {
  const names = [whole, extended(whole, 'adapter')];
  if (kind === 'file') return ['files', ...names];
  if (kind === 'process') return [service === undefined ? 'processes' : whole, ...names];
  return [service === undefined ? 'client' : client, ...names];
}
