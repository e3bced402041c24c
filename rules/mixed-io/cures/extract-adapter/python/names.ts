import type { Document } from '../../../../../core/edit/snapshot';
import type { PythonBinding, PythonModel } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { NameReader as AnyNameReader } from '../names';

/** Tells names apart by the scopes of Python. */
export class NameReader extends AnyNameReader<PythonBinding> {
  protected readonly chains = {
    attribute: 'object',
    subscript: 'value',
    call: 'function',
    parenthesized_expression: '',
    await: '',
  };
  private readonly model: PythonModel;

  /** @param bound variables of the function that the code binds before it reads them */
  constructor(
    document: Document,
    start: number,
    end: number,
    private readonly bound: ReadonlySet<PythonBinding> = new Set(),
  ) {
    super(document, start, end);
    this.model = document.semantics as PythonModel;
  }

  namesIn(node: SyntaxNode): SyntaxNode[] {
    return node
      .descendantsOfType('identifier')
      .filter((one) => this.model.occurrenceAt(one.startIndex)?.start === one.startIndex);
  }

  protected bindingOf(identifier: SyntaxNode): PythonBinding | undefined {
    return this.model.occurrenceAt(identifier.startIndex)?.symbol.binding;
  }

  protected isImported({ writes }: PythonBinding): boolean {
    return writes.length > 0 && writes.every(({ imported }) => imported !== undefined);
  }

  protected isRoot({ type }: SyntaxNode): boolean {
    return type === 'identifier';
  }

  protected override isInside(binding: PythonBinding): boolean {
    return super.isInside(binding) || this.bound.has(binding);
  }
}
