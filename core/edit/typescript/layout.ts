import type { SyntaxNode } from '../../syntax/node';
import type { Document } from '../snapshot';

/** Whether a file is JavaScript by its name: types have no place beside names. */
export const isJavaScript = (file: string): boolean => /\.[cm]?jsx?$/.test(file);

/** Where lines, statements and comments of a TypeScript or JavaScript file stand. Offsets are UTF-16 code units. */
export class TypeScriptLayout {
  readonly text: string;

  constructor(readonly document: Document) {
    this.text = document.source.text;
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

  /** The blanks at the start of the line of an offset. */
  indentationAt(offset: number): string {
    const start = this.lineStart(offset);
    return /^[ \t]*/.exec(this.text.slice(start, this.lineEnd(start)))![0];
  }

  /** Whether nothing but blanks stands before an offset on its line. */
  isFirstOnLine(offset: number): boolean {
    return /^[ \t]*$/.test(this.text.slice(this.lineStart(offset), offset));
  }

  /** The offset behind the character before `offset` that is no white space. */
  codeBefore(offset: number): number {
    let at = offset;
    while (at > 0 && /\s/.test(this.text[at - 1]!)) at--;
    return at;
  }

  areOnOneLine(start: number, end: number): boolean {
    return !this.text.slice(start, end).includes('\n');
  }

  textOf({ startIndex, endIndex }: SyntaxNode): string {
    return this.text.slice(startIndex, endIndex);
  }

  /** The indentation of the statements directly in a block: that of the first one with a line of its own, else one level more than the block's line. */
  innerIndentation(block: SyntaxNode): string {
    const first = block.namedChildren.find(({ startIndex }) => this.isFirstOnLine(startIndex));
    if (first) return this.indentationAt(first.startIndex);
    return this.outerIndentation(block) + this.document.style.indent;
  }

  /** The indentation of a block's closing brace. */
  outerIndentation(block: SyntaxNode): string {
    const brace = block.endIndex - 1;
    return this.indentationAt(this.isFirstOnLine(brace) ? brace : block.startIndex);
  }
}
