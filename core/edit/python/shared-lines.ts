import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import { areJoined, colonEnd, isInline, lineMates, type Spot, spotOf, statementsOf } from './blocks';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';

/**
 * Lines that hold more than one thing: `a; b`, `if x: a`. Breaks them up where a statement needs a line of its own, each place once,
 * and knows how deep the new lines are indented.
 */
export class SharedLines {
  /** Indentation of the blocks that stood on their owner's line and were opened up, by node id. */
  private readonly opened = new Map<number, string>();
  /** Statements that no longer share a line with the one before them. */
  private readonly split = new Set<number>();

  constructor(
    private readonly layout: PythonLayout,
    private readonly changes: ChangeBuilder,
    private readonly eraser: Eraser,
  ) {}

  /** The indentation of a statement's line once the edits so far are made. */
  indentationOf(spot: Spot): string {
    return this.opened.get(spot.block.id) ?? lineIndentation(spot, this.layout);
  }

  isOpened(block: SyntaxNode): boolean {
    return this.opened.has(block.id);
  }

  areJoinedStill(before: SyntaxNode, after: SyntaxNode): boolean {
    return areJoined(before, after, this.layout) && !this.split.has(after.id);
  }

  isInlineStill(block: SyntaxNode): boolean {
    return isInline(block, this.layout) && !this.opened.has(block.id);
  }

  /** Starts a new line before a statement that is not the first of its line, and tells the indentation; undefined where it is. */
  startLine(spot: Spot): string | undefined {
    const previous = spot.siblings[spot.index - 1];
    if (previous && areJoined(previous, spot.statement, this.layout)) return this.breakBefore(spot);
    return !previous && isInline(spot.block, this.layout) ? this.open(spot.block) : undefined;
  }

  /** Breaks the line at the `;` before a statement; returns the indentation of the new line. */
  breakBefore(spot: Spot): string {
    const indent = isInline(spot.block, this.layout) ? this.open(spot.block) : this.indentationOf(spot);
    if (this.split.has(spot.statement.id)) return indent;
    this.split.add(spot.statement.id);
    const end = this.layout.codeEnd(spot.siblings[spot.index - 1]!);
    if (this.eraser.isFree(end, spot.start)) {
      this.changes.replace(this.layout.document, end, spot.start, `\n${indent}`);
      this.eraser.claim(end, spot.start, true);
    }
    return indent;
  }

  /** Puts a block that stands on its owner's line on lines of its own; a comment at the end of that line stays with the head. */
  open(block: SyntaxNode): string {
    const known = this.opened.get(block.id);
    if (known !== undefined) return known;
    const { layout } = this;
    const colon = colonEnd(block)!;
    const indent = this.indentBelow(block.parent!);
    this.opened.set(block.id, indent);
    const last = layout.codeEnd(statementsOf(block).at(-1)!);
    const end = layout.semicolonEnd(last) ?? last;
    const comment = layout.trailingComment(end);
    if (comment && layout.lineStart(comment.start) === layout.lineStart(colon)) {
      const copy = Fragment.copy(layout.document, comment.start, comment.end);
      this.changes.insert(layout.document, colon, Fragment.of('  ', copy));
      this.eraser.erase(end, comment.end);
    }
    this.changes.replace(layout.document, colon, block.startIndex, `\n${indent}`);
    this.eraser.claim(colon, block.startIndex, true);
    return indent;
  }

  /** Whether the comment at the end of an opened line has gone to the head. */
  hasMoved(block: SyntaxNode, comment: number): boolean {
    return this.isOpened(block) && this.layout.lineStart(comment) === this.layout.lineStart(colonEnd(block)!);
  }

  /** One step deeper than an owner: by the style's step, unless the blocks around are indented by the other kind of blanks. */
  private indentBelow(owner: SyntaxNode): string {
    const { layout } = this;
    const { indent } = layout.document.style;
    const outer = layout.indentationAt(owner.startIndex);
    for (let at = owner.parent; at; at = at.parent) {
      if (at.type !== 'block' || isInline(at, layout)) continue;
      const own = layout.indentationAt(at.startIndex);
      const around = layout.indentationAt(at.parent!.startIndex);
      const step = own.startsWith(around) ? own.slice(around.length) : '';
      return outer + (step !== '' && step.includes('\t') !== indent.includes('\t') ? step : indent);
    }
    return outer + indent;
  }
}

/** The indentation of the line that a statement stands in, which for `if x: a` is that of the `if`. */
export function lineIndentation(spot: Spot, layout: PythonLayout): string {
  const first = lineMates(spot, layout)[0]!;
  const isBehindHead = first.id === spot.siblings[0]!.id && isInline(spot.block, layout);
  return layout.indentationAt(isBehindHead ? spot.block.parent!.startIndex : first.startIndex);
}

/** The spot of a neighbour. */
export function neighbour(spot: Spot, step: 1 | -1, layout: PythonLayout): Spot | undefined {
  const node = spot.siblings[spot.index + step];
  return node ? spotOf(node, layout) : undefined;
}
