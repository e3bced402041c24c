import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Refusal } from '../refusal';
import { type CommaList, CommaListEditor, itemsOf, nearestLegal } from './comma-list';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';
import { expressionTokens } from './reindent';

type Kind = 'required' | 'default' | '/' | '*' | '*args' | '**';

/** Adds parameters to `def` and `lambda` in legal order, and removes them. */
export class ParameterEditor {
  private readonly list: CommaListEditor<Kind>;

  constructor(
    private readonly layout: PythonLayout,
    changes: ChangeBuilder,
    eraser: Eraser,
  ) {
    this.list = new CommaListEditor(layout, changes, eraser);
  }

  add(node: SyntaxNode, parameter: string, position?: number): void {
    const { file } = this.layout.document;
    const list = this.listOf(node);
    const kinds = this.list.remaining(list).map((item) => this.kindOfNode(item));
    const kind = kindOfText(parameter, file);
    const wanted = position === undefined ? usualPlace(kind, kinds) : placeOfPosition(position, kinds);
    const least = hasReceiver(node, this.layout) && !/^(?:self|cls)\b/.test(parameter) ? Math.min(1, kinds.length) : 0;
    const index = nearestLegal(wanted, least, kinds.length, (at) =>
      isLegalOrder(this.list.kindsWith(list, kinds, kind, at)),
    );
    if (index === undefined) {
      const line = this.layout.document.source.lineAt(node.startIndex) + 1;
      throw new Refusal('shape-error', { message: `no place for the parameter ${parameter}`, line, file });
    }
    this.list.insert(list, index, parameter, kind);
  }

  remove(node: SyntaxNode, parameter: SyntaxNode | string): void {
    const list = this.listOf(node);
    const item =
      typeof parameter === 'string'
        ? list.items.find((one) => this.nameOf(one) === parameter)
        : list.items.find((one) => one.startIndex <= parameter.startIndex && parameter.endIndex <= one.endIndex);
    if (!item) throw this.layout.unparsed(node);
    this.list.remove(list, item);
    this.removeSeparators(list);
  }

  /** A `*` with no name behind it and a `/` with none before it are no Python. */
  private removeSeparators(list: CommaList): void {
    const left = this.list.remaining(list);
    left.forEach((item, at) => {
      const kind = this.kindOfNode(item);
      const next = left[at + 1];
      const isBareStar = kind === '*' && (!next || this.kindOfNode(next) === '**');
      if (isBareStar || (kind === '/' && at === 0)) this.list.remove(list, item);
    });
  }

  private listOf(node: SyntaxNode): CommaList {
    const definition = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
    const parameters = definition?.childForFieldName('parameters');
    if (definition?.type === 'lambda') {
      const end = definition.firstChild!.endIndex;
      const [start, items] = parameters ? [parameters.startIndex, itemsOf(parameters)] : [end, []];
      return { key: definition.id, start, end: parameters?.endIndex ?? end, items, lead: ' ', hasBrackets: false };
    }
    if (definition?.type !== 'function_definition' || !parameters) throw this.layout.unparsed(node);
    const { id, startIndex, endIndex } = parameters;
    return {
      key: id,
      start: startIndex + 1,
      end: endIndex - 1,
      items: itemsOf(parameters),
      lead: '',
      hasBrackets: true,
    };
  }

  private kindOfNode(item: SyntaxNode): Kind {
    const text = this.layout.text.slice(item.startIndex, item.endIndex);
    return kindOfStart(text) ?? (/default_parameter$/.test(item.type) ? 'default' : 'required');
  }

  private nameOf(item: SyntaxNode): string | undefined {
    return /^[*\s]*([^\s:=,*]+)/.exec(this.layout.text.slice(item.startIndex, item.endIndex))?.[1];
  }
}

function kindOfStart(text: string): Kind | undefined {
  if (text.startsWith('**')) return '**';
  if (text === '*' || text === '/') return text;
  return text.startsWith('*') ? '*args' : undefined;
}

function kindOfText(text: string, file: string): Kind {
  const known = kindOfStart(text.trim());
  if (known) return known;
  let depth = 0;
  // The outermost brackets are those that the tokens were put in.
  for (const type of expressionTokens(text, file).types) {
    if (type === '(' || type === '[' || type === '{') depth++;
    else if (type === ')' || type === ']' || type === '}') depth--;
    else if (type === '=' && depth === 1) return 'default';
  }
  return 'required';
}

function usualPlace(kind: Kind, kinds: readonly Kind[]): number {
  if (kind === '**') return kinds.length;
  const end = kinds.findIndex((one) => one === '*' || one === '*args' || one === '**');
  return end < 0 ? kinds.length : end;
}

/** The place behind as many parameters, separators not counted. */
function placeOfPosition(position: number, kinds: readonly Kind[]): number {
  let at = 0;
  for (let left = position; at < kinds.length; at++) {
    if (left === 0) break;
    if (kinds[at] !== '/' && kinds[at] !== '*') left--;
  }
  return at;
}

function isLegalOrder(kinds: readonly Kind[]): boolean {
  let hasDefault = false;
  let hasStar = false;
  let hasSlash = false;
  return kinds.every((kind, at) => {
    const next = kinds[at + 1];
    switch (kind) {
      case '**':
        return next === undefined;
      case '/': {
        const isFine = at > 0 && !hasSlash && !hasStar;
        hasSlash = true;
        return isFine;
      }
      case '*':
      case '*args': {
        const isFine = !hasStar && (kind === '*args' || next === 'required' || next === 'default');
        hasStar = true;
        return isFine;
      }
      case 'default':
        hasDefault = true;
        return true;
      case 'required':
        return hasStar || !hasDefault;
      default:
        return kind satisfies never;
    }
  });
}

/** Whether the first parameter of a function is filled by the object or class that it is looked up on. */
function hasReceiver(node: SyntaxNode, { text }: PythonLayout): boolean {
  const definition =
    node.type === 'decorated_definition' ? node : node.parent?.type === 'decorated_definition' ? node.parent : node;
  if (definition.parent?.parent?.type !== 'class_definition' || node.type === 'lambda') return false;
  return !definition.children.some(
    ({ type, startIndex, endIndex }) =>
      type === 'decorator' && /^@\s*staticmethod\b/.test(text.slice(startIndex, endIndex)),
  );
}
