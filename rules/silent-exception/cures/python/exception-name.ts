import { Refusal } from '../../../../core/edit/refusal';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type PythonHandler, placeOf, textOf } from './handler';

const USUAL = ['e', 'exc', 'err', 'error', 'ex'];

/**
 * A name for the exception: the one that the module's handlers use most, if it is free. Python deletes the name behind the handler, so
 * nothing but other handlers may use it.
 * @throws Refusal `exception-name-taken`
 */
export function freeExceptionName(handler: PythonHandler): string {
  const { document } = handler;
  const counts = new Map<string, number>();
  for (const target of document.root.descendantsOfType('as_pattern_target')) {
    if (target.parent?.parent?.type !== 'except_clause') continue;
    const name = textOf(document, target);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [habit] = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const free = [...(habit === undefined ? [] : [habit]), ...USUAL].find((name) => isFree(name, handler));
  if (free === undefined) throw new Refusal('exception-name-taken');
  return free;
}

function isFree(name: string, handler: PythonHandler): boolean {
  const { model, statement, document } = handler;
  const scope = model.scopeAt(placeOf(handler));
  for (let at = statement.parent; at; at = at.parent)
    if (at.type === 'except_clause' && aliasIs(at, name, handler)) return false;
  // Names of inner functions that reach out for the variable would see it come and go.
  const binding = model.lookup(name, scope);
  if (!binding) return !model.occurrences.some(({ symbol }) => symbol.name === name && symbol.scope === scope);
  if (binding.scope !== scope) return binding.scope !== model.root && !mentions(model, name, scope.start, scope.end);
  return (
    binding.writes.every(({ role }) => role === 'exception') &&
    binding.reads.every((read) => isInHandlerOf(name, document.root.descendantForIndex(read.start, read.end), handler))
  );
}

function mentions(model: PythonModel, name: string, start: number, end: number): boolean {
  return model.occurrences.some((one) => one.symbol.name === name && start <= one.start && one.end <= end);
}

function isInHandlerOf(name: string, node: SyntaxNode | null, handler: PythonHandler): boolean {
  for (let at = node; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'except_clause' && aliasIs(at, name, handler)) return true;
  return false;
}

function aliasIs(clause: SyntaxNode, name: string, { document }: PythonHandler): boolean {
  const pattern = clause.namedChildren.find(({ type }) => type === 'as_pattern');
  const target = pattern?.namedChildren.find(({ type }) => type === 'as_pattern_target');
  return target !== undefined && textOf(document, target) === name;
}
