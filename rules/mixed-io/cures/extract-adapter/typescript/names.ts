import type { Document } from '../../../../../core/edit/snapshot';
import type { Binding } from '../../../../../core/semantics/model';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { freeHint, hintOf } from './hints';
import type { Input } from './piece';

/** What a name of moving code is to that code. */
export type NameKind =
  /** A global, or an import of the module: means the same wherever the code goes. */
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
  ) {}

  kindOf(identifier: SyntaxNode): NameKind {
    const model = this.document.semantics as TypeScriptModel;
    const binding = model.bindingAt(identifier.startIndex);
    if (!binding) return 'common';
    if (binding.scope === model.root) return binding.imported && !binding.imported.lazy ? 'common' : 'own';
    if (this.isInside(binding)) return 'inside';
    return binding.imported ? 'local-import' : 'outside';
  }

  /** The name or `this` at the root of `a`, `a.b`, `a.b['c']`, `a.b()`; undefined where something else is at the root. */
  rootOf(expression: SyntaxNode): SyntaxNode | undefined {
    let at: SyntaxNode | null = expression;
    while (at) {
      if (at.type === 'identifier' || at.type === 'this') return at;
      if (/^(?:member|subscript)_expression$/.test(at.type)) at = at.childForFieldName('object');
      else if (at.type === 'call_expression') at = at.childForFieldName('function');
      else if (at.type === 'new_expression') at = at.childForFieldName('constructor');
      else if (/^(?:parenthesized|await|non_null|as)_expression$/.test(at.type)) at = at.firstNamedChild;
      else return undefined;
    }
    return undefined;
  }

  /** Every name that is read or written in a node; properties are none. */
  namesIn(node: SyntaxNode): readonly SyntaxNode[] {
    return node.descendantsOfType(['identifier', 'shorthand_property_identifier']);
  }

  /** Whether a node reads the object or variables of the function around. */
  isOfFunction(node: SyntaxNode): boolean {
    return (
      node.descendantsOfType(['this', 'super']).length > 0 ||
      this.namesIn(node).some((one) => /^(?:outside|local-import)$/.test(this.kindOf(one)))
    );
  }

  /** Whether a name of the module is that of a class whose member is asked, which may be its own business, or may be set anew. */
  isOwnObject(identifier: SyntaxNode): boolean {
    if (this.kindOf(identifier) !== 'own') return false;
    const kind = this.document.semantics.bindingAt(identifier.startIndex)?.kind;
    return kind === 'variable' || (kind === 'class' && identifier.parent?.type === 'member_expression');
  }

  /** A type in a node that only its function can say. */
  localTypeIn(node: SyntaxNode): SyntaxNode | undefined {
    const model = this.document.semantics as TypeScriptModel;
    return node.descendantsOfType('type_identifier').find((one) => {
      const binding = model.bindingAt(one.startIndex);
      return binding && binding.scope !== model.root && !this.isInside(binding);
    });
  }

  private isInside({ scope, writes }: Binding): boolean {
    const isWithin = (start: number, end: number): boolean => start >= this.start && end <= this.end;
    if (isWithin(scope.start, scope.end)) return true;
    return writes.length > 0 && writes.every((one) => isWithin(one.start, one.end));
  }
}

interface Wanted {
  readonly hint: string;
  readonly text: string;
  readonly places: SyntaxNode[];
}

/** Gathers what must be handed over, in the order in which it is evaluated, and gives it names. */
export class InputList {
  private readonly wanted: Wanted[] = [];

  constructor(private readonly document: Document) {}

  /** @param hint the name that suits it, where the expression itself does not say it best */
  add(node: SyntaxNode, hint?: string): void {
    const text = textOf(this.document, node);
    // Only what has no effect may be evaluated once for two places, and only where nothing has changed it in between.
    const at = /^[\w$.#]+$/.test(text) ? this.wanted.findLastIndex((one) => one.text === text) : -1;
    const isUnchanged = at >= 0 && !this.wanted.slice(at).some(({ places }) => isImpure(places[0]!));
    if (isUnchanged && !this.isGetter(text)) this.wanted[at]!.places.push(node);
    else this.wanted.push({ hint: hint ?? hintOf(node, this.document), text, places: [node] });
  }

  /** Whether the last name of `this.a` may run code of its own. */
  private isGetter(text: string): boolean {
    const name = text.slice(text.lastIndexOf('.') + 1).replace(/[$]/g, '\\$&');
    return text.includes('.') && new RegExp(`\\bget\\s+${name}\\s*\\(`).test(this.document.source.text);
  }

  get nodes(): readonly SyntaxNode[] {
    return this.wanted.flatMap(({ places }) => places);
  }

  /** @param taken names that the moved code uses for something else */
  named(taken: ReadonlySet<string>): Input[] {
    const used = new Set(taken);
    return this.wanted.map(({ hint, places }) => {
      const name = freeHint(hint, used);
      used.add(name);
      return { name, node: places[0]!, places };
    });
  }
}

/** Whether an expression may do something. */
export function isImpure(node: SyntaxNode): boolean {
  return (
    node.descendantsOfType([
      'call_expression',
      'new_expression',
      'await_expression',
      'yield_expression',
      'assignment_expression',
      'augmented_assignment_expression',
      'update_expression',
    ]).length > 0
  );
}
