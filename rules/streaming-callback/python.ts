import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { PythonBinding, PythonModel, PythonScope } from '../../core/semantics/python/index';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction, enclosingPythonSymbol } from '../../core/syntax/python';
import { type CallbackFact, FLOOR_LINES } from './facts';
import { type Captured, capturedBy, isWithin } from './python-captured';
import { isDecorating } from './python-decorating';
import { candidatesIn, mayChangeOuter } from './python-gate';
import { handedOn, mayBeHandedOn } from './python-handed-on';

/** Whether the cure would refuse the callback at an offset, which is handed to these. */
export type IsRefused = (start: number, passedTo: readonly string[], file: ParsedFile) => boolean;

/** Finds callbacks with state; the tree is asked only where the text shows one. */
export function startPython(file: ParsedFile, isRefused: IsRefused): FactVisitor<readonly CallbackFact[]> {
  return {
    finish: () => {
      const found = candidatesIn(file).flatMap(({ start, name }) => factAt(start, name, file, isRefused) ?? []);
      return found.length > 0 ? found : undefined;
    },
  };
}

function factAt(start: number, name: string, file: ParsedFile, isRefused: IsRefused): CallbackFact | undefined {
  const { source } = file;
  const node = definitionAt(start, file);
  if (!node || node.hasError) return undefined;
  const lines = source.lineAt(node.endIndex) - source.lineAt(node.startIndex) + 1;
  // What the syntax tells comes before what asks for the model of the file.
  if (lines < FLOOR_LINES || !mayChangeOuter(node, file) || isOfTest(node, file)) return undefined;
  if (!mayBeHandedOn(name, node, isGenerator(node), file)) return undefined;
  const callback = callbackAt(start, file);
  if (!callback) return undefined;
  const { scope, binding, captured } = callback;
  const { reads, writes, mutates } = captured;
  if (writes.length + mutates.length === 0) return undefined;
  const to = handedOn(binding, node, isGenerator(node), file);
  if (to.length === 0 || isDecorating(node, to, file)) return undefined;
  const range = source.rangeOf(headOf(node));
  const passedTo = [...new Set(to.map((one) => normaliseCode(one.to)))].sort();
  const readsAgain =
    !isOneStatement(node) && writes.some((one) => one.reads.some((read) => isWithin(read.scope, scope)));
  return {
    name,
    symbol: enclosingPythonSymbol(node, source) ?? '',
    head: [range.start.line, range.start.character, range.end.line, range.end.character],
    endLine: source.lineAt(node.endIndex),
    lines,
    reads: namesOf(reads),
    writes: namesOf(writes),
    mutates: namesOf(mutates),
    readAfter: namesOf([...writes, ...mutates].filter((one) => isReadOutside(one, node, scope))),
    passedTo,
    asks: readsAgain ? 'first' : 'no',
    isRefused: isRefused(start, passedTo, file),
    code: fingerprint(normaliseCode(source.slice(node.startIndex, node.endIndex))),
  };
}

/** Nothing but `count += 1`: no state to speak of. */
function isOneStatement(node: SyntaxNode): boolean {
  const statements = (node.childForFieldName('body')?.namedChildren ?? []).filter(
    (one, at) =>
      one.type !== 'comment' &&
      one.type !== 'nonlocal_statement' &&
      !(at === 0 && one.type === 'expression_statement' && one.firstNamedChild?.type === 'string'),
  );
  return statements.length === 1 && /assignment$/.test(statements[0]!.firstNamedChild?.type ?? '');
}

/** A nested function with what it captures. */
export interface Callback {
  readonly node: SyntaxNode;
  readonly scope: PythonScope;
  readonly binding: PythonBinding;
  readonly captured: Captured;
}

/** The function that is defined at an offset within another one. */
export function callbackAt(start: number, file: ParsedFile): Callback | undefined {
  const node = definitionAt(start, file);
  if (!node) return undefined;
  const model = file.semantics as PythonModel;
  const name = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  const binding = name ? model.bindingAt(name.startIndex) : undefined;
  if (!binding || !body) return undefined;
  let scope: PythonScope | undefined = model.scopeAt(body.startIndex);
  while (scope && !(scope.kind === 'function' && scope.start <= node.startIndex + 6 && scope.end >= body.endIndex))
    scope = scope.parent;
  if (!scope || scope.name !== binding.name) return undefined;
  return { node, scope, binding, captured: capturedBy(scope, file) };
}

function definitionAt(start: number, file: ParsedFile): SyntaxNode | undefined {
  let node = file.root.descendantForIndex(start, start);
  while (node && node.type !== 'function_definition' && node.startIndex === start) node = node.parent;
  return node?.type === 'function_definition' && node.startIndex === start && isInFunction(node) ? node : undefined;
}

/** Whether a definition stands in a function, and not in a class within one. */
function isInFunction(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition') return false;
    if (at.type === 'function_definition') return true;
  }
  return false;
}

/** Tests and what prepares them keep what a callback saw to look at it afterwards. */
function isOfTest(node: SyntaxNode, { source }: ParsedFile): boolean {
  for (let at = enclosingPythonFunction(node); at; at = enclosingPythonFunction(at)) {
    const name = at.childForFieldName('name');
    if (name && /^test_|^(?:setUp|tearDown)$/.test(source.slice(name.startIndex, name.endIndex))) return true;
    if (
      at.parent?.type === 'decorated_definition' &&
      /@[\w.]*\bfixture\b/.test(source.slice(at.parent.startIndex, at.startIndex))
    )
      return true;
  }
  return false;
}

/** Whether calling the function makes a generator: a `yield` of its own. */
export function isGenerator(node: SyntaxNode): boolean {
  const body = node.childForFieldName('body');
  return (body?.descendantsOfType('yield') ?? []).some((one) => {
    const owner = enclosingPythonFunction(one);
    return owner?.id === node.id;
  });
}

function isReadOutside(binding: PythonBinding, node: SyntaxNode, scope: PythonScope): boolean {
  return binding.reads.some(
    (read) =>
      !isWithin(read.scope, scope) && (read.start >= node.endIndex || read.scope !== binding.scope || isInLoop(node)),
  );
}

/** Whether a loop of the same function runs a definition again. */
export function isInLoop(node: SyntaxNode): boolean {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'for_statement' || at.type === 'while_statement') return true;
  return false;
}

function headOf(node: SyntaxNode): { startIndex: number; endIndex: number } {
  const colon = node.children.filter((one) => one.type === ':').at(-1);
  return { startIndex: node.startIndex, endIndex: colon?.endIndex ?? node.endIndex };
}

function namesOf(bindings: readonly PythonBinding[]): string[] {
  return [...new Set(bindings.map(({ name }) => name))].sort();
}
