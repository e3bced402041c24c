import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { BindingKind, ImportedName, OccurrenceKind, ScopeKind } from '../model';
import { BindingNode, Meaning, OccurrenceNode, resolve, ScopeNode } from './scope-tree';

/** What one pass over a file finds. */
export interface BoundFile {
  readonly root: ScopeNode;
  readonly scopes: readonly ScopeNode[];
  /** All places of names, in document order, resolved. */
  readonly occurrences: readonly OccurrenceNode[];
  readonly imports: ImportedName[];
  /** The scope that a node opens, by the node's id. */
  readonly scopeOfNode: ReadonlyMap<number, ScopeNode>;
}

/** Collects scopes and places of names during the pass, and resolves them behind it. */
export class NameTable implements BoundFile {
  readonly root: ScopeNode;
  readonly scopes: ScopeNode[] = [];
  readonly occurrences: OccurrenceNode[] = [];
  readonly imports: ImportedName[] = [];
  readonly scopeOfNode = new Map<number, ScopeNode>();
  readonly text: string;
  /** Bodies of `declare global`: their names hold in the whole file where nothing nearer does. */
  readonly globalBodies: ScopeNode[] = [];
  /** Names before this offset were handled with the statement around them. */
  skipTo = 0;
  /** Names of function and class expressions, bound inside unless something inside hides them. */
  private readonly selfNames: { kind: BindingKind; at: OccurrenceNode }[] = [];
  /** Functions declared in blocks: where code is not strict, their names are also known in the function around them. */
  private readonly blockFunctions = new Map<string, BindingNode[]>();
  private readonly bodies = new Map<BindingNode, ScopeNode[]>();

  constructor(
    root: SyntaxNode,
    readonly source: SourceFile,
  ) {
    this.text = source.text;
    this.root = new ScopeNode('module', 0, this.text.length, undefined, true);
    this.scopes.push(this.root);
    this.scopeOfNode.set(root.id, this.root);
  }

  openScope(
    kind: ScopeKind,
    node: SyntaxNode,
    start: number,
    end: number,
    parent: ScopeNode,
    hoists: boolean,
  ): ScopeNode {
    const scope = new ScopeNode(kind, start, end, parent, hoists);
    this.scopes.push(scope);
    this.scopeOfNode.set(node.id, scope);
    return scope;
  }

  /** Adds a definition of a name. @param owner the scope that gets the name. @param scope the scope it is written in. */
  declare(kind: BindingKind, start: number, end: number, owner: ScopeNode, scope: ScopeNode): BindingNode {
    const at = this.occur(start, end, 'write', scope, Meaning.any);
    const binding = owner.own(at.name, kind);
    binding.declare(kind, at);
    return binding;
  }

  /** Adds a place of a name that is resolved later. */
  occur(start: number, end: number, kind: OccurrenceKind, scope: ScopeNode, meaning: number): OccurrenceNode {
    const at = new OccurrenceNode(this.text.slice(start, end), start, end, kind, scope, meaning);
    this.occurrences.push(at);
    return at;
  }

  declareFunction(start: number, end: number, scope: ScopeNode): void {
    const binding = this.declare('function', start, end, scope, scope);
    if (scope.hoists) return;
    const known = this.blockFunctions.get(binding.name);
    if (known) known.push(binding);
    else this.blockFunctions.set(binding.name, [binding]);
  }

  bindSelf(kind: BindingKind, start: number, end: number, scope: ScopeNode): void {
    const at = new OccurrenceNode(this.text.slice(start, end), start, end, 'write', scope, Meaning.any);
    this.occurrences.push(at);
    this.selfNames.push({ kind, at });
  }

  /** Joins the bodies of a namespace or enum that is declared several times. */
  merge(binding: BindingNode, body: ScopeNode): void {
    const bodies = this.bodies.get(binding) ?? [];
    bodies.push(body);
    this.bodies.set(binding, bodies);
    if (bodies.length > 1) for (const each of bodies) each.merged = bodies;
  }

  /** Finds the binding of every name; to be called once, when all names are known. */
  resolveAll(): void {
    for (const { kind, at } of this.selfNames) {
      // Where a parameter or variable inside has the same name, the expression's own name is seen by nobody.
      const isHidden = at.scope.bindings.has(at.name);
      const binding = isHidden ? new BindingNode(at.name, kind, at.scope) : at.scope.own(at.name, kind);
      binding.declare(kind, at);
    }
    // Members of enums and names of imports are met before the names around them.
    const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start;
    this.occurrences.sort(byStart);
    this.scopes.sort(byStart);
    for (const at of this.occurrences) {
      if (at.binding) continue;
      const binding = resolve(at.name, at.scope, at.meaning, at.start) ?? this.inBlocks(at) ?? this.inGlobalBodies(at);
      if (!binding) continue;
      at.binding = binding;
      if (at.kind === 'read') binding.reads.push(at);
      else {
        binding.writes.push(at);
        if (at.kind === 'read-write') binding.reads.push(at);
      }
    }
    for (const scope of this.scopes) {
      scope.children.sort(byStart);
      for (const { writes } of scope.bindings.values()) if (writes.length > 1) writes.sort(byStart);
    }
  }

  private inBlocks(at: OccurrenceNode): BindingNode | undefined {
    if ((at.meaning & Meaning.value) === 0) return undefined;
    return this.blockFunctions.get(at.name)?.find(({ scope }) => {
      const owner = scope.hoistTarget();
      return owner.start <= at.start && at.end <= owner.end;
    });
  }

  private inGlobalBodies(at: OccurrenceNode): BindingNode | undefined {
    for (const scope of this.globalBodies) {
      const binding = scope.bindings.get(at.name);
      if (binding && (binding.meaning & at.meaning) !== 0) return binding;
    }
    return undefined;
  }
}
