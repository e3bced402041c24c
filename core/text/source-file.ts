/** A place in a text as the Language Server Protocol counts it: 0-based, `character` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

const LF = 10;
const CR = 13;

/**
 * The text of one file, without its byte order mark, with positions. Lines end at `\n`, `\r\n` or a lone `\r`, as in LSP;
 * a tab is one column and an astral character two (UTF-16 code units).
 */
export class SourceFile {
  private starts: Uint32Array | undefined;

  /** @param text without byte order mark; offsets everywhere are UTF-16 code units into it. */
  constructor(readonly text: string) {}

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Position of an offset; offsets outside the text are clamped to its ends. */
  positionAt(offset: number): Position {
    const starts = this.lineStarts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - starts[low]! };
  }

  /** Offset of a position; a character beyond the line's end is clamped to it, as LSP demands. */
  offsetAt(position: Position): number {
    const starts = this.lineStarts();
    if (position.line >= starts.length) return this.text.length;
    if (position.line < 0) return 0;
    return Math.min(starts[position.line]! + Math.max(0, position.character), this.lineEnd(position.line));
  }

  rangeOf(node: { readonly startIndex: number; readonly endIndex: number }): Range {
    return { start: this.positionAt(node.startIndex), end: this.positionAt(node.endIndex) };
  }

  /** 0-based line of an offset. */
  lineAt(offset: number): number {
    return this.positionAt(offset).line;
  }

  /** Text of a 0-based line without its terminator; empty beyond the last line. */
  lineText(line: number): string {
    const start = this.lineStarts()[line];
    return start === undefined ? '' : this.text.slice(start, this.lineEnd(line));
  }

  /** Number of lines as an editor shows them (a final terminator opens one more, empty line). */
  get editorLines(): number {
    return this.lineStarts().length;
  }

  /** Physical lines as `wc -l` counts them, plus one for an unterminated last line. */
  get physicalLines(): number {
    // Without a lone CR every line that an editor shows ends with LF, but the last; such texts are next to all.
    const isCounted = this.starts !== undefined && !this.text.includes('\r');
    let count = isCounted ? this.starts!.length - 1 : 0;
    if (!isCounted) for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) count++;
    return this.text.length > 0 && this.text.charCodeAt(this.text.length - 1) !== LF ? count + 1 : count;
  }

  private lineEnd(line: number): number {
    const starts = this.lineStarts();
    let end = line + 1 < starts.length ? starts[line + 1]! : this.text.length;
    const start = starts[line]!;
    while (end > start && (this.text.charCodeAt(end - 1) === LF || this.text.charCodeAt(end - 1) === CR)) end--;
    return end;
  }

  private lineStarts(): Uint32Array {
    if (this.starts) return this.starts;
    const starts = [0];
    const hasCarriageReturn = this.text.includes('\r');
    if (hasCarriageReturn) {
      for (let at = 0; at < this.text.length; at++) {
        const code = this.text.charCodeAt(at);
        if (code === LF || (code === CR && this.text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
      }
    } else {
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    }
    this.starts = new Uint32Array(starts);
    return this.starts;
  }
}
