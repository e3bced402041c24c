import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction, enclosingPythonSymbol } from '../../core/syntax/python';
import { enclosingTypeScriptFunction, enclosingTypeScriptSymbol } from '../../core/syntax/typescript';
import { type At, atOf } from './facts';

/** What every fact says about where it stands. */
export interface PlaceFact {
  readonly at: At;
  readonly symbol?: string;
  readonly scope?: number;
}

/** @param isGuard the place is a check of the function around it, and not a constraint that is declared there */
export function placeOf(file: ParsedFile, node: SyntaxNode, isGuard: boolean): PlaceFact {
  const isPython = file.family === 'python';
  const symbol = (isPython ? enclosingPythonSymbol : enclosingTypeScriptSymbol)(node, file.source);
  const holder = isGuard ? (isPython ? enclosingPythonFunction : enclosingTypeScriptFunction)(node) : undefined;
  // Callbacks that are handed to a schema are checks of their own.
  const scope = holder && holder.parent?.type !== 'arguments' ? file.source.lineAt(holder.startIndex) : undefined;
  return {
    at: atOf(file, node.startIndex, node.endIndex),
    ...(symbol ? { symbol } : {}),
    ...(scope === undefined ? {} : { scope }),
  };
}

const TAB = 9;
const SPACE = 32;
const COLON = 58;
const EQUALS = 61;

/** No value that is looked for is longer. */
const MAX_VALUE = 20_000;

/**
 * Says whether a text assigns a name something that looks like what is sought. Looks at the places of that name alone, so that the tree
 * and the semantic model, which cost far more, are asked only about names that may hold it.
 */
export class Assigned {
  private readonly known = new Map<string, boolean>();
  private readonly value: RegExp;

  /** @param value source of a pattern for the value, or for how it starts */
  constructor(
    private readonly text: string,
    value: string,
  ) {
    this.value = patternBehindName(value);
  }

  has(name: string): boolean {
    if (name === '') return false;
    let found = this.known.get(name);
    if (found === undefined) {
      found = this.isAssigned(name);
      this.known.set(name, found);
    }
    return found;
  }

  private isAssigned(name: string): boolean {
    const { text } = this;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      const end = at + name.length;
      let next = end;
      while (text.charCodeAt(next) === SPACE || text.charCodeAt(next) === TAB) next++;
      const code = text.charCodeAt(next);
      if ((code !== COLON && code !== EQUALS) || /[\w$]/.test(text.charAt(at - 1))) continue;
      if (this.value.test(text.slice(end, end + MAX_VALUE))) return true;
    }
    return false;
  }
}

const patterns = new Map<string, RegExp>();

function patternBehindName(value: string): RegExp {
  let pattern = patterns.get(value);
  if (!pattern) {
    pattern = new RegExp(String.raw`^[ \t]*(?::[^=\n]*)?=\s*${value}`);
    patterns.set(value, pattern);
  }
  return pattern;
}

/** `NAME` of `self.NAME`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

export function sliceOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
