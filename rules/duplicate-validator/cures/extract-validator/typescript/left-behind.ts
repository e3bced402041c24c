import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { HeldConstant } from './check';
import { isTop } from './constant-reads';
import { type Site, textOf } from './site';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A constant that nothing names any more, as whole lines. */
export interface LeftBehind extends Range {
  readonly document: Document;
  readonly name: string;
  /** It is its module's, and of no function or class. */
  readonly isTop: boolean;
  /** Comments about it, which go with it. */
  readonly comments: readonly Range[];
}

/** What the comments about a constant say, on one line. */
export function commentText({ document, comments }: Pick<LeftBehind, 'document' | 'comments'>): string {
  const texts = comments.map(({ start, end }) => document.source.text.slice(start, end));
  return texts.join(' ').replace(/\s+/g, ' ');
}

/**
 * The constants that held what is shared now, where nothing else names them.
 * @param gone what the change takes out of each file
 * @param stays the constant that the others share from now on
 */
export function constantsLeftBehind(
  sites: readonly Site[],
  gone: ReadonlyMap<Document, readonly Range[]>,
  stays: HeldConstant | undefined,
): LeftBehind[] {
  const found: LeftBehind[] = [];
  for (const { document, check } of sites) {
    const held = check?.held;
    const statement = held && held.declarator.id !== stays?.declarator.id ? statementOf(held) : undefined;
    const isWithin =
      statement &&
      gone.get(document)?.some((one) => one.start <= statement.startIndex && statement.endIndex <= one.end);
    if (!held || !statement || isWithin || isNamedStill(held, statement, document, gone.get(document) ?? [])) continue;
    if (
      found.some(
        (one) => one.document === document && one.start <= statement.startIndex && statement.startIndex < one.end,
      )
    )
      continue;
    found.push({ document, name: held.name, isTop: isTop(held, document), ...linesOf(statement, document) });
  }
  return found;
}

/** What declares this constant alone, and hands it to nobody. */
export function statementOf({ declarator, isField }: HeldConstant): SyntaxNode | undefined {
  if (isField) return declarator;
  const statement = declarator.parent;
  const isOnly = statement?.namedChildren.filter(({ type }) => type === 'variable_declarator').length === 1;
  return isOnly && /^(?:program|statement_block)$/.test(statement.parent?.type ?? '') ? statement : undefined;
}

function isNamedStill(held: HeldConstant, statement: SyntaxNode, document: Document, gone: readonly Range[]): boolean {
  const isGone = (start: number): boolean => gone.some((range) => range.start <= start && start < range.end);
  if (!held.isField) {
    const binding = document.semantics.bindingAt(held.declarator.childForFieldName('name')!.startIndex);
    return binding?.writes.length !== 1 || !binding.reads.every(({ start }) => isGone(start));
  }
  // Others may name what is not private.
  const head = textOf(document, statement).split(held.name)[0]! + held.name;
  if (!/\bprivate\b|#/.test(head)) return true;
  const word = new RegExp(`(?<![\\w$#])${held.name.replace(/[#$]/g, '\\$&')}(?![\\w$])`, 'g');
  return [...document.source.text.matchAll(word)].some(
    ({ index }) => !isGone(index) && !(statement.startIndex <= index && index < statement.endIndex),
  );
}

/** The lines of a statement with the comments above and behind it, and with one blank line where two would remain. */
export function linesOf(statement: SyntaxNode, { source: { text } }: Document): Range & { comments: Range[] } {
  const comments: Range[] = [];
  let top = statement.startIndex;
  for (let above = statement.previousNamedSibling; above?.type === 'comment'; above = above.previousNamedSibling) {
    const isAlone = /^[ \t]*$/.test(text.slice(lineStart(text, above.startIndex), above.startIndex));
    if (!isAlone || /\n[ \t]*\r?\n/.test(text.slice(above.endIndex, top))) break;
    comments.unshift({ start: above.startIndex, end: above.endIndex });
    top = above.startIndex;
  }
  const behind = /^[ \t]*;?[ \t]*(\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/)?[ \t]*(?=\r?\n|$)/.exec(
    text.slice(statement.endIndex),
  );
  let end = statement.endIndex + (behind?.[0].length ?? 0);
  if (behind?.[1])
    comments.push({
      start: end - behind[0].length + behind[0].indexOf(behind[1]),
      end: statement.endIndex + behind[0].indexOf(behind[1]) + behind[1].length,
    });
  const start = lineStart(text, top);
  end += /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const isOpen = start === 0 || /(?:\n[ \t]*\r?\n|\{[ \t]*\r?\n)$/.test(text.slice(0, start));
  const blank = isOpen ? /^(?:[ \t]*\r?\n)+/.exec(text.slice(end)) : null;
  // At the end of the file no blank line is left.
  const isLast = end === text.length;
  const above = isLast ? /\n((?:[ \t]*\r?\n)+)$/.exec(text.slice(0, start)) : null;
  return { start: start - (above ? above[1]!.length : 0), end: end + (blank?.[0].length ?? 0), comments };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
