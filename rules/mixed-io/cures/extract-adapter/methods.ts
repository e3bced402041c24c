import type { Least } from '../../worth';
import type { Group } from './groups';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** How a language names what a piece does: each gives the best name first. */
export interface MethodLanguage<S extends Subject, P extends Piece> {
  /** @param verb the last name of the callee */
  httpNames(piece: P, subject: S, verb: string): readonly string[];
  /** @param program the one that the method's class is for */
  processNames(piece: P, subject: S, verb: string, program: string | undefined): readonly string[];
  fileNames(piece: P, subject: S, verb: string): readonly string[];
  sdkNames(piece: P, subject: S, verb: string): readonly string[];
}

/** Names for the method that a piece becomes: what is done, and to what where that is certain. */
function namesOf<S extends Subject, P extends Piece>(
  piece: P,
  subject: S,
  program: string | undefined,
  language: MethodLanguage<S, P>,
): readonly string[] {
  const { kind, path } = piece.site.call;
  const verb = path.slice(path.lastIndexOf('.') + 1);
  switch (kind) {
    case 'http':
      return language.httpNames(piece, subject, verb);
    case 'process':
      return language.processNames(piece, subject, verb, program);
    case 'file':
      return language.fileNames(piece, subject, verb);
    default:
      return language.sdkNames(piece, subject, verb);
  }
}

/** Pieces that become one method, and its name. */
export interface Named<P extends Piece> {
  readonly name: string;
  readonly pieces: readonly P[];
}

/** A group whose methods have their names. */
export interface Arranged<P extends Piece> extends Group<P> {
  readonly methods: readonly Named<P>[];
}

export interface Arrangement<P extends Piece> {
  readonly methods: readonly Named<P>[];
  /** What is told from a method of its name by nothing that a name could say. */
  readonly unnamed: readonly P[];
}

/** How a language makes methods of the pieces of one class. */
export interface Arranging<S extends Subject, P extends Piece> extends MethodLanguage<S, P> {
  /** Pieces that can be one method stand together. */
  alike(pieces: readonly P[], subject: S): readonly (readonly P[])[];
  /** A piece that is handed what it is about, its command or URL; undefined where there is none. */
  whole(piece: P, subject: S): P | undefined;
  /** Whether its method waits, or hands a promise on. */
  waits(piece: P): boolean;
  /** What tells a method from one of its name that waits or does not. */
  waitingName(name: string, isWaiting: boolean): string;
  /** Operations that a method is worth: none where it hands all on that it is handed. */
  weightOf(method: Named<P>, subject: S): number;
  /** Whether a piece is more than one call: what opens, asks and checks. */
  isProtocol(piece: P, subject: S): boolean;
  /** Whether a piece is statements and no call alone, where the language tells. */
  isBlock?(piece: P): boolean;
  /** Whether a call stands where there is no object, only the class, where the language tells. */
  isStatic?(site: P['site']): boolean;
  /** Whether the class is for the calls of a group itself, so that an adapter would be a second one. */
  isOwnJob?(group: Group<P>, subject: S): boolean;
  /** What a class for the calls of a group is to have, where that is more than any class is. */
  leastOf?(group: Arranged<P>, subject: S): Least | undefined;
}

/**
 * Gives each method a name of its own. Methods that would be called the same do the same to different things: they are handed what
 * differs, and are one. No name has a number.
 * @param taken names of the class that an earlier run has made
 */
export function arranged<S extends Subject, P extends Piece>(
  pieces: readonly P[],
  service: string | undefined,
  subject: S,
  language: Arranging<S, P>,
  taken: ReadonlySet<string> = new Set(),
): Arrangement<P> {
  let all = pieces;
  for (;;) {
    const methods: Named<P>[] = [];
    const unnamed: (readonly P[])[] = [];
    const used = new Set(taken);
    for (const alike of language.alike(all, subject)) {
      const names = commonNames(alike, subject, service, language);
      const name = names.find((one) => !used.has(one)) ?? waitingName(names, alike[0]!, methods, used, language);
      if (name === undefined) unnamed.push(alike);
      else {
        methods.push({ name, pieces: alike });
        used.add(name);
      }
    }
    if (unnamed.length === 0) return { methods, unnamed: [] };
    const wanted = new Set(unnamed.flatMap((alike) => namesOf(alike[0]!, subject, service, language).slice(0, 1)));
    const isMeant = (piece: P): boolean =>
      unnamed.some((alike) => alike.includes(piece)) ||
      methods.some((one) => wanted.has(one.name) && one.pieces.includes(piece));
    const anew = all.map((piece) => (isMeant(piece) ? (language.whole(piece, subject) ?? piece) : piece));
    if (anew.every((piece, at) => piece === all[at])) return { methods, unnamed: unnamed.flat() };
    all = anew;
  }
}

/** `get_async` beside a `get` that does not wait, and the other way round. */
function waitingName<S extends Subject, P extends Piece>(
  names: readonly string[],
  piece: P,
  methods: readonly Named<P>[],
  used: ReadonlySet<string>,
  language: Arranging<S, P>,
): string | undefined {
  const isWaiting = language.waits(piece);
  const twin = names.find((name) =>
    methods.some((one) => one.name === name && language.waits(one.pieces[0]!) !== isWaiting),
  );
  const name = twin === undefined ? undefined : language.waitingName(twin, isWaiting);
  return name === undefined || used.has(name) ? undefined : name;
}

/** The names that all pieces may have. */
function commonNames<S extends Subject, P extends Piece>(
  pieces: readonly P[],
  subject: S,
  service: string | undefined,
  language: MethodLanguage<S, P>,
): readonly string[] {
  const [first, ...others] = pieces.map((one) => namesOf(one, subject, service, language));
  const names = first!.filter((name) => others.every((more) => more.includes(name)));
  return names;
}

/** `chat.completions.create` creates completions: the part of an SDK that a word says too little without; undefined for other words. */
export function partOfSdk(path: string, verb: string): string | undefined {
  const owner = path.split('.').at(-2) ?? '';
  const isPart = /^[a-z]\w*$/.test(owner) && path.split('.').length > 2;
  const isVague = /^(?:create|get|list|delete|update|generate|retrieve|search|execute|run|send|query|insert)$/.test(
    verb,
  );
  return isPart && isVague ? owner : undefined;
}

/** How a language writes the path of a URL. */
export interface UrlLanguage {
  /** The path behind a host or a value; its first group is the path. */
  readonly absolute: RegExp;
  /** A path that the text starts with; its first group is the path. */
  readonly relative: RegExp;
  /** What a value in the text starts with. */
  readonly value: string;
  word(written: string): string;
}

/** The last word of a URL's path that is written out: `tags` of `{endpoint}/api/tags`. */
export function pathNoun(url: string, language: UrlLanguage): string | undefined {
  for (const piece of url.split(/\s+/)) {
    const path = language.absolute.exec(piece)?.[1] ?? language.relative.exec(piece)?.[1];
    if (path === undefined) continue;
    const parts = path.split('/').filter((one) => one !== '');
    const isOfOne = parts.at(-1)?.startsWith(language.value) ?? false;
    const words = parts.filter((one) => /^[A-Za-z][\w.-]*$/.test(one) && !/^(?:api|v\d+\w*|rest|json|xml)$/i.test(one));
    // A branch or a list says nothing of what is there.
    const last =
      words.findLast((one) => !/^(?:master|main|head|latest|index|all|list|new)$/i.test(one)) ?? words.at(-1);
    const word = last === undefined ? '' : language.word(last.replace(/\.\w{1,4}$/, ''));
    if (word !== '') return isOfOne ? word.replace(/(?<=[^s])s$/, '') : word;
  }
  return undefined;
}

/**
 * Gives pieces that do the same one set of parameters: where the values are called differently, a name that says what they are for.
 * @param isOptional whether a value may be left out, and so is told by its name and not by its place
 * @param roleOf what a value at a position is for, where that is known
 */
export function aligned<P extends Piece>(
  pieces: readonly P[],
  isOptional: (input: P['inputs'][number]) => boolean,
  roleOf: (piece: P, at: number) => string | undefined,
): P[] {
  const [first, ...others] = pieces;
  if (others.length === 0) return [first!];
  const names: string[] = [];
  const places = (piece: P): P['inputs'] => piece.inputs.filter((one) => !isOptional(one));
  for (const [at, { name }] of places(first!).entries()) {
    const isOne = others.every((one) => places(one)[at]!.name === name);
    const role = isOne ? undefined : roleOf(first!, at);
    const isFree = (one: string): boolean =>
      !names.includes(one) && !pieces.some((piece) => piece.names.has(one) || isOther(piece, one, at));
    const said = [role, ...byFrequency(pieces.map((one) => places(one)[at]!.name))];
    names.push(said.find((one) => one !== undefined && (one === name || isFree(one))) ?? name);
  }
  return pieces.map((piece) => {
    let at = 0;
    const inputs = piece.inputs.map((input) => (isOptional(input) ? input : { ...input, name: names[at++]! }));
    return { ...piece, inputs };
  });
}

/** What most of them say comes first. */
function byFrequency(names: readonly string[]): string[] {
  const count = (name: string): number => names.filter((one) => one === name).length;
  return [...new Set(names)].sort((a, b) => count(b) - count(a));
}

function isOther({ inputs }: Piece, name: string, at: number): boolean {
  return inputs.some((input, other) => other !== at && input.name === name);
}
