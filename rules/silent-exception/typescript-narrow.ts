import type { ParsedFile } from '../../core/facts/parsed-file';
import { type FunctionView, withinFunction } from '../../core/facts/within-function';
import type { SyntaxNode } from '../../core/syntax/node';
import { TYPESCRIPT_RESERVED } from '../../core/syntax/reserved-words';
import { enclosingTypeScriptFunction } from '../../core/syntax/typescript';
import { matchesAt, placesOfName } from '../../core/text/names';
import { OwnNames } from './cures/own-names';
import { isNarrowable } from './cures/typescript/raised';
import { KNOWN_CALLS } from './cures/typescript/raised-table';
import { withoutStrings } from './words';

/** Finds out which handlers of a file could throw on what they do not expect, and resolves as few names for it as it can. */
export class Narrowing {
  private readonly own: OwnNames;
  /** By the offsets of the functions. */
  private readonly views = new Map<number, FunctionView>();
  private readonly ofModule = new Map<string, boolean>();

  constructor(private readonly file: ParsedFile) {
    this.own = new OwnNames(file.source.text);
  }

  /**
   * Names are resolved where each call could be known.
   * @param code what of the guarded statements can reach the handler
   */
  canNarrow(attempt: SyntaxNode, code: string): boolean {
    if (!mayThrowKnown(code) || !KNOWN_CALLS.mayKnow(code, this.own)) return false;
    const guarded = attempt.childForFieldName('body');
    return guarded !== null && isNarrowable(this.viewFor(guarded, code) ?? this.file, guarded);
  }

  /** The file as the function around the guarded code sees it; undefined where that code may name something of the module. */
  private viewFor(guarded: SyntaxNode, code: string): ParsedFile | undefined {
    const fn = outermostFunction(guarded);
    if (!fn || /\b(?:this|super)\b/.test(code)) return undefined;
    const names = [...withoutStrings(code).matchAll(NAME)].filter(([, name]) => !TYPESCRIPT_RESERVED.has(name!));
    if (names.every(([, name]) => !this.mayBeOfModule(name!))) return this.viewOf(fn);
    const { semantics } = this.viewOf(fn);
    const scope = semantics.scopeAt(guarded.startIndex + 1);
    // A function of the file may itself name something of the module.
    const isSettled = ([, name, call]: RegExpMatchArray) =>
      semantics.lookup(name!, scope) ? call === undefined : !this.mayBeOfModule(name!);
    return names.every(isSettled) ? this.viewOf(fn) : undefined;
  }

  private viewOf(fn: SyntaxNode): FunctionView {
    let view = this.views.get(fn.startIndex);
    if (!view) {
      view = withinFunction(this.file, fn);
      this.views.set(fn.startIndex, view);
    }
    return view;
  }

  /** Whether the file may declare or import a name: it does, or the name stands somewhere without a call, a member or a value behind it. */
  private mayBeOfModule(name: string): boolean {
    let answer = this.ofModule.get(name);
    if (answer === undefined) {
      answer = this.own.has(name) || this.standsAlone(name);
      this.ofModule.set(name, answer);
    }
    return answer;
  }

  private standsAlone(name: string): boolean {
    const { text } = this.file.source;
    for (const at of placesOfName(text, name)) if (!matchesAt(text, BEHIND, at + name.length)) return true;
    return false;
  }
}

/** A member, a call or a type. */
const BEHIND = /\s*(?:\??\.|[(:])/y;

/** A name that is no member and no key, and the parenthesis of a call behind it. */
const NAME = /(?<![\w$.])(?!\d|\$\{|(?<=[{,]\s*)[\w$]+\s*:)([\w$]+)(?:\s*(?:\?\.)?(\())?/g;

function outermostFunction(node: SyntaxNode): SyntaxNode | undefined {
  let outermost = enclosingTypeScriptFunction(node);
  for (let at = outermost; at; at = enclosingTypeScriptFunction(at)) outermost = at;
  return outermost;
}

/** Only calls and `throw` throw what a table knows; what the value of an expression throws when it is called, nobody knows. */
function mayThrowKnown(code: string): boolean {
  return !code.includes(')(') && (/\bthrow\b/.test(code) || /[\w$]\s*(?:\?\.)?\(/.test(code.replace(KEYWORDS, '')));
}

/** Keywords with a parenthesis that is no call. */
const KEYWORDS = /\b(?:if|for|while|switch|catch|typeof|return|await)\s*(?=\()/g;
