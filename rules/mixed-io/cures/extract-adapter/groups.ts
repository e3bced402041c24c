import { Refusal } from '../../../../core/edit/refusal';
import { capital } from '../../../../core/text/words';
import type { IoKind } from '../../kinds';
import type { Piece } from './piece';
import type { Extension } from './words';

/** The pieces that one class takes in: one kind of I/O, and one service where the code says which. */
export interface Group<P extends Piece = Piece> {
  readonly kind: IoKind;
  /** In lower case: the host, the program or the SDK. */
  readonly service: string | undefined;
  readonly pieces: readonly P[];
}

/** Programs that are run as often have a class of their own, beside other processes: a class for one command is one too many. */
const FEW_RUNS = 3;

/** Tools of a shell and interpreters: what runs them is no client of theirs. */
export const ANY_PROGRAM =
  /^(?:echo|which|where|type|sh|bash|zsh|dash|cmd|powershell|pwsh|sudo|pkexec|su|env|test|true|false|cat|ls|rm|cp|mv|ln|mkdir|touch|chmod|chown|find|grep|sed|awk|head|tail|sort|open|start|xdg_open|node|bun|python|ruby|perl|java|nohup|timeout|sleep|kill|pkill|killall|ps)\d*$/;

export interface Grouping {
  /** Requests and SDK calls to one service share a class. */
  readonly sharesClients: boolean;
  /** The only request to a service goes to the class for the other requests, where there are some. */
  readonly joinsLone: boolean;
}

/** Sorts pieces by kind and service. */
export function grouped<P extends Piece>(
  pieces: readonly P[],
  services: ReadonlyMap<P, string | undefined>,
  { sharesClients, joinsLone }: Grouping,
): Group<P>[] {
  const processes = pieces.filter((one) => one.site.call.kind === 'process');
  const programOf = (piece: P): string | undefined => {
    const program = services.get(piece);
    return program === undefined || ANY_PROGRAM.test(program) ? undefined : program;
  };
  const runs = (program: string): number => processes.filter((one) => programOf(one) === program).length;
  // Where it is not said of each run which program it is, runs of one program are only some of them.
  const areKnown = processes.every((one) => programOf(one) !== undefined);
  const requests = pieces.filter((one) => one.site.call.kind === 'http');
  const isLone = (piece: P): boolean =>
    joinsLone &&
    requests.length > 1 &&
    requests.every((one) => one === piece || services.get(one) !== services.get(piece));
  const groups = new Map<string, Group<P> & { pieces: P[] }>();
  for (const piece of pieces) {
    const { kind } = piece.site.call;
    let service = services.get(piece);
    if (kind === 'process') {
      const program = programOf(piece);
      service =
        program !== undefined && areKnown && runs(program) >= Math.min(FEW_RUNS, processes.length)
          ? program
          : undefined;
    }
    if (kind === 'http' && isLone(piece)) service = undefined;
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

/** How a class or function makes the adapters that an earlier run has given it; the first group is the class. */
export const MAKES_ADAPTER = new RegExp(
  `(?<![\\w.])([A-Z]\\w*(?:${[...new Set(Object.values(SUFFIXES).flat()), 'Process'].join('|')}))\\(\\)`,
  'g',
);

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
  const bases = [about, stem === about ? whole : `${stem}${about}`, whole].map((one) => capital(short(one)));
  const named = bases.flatMap((base) => suffixes.map((suffix) => `${base}${suffix}`));
  // What is a client itself has requests that it makes.
  return [...new Set(named.map((name) => name.replace(/Client(?:Http)?Client$/, 'HttpClient')))];
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
