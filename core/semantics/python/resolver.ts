import { IMPLICIT_NAMES, PYTHON_BUILTINS } from './builtins';
import type { Collected } from './collector';
import { BOUND, GLOBAL, NONLOCAL } from './roles';
import { mangle, PythonBinding, type PythonOccurrence, type PythonScope } from './scope';

/**
 * Second pass: gives every symbol its binding and every binding its occurrences, by the rules of CPython's `analyze_name`
 * (Python/symtable.c). Returns the reads that resolve to nothing.
 */
export function resolve({ root, scopes, occurrences }: Collected): PythonOccurrence[] {
  for (const scope of scopes) {
    for (const symbol of scope.symbols.values()) {
      if (!(symbol.flags & BOUND) || symbol.flags & NONLOCAL) continue;
      const owner = symbol.flags & GLOBAL ? root : scope;
      if (!owner.bindings.has(symbol.name)) owner.bindings.set(symbol.name, new PythonBinding(symbol.name, owner));
    }
  }
  for (const scope of scopes) {
    for (const symbol of scope.symbols.values()) symbol.binding = resolveIn(scope, symbol.name);
  }
  const unresolved: PythonOccurrence[] = [];
  for (const occurrence of occurrences) {
    const { role, symbol } = occurrence;
    const binding = symbol.binding;
    if (!binding) {
      const isUse = role === 'read' || role === 'augment' || role === 'delete';
      if (isUse && !isPredefined(symbol.name)) unresolved.push(occurrence);
      continue;
    }
    if (role === 'global' || role === 'nonlocal') binding.declarations.push(occurrence);
    else {
      if (role === 'read' || role === 'augment') binding.reads.push(occurrence);
      if (role !== 'read') binding.writes.push(occurrence);
    }
  }
  return unresolved;
}

/** True for builtins and for the names that every module or class has without defining them. */
export function isPredefined(name: string): boolean {
  return PYTHON_BUILTINS.has(name) || IMPLICIT_NAMES.has(name);
}

/** What a name, as written, means when it is evaluated in a scope. */
export function lookupName(written: string, scope: PythonScope): PythonBinding | undefined {
  const name = mangle(written, scope);
  return scope.symbols.get(name)?.binding ?? resolveIn(scope, name);
}

function resolveIn(from: PythonScope, name: string): PythonBinding | undefined {
  // `nonlocal` starts the search outside, and a class is never what it finds.
  const isNonlocal = ((from.symbols.get(name)?.flags ?? 0) & (NONLOCAL | GLOBAL)) === NONLOCAL;
  for (let scope: PythonScope | undefined = from; scope; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) {
      if (name === '__class__') {
        scope.classCell ??= new PythonBinding(name, scope);
        return scope.classCell;
      }
      if (!from.seesClass || !isDirectlyIn(from, scope)) continue;
    }
    const flags = scope.symbols.get(name)?.flags ?? 0;
    if (flags & GLOBAL) return rootOf(scope).bindings.get(name);
    if (flags & NONLOCAL || (isNonlocal && scope.kind === 'module')) continue;
    const binding = scope.bindings.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** Is the class the first scope around an annotation-like scope that is not annotation-like itself? */
function isDirectlyIn(from: PythonScope, owner: PythonScope): boolean {
  let scope: PythonScope | undefined = from;
  while (scope?.kind === 'type-parameters') scope = scope.parent;
  return scope === owner;
}

function rootOf(scope: PythonScope): PythonScope {
  let root = scope;
  while (root.parent) root = root.parent;
  return root;
}

/**
 * The variables that a scope and the scopes in it take from functions around it: CPython's free variables, `__class__`
 * included. Annotations that are never evaluated take nothing.
 */
export function freeVariables(scope: PythonScope): PythonBinding[] {
  const inside = new Set<PythonScope>();
  const found = new Set<PythonBinding>();
  const pending = [scope];
  for (let at = pending.pop(); at; at = pending.pop()) {
    inside.add(at);
    pending.push(...at.children);
  }
  for (const at of inside) {
    if (at.unevaluated) continue;
    for (const { binding } of at.symbols.values()) {
      if (binding && !inside.has(binding.scope) && isCell(binding)) found.add(binding);
    }
  }
  return [...found];
}

/** Can nested functions reach the binding? Those of modules are globals, those of classes are attributes. */
export function isCell(binding: PythonBinding): boolean {
  const { kind } = binding.scope;
  return (kind !== 'module' && kind !== 'class') || binding === binding.scope.classCell;
}
