import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { handedOn, nameOf } from '../../../typescript';
import { type CapturedNames, capturedNames } from '../../../typescript-captured';
import type { Candidate } from './args';
import { methodOf } from './names';

/** A function that is handed on, and may become a method. */
export interface HandedFunction {
  readonly node: SyntaxNode;
  readonly captured: CapturedNames;
  readonly candidate: Candidate;
  /** All that it is handed to, as written. */
  readonly to: readonly string[];
}

export function candidateOf(node: SyntaxNode, file: ParsedFile): HandedFunction | undefined {
  const name = nameOf(node);
  const to = handedOn(node, name, file).map((one) => one.to);
  if (to.length === 0) return undefined;
  const captured = capturedNames(node, file);
  const own = name ? file.source.slice(name.startIndex, name.endIndex).replace(/^['"]|['"]$/g, '') : '';
  const literal = literalOf(node);
  const candidate = {
    start: node.startIndex,
    end: node.endIndex,
    method: methodOf({ name: own, to }),
    to: to[0]!,
    ...(literal ? { literal: literal.startIndex } : {}),
    writes: captured.writes.map((one) => one.name),
    mutates: captured.mutates.map((one) => one.name),
  };
  return { node, captured, candidate, to };
}

function literalOf({ type, parent }: SyntaxNode): SyntaxNode | undefined {
  const holder = type === 'method_definition' ? parent : parent?.type === 'pair' ? parent.parent : null;
  return holder?.type === 'object' ? holder : undefined;
}

/** The functions within a function that are handed on, in the order of the text. */
export function candidatesIn(outermost: SyntaxNode, file: ParsedFile): HandedFunction[] {
  return outermost.descendantsOfType([...FUNCTION_KINDS]).flatMap((one) => {
    if (one.id === outermost.id || one.hasError) return [];
    return candidateOf(one, file) ?? [];
  });
}

export function outermostFunction(node: SyntaxNode): SyntaxNode | undefined {
  let around = enclosingTypeScriptFunction(node);
  for (let next = around; next; next = enclosingTypeScriptFunction(next)) around = next;
  return around;
}
