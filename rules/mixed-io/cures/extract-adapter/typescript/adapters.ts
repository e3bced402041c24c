import type { IoKind } from '../../../kinds';
import { brandName } from '../services';
import { camel, commonFileName, methodNameOf, nounOf } from './method-names';
import type { Piece } from './piece';
import { commandOf, serviceOf, stemOf } from './services';
import type { Subject } from './subject';

/** The pieces that one class takes in: one kind of I/O, and one service where the code says which. */
export interface Group {
  readonly kind: IoKind;
  /** In lower case: the host, the program or the SDK. */
  readonly service: string | undefined;
  readonly pieces: readonly Piece[];
}

/** Sorts pieces by kind and service. Programs that are run once share a class, because a class for one command is one too many. */
export function groupsOf(pieces: readonly Piece[], subject: Subject): Group[] {
  const services = new Map(pieces.map((piece) => [piece, serviceOf(piece, subject)]));
  const processes = pieces.filter((one) => one.site.call.kind === 'process');
  const runs = (service: string | undefined): number => processes.filter((one) => services.get(one) === service).length;
  const groups = new Map<string, Group & { pieces: Piece[] }>();
  for (const piece of pieces) {
    const { kind } = piece.site.call;
    let service = services.get(piece);
    if (kind === 'process' && (service === undefined || runs(service) < 2) && runs(service) < processes.length)
      service = undefined;
    const key = `${kind} ${service ?? ''}`;
    const known = groups.get(key);
    if (known) known.pieces.push(piece);
    else groups.set(key, { kind, service, pieces: [piece] });
  }
  return [...groups.values()];
}

const SUFFIXES: Readonly<Record<IoKind, readonly string[]>> = {
  http: ['Client', 'HttpClient'],
  cloud: ['Client', 'Sdk'],
  process: ['Processes', 'Commands'],
  file: ['Files', 'FileStore'],
  database: ['Queries'],
};

/** Names for the class of a group, the best first. */
export function classNamesOf({ kind, service }: Group, subject: Subject): string[] {
  const stem = stemOf(subject);
  const about = service === undefined ? stem : brandName(service);
  const whole =
    subject.symbol
      .split('.')
      .at(-1)!
      .replace(/^[_$#]+/, '') || stem;
  const suffixes = kind === 'process' && service !== undefined ? ['Process', 'Commands'] : SUFFIXES[kind];
  const bases = [about, stem === about ? whole : `${stem}${about}`, whole].map((one) => {
    // `PidFile` has `PidFiles`.
    const short =
      kind === 'file'
        ? one.replace(/(?<=\w)Files?$/, '')
        : kind === 'process'
          ? one.replace(/(?<=\w)Process$/, '')
          : one;
    return short.charAt(0).toUpperCase() + short.slice(1);
  });
  return [...new Set(bases.flatMap((base) => suffixes.map((suffix) => `${base}${suffix}`)))];
}

/** Names for the field that holds an adapter, the best first. */
export function fieldNamesOf({ kind, service }: Group, className: string): string[] {
  const whole = className.charAt(0).toLowerCase() + className.slice(1);
  if (kind === 'file') return ['files', whole, `${whole}Adapter`];
  if (kind === 'process') return [service === undefined ? 'processes' : whole, whole, `${whole}Adapter`];
  return [service === undefined ? 'client' : camel(service), whole, `${whole}Adapter`];
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
  const common =
    kind === 'file' ? commonFileName(piece!) : kind === 'http' ? `${/^[a-z]+/.exec(first!)![0]}Url` : first!;
  const name = names.size > 1 ? common : first!;
  if (!taken.has(name)) return name;
  const noun = nounOf(piece!);
  const wider = camel(name, 'for', noun);
  if (noun !== '' && !name.toLowerCase().endsWith(noun.toLowerCase()) && !taken.has(wider)) return wider;
  for (let count = 2; ; count++) if (!taken.has(`${name}${count}`)) return `${name}${count}`;
}

/** Gives pieces that do the same one set of parameters: where the values are called differently, a name that fits all of them. */
export function aligned(pieces: readonly Piece[]): Piece[] {
  const [first, ...others] = pieces;
  if (others.length === 0) return [first!];
  const { kind, path } = first!.site.call;
  const names: string[] = [];
  for (const [at, { name }] of first!.inputs.entries()) {
    const isOne = others.every(({ inputs }) => inputs[at]!.name === name);
    const isPair = /(?:copy|cp|move|rename|link)\w*$/i.test(path);
    const common =
      kind !== 'file' ? name : at === 0 ? 'path' : isPair ? 'target' : /write|append/i.test(path) ? 'content' : name;
    const isTaken =
      names.includes(common) ||
      pieces.some(
        (one) => one.names.has(common) || one.inputs.some((input, other) => other !== at && input.name === common),
      );
    const wanted = isOne || isTaken ? name : common;
    names.push(names.includes(wanted) ? `${wanted}${at + 1}` : wanted);
  }
  return pieces.map((piece) => ({
    ...piece,
    inputs: piece.inputs.map((input, at) => ({ ...input, name: names[at]! })),
  }));
}

/** What the comment of an adapter's class says. */
export function headline({ kind, service, pieces }: Group, subject: Subject): string {
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
