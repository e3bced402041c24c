import type { TextEdit } from './text-edit';

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
