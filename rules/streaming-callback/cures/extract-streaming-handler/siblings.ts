import type { Document } from '../../../../core/edit/snapshot';
import type { PythonBinding, PythonOccurrence } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { PYTHON_CHANGING } from '../../changing-methods';
import { type Callback, callbackAt } from '../../python';
import { type Captured, isTarget, isWithin } from '../../python-captured';

/** A nested function that becomes a method. */
export interface Handler extends Callback {
  readonly name: string;
  /** The statement that defines it: with its decorators. */
  readonly statement: SyntaxNode;
}

/** The nested function that a callback is, as a method will be made of it. */
export function handlerOf(callback: Callback): Handler {
  const { node, binding } = callback;
  const statement = node.parent?.type === 'decorated_definition' ? node.parent : node;
  return { ...callback, name: binding.name, statement };
}

/**
 * The functions that change what a callback keeps, those that change what these keep, and so on: all become methods of one class.
 * @returns them in the order of the text, the callback itself among them
 */
export function handlersWith(main: Handler, outer: SyntaxNode, document: Document): Handler[] {
  const others = outer
    .descendantsOfType('function_definition')
    .filter((one) => one.id !== main.node.id && enclosingPythonFunction(one)?.id === outer.id)
    .flatMap((one) => callbackAt(one.startIndex, document) ?? [])
    .filter(({ binding }) => binding.scope === main.binding.scope)
    .map(handlerOf);
  const handlers = [main];
  const state = new Set([...main.captured.writes, ...main.captured.mutates]);
  for (let before = 0; before !== handlers.length; ) {
    before = handlers.length;
    for (const one of others) {
      if (handlers.includes(one) || !changes(one, state, document)) continue;
      handlers.push(one);
      for (const binding of [...one.captured.writes, ...one.captured.mutates]) state.add(binding);
    }
  }
  return handlers.sort((a, b) => a.node.startIndex - b.node.startIndex);
}

function changes({ captured, scope }: Handler, state: ReadonlySet<PythonBinding>, document: Document): boolean {
  return (
    [...captured.writes, ...captured.mutates].some((one) => state.has(one)) ||
    captured.reads.some(
      (one) => state.has(one) && one.reads.some((read) => isWithin(read.scope, scope) && changesValue(read, document)),
    )
  );
}

const CHANGES = new RegExp(`\\.\\s*(?:${PYTHON_CHANGING})$`);

/** Whether the value that a variable holds is changed at a place, by any method or by an item. */
function changesValue({ start, end }: PythonOccurrence, { root, source }: Document): boolean {
  const parent = root.descendantForIndex(start, end)?.parent;
  if (parent?.type === 'subscript') return isTarget(parent);
  return (
    parent?.type === 'attribute' &&
    parent.parent?.type === 'call' &&
    CHANGES.test(source.slice(parent.startIndex, parent.endIndex))
  );
}

/** What all of them capture together; their own names are methods. */
export function capturedByAll(handlers: readonly Handler[]): Captured {
  const own = new Set(handlers.map(({ binding }) => binding));
  const all = (of: keyof Captured): PythonBinding[] => handlers.flatMap(({ captured }) => captured[of]);
  const writes = new Set(all('writes'));
  const mutates = new Set(all('mutates').filter((one) => !writes.has(one)));
  const reads = new Set(all('reads').filter((one) => !writes.has(one) && !mutates.has(one) && !own.has(one)));
  return { reads: [...reads], writes: [...writes], mutates: [...mutates] };
}

/**
 * The function in whose place the object is made: the last one, so that everything is there that the object needs, unless one of them
 * is used before.
 */
export function anchorOf(handlers: readonly Handler[]): Handler {
  const last = handlers.at(-1)!;
  const isOwn = (at: number): boolean =>
    handlers.some(({ node }) => node.startIndex <= at && at < node.endIndex && at !== node.startIndex);
  const isUsed = handlers.some(
    ({ binding, statement, node }) =>
      node.id !== last.node.id &&
      (statement.id !== node.id ||
        !isBeside(statement, last.statement) ||
        binding.reads.some(({ start }) => start < last.statement.endIndex && !isOwn(start))),
  );
  return isUsed ? handlers[0]! : last;
}

/** Whether one statement runs whenever the other one does. */
function isBeside(one: SyntaxNode, other: SyntaxNode): boolean {
  return one.parent?.id === other.parent?.id;
}
