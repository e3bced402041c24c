import { applyEdits, type TextEdit } from './text-edit';

/** What a formatter moves, adds and leaves out: blanks, commas, semicolons, parentheses, the bar before a union, quotes and what escapes them. */
const SOFT = new Set([...' \t\r\n,;()|\'"\\'].map((one) => one.charCodeAt(0)));

/** A blank that a formatter writes into text between elements, so that it survives a line break. */
const ELEMENT_BLANK = /\{(["']) \1\}/y;

/**
 * The edits that turn a text into what a formatter made of it, so small that names and comments can be followed through them.
 * @returns sorted and disjoint edits; undefined where the formatter changed more than the layout
 */
export function layoutEdits(text: string, formatted: string): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (let at = 0, to = 0; ; at++, to++) {
    const end = softEnd(text, at);
    const toEnd = softEnd(formatted, to);
    const edit = smallest(text.slice(at, end), formatted.slice(to, toEnd), at);
    if (edit) edits.push(edit);
    if (end === text.length || toEnd === formatted.length)
      return end === text.length && toEnd === formatted.length ? edits : undefined;
    if (text.charCodeAt(end) !== formatted.charCodeAt(toEnd)) return undefined;
    at = end;
    to = toEnd;
  }
}

/**
 * What a formatter would make of a changed text without what it would have made of the text before as well: there the file was written
 * otherwise, and stays so. Layout that reaches into what was changed, or stands together with such, is the formatter's.
 * @param before the text before the changes
 * @param earlier its edits of that text; sorted
 * @param changes lead from there to the changed text; sorted and disjoint
 * @param layout its edits of the changed text; sorted
 */
export function withoutEarlier(
  before: string,
  earlier: readonly TextEdit[],
  changes: readonly TextEdit[],
  layout: readonly TextEdit[],
): TextEdit[] {
  if (earlier.length === 0) return [...layout];
  const known = new Set(together(before, earlier).map((edits) => edits.map(keyOf).join('\n')));
  const keyBefore = (edit: TextEdit): string | undefined => {
    let shift = 0;
    for (const { start, end, newText } of changes) {
      if (start + shift > edit.end) break;
      if (start + shift + newText.length >= edit.start) return undefined;
      shift += newText.length - (end - start);
    }
    return keyOf({ ...edit, start: edit.start - shift, end: edit.end - shift });
  };
  return together(applyEdits(before, changes), layout)
    .filter((edits) => !known.has(edits.map(keyBefore).join('\n')))
    .flat();
}

const keyOf = ({ start, end, newText }: TextEdit): string => `${start} ${end} ${newText}`;

/** Edits of one line, or of lines one after the other: a formatter breaks or joins them at once. */
function together(text: string, edits: readonly TextEdit[]): TextEdit[][] {
  const groups: TextEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last && text.slice(last.end, edit.start).split('\n').length <= 2) group!.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** The end of what counts as layout from an offset on. */
function softEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (SOFT.has(code)) at++;
    else {
      ELEMENT_BLANK.lastIndex = at;
      if (code !== 0x7b || !ELEMENT_BLANK.test(text)) return at;
      at += 5;
    }
  }
}

/** @param start of the old text in its file */
function smallest(old: string, now: string, start: number): TextEdit | undefined {
  if (old === now) return undefined;
  const least = Math.min(old.length, now.length);
  let head = 0;
  while (head < least && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < least - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  // A line break of two characters is one.
  if (old[head - 1] === '\r' || now[head - 1] === '\r') head--;
  return { start: start + head, end: start + old.length - tail, newText: now.slice(head, now.length - tail) };
}
