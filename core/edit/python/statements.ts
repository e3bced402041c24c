import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import {
  areJoined,
  blockOf,
  extentEnd,
  isDefinition,
  isDocstring,
  isInline,
  type Spot,
  spotOf,
  statementsOf,
} from './blocks';
import { codeShape } from './code-shape';
import type { Eraser } from './eraser';
import type { PythonLayout } from './layout';
import { type Code, indentCode } from './reindent';
import type { StatementRemover } from './removal';
import { neighbour, type SharedLines } from './shared-lines';

/** Inserts and replaces whole statements. */
export class StatementEditor {
  /** Lines to be inserted below others: of those at one place the deeper ones belong to a block that ends there, and so come first. */
  private readonly below: { at: number; column: number; lines: Fragment }[] = [];

  constructor(
    private readonly layout: PythonLayout,
    private readonly changes: ChangeBuilder,
    private readonly eraser: Eraser,
    private readonly lines: SharedLines,
    private readonly remover: StatementRemover,
  ) {
    changes.beforeBuild(() => {
      const lines = this.below.splice(0).sort((a, b) => b.column - a.column);
      for (const one of lines) changes.insert(layout.document, one.at, one.lines);
    });
  }

  insertBefore(node: SyntaxNode, code: Code): void {
    const spot = spotOf(node, this.layout);
    const lineIndent = this.lines.startLine(spot);
    if (lineIndent !== undefined) {
      this.insert(spot, spot.start, Fragment.of(this.indented(code, lineIndent, false), `\n${lineIndent}`), code);
      return;
    }
    const top = this.layout.leadingStart(spot.start);
    const shape = codeShape(code, this.file);
    const wanted = blankLinesAround(spot);
    const above = spot.index > 0 && shape.startsWithDefinition ? wanted - this.layout.blankLinesAbove(top) : 0;
    const below = shape.endsWithDefinition || (isDefinition(spot.statement) && shape.hasCode) ? wanted : 0;
    const lines = this.indented(code, this.lines.indentationOf(spot));
    this.insert(spot, top, Fragment.of(newlines(above), lines, newlines(below + 1)), code);
  }

  insertAfter(node: SyntaxNode, code: Code): void {
    const spot = spotOf(node, this.layout);
    const next = neighbour(spot, 1, this.layout);
    if (next && areJoined(spot.statement, next.statement, this.layout)) {
      const indent = this.lines.breakBefore(next);
      this.insert(spot, spot.end, Fragment.of('\n', this.indented(code, indent)), code);
    } else if (isInline(spot.block, this.layout)) {
      const indent = this.lines.open(spot.block);
      this.insert(spot, this.layout.lineEnd(spot.end), Fragment.of('\n', this.indented(code, indent)), code);
    } else this.insertBelow(spot, extentEnd(spot, this.layout), code);
  }

  prependToBlock(owner: SyntaxNode, code: Code): void {
    const block = this.blockOf(owner);
    const statements = statementsOf(block);
    const at = statements.findIndex((one, index) => !isHead(one, index, block));
    const before = statements[at < 0 ? statements.length - 1 : at - 1];
    const after = statements[at];
    // A blank line that sets the docstring off from the body goes on doing so.
    const isSetOff =
      before &&
      after &&
      !areJoined(before, after, this.layout) &&
      this.layout.blankLinesBelow(this.layout.codeEnd(before)) > 0;
    if (after && (!before || isSetOff)) this.insertBefore(after, code);
    else if (before) this.insertAfter(before, code);
    else this.appendToBlock(owner, code);
  }

  appendToBlock(owner: SyntaxNode, code: Code): void {
    const { layout } = this;
    const block = this.blockOf(owner);
    const last = statementsOf(block).at(-1);
    if (!last && block.type !== 'module') throw layout.unparsed(owner);
    if (!last) {
      const isLineStart = layout.text === '' || layout.text.endsWith('\n');
      this.changes.insert(layout.document, layout.text.length, Fragment.of(isLineStart ? '' : '\n', code, '\n'));
    } else if (isInline(block, layout)) this.insertAfter(last, code);
    else {
      const spot = spotOf(last, layout);
      const column = block.parent ? layout.columnOf(layout.indentationAt(block.parent.startIndex)) : -1;
      this.insertBelow(spot, layout.tailEnd(spot.end, column), code);
    }
  }

  replace(node: SyntaxNode, code: Code): void {
    const { layout, lines } = this;
    const spot = spotOf(node, layout);
    const shape = codeShape(code, this.file);
    if (!shape.hasCode) {
      // A comment alone fills no block.
      this.insertBefore(node, code);
      this.remover.remove([node], false);
      return;
    }
    const next = neighbour(spot, 1, layout);
    const isBeforeOther = next !== undefined && areJoined(spot.statement, next.statement, layout);
    let indent: string | undefined;
    if (!shape.isSimpleLine) {
      indent = lines.startLine(spot);
      if (next && isBeforeOther) lines.breakBefore(next);
    }
    indent ??= lines.indentationOf(spot);
    const comment = isBeforeOther ? undefined : layout.trailingComment(spot.end);
    const end = isBeforeOther || shape.isSimpleLine ? spot.end : (layout.semicolonEnd(spot.end) ?? spot.end);
    const isInTheWay =
      comment && !lines.hasMoved(spot.block, comment.start) && (!shape.isOneLogicalLine || shape.endsWithComment);
    // The comment would stand in the middle of new lines, or behind another one: it goes on a line of its own above them.
    const lead = isInTheWay
      ? Fragment.of(Fragment.copy(layout.document, comment.start, comment.end), `\n${indent}`)
      : '';
    const to = isInTheWay ? comment.end : end;
    this.changes.replace(layout.document, spot.start, to, Fragment.of(lead, this.indented(code, indent, false)));
    this.eraser.claim(spot.start, to);
    this.remover.fill(spot.block);
  }

  private insertBelow(spot: Spot, at: number, code: Code): void {
    const shape = codeShape(code, this.file);
    const wanted = blankLinesAround(spot);
    const above = shape.startsWithDefinition || (isDefinition(spot.statement) && shape.hasCode) ? wanted : 0;
    const isLast = spot.index + 1 === spot.siblings.length;
    const below = !isLast && shape.endsWithDefinition ? wanted - this.layout.blankLinesBelow(at) : 0;
    const indent = this.lines.indentationOf(spot);
    const lines = Fragment.of(newlines(above + 1), this.indented(code, indent), newlines(below));
    this.below.push({ at, column: this.layout.columnOf(indent), lines });
    if (shape.hasCode) this.remover.fill(spot.block);
  }

  private insert(spot: Spot, at: number, lines: Fragment, code: Code): void {
    if (codeShape(code, this.file).hasCode) this.remover.fill(spot.block);
    this.changes.insert(this.layout.document, at, lines);
  }

  private blockOf(owner: SyntaxNode): SyntaxNode {
    const block = blockOf(owner);
    if (!block) throw this.layout.unparsed(owner);
    return block;
  }

  private indented(code: Code, indent: string, first = true): Fragment {
    return indentCode(code, indent, this.file, first);
  }

  private get file(): string {
    return this.layout.document.file;
  }
}

/** Whether a statement must stay at the start of its block: a docstring, an import from `__future__`. */
function isHead(statement: SyntaxNode, index: number, block: SyntaxNode): boolean {
  if (statement.type === 'future_import_statement') return true;
  return index === 0 && isDocstring(statement) && (block.type === 'module' || isDefinition(block.parent ?? undefined));
}

/** PEP 8: two blank lines around the definitions of a module, one around others. */
function blankLinesAround({ block }: Spot): number {
  return block.type === 'module' ? 2 : 1;
}

function newlines(count: number): string {
  return '\n'.repeat(Math.max(0, count));
}
