import type { ChangeBuilder } from '../../change-builder';
import type { Document } from '../../snapshot';
import { headerOf } from './header';
import type { Entry, RunLayout } from './layout';
import type { MemberOrder } from './order';
import { commentsAbove, type ImportStatement, lineEnd, lineStart, nextLine } from './statement';
import { newStatement } from './write-names';

/** A comment above the first import of a block that names the block: what is added belongs below it. */
const HEADING =
  /^#\s*(?:pylint|noqa|mypy|pyright|ruff|flake8|type|isort|fmt)\b|import|librar|package|standard|stdlib|built-?in|third|first|local|django|own|project|module|\bapp\b|core|util|test/i;

/**
 * Writes the new entries of a run, and takes out the statements that are gone.
 * @param gone starts of the statements of which no name is left
 * @param order of the names in a new statement
 */
export function writeRun(
  run: RunLayout,
  gone: ReadonlySet<number>,
  order: MemberOrder,
  document: Document,
  changes: ChangeBuilder,
): void {
  new RunWriter(gone, order, document, changes).write(run);
}

class RunWriter {
  constructor(
    private readonly gone: ReadonlySet<number>,
    private readonly order: MemberOrder,
    private readonly document: Document,
    private readonly changes: ChangeBuilder,
  ) {}

  write(run: RunLayout): void {
    const { document, changes } = this;
    if (run.insertAt !== undefined) {
      writeFirstRun(run.blocks.map((block) => this.linesOf(block).join('\n')).join('\n\n'), document, changes);
      return;
    }
    // New blocks wait for the next block that stands in the file, so that they come before it.
    let waiting: string[] = [];
    let last: ImportStatement | undefined;
    for (const block of this.joined(run.blocks)) {
      const [first] = block.flatMap((entry) => entry.statement ?? []);
      const kept = block.flatMap((entry) => (this.isKept(entry) ? entry.statement! : []));
      if (!first) {
        waiting.push(this.linesOf(block).join('\n'));
        continue;
      }
      if (waiting.length > 0)
        changes.insert(document, blockStart(kept[0] ?? first, document), `${waiting.join('\n\n')}\n\n`);
      waiting = [];
      if (kept.length > 0) {
        this.writeAround(block, kept[0]!);
        last = kept.at(-1);
      } else if (this.replaceBlock(block, first)) last = first;
    }
    if (waiting.length > 0 && last)
      changes.insert(document, lineEnd(document.source.text, last.end), `\n\n${waiting.join('\n\n')}`);
  }

  private isKept({ statement }: Entry): boolean {
    return statement !== undefined && !this.gone.has(statement.start);
  }

  private linesOf(block: readonly Entry[]): string[] {
    return block.flatMap((entry) => (entry.statement ? [] : [newStatement(entry.added, this.order, this.document)]));
  }

  /** A new block takes the place of one beside it that goes. */
  private joined(blocks: readonly Entry[][]): Entry[][] {
    const joined: Entry[][] = [];
    const goes = (block: readonly Entry[]): boolean => block.every((entry) => entry.statement && !this.isKept(entry));
    const isNew = (block: readonly Entry[]): boolean => block.every((entry) => !entry.statement);
    for (const block of blocks) {
      const before = joined.at(-1);
      if (before && ((goes(before) && isNew(block)) || (isNew(before) && goes(block)))) before.push(...block);
      else joined.push([...block]);
    }
    return joined;
  }

  /** Writes the new lines where everything else of their block goes; returns whether there are any. */
  private replaceBlock(block: readonly Entry[], first: ImportStatement): boolean {
    const { document, changes } = this;
    const lines = this.linesOf(block);
    const statements = block.flatMap((entry) => entry.statement ?? []);
    // The comment of a linter was about what goes.
    const { text } = document.source;
    const lineStop = lineEnd(text, first.end);
    const stop = /^[ \t]*#/.test(text.slice(first.end, lineStop)) ? lineStop : first.end;
    if (lines.length > 0) changes.replace(document, first.start, stop, lines.join('\n'));
    const rest = lines.length > 0 ? statements.slice(1) : statements;
    for (const one of rest) {
      // With the whole block go the blank lines that set it off.
      const isLast = lines.length === 0 && one === rest.at(-1);
      removeStatement(one, document, changes, isLast ? blankLinesAbove(document.source.text, first.start) : 0);
    }
    return lines.length > 0;
  }

  private writeAround(block: readonly Entry[], first: ImportStatement): void {
    const { document, changes } = this;
    const { text } = document.source;
    let anchor: ImportStatement | undefined;
    for (const entry of block) {
      if (entry.statement) {
        if (this.isKept(entry)) anchor = entry.statement;
        else removeStatement(entry.statement, document, changes);
        continue;
      }
      const line = newStatement(entry.added, this.order, document);
      if (anchor) changes.insert(document, lineEnd(text, anchor.end), `\n${line}`);
      else changes.insert(document, belowHeading(first, document), `${line}\n`);
    }
  }
}

/** `# Django REST framework`, `# pylint: disable=x`: at most three words, or one of those that headings are made of. */
function isHeading(comment: string): boolean {
  return /^#\s*[\w.-]+(?:\s+[\w.-]+){0,2}\s*$/.test(comment) || HEADING.test(comment);
}

/** Where a block begins with the comments above it; what speaks of the whole file stays on top. */
function blockStart(first: ImportStatement, document: Document): number {
  const above = commentsAbove(document.source.text, first.start);
  const { end } = headerOf(document);
  return above < end ? lineStart(document.source.text, first.start) : above;
}

/** Where a line before the first of a block goes: a comment above it is a heading of the block, or belongs to that statement. */
function belowHeading(first: ImportStatement, document: Document): number {
  const { text } = document.source;
  const own = lineStart(text, first.start);
  const above = commentsAbove(text, first.start);
  return above === own || above === 0 || isHeading(text.slice(above, own)) ? own : blockStart(first, document);
}

/**
 * Takes a statement out with its line.
 * @param blankLinesToo at most so many of the blank lines below go with it
 */
export function removeStatement(
  { start, end }: { readonly start: number; readonly end: number },
  document: Document,
  changes: ChangeBuilder,
  blankLinesToo = 0,
): void {
  const { text } = document.source;
  const from = lineStart(text, start);
  let to = nextLine(text, end);
  const isAlone = /^\s*$/.test(text.slice(from, start)) && /^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(end, to));
  if (!isAlone) {
    // `import a; import b`: only its own part of the line goes.
    const behind = /^[ \t]*;[ \t]*(?=[^\s#])/.exec(text.slice(end))?.[0].length;
    const ahead = /;[ \t]*$/.exec(text.slice(from, start))?.[0].length;
    if (behind !== undefined) changes.remove(document, start, end + behind);
    else changes.remove(document, start - (ahead ?? 0), end);
    return;
  }
  const most = from === 0 ? Number.POSITIVE_INFINITY : blankLinesToo;
  for (let count = 0; count < most; count++) {
    const line = /^[ \t]*\r?\n/.exec(text.slice(to, to + 200))?.[0];
    if (line === undefined) break;
    to += line.length;
  }
  changes.remove(document, from, to);
}

function blankLines(text: string, at: number): number {
  return (/^(?:[ \t]*\r?\n)*/.exec(text.slice(at))?.[0].match(/\n/g) ?? []).length;
}

function blankLinesAbove(text: string, at: number): number {
  let count = 0;
  for (let line = lineStart(text, at); line > 0; count++) {
    const above = lineStart(text, line - 1);
    if (/\S/.test(text.slice(above, line))) break;
    line = above;
  }
  return count;
}

/** Writes the first imports of a module, set off from the header above and the code below. */
function writeFirstRun(code: string, document: Document, changes: ChangeBuilder): void {
  const { text } = document.source;
  const header = headerOf(document);
  if (header.end > 0) {
    const gap = blankLines(text, Math.min(text.length, nextLine(text, header.end)));
    const needed = header.nextCode < text.length ? (header.nextIsDefinition ? 2 : 1) : 0;
    changes.insert(document, header.end, `\n\n${code}${'\n'.repeat(Math.max(0, needed - gap))}`);
    return;
  }
  const isEmpty = header.nextCode >= text.length;
  changes.insert(
    document,
    header.nextCode >= text.length ? 0 : header.nextCode,
    `${code}\n${isEmpty ? '' : header.nextIsDefinition ? '\n\n' : '\n'}`,
  );
}
