import type { Document } from '../../../../core/edit/snapshot';
import type { Binding } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';

/** What a name of moving code is to that code. */
export type NameKind =
  /** A builtin, a global, or an import of the module: means the same wherever the code goes. */
  | 'common'
  /** Defined by the module that the code stands in. */
  | 'own'
  /** An import of the function around. */
  | 'local-import'
  /** A variable or parameter of the function around. */
  | 'outside'
  /** Bound by the moving code itself. */
  | 'inside';

/** Tells names apart, for code in `[start, end)`. */
export abstract class NameReader<B extends Binding = Binding> {
  constructor(
    readonly document: Document,
    protected readonly start: number,
    protected readonly end: number,
  ) {}

  kindOf(identifier: SyntaxNode): NameKind {
    const binding = this.bindingOf(identifier);
    if (!binding) return 'common';
    const isOfModule = binding.scope === this.document.semantics.root;
    if (isOfModule) return this.isImported(binding, isOfModule) ? 'common' : 'own';
    if (this.isInside(binding)) return 'inside';
    return this.isImported(binding, isOfModule) ? 'local-import' : 'outside';
  }

  /** The name at the root of `a`, `a.b`, `a.b["c"]`, `a.b()`; undefined where something else is at the root. */
  rootOf(expression: SyntaxNode): SyntaxNode | undefined {
    let at: SyntaxNode | null = expression;
    while (at && !this.isRoot(at)) {
      const field: string | undefined = this.chains[at.type];
      if (field === undefined) return undefined;
      at = field === '' ? at.firstNamedChild : at.childForFieldName(field);
    }
    return at ?? undefined;
  }

  /** Every name that is read or written in a node; members and the keywords of arguments are none. */
  abstract namesIn(node: SyntaxNode): readonly SyntaxNode[];

  protected abstract bindingOf(identifier: SyntaxNode): B | undefined;

  protected abstract isImported(binding: B, isOfModule: boolean): boolean;

  /** By the types of the nodes of a chain the fields that its root stands in; empty where that is the first child. */
  protected abstract readonly chains: Readonly<Record<string, string>>;

  protected abstract isRoot(node: SyntaxNode): boolean;

  protected isInside({ scope }: B): boolean {
    return this.isWithin(scope.start, scope.end);
  }

  protected isWithin(start: number, end: number): boolean {
    return start >= this.start && end <= this.end;
  }
}
