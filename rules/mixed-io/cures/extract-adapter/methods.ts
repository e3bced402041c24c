import type { Piece } from './piece';
import type { Subject } from './subject';
import { type Extension, numberedFree } from './words';

/** How a language names what a piece does. */
export interface MethodLanguage<S extends Subject, P extends Piece> {
  /** `read_file` or `readFile` of a verb and a noun. */
  joined(verb: string, noun: string): string;
  readonly extended: Extension;
  /** @param verb the last name of the callee */
  httpName(piece: P, subject: S, verb: string): string;
  /** @param program the one that the method's class is for */
  processName(piece: P, subject: S, verb: string, program: string | undefined): string;
  fileName(piece: P, subject: S, verb: string): string;
  sdkName(piece: P, subject: S, verb: string): string;
  /** The name of a method that serves several files: what it does with any of them. */
  commonFileName(piece: P, subject: S): string;
}

/** A name for the method that a piece becomes: what is done, and to what. Unique only as far as the pieces differ. */
function methodNameOf<S extends Subject, P extends Piece>(
  piece: P,
  subject: S,
  program: string | undefined,
  language: MethodLanguage<S, P>,
): string {
  const { kind, path } = piece.site.call;
  const verb = path.slice(path.lastIndexOf('.') + 1);
  switch (kind) {
    case 'http':
      return language.httpName(piece, subject, verb);
    case 'process':
      return language.processName(piece, subject, verb, program);
    case 'file':
      return language.fileName(piece, subject, verb);
    default:
      return language.sdkName(piece, subject, verb);
  }
}

/**
 * A name for the method of pieces that do the same, free among others. What serves several files has a name that fits all of them.
 * @param service that the method's class is for
 * @param apart what could tell the method apart from another one of its name
 */
export function methodNameFor<S extends Subject, P extends Piece>(
  pieces: readonly P[],
  service: string | undefined,
  subject: S,
  language: MethodLanguage<S, P>,
  isFree: (name: string) => boolean,
  apart: (name: string) => readonly string[],
): string {
  const piece = pieces[0]!;
  const names = new Set(pieces.map((one) => methodNameOf(one, subject, service, language)));
  const first = [...names][0]!;
  const name = names.size > 1 ? commonName(piece, first, subject, language) : first;
  if (isFree(name)) return name;
  return apart(name).find(isFree) ?? numberedFree(name, language.extended, isFree);
}

function commonName<S extends Subject, P extends Piece>(
  piece: P,
  first: string,
  subject: S,
  language: MethodLanguage<S, P>,
): string {
  switch (piece.site.call.kind) {
    case 'file':
      return language.commonFileName(piece, subject);
    case 'http':
      return language.joined(/^[a-z]+/.exec(first)![0], 'url');
    case 'process':
      // What the first of several functions is about says nothing of the others.
      return /^(?:run|start)/.test(first) ? language.joined(/^[a-z]+/.exec(first)![0], 'command') : first;
    default:
      return first;
  }
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
    const last = words.at(-1);
    const word = last === undefined ? '' : language.word(last.replace(/\.\w{1,4}$/, ''));
    if (word !== '') return isOfOne ? word.replace(/(?<=[^s])s$/, '') : word;
  }
  return undefined;
}

/** How a language names the values that several pieces of one method hand over. */
export interface SharedInputs<P extends Piece> {
  /** What another argument of a file's call than its first is, where the call says. */
  later(piece: P, at: number): string | undefined;
  /** A name that is taken, for the value at a position (0-based). */
  another(name: string, at: number): string;
}

/** Gives pieces that do the same one set of parameters: where the values are called differently, a name that fits all of them. */
export function aligned<P extends Piece>(pieces: readonly P[], language: SharedInputs<P>): P[] {
  const [first, ...others] = pieces;
  if (others.length === 0) return [first!];
  const names: string[] = [];
  for (const [at, { name }] of first!.inputs.entries()) {
    const isOne = others.every(({ inputs }) => inputs[at]!.name === name);
    const common = first!.site.call.kind !== 'file' ? name : at === 0 ? 'path' : (language.later(first!, at) ?? name);
    const isTaken =
      names.includes(common) ||
      pieces.some(
        (one) => one.names.has(common) || one.inputs.some((input, other) => other !== at && input.name === common),
      );
    const wanted = isOne || isTaken ? name : common;
    names.push(names.includes(wanted) ? language.another(wanted, at) : wanted);
  }
  return pieces.map((piece) => ({
    ...piece,
    inputs: piece.inputs.map((input, at) => ({ ...input, name: names[at]! })),
  }));
}
