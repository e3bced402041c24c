import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { extentEnd, hasOwnLines, isInline, lineMates, runsOf, type Spot, sharesLine, spotOf } from './blocks';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';

/** Removes statements, and leaves a `pass` where a block would be empty. */
export class StatementRemover {
  /** Statements that are to go, those included whose turn is still to come. */
  private readonly removed = new Set<number>();
  /** Statements that have gone without leaving a `pass`. */
  private readonly gone = new Set<number>();
  /** Blocks that got statements or a `pass`, which therefore are not empty when their own statements go. */
  private readonly filled = new Set<number>();

  constructor(
    private readonly layout: PythonLayout,
    private readonly changes: ChangeBuilder,
    private readonly eraser: Eraser,
  ) {}

  /** Tells that a block has got a statement. */
  fill(block: SyntaxNode): void {
    this.filled.add(block.id);
  }

  /** @param withComments whether the comments attached to the statements, and those between two neighbours, go as well */
  remove(nodes: readonly SyntaxNode[], withComments: boolean): void {
    const spots = nodes.map((node) => spotOf(node, this.layout));
    for (const { statement } of spots) this.removed.add(statement.id);
    for (const run of runsOf(spots, this.layout)) {
      if (sharesLine(run[0]!, this.layout)) this.removeFromLine(run[0]!, withComments);
      else if (withComments) this.removeLines(run, true);
      else for (const part of this.withoutComments(run)) this.removeLines(part, false);
    }
  }

  /** Splits a run where comments stand that are to stay. */
  private withoutComments(run: readonly Spot[]): Spot[][] {
    const parts: Spot[][] = [];
    for (const spot of run) {
      const before = parts.at(-1)?.at(-1);
      const end = before && (hasOwnLines(before.statement, this.layout) ? extentEnd(before, this.layout) : before.end);
      if (end !== undefined && !this.layout.text.slice(end, spot.start).includes('#')) parts.at(-1)!.push(spot);
      else parts.push([spot]);
    }
    return parts;
  }

  /** Removes the lines of direct neighbours. */
  private removeLines(run: readonly Spot[], withComments: boolean): void {
    const { layout } = this;
    const first = run[0]!;
    const last = run.at(-1)!;
    const top = withComments ? layout.leadingStart(first.start) : layout.lineStart(first.start);
    const comment = withComments || hasOwnLines(last.statement, layout) ? undefined : layout.trailingComment(last.end);
    if (this.needsPass(first)) {
      const start = layout.commentLine(top) ?? first.start;
      this.placeholder(first, start, comment ? (layout.semicolonEnd(last.end) ?? last.end) : extentEnd(last, layout));
      for (const { statement } of run.slice(1)) this.gone.add(statement.id);
      return;
    }
    for (const { statement } of run) this.gone.add(statement.id);
    if (comment) this.eraser.erase(first.start, comment.start);
    else this.eraseLines(first, top, extentEnd(last, layout));
  }

  /** Takes a statement out of a line that it shares with others, or with the head of its block. */
  private removeFromLine(spot: Spot, withComments: boolean): void {
    const { layout } = this;
    const line = lineMates(spot, layout);
    const at = line.findIndex(({ id }) => id === spot.statement.id);
    // The comment at the end of a line is about the last statement in it.
    const takesComment = withComments && at + 1 === line.length;
    if (this.needsPass(spot)) {
      this.placeholder(spot, spot.start, takesComment ? extentEnd(spot, layout) : spot.end);
      return;
    }
    this.gone.add(spot.statement.id);
    if (line.slice(at + 1).some(({ id }) => !this.gone.has(id))) {
      this.eraser.erase(spot.start, line[at + 1]!.startIndex);
      return;
    }
    const last = layout.codeEnd(line.at(-1)!);
    const comment = layout.trailingComment(last);
    const end = takesComment && comment ? comment.end : (layout.semicolonEnd(last) ?? last);
    const before = line.slice(0, at).findLast(({ id }) => !this.gone.has(id));
    if (before) this.eraser.erase(layout.codeEnd(before), end);
    else if (isInline(spot.block, layout)) this.eraser.erase(line[0]!.startIndex, end);
    else if (comment && !takesComment) this.eraser.erase(line[0]!.startIndex, comment.start);
    else {
      const first = spotOf(line[0]!, layout);
      this.eraseLines(first, withComments ? layout.leadingStart(first.start) : layout.lineStart(first.start), end);
    }
  }

  /** Erases whole lines; of the blank lines above and below only the larger number stays, at the start and end of a block none. */
  private eraseLines(first: Spot, top: number, end: number): void {
    const { layout } = this;
    const above = layout.blankLinesAbove(top);
    const below = layout.blankLinesBelow(end);
    const isFirst =
      first.index === 0 && above === 0 && (top === 0 || layout.commentLine(layout.lineStart(top - 1)) === undefined);
    let from = top;
    let to = layout.nextLine(end);
    for (let drop = isFirst ? below : Math.min(above, below); drop > 0; drop--) to = layout.nextLine(to);
    if (to >= layout.text.length) for (let drop = above; drop > 0; drop--) from = layout.lineStart(from - 1);
    this.eraser.erase(from, to);
  }

  private placeholder({ block }: Spot, start: number, end: number): void {
    this.changes.replace(this.layout.document, start, end, 'pass');
    this.eraser.claim(start, end);
    this.fill(block);
  }

  private needsPass({ block, siblings }: Spot): boolean {
    return block.type !== 'module' && !this.filled.has(block.id) && siblings.every(({ id }) => this.removed.has(id));
  }
}
