import type { Binding, BindingKind, ImportedName, Occurrence, OccurrenceKind, Scope, ScopeKind } from '../model';

/**
 * The three declaration spaces of TypeScript, as bits: one name can be a value, a type and a namespace at once, and a type
 * `User` does not hide a value `User` further out.
 */
export const Meaning = { value: 1, type: 2, namespace: 4, any: 7 } as const;

const MEANINGS: Readonly<Record<BindingKind, number>> = {
  variable: Meaning.value,
  constant: Meaning.value,
  parameter: Meaning.value,
  function: Meaning.value,
  exception: Meaning.value,
  class: Meaning.value | Meaning.type,
  enum: Meaning.any,
  namespace: Meaning.value | Meaning.namespace,
  import: Meaning.any,
  type: Meaning.type,
  'type-parameter': Meaning.type,
};

/** A name's place in the file; resolved to its binding after the pass. */
export class OccurrenceNode implements Occurrence {
  binding: BindingNode | undefined;

  constructor(
    readonly name: string,
    readonly start: number,
    readonly end: number,
    readonly kind: OccurrenceKind,
    readonly scope: ScopeNode,
    /** Bits of {@link Meaning}: in which declaration space the name is looked up. */
    readonly meaning: number,
  ) {}
}

export class BindingNode implements Binding {
  readonly writes: OccurrenceNode[] = [];
  readonly reads: OccurrenceNode[] = [];
  /** The definitions among the writes. */
  readonly declarations: OccurrenceNode[] = [];
  imported: ImportedName | undefined;
  meaning = 0;
  /** Declared by `var`: it lives as long as its function, blocks and loops notwithstanding. */
  isVar = false;

  constructor(
    readonly name: string,
    public kind: BindingKind,
    readonly scope: ScopeNode,
  ) {}

  /** Adds a definition; overloads, merged interfaces and `const A` beside `type A` share one binding. */
  declare(kind: BindingKind, at: OccurrenceNode): void {
    // What can be evaluated names the binding: a type beside a value is the lesser half.
    if (this.declarations.length > 0 && (this.meaning & Meaning.value) === 0) this.kind = kind;
    this.meaning |= MEANINGS[kind];
    this.declarations.push(at);
    this.writes.push(at);
    at.binding = this;
  }
}

const NO_BINDINGS: ReadonlyMap<string, BindingNode> = new Map();

export class ScopeNode implements Scope {
  readonly children: ScopeNode[] = [];
  name = '';
  /** Where the names of the scope begin to hold: parameters or body, behind a function's keyword and name. */
  innerStart: number;
  /** Start of a function's body: names declared there are unknown to defaults of parameters. */
  bodyStart = 0;
  /** Ranges inside that are evaluated outside: decorators, computed names of methods. */
  holes: [start: number, end: number][] | undefined;
  /** Other bodies of the same namespace or enum; their names are visible here too. */
  merged: ScopeNode[] | undefined;
  private table: Map<string, BindingNode> | undefined;

  constructor(
    readonly kind: ScopeKind,
    readonly start: number,
    public end: number,
    readonly parent: ScopeNode | undefined,
    /** Whether `var` stops here. */
    readonly hoists: boolean,
  ) {
    this.innerStart = start;
    parent?.children.push(this);
  }

  get bindings(): ReadonlyMap<string, BindingNode> {
    return this.table ?? NO_BINDINGS;
  }

  /** The binding of a name in this very scope, made when it is new. */
  own(name: string, kind: BindingKind): BindingNode {
    this.table ??= new Map();
    let binding = this.table.get(name);
    if (!binding) {
      binding = new BindingNode(name, kind, this);
      this.table.set(name, binding);
    }
    return binding;
  }

  /** The scope that owns a `var` written here. */
  hoistTarget(): ScopeNode {
    let scope: ScopeNode = this;
    while (!scope.hoists && scope.parent) scope = scope.parent;
    return scope;
  }
}

/**
 * What a name means in a scope.
 * @param at offset of the name, so that a parameter's default does not see the body's variables; -1 to see all.
 */
export function resolve(name: string, scope: ScopeNode, meaning: number, at = -1): BindingNode | undefined {
  for (let here: ScopeNode | undefined = scope; here; here = here.parent) {
    const binding = here.bindings.get(name);
    if (binding && (binding.meaning & meaning) !== 0 && !isHidden(binding, here, at)) return binding;
    for (const twin of here.merged ?? []) {
      const shared = twin.bindings.get(name);
      if (shared && (shared.meaning & meaning) !== 0) return shared;
    }
  }
  return undefined;
}

function isHidden(binding: BindingNode, scope: ScopeNode, at: number): boolean {
  if (at < 0 || at >= scope.bodyStart) return false;
  const first = binding.declarations[0];
  return first !== undefined && first.start >= scope.bodyStart;
}

/**
 * The name that covers an offset (its end included, where a caret stands after typing it).
 * @param occurrences sorted by their starts.
 */
export function occurrenceAt(occurrences: readonly OccurrenceNode[], offset: number): OccurrenceNode | undefined {
  let low = 0;
  let high = occurrences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (occurrences[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found = occurrences[low - 1];
  return found && offset <= found.end ? found : undefined;
}
