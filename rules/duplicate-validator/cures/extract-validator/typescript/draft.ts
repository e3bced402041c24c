import type { Document } from '../../../../../core/edit/snapshot';
import { memberComma } from '../../../../../core/edit/typescript/format';
import type { BlueprintEdit, Piece, Span, TypeQuestion } from './blueprint';
import { type Comments, commentsOf } from './comments';
import { commonJsHabit } from './habits';
import type { Range } from './left-behind';
import type { Plan } from './plan';
import { textOf } from './site';

/** What is written so far, and the ways of the file that new code goes to. The parts of the writer fill it together. */
export class Draft {
  readonly edits: BlueprintEdit[] = [];
  readonly types: TypeQuestion[] = [];
  readonly strings: Span[] = [];
  /** Names that mean the shared code from now on, spelled as they are. */
  readonly rewritten: Span[] = [];
  /** What the change takes out of each file. */
  readonly gone = new Map<Document, Range[]>();
  readonly isJavaScript: boolean;
  /** The file whose style new code has. */
  readonly near: Document;
  readonly comments: Comments | undefined;

  constructor(readonly plan: Plan) {
    this.comments = plan.cluster && commentsOf(plan.cluster.units);
    this.isJavaScript = /\.[cm]?jsx?$/.test(plan.target.file);
    this.near = plan.target.document ?? plan.holder.document;
  }

  get indent(): string {
    return this.near.style.indent;
  }

  /** What ends a statement. */
  get end(): string {
    return this.near.style.semicolons ? ';' : '';
  }

  /** Whether other files name the shared code. */
  get isShown(): boolean {
    const { sites, target } = this.plan;
    return !target.document || sites.some(({ document }) => document.file !== target.file);
  }

  get exportWord(): string {
    return commonJsHabit(this.near) ? '' : 'export ';
  }

  /** @returns the number by which a piece refers to the answer */
  question(one: TypeQuestion): number {
    return this.types.push(one) - 1;
  }

  /** Notes that something of a file is not there any more. */
  take(document: Document, { startIndex, endIndex }: { startIndex: number; endIndex: number }): void {
    this.gone.set(document, [...(this.gone.get(document) ?? []), { start: startIndex, end: endIndex }]);
  }

  /** Removes a range of a file. @param uses names of the shared module that the file needs then */
  remove(document: Document, { start, end }: Range, uses: readonly string[] = []): void {
    this.edits.push({ file: document.file, start, end, code: '', uses });
  }

  /**
   * The shared pattern or the members, as the place has them whose they are.
   * @param isLong an array does not fit a line behind its name
   */
  literal(isLong = false): Piece[] {
    const { document, check } = this.plan.holder;
    const literal = (this.plan.isKept && check!.held?.declarator.childForFieldName('value')) || check!.literal;
    const isArray = literal.type === 'array' && literal.descendantsOfType(['comment', 'array', 'object']).length === 1;
    const text = textOf(document, literal);
    const isBroken = text.includes('\n');
    const fits = text.replace(/\s+/g, ' ').length <= this.near.style.lineLength - 20;
    if (!isArray || (isLong ? isBroken : !isBroken || !fits)) return this.copied(spanOf(document, literal), document);
    const lead = isLong ? `\n${this.indent}` : '';
    const members = literal.namedChildren.flatMap((one, at): Piece[] => [
      at > 0 ? `,${isLong ? lead : ' '}` : lead,
      spanOf(document, one),
    ]);
    return ['[', ...members, isLong ? `${memberComma(this.near.style)}\n]` : ']'];
  }

  /** Code over several lines, indented for the top level. */
  copied({ file, start, end }: Span, document?: Document): Piece[] {
    const from = document ?? this.plan.sites.find((one) => one.document.file === file)!.document;
    const { text } = from.source;
    const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))![0];
    const pieces: Piece[] = [];
    let at = start;
    for (const line of text.slice(start, end).split(/(?<=\n)/)) {
      const code = line.replace(/\r?\n$/, '');
      const skip = at > start && code.startsWith(indent) ? indent.length : 0;
      if (code.length > skip) pieces.push({ file, start: at + skip, end: at + code.length });
      if (code.length < line.length) pieces.push('\n');
      at += line.length;
    }
    return pieces;
  }
}

export function spanOf({ file }: Document, { startIndex, endIndex }: { startIndex: number; endIndex: number }): Span {
  return { file, start: startIndex, end: endIndex };
}
