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

/**
 * Names that the text assigns something to that starts like this. One pass over the text, so that the tree and the semantic model are
 * asked only about names that may hold what is looked for.
 * @param value how the value starts, behind the `=` and white space
 */
export function assignedNames(text: string, value: RegExp): Set<string> {
  const names = new Set<string>();
  for (const hit of text.matchAll(value)) {
    const name = /([\w$]+)[ \t]*(?::[^=\n]*)?$/.exec(text.slice(Math.max(0, hit.index - 120), hit.index))?.[1];
    if (name) names.add(name);
  }
  return names;
}

/** `NAME` of `self.NAME`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

export function sliceOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
