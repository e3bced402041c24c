/** Texts as a terminal shows them. */

/** Narrower columns are left to the terminal: broken after every word nothing can be read either. */
const LEAST_WIDTH = 30;

/**
 * Breaks a text between words.
 * @param width characters in a line; undefined: one line, however long
 */
export function wrapWords(text: string, width: number | undefined): string[] {
  if (width === undefined || width < LEAST_WIDTH) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * The text with a mark in the place of each character that would move the cursor, paint or clear the screen: audited code may hold
 * anything. Tabs stay.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
