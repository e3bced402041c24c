import type { Document } from '../../../../../core/edit/snapshot';
import type { Code, Span } from './blueprint';

/** What comes into the place of a part of copied code. */
export interface Replacement extends Span {
  readonly code: readonly Code[];
}

/**
 * Copies `[start, end)` of a document with parts replaced; lines after the first lose the indentation of the first one's line and get
 * another. What stands in template literals stays as it is.
 */
export function copied(
  document: Document,
  { start, end }: Span,
  replacements: readonly Replacement[],
  indentation?: string,
): Code[] {
  const { text } = document.source;
  const old = indentationAt(document, start);
  const literals = document.root
    .descendantForIndex(start, end)!
    .descendantsOfType('template_string')
    .filter((one) => text.slice(one.startIndex, one.endIndex).includes('\n'));
  const isLiteral = (at: number): boolean => literals.some((one) => one.startIndex < at && at < one.endIndex);
  const pieces: Code[] = [];
  const copy = (from: number, to: number): void => {
    let at = from;
    for (const match of text.slice(from, to).matchAll(/\r?\n([ \t]*)/g)) {
      const broken = from + match.index;
      const next = broken + match[0].length;
      const [, blanks = ''] = match;
      if (broken > at) pieces.push({ start: at, end: broken });
      pieces.push('\n');
      const isBlank = /^\r?\n/.test(text.slice(next));
      if (indentation === undefined || isLiteral(next - blanks.length)) {
        if (blanks !== '') pieces.push(blanks);
      } else if (!isBlank) {
        const rest = blanks.startsWith(old) ? blanks.slice(old.length) : '';
        if (indentation + rest !== '') pieces.push(indentation + rest);
      }
      at = next;
    }
    if (to > at) pieces.push({ start: at, end: to });
  };
  let from = start;
  for (const one of [...replacements].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (one.start < from || one.end > end) continue;
    copy(from, one.start);
    pieces.push(...one.code);
    from = one.end;
  }
  copy(from, end);
  return pieces;
}

/** The blanks at the start of an offset's line. */
export function indentationAt({ source: { text } }: Document, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}

export function textOfCode(code: readonly Code[], { source: { text } }: Document): string {
  return code.map((one) => (typeof one === 'string' ? one : text.slice(one.start, one.end))).join('');
}

/**
 * Code that was broken only because its line was too long, in one line where that is long enough now. Objects and functions keep their
 * lines, as formatters keep them.
 */
export function onOneLine(code: readonly Code[], room: number, document: Document): readonly Code[] {
  const text = textOfCode(code, document);
  if (!text.includes('\n') || /\/[/*]|=>|\bfunction\b|`[^`]*\n|\{\s*\n/.test(text)) return code;
  const joined: Code[] = [];
  for (const [at, one] of code.entries()) {
    if (one === '\n') {
      const before = textOfCode(joined, document);
      const after = textOfCode(code.slice(at + 1), document).trimStart();
      const isAtBracket = /[([]$/.test(before) || /^[)\].]/.test(after);
      if (/,$/.test(before) && /^[)\]]/.test(after)) dropComma(joined);
      if (!isAtBracket) joined.push(' ');
    } else if (!(typeof one === 'string' && /^[ \t]+$/.test(one) && code[at - 1] === '\n')) joined.push(one);
  }
  return textOfCode(joined, document).length <= room ? joined : code;
}

function dropComma(code: Code[]): void {
  const last = code.at(-1)!;
  if (typeof last === 'string') code[code.length - 1] = last.slice(0, -1);
  else if (last.end - last.start === 1) code.pop();
  else code[code.length - 1] = { start: last.start, end: last.end - 1 };
}
