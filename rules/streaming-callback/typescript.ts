import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import { withinFunction } from '../../core/facts/within-function';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { Binding, Scope } from '../../core/semantics/model';
import { FUNCTION_KINDS } from '../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, enclosingTypeScriptSymbol } from '../../core/syntax/typescript';
import { matchesAt, placesOfName } from '../../core/text/names';
import { type CallbackFact, FLOOR_LINES } from './facts';
import { Elements, isClosureByDesign } from './typescript-around';
import { capturedNames, isInLoop, isInside, isReadAgain, isReadFirst } from './typescript-captured';
import { isTrivial } from './typescript-flags';
import { ChangeGate } from './typescript-gate';
import { type HandedOn, handedOnAt } from './typescript-handed-on';
import { isReturnedByDesign } from './typescript-wrapper';

/** The functions of a file; those in other functions are looked at. */
export const TYPESCRIPT_KINDS: readonly string[] = [...FUNCTION_KINDS];

/** Whether the cure would refuse a callback. */
export type IsRefused = (node: SyntaxNode, file: ParsedFile) => boolean;

/** Finds callbacks with state. */
export function startTypeScript(file: ParsedFile, isRefused: IsRefused): FactVisitor<readonly CallbackFact[]> {
  const { text } = file.source;
  const found: CallbackFact[] = [];
  const ends: number[] = [];
  const elements = new Elements(file.source);
  let gate: ChangeGate | undefined;
  /** The file as the outermost function sees it. */
  let inside = file;
  return {
    visit: (node) => {
      if (!FUNCTION_KINDS.has(node.type)) return;
      const { startIndex, endIndex } = node;
      while (ends.length > 0 && ends.at(-1)! <= startIndex) ends.pop();
      ends.push(endIndex);
      if (ends.length === 1) {
        gate = new ChangeGate(text, startIndex, endIndex);
        inside = withinFunction(file, node);
        return;
      }
      if (!gate?.mayChange(startIndex, endIndex)) return;
      const fact = factOf(node, inside, gate, elements, isRefused);
      if (fact) found.push(fact);
    },
    finish: () => (found.length > 0 ? found : undefined),
  };
}

function factOf(
  node: SyntaxNode,
  file: ParsedFile,
  gate: ChangeGate,
  elements: Elements,
  isRefused: IsRefused,
): CallbackFact | undefined {
  const { source } = file;
  const lines = source.lineAt(node.endIndex) - source.lineAt(node.startIndex) + 1;
  if (lines < FLOOR_LINES) return undefined;
  const name = nameOf(node);
  const mayChange = () => gate.mayChangeOuter(node.startIndex, node.endIndex);
  // The cheaper question first: where a name goes asks for all its uses.
  const isNamed = bindsName(node);
  if (isNamed && !mayChange()) return undefined;
  const to = handedOn(node, name, file);
  if (to.length === 0 || !(isNamed || mayChange()) || isClosureByDesign(node, file, elements)) return undefined;
  const captured = capturedNames(node, file);
  const { reads, writes, mutates } = captured;
  const called = name ? source.slice(name.startIndex, name.endIndex) : '';
  if (writes.length + mutates.length === 0 || isTrivial(node, called, to, captured, file)) return undefined;
  if (to.every((one) => one.to === 'return') && isReturnedByDesign(node, writes.length > 0, file)) return undefined;
  const head = source.rangeOf(headOf(node));
  const again = writes.filter((one) => isReadAgain(one, node, file));
  return {
    name: called,
    symbol: enclosingTypeScriptSymbol(node, source) ?? '',
    head: [head.start.line, head.start.character, head.end.line, head.end.character],
    endLine: source.lineAt(node.endIndex),
    lines,
    reads: namesOf(reads),
    writes: namesOf(writes),
    mutates: namesOf(mutates),
    readAfter: namesOf([...writes, ...mutates].filter((one) => isReadOutside(one, node))),
    passedTo: [...new Set(to.map((one) => normaliseCode(one.to)))].sort(),
    asks: again.length === 0 ? 'no' : again.some((one) => isReadFirst(one, node, file)) ? 'first' : 'again',
    isRefused: isRefused(node, file),
    code: fingerprint(normaliseCode(source.slice(node.startIndex, node.endIndex))),
  };
}

/** The name of a function: its own, or that of the variable or property that it is the value of. */
export function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  const own = node.type === 'arrow_function' ? null : node.childForFieldName('name');
  if (own) return own;
  const { parent } = node;
  if (parent?.type === 'variable_declarator') return parent.childForFieldName('name') ?? undefined;
  return parent?.type === 'pair' ? (parent.childForFieldName('key') ?? undefined) : undefined;
}

/** Where a function is handed on: on the spot, or by its name. */
export function handedOn(node: SyntaxNode, name: SyntaxNode | undefined, file: ParsedFile): HandedOn[] {
  if (!bindsName(node)) {
    const to = handedOnAt(node, file);
    return to ? [to] : [];
  }
  if (name?.type !== 'identifier') return [];
  const uses = mentionsOf(name, enclosingTypeScriptFunction(node) ?? file.root, file).flatMap((use) => {
    const to = handedOnAt(use, file);
    return to ? [{ to, start: use.startIndex }] : [];
  });
  if (uses.length === 0) return [];
  const reads = new Set(file.semantics.bindingAt(name.startIndex)?.reads.map(({ start }) => start));
  return uses.filter(({ start }) => reads.has(start)).map(({ to }) => to);
}

/** Whether a function is declared, or is the value of a variable. */
export function bindsName(node: SyntaxNode): boolean {
  return node.type.endsWith('declaration') || node.parent?.type === 'variable_declarator';
}

/** Where a name stands without being called, whatever it means there: the syntax is asked before names are resolved. */
function mentionsOf(name: SyntaxNode, scope: SyntaxNode, { root, source }: ParsedFile): SyntaxNode[] {
  const word = source.slice(name.startIndex, name.endIndex);
  const { text } = source;
  const uses: SyntaxNode[] = [];
  for (const at of placesOfName(text, word, scope.startIndex, scope.endIndex)) {
    const end = at + word.length;
    if (matchesAt(text, CALLED_OR_BOUND, end) || /function\s$/.test(text.slice(Math.max(0, at - 9), at))) continue;
    const use = root.namedDescendantForIndex(at, end);
    if (use) uses.push(use);
  }
  return uses;
}

const CALLED_OR_BOUND = /\s*[(=:]/y;

function isReadOutside(binding: Binding, node: SyntaxNode): boolean {
  const inside = isInside(node);
  const owner = functionOf(binding.scope);
  return binding.reads.some(
    (read) => !inside(read) && (read.start >= node.endIndex || functionOf(read.scope) !== owner || isInLoop(node)),
  );
}

function functionOf(scope: Scope): Scope {
  let at = scope;
  while (at.kind !== 'function' && at.parent) at = at.parent;
  return at;
}

/** Up to the arrow, or in front of the body. */
function headOf(node: SyntaxNode): { startIndex: number; endIndex: number } {
  const arrow = node.children.find((one) => one.type === '=>');
  const before = node.childForFieldName('body')?.previousSibling;
  return { startIndex: node.startIndex, endIndex: (arrow ?? before ?? node).endIndex };
}

function namesOf(bindings: readonly Binding[]): string[] {
  return [...new Set(bindings.map(({ name }) => name))].sort();
}
