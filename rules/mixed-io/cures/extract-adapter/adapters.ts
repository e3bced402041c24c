import type { IoKind } from '../../kinds';
import type { MethodCode } from './method-code';
import { commonFileName, methodNameOf, nounOf } from './method-names';
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

/** Sorts pieces by kind and service. Programs that are run once share a class, because a class for one command is one too many. */
export function groupsOf(pieces: readonly Piece[], subject: Subject): Group[] {
  const services = new Map(pieces.map((piece) => [piece, serviceOf(piece, subject)]));
  const runs = (service: string | undefined): number =>
    pieces.filter((one) => one.site.call.kind === 'process' && services.get(one) === service).length;
  const processes = pieces.filter((one) => one.site.call.kind === 'process').length;
  const groups = new Map<string, Group & { pieces: Piece[] }>();
  for (const piece of pieces) {
    const { kind } = piece.site.call;
    let service = services.get(piece);
    if (kind === 'process' && (runs(service) < 2 || service === undefined) && runs(service) < processes)
      service = undefined;
    const key = `${kind} ${service ?? ''}`;
    const known = groups.get(key);
    if (known) known.pieces.push(piece);
    else groups.set(key, { kind, service, pieces: [piece] });
  }
  return [...groups.values()];
}

/** Names for the class of a group, the best first. */
export function classNamesOf({ kind, service }: Group, subject: Subject): string[] {
  const stem = stemOf(subject);
  const about = service === undefined ? stem : brandName(service);
  const whole = subject.symbol.split('.').at(-1)!.replace(/^_+/, '');
  const suffixes: Readonly<Record<IoKind, readonly string[]>> = {
    http: ['Client', 'HttpClient'],
    cloud: ['Client', 'Sdk'],
    process: service === undefined ? ['Processes', 'Commands'] : ['Process', 'Commands'],
    file: ['Files', 'FileStore'],
    database: ['Queries'],
  };
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
 * tells two methods apart is where they were called.
 */
export function methodNameFor(
  pieces: readonly Piece[],
  { kind, service }: Group,
  subject: Subject,
  taken: ReadonlySet<string>,
): string {
  const [piece] = pieces;
  const names = new Set(pieces.map((one) => methodNameOf(one, subject, service)));
  const [first] = names;
  const isShared = names.size > 1;
  const common =
    kind === 'file' ? commonFileName(piece!, subject) : kind === 'http' ? `${first!.split('_', 1)[0]!}_url` : first!;
  const name = isShared ? common : first!;
  if (!taken.has(name)) return name;
  const noun = nounOf(piece!);
  const wider = `${name}_for_${noun}`;
  if (noun !== '' && !name.endsWith(noun) && !taken.has(wider)) return wider;
  for (let count = 2; ; count++) if (!taken.has(`${name}_${count}`)) return `${name}_${count}`;
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
      kind !== 'file' ? name : at === 0 ? 'path' : isPair ? 'target' : /write/.test(path) ? 'content' : name;
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
