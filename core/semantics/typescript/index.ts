import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { Binding, ImportedName, Occurrence, QualifiedName, RangeFlow, Scope, SemanticModel } from '../model';
import { bind } from './binder';
import { addCalledImports } from './called-imports';
import { type ExportedName, exportsOf } from './exports';
import { flowOf } from './flow';
import { isGlobal } from './globals';
import type { BoundFile } from './name-table';
import { NameReader } from './names';
import { Meaning, occurrenceAt, resolve, type ScopeNode } from './scope-tree';
import { TypeReader } from './types';

export type { ExportedName } from './exports';

/** What only JavaScript and TypeScript have. */
export interface TypeScriptModel extends SemanticModel {
  /** Every name that the file exports, re-exports included, in document order. */
  readonly exports: readonly ExportedName[];
  /** The scope that a node opens: a function, class, block, `for`, `switch` body, namespace or enum; also by a function's body. */
  scopeOf(node: SyntaxNode): Scope | undefined;
}

/**
 * Scopes, names and imports of one file, as far as its syntax tells.
 * @param root the root of a tree of typescript, tsx or javascript; `qualifiedName`, `typeOf` and `flow` need it alive.
 * @param source the text that was parsed.
 */
export function buildTypeScriptModel(root: SyntaxNode, source: SourceFile): TypeScriptModel {
  return new Model(root, source);
}

class Model implements TypeScriptModel {
  readonly root: Scope;
  readonly scopes: readonly Scope[];
  private readonly bound: BoundFile;
  private exported: readonly ExportedName[] | undefined;
  private names: NameReader | undefined;
  private types: TypeReader | undefined;

  constructor(
    private readonly tree: SyntaxNode,
    private readonly source: SourceFile,
  ) {
    this.bound = bind(tree, source);
    addCalledImports(tree, source, this.bound);
    this.root = this.bound.root;
    this.scopes = this.bound.scopes;
  }

  get imports(): readonly ImportedName[] {
    return this.bound.imports;
  }

  get exports(): readonly ExportedName[] {
    this.exported ??= exportsOf(this.tree, this.source);
    return this.exported;
  }

  get unresolved(): readonly Occurrence[] {
    return this.bound.occurrences.filter((at) => !at.binding && at.kind !== 'write' && !isGlobal(at.name));
  }

  scopeAt(offset: number): Scope {
    let scope: ScopeNode = this.bound.root;
    for (;;) {
      const inner = childAt(scope, offset);
      if (!inner) return scope;
      scope = inner;
    }
  }

  scopeOf(node: SyntaxNode): Scope | undefined {
    return this.bound.scopeOfNode.get(node.id);
  }

  lookup(name: string, scope: Scope): Binding | undefined {
    return resolve(name, scope as ScopeNode, Meaning.any);
  }

  bindingAt(offset: number): Binding | undefined {
    return occurrenceAt(this.bound.occurrences, offset)?.binding;
  }

  flow(start: number, end: number): RangeFlow {
    return flowOf(this.tree, this.source, this.bound, start, end);
  }

  qualifiedName(expression: SyntaxNode): QualifiedName | undefined {
    return this.nameReader().qualifiedName(expression);
  }

  typeOf(expression: SyntaxNode): QualifiedName | undefined {
    this.types ??= new TypeReader(this.tree, this.source, this.nameReader());
    return this.types.typeOf(expression);
  }

  private nameReader(): NameReader {
    this.names ??= new NameReader(this.tree, this.source, (offset) => occurrenceAt(this.bound.occurrences, offset));
    return this.names;
  }
}

/** The innermost child scope that evaluates the offset, by binary search among children that begin in document order. */
function childAt(scope: ScopeNode, offset: number): ScopeNode | undefined {
  const { children } = scope;
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  // The nearest one that begins before may have ended; scopes of types can overlap, so a few more are tried.
  for (let at = low - 1; at >= 0 && at >= low - 4; at--) {
    const child = children[at]!;
    if (offset < child.innerStart || offset >= child.end) continue;
    if (child.holes?.some(([start, end]) => start <= offset && offset < end)) continue;
    return child;
  }
  return undefined;
}
