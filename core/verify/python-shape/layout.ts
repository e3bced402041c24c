import { reject } from './rejection';
import type { Tokens } from './tokens';

const TAB = 8;
const MAX_INDENTS = 100;

/** The stack of open indentations. Columns are counted twice, with tabs of eight and of one, as CPython does: both must agree. */
export class Layout {
  private readonly columns = [0];
  private readonly narrow = [0];

  /**
   * Reads the start of a line and adds INDENT and DEDENT tokens where one begins or ends a block.
   * @param at offset of the line's first character
   * @param continuation reads a backslash at line's end and returns the offset of the next line
   * @returns the offset of the first character that is no blank
   */
  startLine(tokens: Tokens, at: number, continuation: (at: number) => number): number {
    const { text } = tokens;
    const lineStart = at;
    let column = 0;
    let narrow = 0;
    let firstLineColumn = 0;
    for (; ; at++) {
      const character = text[at];
      if (character === ' ') {
        column++;
        narrow++;
      } else if (character === '\t') {
        column = (Math.floor(column / TAB) + 1) * TAB;
        narrow++;
      } else if (character === '\f') {
        column = 0;
        narrow = 0;
      } else if (character === '\\') {
        // The line that the first backslash ends decides on the indentation of the lines joined to it.
        firstLineColumn ||= column;
        at = continuation(at) - 1;
      } else break;
    }
    const next = text[at];
    if (next === undefined || next === '#' || next === '\n' || next === '\r') return at;
    if (firstLineColumn > 0) {
      column = firstLineColumn;
      narrow = firstLineColumn;
    }
    this.indentTo(tokens, column, narrow, lineStart, at);
    return at;
  }

  /** Closes all blocks at the end of the file. */
  end(tokens: Tokens): void {
    const at = tokens.text.length;
    for (let left = this.columns.length; left > 1; left--) tokens.add('DEDENT', at, at);
  }

  private indentTo(tokens: Tokens, column: number, narrow: number, lineStart: number, at: number): void {
    const { columns, narrow: narrows } = this;
    if (column > columns.at(-1)!) {
      if (columns.length >= MAX_INDENTS) reject('too-many-indents', 'too many levels of indentation', lineStart, at);
      if (narrow <= narrows.at(-1)!) inconsistent(lineStart, at);
      columns.push(column);
      narrows.push(narrow);
      tokens.add('INDENT', lineStart, at);
      return;
    }
    while (column < columns.at(-1)!) {
      columns.pop();
      narrows.pop();
      tokens.add('DEDENT', at, at);
    }
    if (column !== columns.at(-1)!) {
      reject('inconsistent-dedent', 'unindent does not match any outer indentation level', lineStart, at);
    }
    if (narrow !== narrows.at(-1)!) inconsistent(lineStart, at);
  }
}

function inconsistent(start: number, end: number): never {
  reject('inconsistent-tabs', 'inconsistent use of tabs and spaces in indentation', start, end);
}
