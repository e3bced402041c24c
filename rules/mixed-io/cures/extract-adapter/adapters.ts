import { Refusal } from '../../../../core/edit/refusal';
import type { IoKind } from '../../kinds';
import { commonFileName, ownNoun, purposeOf } from './file-names';
import type { MethodCode } from './method-code';
import { methodNameOf } from './method-names';
import { longNounOf } from './nouns';
import type { Piece } from './piece';
import { brandName, serviceOf, snake, stemOf } from './services';
import type { Subject } from './subject';

/** The pieces that one class takes in: one kind of I/O, and one service where the code says which. */
export interface Group {
  readonly kind: IoKind;
  /** In lower case: the host, the program or the SDK. */
  readonly service: string | undefined;
  readonly pieces: readonly Piece[];
}

export interface AdapterMethod {
  readonly name: string;
  /** Pieces of equal code, each with the values that it hands over. */
  readonly pieces: readonly Piece[];
  readonly code: MethodCode;
}

/** More classes than these for one are too many: single calls of one kind share one then. */
const MANY = 4;

/**
 * Sorts pieces by kind and service. What a program's runs are too few for shares a class with other processes, because a class for one
 * command is one too many; requests and SDK calls to one service share theirs.
 */
export function groupsOf(pieces: readonly Piece[], subject: Subject): Group[] {
  const services = new Map(pieces.map((piece) => [piece, serviceOf(piece, subject)]));
  // The requests of a class that is about one service go there, where nothing else is known of them.
  const known = [...services.values()].find(
    (one) => one && subject.symbol.toLowerCase().includes(one.replaceAll('_', '')),
  );
  for (const [piece, service] of services)
    if (piece.site.call.kind === 'http' && service === undefined) services.set(piece, known);
  const processes = pieces.filter((one) => one.site.call.kind === 'process');
  const runs = (service: string | undefined): number => processes.filter((one) => services.get(one) === service).length;
  const groups = new Map<string, Group & { pieces: Piece[] }>();
  for (const piece of pieces) {
    const { kind } = piece.site.call;
    let service = services.get(piece);
    if (kind === 'process' && runs(service) < Math.min(FEW_RUNS, processes.length)) service = undefined;
    const isClient = service !== undefined && (kind === 'http' || kind === 'cloud');
    const key = `${isClient ? 'client' : kind} ${service ?? ''}`;
    const known = groups.get(key);
    if (known) known.pieces.push(piece);
    else groups.set(key, { kind, service, pieces: [piece] });
  }
  const found = [...groups.values()];
  return found.length > MANY ? withoutSingles(found) : found;
}

/** Programs that are run as often have a class of their own, beside other processes. */
const FEW_RUNS = 3;

/** Requests to several services of which each gets one are requests of the class. */
function withoutSingles(groups: readonly Group[]): Group[] {
  const isSingle = ({ kind, pieces }: Group): boolean => kind === 'http' && pieces.length === 1;
  const singles = groups.filter(isSingle);
  if (singles.length < 2) return [...groups];
  const pieces = groups
    .filter(({ kind, service }) => kind === 'http' && service === undefined)
    .flatMap((one) => one.pieces);
  const shared: Group = {
    kind: 'http',
    service: undefined,
    pieces: [...new Set([...pieces, ...singles.flatMap((one) => one.pieces)])],
  };
  return [...groups.filter((one) => !isSingle(one) && !(one.kind === 'http' && one.service === undefined)), shared];
}

/**
 * Calls of one kind may share an adapter where the user gives it its name.
 * @throws Refusal `several-adapters`
 */
export function underName(groups: readonly Group[], name: string | undefined): readonly Group[] {
  const [first, ...others] = groups;
  if (name === undefined || others.length === 0) return groups;
  if (others.some(({ kind }) => kind !== first!.kind))
    throw new Refusal('several-adapters', { name, count: groups.length });
  return [{ kind: first!.kind, service: undefined, pieces: groups.flatMap((one) => one.pieces) }];
}

/** Names for the class of a group, the best first. */
export function classNamesOf({ kind, service }: Group, subject: Subject): string[] {
  const stem = stemOf(subject);
  const about = service === undefined ? stem : brandName(service, subject.symbol);
  const whole = subject.symbol.split('.').at(-1)!.replace(/^_+/, '');
  const suffixes: Readonly<Record<IoKind, readonly string[]>> = {
    http: ['Client', 'HttpClient'],
    cloud: ['Client', 'Sdk'],
    process: service === undefined ? ['Processes', 'Commands'] : ['Process', 'Commands'],
    file: ['Files', 'FileStore'],
    database: ['Queries'],
  };
  // A class about processes has processes of the system.
  if (kind === 'process' && /Process$/.test(about)) return ['SystemProcesses', `${whole}Commands`];
  const bases = [about, stem === about ? whole : `${stem}${about}`, whole].map(
    (one) => one.charAt(0).toUpperCase() + one.slice(1),
  );
  return [...new Set(bases.flatMap((base) => suffixes[kind].map((suffix) => `${base}${suffix}`)))];
}

/** Names for the attribute that holds an adapter, the best first; without underscore they are its parameter's. */
export function attributeNamesOf({ kind, service }: Group, className: string): string[] {
  const whole = snake(className);
  if (kind === 'file') return ['files', whole, `${whole}_adapter`];
  if (kind === 'process') return [service === undefined ? 'processes' : whole, whole, `${whole}_adapter`];
  return [service ?? 'client', whole, `${whole}_adapter`];
}

/**
 * A name for the method of pieces that do the same, free among others. What serves several files has a name that fits all of them; what
 * tells two methods apart is how they wait, what only one of them takes, which file it is, or where they were called.
 * @param others the methods of the class so far, by name; undefined for those of an earlier run
 */
export function methodNameFor(
  pieces: readonly Piece[],
  { service }: Group,
  subject: Subject,
  others: ReadonlyMap<string, AdapterMethod | undefined>,
): string {
  const [piece] = pieces;
  const { kind } = piece!.site.call;
  const names = new Set(pieces.map((one) => methodNameOf(one, subject, service)));
  const [first] = names;
  const isShared = names.size > 1;
  const common =
    kind === 'file' ? commonFileName(piece!, subject) : kind === 'http' ? `${first!.split('_', 1)[0]!}_url` : first!;
  const name = isShared ? common : first!;
  if (!others.has(name)) return name;
  const candidates = [
    ...apart(name, piece!, others.get(name), subject),
    `${name}_for_${snake(piece!.site.methodName).replace(/^do_/, '')}`,
  ];
  const free = candidates.find((one) => !others.has(one));
  if (free !== undefined) return free;
  for (let count = 2; ; count++) if (!others.has(`${name}_${count}`)) return `${name}_${count}`;
}

/** What could tell a method apart from one that has its name. */
function apart(name: string, piece: Piece, other: AdapterMethod | undefined, subject: Subject): string[] {
  const found: string[] = [];
  if (other && other.code.isAsync !== piece.isAsync) found.push(`${name}_${piece.isAsync ? 'async' : 'sync'}`);
  const literal = piece.site.call.kind === 'file' ? ownNoun(piece, subject) : undefined;
  if (literal !== undefined) found.push(`${name.split('_', 1)[0]!}_${literal}`);
  const purpose = purposeOf(piece, subject);
  if (purpose !== undefined) found.push(`${name}_for_${purpose}`);
  const known = other ? other.pieces[0]!.inputs.map((one) => one.name) : [];
  const extra = other ? piece.inputs.filter((one) => !known.includes(one.name)).map((one) => one.name) : [];
  const noun = longNounOf(piece);
  const byNoun = noun === '' || name.endsWith(noun) ? [] : [`${name}_for_${noun}`];
  const byInput =
    extra.length === 0 || known.length !== piece.inputs.length - 1 ? [] : [`${name}_with_${extra.at(-1)!}`];
  return [...found, ...byInput, ...byNoun];
}

/** Gives pieces that do the same one set of parameters: where the values are called differently, a name that fits all of them. */
export function aligned(pieces: readonly Piece[]): Piece[] {
  const [first, ...others] = pieces;
  if (others.length === 0) return [first!];
  const { kind, path } = first!.site.call;
  const names: string[] = [];
  for (const [at, { name }] of first!.inputs.entries()) {
    const isOne = others.every(({ inputs }) => inputs[at]!.name === name);
    const isPair = /copy|move|rename|replace|link/.test(path);
    const common =
      kind !== 'file'
        ? name
        : at === 0
          ? 'path'
          : isPair
            ? 'target'
            : /write/.test(path) || (at === 1 && !first!.expression)
              ? 'content'
              : name;
    const isTaken =
      names.includes(common) ||
      pieces.some(
        (one) => one.names.has(common) || one.inputs.some((input, other) => other !== at && input.name === common),
      );
    const wanted = isOne || isTaken ? name : common;
    names.push(names.includes(wanted) ? `${wanted}_${at}` : wanted);
  }
  return pieces.map((piece) => ({
    ...piece,
    inputs: piece.inputs.map((input, at) => ({ ...input, name: names[at]! })),
  }));
}
