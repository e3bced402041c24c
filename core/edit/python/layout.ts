import type { SyntaxNode } from '../../syntax/node';
import { Refusal } from '../refusal';
import type { Document } from '../snapshot';

const NO_CODE: ReadonlySet<string> = new Set(['comment', 'line_continuation']);
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/;

/**
 * Where statements, lines and comments of a Python file stand. Comments are attached by line and column, not by the tree, where a
 * comment before a block's first statement lies outside of the block and one before `else` within the `if`.
 */
export class PythonLayout {
  readonly text: string;
  private starts: ReadonlySet<number> | undefined;
  private strings: readonly SyntaxNode[] | undefined;

  constructor(readonly document: Document) {
    this.text = document.source.text;
  }

  /** The literals that cover more than one line. */
  get longStrings(): readonly SyntaxNode[] {
    this.strings ??= this.document.root
      .descendantsOfType('string')
      .filter((one) => this.text.slice(one.startIndex, one.endIndex).includes('\n'));
    return this.strings;
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** The offset of the line's terminator, or the end of the text. */
  lineEnd(offset: number): number {
    const at = this.text.indexOf('\n', offset);
    if (at < 0) return this.text.length;
    return at > offset && this.text[at - 1] === '\r' ? at - 1 : at;
  }

  nextLine(offset: number): number {
    const at = this.text.indexOf('\n', offset);
    return at < 0 ? this.text.length : at + 1;
  }

  isBlankLine(start: number): boolean {
    return start < this.text.length && /^[ \t\f]*\r?$/.test(this.text.slice(start, this.lineEnd(start)));
  }

  /** The blanks at the start of a physical line; a form feed and what is before it do not count. */
  indentationAt(offset: number): string {
    const start = this.lineStart(offset);
    return /^(?:[ \t]*\f)*([ \t]*)/.exec(this.text.slice(start, this.lineEnd(start)))![1]!;
  }

  /** The offset of the comment that is alone on its line; undefined for other lines. */
  commentLine(start: number): number | undefined {
    const blanks = /^[ \t\f]*(?=#)/.exec(this.text.slice(start, this.lineEnd(start)));
    if (!blanks) return undefined;
    this.starts ??= new Set(this.document.root.descendantsOfType('comment').map((one) => one.startIndex));
    const at = start + blanks[0].length;
    return this.starts.has(at) ? at : undefined;
  }

  /** The first statement of the logical line decides, so this is the column that Python compares. Tabs are eight wide. */
  columnOf(indentation: string): number {
    let column = 0;
    for (const character of indentation) column = character === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
    return column;
  }

  /** The end of a node's last character of code: nodes of the engine may end with comments. */
  codeEnd(node: SyntaxNode): number {
    for (let at = node; ; ) {
      let last = at.lastChild;
      while (last && NO_CODE.has(last.type)) last = last.previousSibling;
      if (!last) return at.endIndex;
      at = last;
    }
  }

  /** The offset behind the `;` that follows a statement, if there is one. */
  semicolonEnd(end: number): number | undefined {
    const match = /^(?:[ \t\f]|\\\r?\n)*;/.exec(this.text.slice(end, end + 2000));
    return match ? end + match[0].length : undefined;
  }

  /** The comment on the line where some code ends, behind that code. */
  trailingComment(end: number): { start: number; end: number } | undefined {
    const match = /^[ \t\f]*(?:;[ \t\f]*)?(?=#)/.exec(this.text.slice(end, this.lineEnd(end)));
    return match ? { start: end + match[0].length, end: this.lineEnd(end) } : undefined;
  }

  /** Start of the first of the comment lines directly above a line, at its column and with no blank line between; else of the line itself. */
  leadingStart(offset: number): number {
    let top = this.lineStart(offset);
    const column = this.columnOf(this.indentationAt(offset));
    while (top > 0) {
      const above = this.lineStart(top - 1);
      if (this.commentLine(above) === undefined || this.columnOf(this.indentationAt(above)) !== column) break;
      if (this.isHeader(above)) break;
      top = above;
    }
    return top;
  }

  /**
   * The end of the last comment line below a line that is indented by more than a column and comes before any code; else the end of
   * the line itself.
   */
  tailEnd(offset: number, column: number): number {
    let end = this.lineEnd(offset);
    for (let at = this.nextLine(end); at < this.text.length; at = this.nextLine(at)) {
      if (this.isBlankLine(at)) continue;
      if (this.commentLine(at) === undefined || this.columnOf(this.indentationAt(at)) <= column) break;
      end = this.lineEnd(at);
    }
    return end;
  }

  /** Blank lines directly above the line that starts at an offset. */
  blankLinesAbove(lineStart: number): number {
    let count = 0;
    for (let at = lineStart; at > 0 && this.isBlankLine(this.lineStart(at - 1)); at = this.lineStart(at - 1)) count++;
    return count;
  }

  blankLinesBelow(lineEnd: number): number {
    let count = 0;
    for (let at = this.nextLine(lineEnd); this.isBlankLine(at); at = this.nextLine(at)) {
      count++;
      if (this.lineEnd(at) === this.text.length) break;
    }
    return count;
  }

  /** Whether no logical line ends within a range: a backslash at a line's end joins the lines. */
  isOneLine(start: number, end: number): boolean {
    return !this.text
      .slice(start, end)
      .replace(/\\\r?\n/g, '')
      .includes('\n');
  }

  unparsed(node: SyntaxNode): Refusal {
    const { file, source } = this.document;
    return new Refusal('unparsed-syntax', { line: source.lineAt(node.startIndex) + 1, file });
  }

  /** `#!` and the coding cookie belong to the file, not to its first statement. */
  private isHeader(lineStart: number): boolean {
    const line = this.text.slice(lineStart, this.lineEnd(lineStart));
    if (lineStart === 0 && line.startsWith('#!')) return true;
    return CODING.test(line) && this.text.slice(0, lineStart).split('\n').length <= 2;
  }
}
