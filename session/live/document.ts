import type { TextEdit } from '../../core/edit/text-edit';
import { OffsetMap } from '../../core/edit/text-edit';
import { type BrokenRanges, brokenRanges } from '../../core/facts/broken';
import { collectFacts, type FileFacts } from '../../core/facts/collect';
import { parsedFile } from '../../core/facts/parse';
import type { Finding, Place, RelatedPlace } from '../../core/rule/finding';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { LanguageId } from '../../core/syntax/language';
import type { SyntaxTree } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { COLLECTORS } from '../collectors';

/** Wall-clock budget of one parse while somebody types. */
const PARSE_BUDGET_MS = 2_000;

/**
 * One file that is open in an editor: its text, its tree (kept for incremental parsing) and its facts.
 */
export class LiveDocument {
  private tree: SyntaxTree;
  source: SourceFile;
  facts: FileFacts;
  /** The parts that are not understood now; undefined when all is. */
  broken: BrokenRanges | undefined;

  /** @throws ParseFailure */
  constructor(
    readonly file: string,
    readonly language: LanguageId,
    private readonly engine: SyntaxEngine,
    text: string,
  ) {
    this.source = new SourceFile(text);
    this.tree = engine.parse(text, language, { budgetMs: PARSE_BUDGET_MS });
    this.facts = this.collect();
  }

  /**
   * Takes in a new text. Parsing starts from the old tree; a result with errors is parsed afresh, because recovery from errors may
   * depend on the way there, and what is shown must not.
   * @throws ParseFailure the document then is as before
   */
  update(text: string): void {
    const edit = differenceOf(this.source.text, text);
    if (!edit) return;
    const after = new SourceFile(text);
    const end = edit.start + edit.newText.length;
    this.tree.edit({
      startIndex: edit.start,
      oldEndIndex: edit.end,
      newEndIndex: end,
      startPosition: pointOf(this.source, edit.start),
      oldEndPosition: pointOf(this.source, edit.end),
      newEndPosition: pointOf(after, end),
    });
    let tree: SyntaxTree;
    try {
      tree = this.engine.parse(text, this.language, { oldTree: this.tree, budgetMs: PARSE_BUDGET_MS });
      if (tree.rootNode.hasError) {
        tree.delete();
        tree = this.engine.parse(text, this.language, { budgetMs: PARSE_BUDGET_MS });
      }
    } catch (error) {
      this.tree.delete();
      this.tree = this.engine.parse(this.source.text, this.language);
      throw error;
    }
    this.tree.delete();
    this.tree = tree;
    this.source = after;
    this.facts = this.collect();
  }

  dispose(): void {
    this.tree.delete();
  }

  private collect(): FileFacts {
    const root = this.tree.rootNode;
    this.broken = root.hasError ? brokenRanges(root) : undefined;
    return collectFacts(parsedFile(root, this.source, this.language), COLLECTORS);
  }
}

/** The one edit that turns a text into another: what lies between their common beginning and their common end. */
export function differenceOf(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}

/** tree-sitter counts rows by line feeds alone. */
function pointOf(source: SourceFile, offset: number): { row: number; column: number } {
  const { text } = source;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let row = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) row++;
  return { row, column: offset - lineStart };
}

/** Moves the places that findings have in one file along with its text. */
export class Mover {
  private readonly offsets: OffsetMap;

  constructor(
    private readonly file: string,
    private readonly before: SourceFile,
    private readonly after: SourceFile,
  ) {
    const edit = differenceOf(before.text, after.text);
    this.offsets = new OffsetMap(edit ? [edit] : []);
  }

  finding(finding: Finding): Finding {
    return { ...finding, ...this.place(finding), related: finding.related.map((one) => this.place(one)) };
  }

  private place<T extends Place | RelatedPlace>(place: T): T {
    if (place.file !== this.file) return place;
    return { ...place, range: this.offsets.range(this.before, place.range, this.after) };
  }
}
