import type { Binding, BindingKind, ImportedName, Occurrence, OccurrenceKind, Scope, ScopeKind } from '../model';
import type { Role } from './roles';

/** The blocks of CPython's compiler; several of them share one `ScopeKind`. */
export type PythonBlock =
  | 'module'
  | 'class'
  | 'function'
  | 'lambda'
  /** List, set and dict displays. */
  | 'comprehension'
  | 'generator'
  /** The block around `def f[T]`, `class C[T]` and `type A[T]`. */
  | 'type-parameters'
  /** Bound of a type parameter. */
  | 'type-variable'
  /** Value of a `type` statement. */
  | 'type-alias'
  /** Annotations of one function's parameters and result (PEP 649). */
  | 'signature'
  /** Annotation of one assignment (PEP 649). */
  | 'annotation';

const KIND: Readonly<Record<PythonBlock, ScopeKind>> = {
  module: 'module',
  class: 'class',
  function: 'function',
  lambda: 'lambda',
  comprehension: 'comprehension',
  generator: 'comprehension',
  'type-parameters': 'type-parameters',
  'type-variable': 'type-parameters',
  'type-alias': 'type-parameters',
  signature: 'type-parameters',
  annotation: 'type-parameters',
};

/** One name in one block, whether it is bound there or only used. */
export class PythonSymbol {
  flags = 0;
  /** What the name means in this block; set by the resolver, undefined for builtins and unknown names. */
  binding: PythonBinding | undefined = undefined;

  constructor(
    readonly name: string,
    readonly scope: PythonScope,
  ) {}
}

export class PythonOccurrence implements Occurrence {
  /** The import that stands here, when the role is `import`. */
  imported: ImportedName | undefined = undefined;

  constructor(
    readonly start: number,
    readonly end: number,
    readonly role: Role,
    readonly scope: PythonScope,
    readonly symbol: PythonSymbol,
  ) {}

  get kind(): OccurrenceKind {
    if (this.role === 'read') return 'read';
    if (this.role === 'augment') return 'read-write';
    return this.role === 'delete' ? 'delete' : 'write';
  }
}

export class PythonScope implements Scope {
  readonly kind: ScopeKind;
  readonly children: PythonScope[] = [];
  /** Every name that the block binds, declares or uses, mangled. */
  readonly symbols = new Map<string, PythonSymbol>();
  readonly bindings = new Map<string, PythonBinding>();
  /** Annotation-like blocks directly in a class look names up in the class first. */
  readonly seesClass: boolean;
  /** Name of the class whose private names (`__x`) are mangled here. */
  readonly privateName: string | undefined;
  /** When set, only these private names are mangled (the type parameters of a generic class, as CPython has it). */
  readonly mangledOnly: Set<string> | undefined;
  /** Annotations in function bodies are never evaluated; with `from __future__ import annotations` none is. */
  unevaluated: boolean;
  /** Of a class: what `__class__` and zero-argument `super()` mean in its methods; made when one of them stands there. */
  classCell: PythonBinding | undefined = undefined;

  constructor(
    readonly block: PythonBlock,
    readonly name: string,
    readonly start: number,
    readonly end: number,
    readonly parent: PythonScope | undefined,
    privateName?: string,
    mangledOnly?: Set<string>,
  ) {
    this.kind = KIND[block];
    this.privateName = privateName ?? parent?.privateName;
    this.mangledOnly = mangledOnly ?? (block === 'class' ? undefined : parent?.mangledOnly);
    this.seesClass =
      this.kind === 'type-parameters' && parent !== undefined && (parent.kind === 'class' || parent.seesClass);
    this.unevaluated = parent?.unevaluated ?? false;
    parent?.children.push(this);
  }

  /** The symbol of a name as written, made when it is new. */
  symbol(written: string): PythonSymbol {
    const name = mangle(written, this);
    let symbol = this.symbols.get(name);
    if (!symbol) {
      symbol = new PythonSymbol(name, this);
      this.symbols.set(name, symbol);
    }
    return symbol;
  }
}

export class PythonBinding implements Binding {
  readonly writes: PythonOccurrence[] = [];
  readonly reads: PythonOccurrence[] = [];
  /** Places in `global` and `nonlocal` statements: a renaming must touch them. */
  readonly declarations: PythonOccurrence[] = [];

  constructor(
    /** Mangled, so `_C__x` for `__x` in class `C`. */
    readonly name: string,
    readonly scope: PythonScope,
  ) {}

  /** The kind of its first definition; a parameter stays one however often it is reassigned. */
  get kind(): BindingKind {
    for (const write of this.writes) if (write.role !== 'delete') return KIND_OF_ROLE[write.role] ?? 'variable';
    return this.name === '__class__' && this.scope.kind === 'class' ? 'class' : 'variable';
  }

  get imported(): ImportedName | undefined {
    for (const write of this.writes) if (write.imported) return write.imported;
    return undefined;
  }
}

const NOT_ASCII = /[^\0-\x7f]/;

const KIND_OF_ROLE: Partial<Record<Role, BindingKind>> = {
  parameter: 'parameter',
  function: 'function',
  class: 'class',
  import: 'import',
  exception: 'exception',
  'type-parameter': 'type-parameter',
  'type-alias': 'type',
};

/**
 * The name that an identifier means in a scope: identifiers are compared in normal form NFKC (language reference, 2.3), and
 * `__x` inside class `_C` means `_C__x` (6.2.2).
 */
export function mangle(written: string, scope: PythonScope): string {
  const name = NOT_ASCII.test(written) ? written.normalize('NFKC') : written;
  if (name.charCodeAt(0) !== 95 || name.charCodeAt(1) !== 95) return name;
  const owner = scope.privateName;
  if (owner === undefined || name.endsWith('__') || name.includes('.')) return name;
  if (scope.mangledOnly && !scope.mangledOnly.has(name)) return name;
  const stripped = owner.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}
