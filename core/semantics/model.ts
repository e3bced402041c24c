import type { SyntaxNode } from '../syntax/node';

/**
 * What Seamline knows about the names of one file: the shapes that the Python and the TypeScript model share.
 * All offsets are UTF-16 code units into the file's text.
 */

export type ScopeKind =
  | 'module'
  | 'class'
  | 'function'
  | 'lambda'
  | 'comprehension'
  /**
   * Python: the implicit scope of `def f[T]`, `class C[T]` and `type A[T] = ...`, and of lazily evaluated annotations.
   * TypeScript: generic types, and signatures without a body with their parameters.
   */
  | 'type-parameters'
  /** TypeScript: `{ ... }`, `for`, `switch` and `catch`. */
  | 'block'
  | 'namespace'
  | 'enum';

export type BindingKind =
  | 'variable'
  | 'constant'
  | 'parameter'
  | 'function'
  | 'class'
  | 'import'
  | 'exception'
  | 'type-parameter'
  | 'type'
  | 'namespace'
  | 'enum';

export type OccurrenceKind = 'read' | 'write' | 'read-write' | 'delete';

/** One place where a name stands. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly kind: OccurrenceKind;
  /** The scope in which the name is evaluated (a decorator or a default belongs to the scope outside). */
  readonly scope: Scope;
}

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The scope that owns the name, after `global`, `nonlocal`, hoisting and walrus rules. */
  readonly scope: Scope;
  /** Definitions and every other write, in document order. */
  readonly writes: readonly Occurrence[];
  /** Reads from any scope that resolve to this binding, in document order. */
  readonly reads: readonly Occurrence[];
  /** Present when the name is bound by an import. */
  readonly imported?: ImportedName;
}

export interface Scope {
  readonly kind: ScopeKind;
  /** Name of the class or function, else empty. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly parent: Scope | undefined;
  readonly children: readonly Scope[];
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** One name that an import statement binds. */
export interface ImportedName {
  /** As written: `a.b`, `..pkg` (Python, with its leading dots) or the module specifier (TypeScript). */
  readonly module: string;
  /** The imported member; undefined for the module itself (`import a.b`, `import * as ns`), `default` for a default import, `*` for a star import. */
  readonly member: string | undefined;
  /** The name it is bound to; for `import a.b` that is `a`. Empty for a star import, imports for effect and re-exports. */
  readonly local: string;
  readonly start: number;
  readonly end: number;
  /** Stands under `if TYPE_CHECKING:`, or is `import type`. */
  readonly typeOnly: boolean;
  /** Stands inside a function, so that importing happens at call time. */
  readonly lazy: boolean;
}

/** Names that a range of text takes from and gives to the code around it: what an extraction must pass and return. */
export interface RangeFlow {
  /** Bindings of enclosing function scopes that the range reads before it certainly wrote them. */
  readonly reads: readonly Binding[];
  /** Bindings of enclosing function scopes that the range writes on every path. */
  readonly writes: readonly Binding[];
  /** Bindings of enclosing function scopes that the range writes on some paths only. */
  readonly maybeWrites: readonly Binding[];
  /** Those of `writes` and `maybeWrites` that are read after the range (in a loop: also before it). */
  readonly readAfter: readonly Binding[];
}

/** A dotted name, followed back to its import; `certain` is false where another binding could be meant. */
export interface QualifiedName {
  /**
   * For example `httpx.AsyncClient`, `fs.readFile`, `fs/promises.readFile`, `builtins.open`, `globalThis.fetch`. Relative modules
   * keep their dots, Node's lose their `node:`, and a default import stands for its module (`axios.get`).
   */
  readonly path: string;
  readonly certain: boolean;
}

export interface SemanticModel {
  readonly root: Scope;
  /** Every scope in document order of their starts, the root first. */
  readonly scopes: readonly Scope[];
  readonly imports: readonly ImportedName[];
  /** Names that are read but bound nowhere in the file and are no builtins. */
  readonly unresolved: readonly Occurrence[];
  /** The innermost scope in which an expression at the offset is evaluated. */
  scopeAt(offset: number): Scope;
  /** What a name means when evaluated in a scope; undefined for builtins and unknown names. */
  lookup(name: string, scope: Scope): Binding | undefined;
  /** The binding that the identifier at this offset reads or writes. */
  bindingAt(offset: number): Binding | undefined;
  /** Data flow across the border of `[start, end)`, which must cover whole statements of one block, or one expression. */
  flow(start: number, end: number): RangeFlow;
  /** Follows a name or attribute expression back to its import or builtin: `sp.run` after `import subprocess as sp` is `subprocess.run`. */
  qualifiedName(expression: SyntaxNode): QualifiedName | undefined;
  /**
   * The qualified name of the class that an expression's value is an instance of, as far as imports, annotations, constructor
   * assignments (also to `self.x` / `this.x` anywhere in the class), `with ... as` and well-known factories tell.
   */
  typeOf(expression: SyntaxNode): QualifiedName | undefined;
}
