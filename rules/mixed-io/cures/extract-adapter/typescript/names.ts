import type { Binding } from '../../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { NameReader as AnyNameReader } from '../names';

/** Tells names apart by the scopes of TypeScript, where `this` is the root of what the object holds. */
export class NameReader extends AnyNameReader {
  protected readonly chains = {
    member_expression: 'object',
    subscript_expression: 'object',
    call_expression: 'function',
    new_expression: 'constructor',
    parenthesized_expression: '',
    await_expression: '',
    non_null_expression: '',
    as_expression: '',
  };

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
    const kind = this.bindingOf(identifier)?.kind;
    return kind === 'variable' || (kind === 'class' && identifier.parent?.type === 'member_expression');
  }

  /** A type in a node that only its function can say. */
  localTypeIn(node: SyntaxNode): SyntaxNode | undefined {
    return node.descendantsOfType('type_identifier').find((one) => {
      const binding = this.bindingOf(one);
      return binding && binding.scope !== this.document.semantics.root && !this.isInside(binding);
    });
  }

  protected bindingOf({ startIndex }: SyntaxNode): Binding | undefined {
    return this.document.semantics.bindingAt(startIndex);
  }

  protected isImported({ imported }: Binding, isOfModule: boolean): boolean {
    return imported !== undefined && !(isOfModule && imported.lazy);
  }

  protected isRoot({ type }: SyntaxNode): boolean {
    return type === 'identifier' || type === 'this';
  }

  protected override isInside(binding: Binding): boolean {
    const { writes } = binding;
    return super.isInside(binding) || (writes.length > 0 && writes.every((one) => this.isWithin(one.start, one.end)));
  }
}
