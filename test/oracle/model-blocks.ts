import type { PythonModel, PythonScope } from '../../core/semantics/python';
import { isCell } from '../../core/semantics/python/resolver';
import { BOUND, GLOBAL, IMPORTED, NONLOCAL, PARAMETER } from '../../core/semantics/python/roles';
import type { SourceFile } from '../../core/text/source-file';
import { type Block, blockName, hasLine, isWorthComparing, type Standing } from './blocks';

/**
 * Our model in the form of CPython's symbol table. CPython reports some things as its code generator wants them, not as the
 * language means them; those are imitated here, so that the model itself can stay plain:
 * - comprehensions (not generators) are inlined: their symbols and blocks move to the block around (PEP 709);
 * - blocks list the free variables of the blocks inside them;
 * - annotations of one block's assignments share one block, and vanish under `from __future__ import annotations`;
 * - `global x` anywhere makes `x` a global of the module;
 * - names that an annotation finds in the class around it count as global.
 */
export function blockOfModel(model: PythonModel, source: SourceFile): Block {
  const futureAnnotations = model.imports.some((name) => name.module === '__future__' && name.member === 'annotations');
  const view = convert([model.root], source, futureAnnotations);
  for (const scope of model.scopes) {
    for (const symbol of scope.symbols.values()) {
      if (symbol.flags & GLOBAL) view.block.symbols.set(symbol.name, withoutScope(view.block.symbols.get(symbol.name)));
    }
  }
  return view.block;
}

interface View {
  readonly block: Block;
  /** Names that the block takes from functions around it. */
  readonly free: ReadonlySet<string>;
  readonly inlined: boolean;
}

/** Converts one scope, or the several annotation scopes that CPython keeps as one. */
function convert(parts: readonly PythonScope[], source: SourceFile, futureAnnotations: boolean): View {
  const scope = parts[0]!;
  const symbols = new Map<string, Standing>();
  const isUnevaluated = scope.block === 'annotation' && scope.unevaluated;
  for (const part of isUnevaluated ? [] : parts) {
    for (const symbol of part.symbols.values()) symbols.set(symbol.name, standing(part, symbol.name));
  }
  const type = typeOf(scope);
  const block: Block = {
    type,
    name: blockName(type, nameOf(scope)),
    line: hasLine(type) ? source.lineAt(scope.start) + 1 : 0,
    symbols,
    children: [],
  };
  const free = new Set<string>();
  for (const view of childViews(parts, source, futureAnnotations)) {
    for (const name of view.free) free.add(name);
    if (!view.inlined) {
      if (isWorthComparing(view.block)) block.children.push(view.block);
      continue;
    }
    block.children.push(...view.block.children);
    for (const [name, value] of view.block.symbols) {
      if (symbols.has(name)) continue;
      const isClassCell = name === '__class__' && scope.kind === 'class';
      symbols.set(name, isClassCell ? 'global-implicit' : value);
    }
  }
  for (const [name, value] of symbols) {
    if (value.startsWith('free')) free.add(name);
    else if (value.startsWith('local') && scope.kind !== 'class') free.delete(name);
  }
  if (scope.kind === 'class') free.delete('__class__');
  for (const name of free) if (!symbols.has(name)) symbols.set(name, 'free');
  const inlined = scope.block === 'comprehension' && !scope.parent?.seesClass;
  return { block, free, inlined };
}

function childViews(parts: readonly PythonScope[], source: SourceFile, futureAnnotations: boolean): View[] {
  const views: View[] = [];
  for (const part of parts) {
    const annotations = part.children.filter((child) => child.block === 'annotation');
    for (const child of part.children) {
      if (child.block === 'annotation') {
        if (child === annotations[0] && !futureAnnotations) views.push(convert(annotations, source, futureAnnotations));
      } else if (child.block !== 'signature' || !futureAnnotations) {
        views.push(convert([child], source, futureAnnotations));
      }
    }
  }
  return views;
}

/** `analyze_name` of Python/symtable.c. */
function standing(scope: PythonScope, name: string): Standing {
  const symbol = scope.symbols.get(name)!;
  const { flags, binding } = symbol;
  const suffix = `${flags & PARAMETER ? 'p' : ''}${flags & IMPORTED ? 'i' : ''}${flags & NONLOCAL ? 'n' : ''}`;
  const tail = suffix === '' ? '' : `:${suffix}`;
  if (flags & GLOBAL) return `global-explicit${tail}`;
  if (flags & NONLOCAL) return `free${tail}`;
  if (flags & BOUND) return `local${tail}`;
  if (scope.seesClass) {
    let owner: PythonScope | undefined = scope;
    while (owner && owner.kind !== 'class') owner = owner.parent;
    if ((owner?.symbols.get(name)?.flags ?? 0) & GLOBAL) return 'global-explicit';
  }
  return binding && isCell(binding) ? 'free' : 'global-implicit';
}

const withoutScope = (value: Standing | undefined): Standing => {
  const tail = value?.split(':')[1];
  return tail === undefined ? 'global-explicit' : `global-explicit:${tail}`;
};

function typeOf(scope: PythonScope): string {
  switch (scope.block) {
    case 'signature':
    case 'annotation':
      return 'annotations';
    case 'lambda':
    case 'comprehension':
    case 'generator':
      return 'function';
    default:
      return scope.block;
  }
}

function nameOf(scope: PythonScope): string {
  if (scope.block === 'generator') return 'genexpr';
  if (scope.block === 'lambda') return 'lambda';
  if (scope.block === 'comprehension') return 'listcomp';
  return scope.name;
}
