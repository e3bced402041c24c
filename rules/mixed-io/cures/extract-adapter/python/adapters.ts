import type { Adapter as AnyAdapter, AdapterMethod as AnyAdapterMethod } from '../adapters';
import { brandName } from '../brands';
import { classNames, type Group, grouped, holderNames } from '../groups';
import { methodNameFor, type SharedInputs } from '../methods';
import { serviceOf } from '../services';
import { snake, snakeWith } from '../words';
import { ownNoun, purposeOf } from './file-names';
import type { MethodCode } from './method-code';
import { METHODS } from './method-names';
import { longNounOf } from './nouns';
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
  const found = grouped(pieces, services, { fewRuns: 3, sharesClients: true });
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
  return holderNames(group, snake(className), group.service ?? '', snakeWith);
}

/**
 * A name for the method of pieces that do the same, free among others. What tells two methods apart is how they wait, what only one of
 * them takes, which file it is, or where they were called.
 * @param others the methods of the class so far, by name; undefined for those of an earlier run
 */
export function nameFor(
  pieces: readonly Piece[],
  { service }: Group,
  subject: Subject,
  others: ReadonlyMap<string, AdapterMethod | undefined>,
): string {
  const piece = pieces[0]!;
  const isFree = (name: string): boolean => !others.has(name);
  return methodNameFor(pieces, service, subject, METHODS, isFree, (name) => [
    ...apart(name, piece, others.get(name), subject),
    ...byFirstInput(name, piece),
    `${name}_for_${snake(piece.site.methodName).replace(/^do_/, '')}`,
  ]);
}

/** `put_workflow_file` of two requests that one function makes, by the variable that holds the URL. */
function byFirstInput(name: string, { site, inputs }: Piece): string[] {
  const own = snake(site.methodName);
  const noun = inputs[0]?.name.replace(/_(?:url|uri|endpoint|path|file)$/, '');
  return name.endsWith(own) && noun ? [`${name.split('_', 1)[0]!}_${noun}`] : [];
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

/** What the values of a file's call are named. */
export const SHARED_INPUTS: SharedInputs<Piece> = {
  later({ site, expression }, at) {
    const { path } = site.call;
    if (/copy|move|rename|replace|link/.test(path)) return 'target';
    return /write/.test(path) || (at === 1 && !expression) ? 'content' : undefined;
  },
  another: (name, at) => snakeWith(name, String(at)),
};
