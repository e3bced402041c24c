import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import { Refusal } from '../refusal';
import { type CommaList, CommaListEditor, itemsOf, nearestLegal } from './comma-list';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';
import { type Code, indentExpression } from './reindent';

type Kind = 'positional' | 'keyword' | '*' | '**';

/** Adds arguments to calls in legal order, and removes them. */
export class ArgumentEditor {
  private readonly list: CommaListEditor<Kind>;
  /** Calls whose only argument, a generator without parentheses, has got some. */
  private readonly wrapped = new Map<number, Kind[]>();

  constructor(
    private readonly layout: PythonLayout,
    private readonly changes: ChangeBuilder,
    eraser: Eraser,
  ) {
    this.list = new CommaListEditor(layout, changes, eraser);
  }

  add(call: SyntaxNode, argument: Code, position?: number): void {
    const values = this.argumentsOf(call);
    if (values.type === 'generator_expression') {
      this.addToGenerator(values, argument, position);
      return;
    }
    const list = listOf(values);
    const kinds = this.list
      .remaining(list)
      .map((item) => kindOf(this.layout.text.slice(item.startIndex, item.endIndex)));
    const kind = kindOf(argument.toString());
    const wanted = position ?? usualPlace(kind, kinds);
    const index = nearestLegal(wanted, 0, kinds.length, (at) =>
      isLegalOrder(this.list.kindsWith(list, kinds, kind, at)),
    );
    if (index === undefined) throw this.noPlace(call, argument);
    this.list.insert(list, index, argument, kind);
  }

  remove(call: SyntaxNode, argument: SyntaxNode): void {
    const values = this.argumentsOf(call);
    const list = listOf(values);
    const item = list.items.find((one) => one.startIndex <= argument.startIndex && argument.endIndex <= one.endIndex);
    if (!item || values.type === 'generator_expression') throw this.layout.unparsed(call);
    this.list.remove(list, item);
  }

  /** `f(x for x in y)` has no list: the generator needs parentheses of its own as soon as it is not alone. */
  private addToGenerator(generator: SyntaxNode, argument: Code, position: number | undefined): void {
    const { document } = this.layout;
    const code = indentExpression(argument, this.layout.indentationAt(generator.startIndex), document.file);
    const kind = kindOf(argument.toString());
    const known = this.wrapped.get(generator.id);
    const isFirst = position === 0 && !known && (kind === 'positional' || kind === '*');
    const kinds: Kind[] = isFirst ? [kind, 'positional'] : [...(known ?? ['positional']), kind];
    if (!isLegalOrder(kinds)) throw this.noPlace(generator, argument);
    const start = generator.startIndex + 1;
    const end = generator.endIndex - 1;
    if (!known) {
      this.changes.insert(document, start, isFirst ? Fragment.of(code, ', (') : '(');
      this.changes.insert(document, end, ')');
    }
    this.wrapped.set(generator.id, kinds);
    if (!isFirst) this.changes.insert(document, end, Fragment.of(', ', code));
  }

  private noPlace({ startIndex }: SyntaxNode, argument: Code): Refusal {
    const { file, source } = this.layout.document;
    const line = source.lineAt(startIndex) + 1;
    return new Refusal('shape-error', { message: `no place for the argument ${argument}`, line, file });
  }

  private argumentsOf(call: SyntaxNode): SyntaxNode {
    const values = call.childForFieldName('arguments');
    if (!values) throw this.layout.unparsed(call);
    return values;
  }
}

function listOf(values: SyntaxNode): CommaList {
  const { id, startIndex, endIndex } = values;
  return { key: id, start: startIndex + 1, end: endIndex - 1, items: itemsOf(values), lead: '', hasBrackets: true };
}

function kindOf(text: string): Kind {
  if (text.startsWith('**')) return '**';
  if (text.startsWith('*')) return '*';
  return /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*\s*=(?!=)/.test(text) ? 'keyword' : 'positional';
}

function usualPlace(kind: Kind, kinds: readonly Kind[]): number {
  if (kind === '**') return kinds.length;
  const end = kinds.findIndex((one) => one === '**' || (one === 'keyword' && kind !== 'keyword'));
  return end < 0 ? kinds.length : end;
}

function isLegalOrder(kinds: readonly Kind[]): boolean {
  let hasKeyword = false;
  let hasMapping = false;
  return kinds.every((kind) => {
    if (kind === 'positional') return !hasKeyword && !hasMapping;
    if (kind === '*') return !hasMapping;
    hasKeyword ||= kind === 'keyword';
    hasMapping ||= kind === '**';
    return true;
  });
}
