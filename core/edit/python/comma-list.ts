import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';
import { type Code, indentExpression } from './reindent';

/** A list of arguments or parameters, as it stands in the text. */
export interface CommaList {
  /** Names the list among all of a file. */
  readonly key: number;
  /** Behind the opening bracket and before the closing one. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly SyntaxNode[];
  /** What comes before the first item of a list that has none: a blank in `lambda x:`. */
  readonly lead: string;
  /** Whether lines may be broken in it. */
  readonly hasBrackets: boolean;
}

interface State<Kind> {
  /** What has been added, with its place among the remaining items. */
  readonly additions: { readonly index: number; readonly kind: Kind }[];
  /** Lengths of what has been added. */
  added: number;
  hasComma: boolean;
  isExploded: boolean;
  readonly gone: Set<number>;
}

const NO_ITEM: ReadonlySet<string> = new Set(['(', ')', ',', 'comment', 'line_continuation']);

export function itemsOf(list: SyntaxNode): SyntaxNode[] {
  return list.children.filter(({ type }) => !NO_ITEM.has(type));
}

/** Inserts and removes items in the manner of the list: in one line, or one on each line. */
export class CommaListEditor<Kind> {
  private readonly states = new Map<number, State<Kind>>();

  constructor(
    private readonly layout: PythonLayout,
    private readonly changes: ChangeBuilder,
    private readonly eraser: Eraser,
  ) {}

  /** The items that have not been removed. */
  remaining(list: CommaList): SyntaxNode[] {
    const { gone } = this.stateOf(list);
    return list.items.filter(({ id }) => !gone.has(id));
  }

  /** The kinds of all items, those included that have been added, if one more is put before the remaining one of an index. */
  kindsWith(list: CommaList, kinds: readonly Kind[], added: Kind, index: number): Kind[] {
    const additions = [...this.stateOf(list).additions, { index, kind: added }];
    return [...kinds, undefined].flatMap((kind, at) => [
      ...additions.filter((one) => one.index === at).map((one) => one.kind),
      ...(kind === undefined ? [] : [kind]),
    ]);
  }

  /** @param index the item comes before the one that has this index among the {@link remaining} ones */
  insert(whole: CommaList, index: number, code: Code, kind: Kind): void {
    const state = this.stateOf(whole);
    const list = { ...whole, items: this.remaining(whole) };
    if (list.items.length === 0) this.insertFirst(list, state, code);
    else if (state.isExploded || this.overflows(list, state, code)) this.insertExploded(list, state, index, code);
    else if (this.isOnePerLine(list)) this.insertLine(list, state, index, code);
    else this.insertInline(list, index, code);
    state.added += code.toString().length + 2;
    state.additions.push({ index, kind });
  }

  /** Removes an item with its comma; comments stay. In one list nothing can be removed after something has been added. */
  remove(list: CommaList, item: SyntaxNode): void {
    const state = this.stateOf(list);
    if (state.added > 0) throw new Error('remove from a list before you add to it');
    const { items } = list;
    const at = items.findIndex(({ id }) => id === item.id);
    if (at < 0) throw this.layout.unparsed(item);
    const comma = commaAfter(item);
    const end = comma ?? item.endIndex;
    state.gone.add(item.id);
    if (this.startsLine(item) && this.endsLine(end)) {
      const comment = this.layout.trailingComment(end);
      if (comment) this.eraser.erase(item.startIndex, comment.start);
      else this.eraser.erase(this.layout.lineStart(item.startIndex), this.layout.nextLine(end));
      return;
    }
    if (items.slice(at + 1).some(({ id }) => !state.gone.has(id))) {
      this.eraseGap(item.startIndex, items[at + 1]!.startIndex, item.startIndex, end);
      return;
    }
    const before = items.slice(0, at).findLast(({ id }) => !state.gone.has(id));
    if (before) this.eraseGap(before.endIndex, item.endIndex, item.startIndex, item.endIndex);
    else {
      const last = items.at(-1)!;
      this.eraser.erase(item.startIndex, item.endIndex);
      this.eraser.erase(last.endIndex, commaAfter(last) ?? last.endIndex);
    }
  }

  /** Erases a range, or the smaller one where a comment is in it. */
  private eraseGap(start: number, end: number, smallStart: number, smallEnd: number): void {
    const rest = this.layout.text.slice(start, smallStart) + this.layout.text.slice(smallEnd, end);
    if (rest.includes('#')) this.eraser.erase(smallStart, smallEnd);
    else this.eraser.erase(start, end);
  }

  private insertFirst(list: CommaList, { added }: State<Kind>, code: Code): void {
    const inner = this.layout.text.slice(list.start, list.end);
    const { document } = this.layout;
    if (inner.includes('\n')) {
      const indent = this.itemIndent(list);
      this.changes.insert(document, list.start, Fragment.of(`\n${indent}`, this.indented(code, indent), ','));
    } else {
      const indent = this.layout.indentationAt(list.start);
      this.changes.insert(document, list.start, Fragment.of(added > 0 ? ', ' : list.lead, this.indented(code, indent)));
    }
  }

  private insertInline(list: CommaList, index: number, code: Code): void {
    const { document } = this.layout;
    const written = this.indented(code, this.layout.indentationAt(list.start));
    if (index === 0) this.changes.insert(document, list.items[0]!.startIndex, Fragment.of(written, ', '));
    else this.changes.insert(document, list.items[index - 1]!.endIndex, Fragment.of(', ', written));
  }

  private insertLine(list: CommaList, state: State<Kind>, index: number, code: Code): void {
    const { layout, changes } = this;
    const { document } = layout;
    const first = list.items[0]!;
    const indent = layout.indentationAt(first.startIndex);
    const written = this.indented(code, indent);
    if (index === 0) {
      changes.insert(document, layout.leadingStart(first.startIndex), Fragment.of(indent, written, ',\n'));
      return;
    }
    const before = list.items[index - 1]!;
    const comma = commaAfter(before);
    if (comma !== undefined && this.eraser.isFree(comma - 1, comma)) {
      const at = this.endsLine(comma) ? layout.lineEnd(comma) : comma;
      changes.insert(document, at, Fragment.of(`\n${indent}`, written, ','));
    } else if (this.endsLine(before.endIndex)) {
      if (!state.hasComma) changes.insert(document, before.endIndex, ',');
      state.hasComma = true;
      changes.insert(document, layout.lineEnd(before.endIndex), Fragment.of(`\n${indent}`, written, ','));
    } else changes.insert(document, before.endIndex, Fragment.of(`,\n${indent}`, written));
  }

  /** Puts every item on a line of its own, as Black does with a list that no longer fits its line. */
  private insertExploded(list: CommaList, state: State<Kind>, index: number, code: Code): void {
    const { document } = this.layout;
    const indent = this.itemIndent(list);
    const { items, start, end } = list;
    if (!state.isExploded) {
      state.isExploded = true;
      this.rewrite(start, items[0]!.startIndex, `\n${indent}`);
      for (let at = 1; at < items.length; at++) {
        this.rewrite(items[at - 1]!.endIndex, items[at]!.startIndex, `,\n${indent}`);
      }
      const outer = this.layout.indentationAt(start);
      this.rewrite(items.at(-1)!.endIndex, end, `,\n${outer}`, true);
    }
    const written = this.indented(code, indent);
    if (index === 0) this.changes.insert(document, items[0]!.startIndex, Fragment.of(written, `,\n${indent}`));
    else this.changes.insert(document, items[index - 1]!.endIndex, Fragment.of(`,\n${indent}`, written));
  }

  /** @param isAtEnd puts the text behind what is inserted at the same place later */
  private rewrite(start: number, end: number, text: string, isAtEnd = false): void {
    // The closing bracket is part of the last edit, so that it stays behind all items that are inserted before it.
    const { document, text: source } = this.layout;
    if (isAtEnd) this.changes.replace(document, start, end + 1, text + source[end]);
    else this.changes.replace(document, start, end, text);
    this.eraser.claim(start, end);
  }

  private overflows(list: CommaList, state: State<Kind>, code: Code): boolean {
    const { layout } = this;
    const inner = layout.text.slice(list.start, list.end);
    const written = code.toString();
    if (!list.hasBrackets || inner.includes('\n') || !this.eraser.isFree(list.start, list.end) || state.added > 0)
      return false;
    const line = layout.lineEnd(list.end) - layout.lineStart(list.start);
    return line + written.length + 2 > layout.document.style.lineLength;
  }

  private isOnePerLine({ items, hasBrackets }: CommaList): boolean {
    return hasBrackets && items.every((item) => this.startsLine(item));
  }

  private startsLine({ startIndex }: SyntaxNode): boolean {
    return /^[ \t\f]*$/.test(this.layout.text.slice(this.layout.lineStart(startIndex), startIndex));
  }

  /** Whether nothing but a comment follows on a line. */
  private endsLine(offset: number): boolean {
    return /^[ \t\f]*(?:#.*)?$/.test(this.layout.text.slice(offset, this.layout.lineEnd(offset)));
  }

  private itemIndent(list: CommaList): string {
    return this.layout.indentationAt(list.start) + this.layout.document.style.indent;
  }

  private indented(code: Code, indent: string): Fragment {
    return indentExpression(code, indent, this.layout.document.file);
  }

  private stateOf({ key }: CommaList): State<Kind> {
    let state = this.states.get(key);
    if (!state) {
      state = { additions: [], added: 0, hasComma: false, isExploded: false, gone: new Set() };
      this.states.set(key, state);
    }
    return state;
  }
}

/** The end of the comma that follows an item. */
function commaAfter(item: SyntaxNode): number | undefined {
  let at = item.nextSibling;
  while (at && (at.type === 'comment' || at.type === 'line_continuation')) at = at.nextSibling;
  return at?.type === ',' ? at.endIndex : undefined;
}

/** The legal place that is nearest to the wanted one: to its left if there is one, else to its right. */
export function nearestLegal(
  wanted: number,
  least: number,
  most: number,
  isLegal: (index: number) => boolean,
): number | undefined {
  const start = Math.min(Math.max(wanted, least), most);
  for (let at = start; at >= least; at--) if (isLegal(at)) return at;
  for (let at = start + 1; at <= most; at++) if (isLegal(at)) return at;
  return undefined;
}
