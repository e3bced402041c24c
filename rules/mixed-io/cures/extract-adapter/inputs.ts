import type { Document } from '../../../../core/edit/snapshot';
import type { PythonBinding, PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { freeHint, hintOf } from './hints';
import type { Input } from './piece';
import { textOf } from './subject';

/** What a name of moving code is to that code. */
export type NameKind =
  /** A builtin, or an import of the module: means the same wherever the code goes. */
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
export class NameReader {
  constructor(
    readonly document: Document,
    private readonly start: number,
    private readonly end: number,
    /** Variables of the function that the code binds before it reads them. */
    private readonly bound: ReadonlySet<PythonBinding> = new Set(),
  ) {}

  kindOf(identifier: SyntaxNode): NameKind {
    const model = this.document.semantics as PythonModel;
    const binding = model.occurrenceAt(identifier.startIndex)?.symbol.binding;
    if (!binding) return 'common';
    if (binding.scope === model.root) return isImported(binding) ? 'common' : 'own';
    if (binding.scope.start >= this.start && binding.scope.end <= this.end) return 'inside';
    if (this.bound.has(binding)) return 'inside';
    return isImported(binding) ? 'local-import' : 'outside';
  }

  /** The name at the root of `a`, `a.b`, `a.b["c"]`, `a.b()`; undefined where something else is at the root. */
  rootOf(expression: SyntaxNode): SyntaxNode | undefined {
    let at: SyntaxNode | null = expression;
    while (at) {
      if (at.type === 'identifier') return at;
      if (at.type === 'attribute') at = at.childForFieldName('object');
      else if (at.type === 'subscript') at = at.childForFieldName('value');
      else if (at.type === 'call') at = at.childForFieldName('function');
      else if (at.type === 'parenthesized_expression' || at.type === 'await') at = at.firstNamedChild;
      else return undefined;
    }
    return undefined;
  }

  /** Every name that is read or written in a node; keywords of arguments and attributes are none. */
  namesIn(node: SyntaxNode): SyntaxNode[] {
    const model = this.document.semantics as PythonModel;
    return node
      .descendantsOfType('identifier')
      .filter((one) => model.occurrenceAt(one.startIndex)?.start === one.startIndex);
  }
}

function isImported({ writes }: PythonBinding): boolean {
  return writes.length > 0 && writes.every(({ imported }) => imported !== undefined);
}

interface Wanted {
  readonly hint: string;
  readonly places: SyntaxNode[];
}

/** Gathers what must be handed over, in the order in which it is evaluated, and gives it names. */
export class InputList {
  private readonly wanted: Wanted[] = [];

  constructor(private readonly document: Document) {}

  /** @param hint the name that suits it, where the expression itself does not say it best */
  add(node: SyntaxNode, hint?: string): void {
    const text = textOf(this.document, node);
    // Only what has no effect may be evaluated once for two places.
    const known = /^[\w.]+$/.test(text)
      ? this.wanted.find(({ places }) => textOf(this.document, places[0]!) === text)
      : undefined;
    if (known) known.places.push(node);
    else this.wanted.push({ hint: hint ?? hintOf(node, this.document), places: [node] });
  }

  get nodes(): readonly SyntaxNode[] {
    return this.wanted.flatMap(({ places }) => places);
  }

  /** @param taken names that the moved code uses for something else */
  named(taken: ReadonlySet<string>): Input[] {
    const used = new Set([...taken, 'self']);
    return this.wanted.map(({ hint, places }) => {
      const name = freeHint(hint, used);
      used.add(name);
      return { name, node: places[0]!, places };
    });
  }
}
