import { marked } from 'marked';
import type { CureChoices } from '../../core/rule/cure';

/**
 * Literate fixtures of cures. A Markdown file holds cases; a case is a `##` heading with its prose and its code blocks:
 *
 *     ## Title of the case: what it shows
 *     ```py file=app/models.py
 *     try:
 *         work()
 *     except Exception:  #! cure log-exception
 *         pass
 *     ```
 *     ```diff
 *     Log it with a new logger of the module [safe]
 *     ...
 *     ```
 *
 * The marker (`#!` in Python, `//!` in TypeScript, at the end of a line) is cut off, with the blanks before it. It names the cure of the
 * finding that starts on its line, then its choices as JSON if there are any. What comes of it stands in a `diff` block: the title and
 * the applicability, the notes (`! ` in front of a doubt, `- ` of others), then the diff. Or the cure refuses: the marker goes on with
 * `refused CODE: reason`. `crlf` or `tabs` behind `file=...` turn all line ends, or each four blanks of indentation, into those.
 *
 * A `run` block drives the code before and after the change: both must do the same, and after it the log must hold one record more, the
 * `record` block.
 */
export interface CureCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly target: CureTarget;
  /** What is expected of the cure: the lines of the `diff` block, or one line `refused CODE: reason`. */
  readonly expected: string;
  readonly run?: { readonly driver: string; readonly record: string };
}

export interface CureTarget {
  readonly cure: string;
  readonly choices: CureChoices;
  readonly file: string;
  /** 0-based. */
  readonly line: number;
}

const MARKER = /[ \t]*(?:#!|\/\/!)[ \t]*cure ([\w-]+)(?:[ \t]+(\{.*?\}))?(?:[ \t]+(refused .*))?$/;

interface Draft {
  readonly title: string;
  readonly files: Record<string, string>;
  target: CureTarget | undefined;
  expected: string | undefined;
  driver: string | undefined;
  record: string | undefined;
}

/** Splits a Markdown text into its cases. @throws Error for a case that lacks its marker or what is expected */
export function parseCureFixtures(markdown: string): CureCase[] {
  const drafts: Draft[] = [];
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 2)
      drafts.push({
        title: token.text,
        files: {},
        target: undefined,
        expected: undefined,
        driver: undefined,
        record: undefined,
      });
    const current = drafts.at(-1);
    if (token.type !== 'code' || !current) continue;
    const info = token.lang ?? '';
    const path = /\bfile=(\S+)/.exec(info)?.[1];
    if (path) addFile(current, path, token.text, info);
    else if (/^diff\b/.test(info)) current.expected = token.text;
    else if (/\brun\b/.test(info)) current.driver = token.text;
    else if (/\brecord\b/.test(info)) current.record = token.text;
  }
  return drafts.filter(({ files }) => Object.keys(files).length > 0).map(finished);
}

function addFile(draft: Draft, path: string, text: string, info: string): void {
  const lines = text.split('\n').map((line, index) => {
    const match = MARKER.exec(line);
    if (!match) return line;
    const [whole, cure, choices, refused] = match;
    draft.target = {
      cure: cure!,
      choices: choices ? (JSON.parse(choices) as CureChoices) : {},
      file: path,
      line: index,
    };
    if (refused) draft.expected = refused;
    return line.slice(0, -whole.length);
  });
  let content = `${lines.join('\n')}\n`;
  if (/\btabs\b/.test(info)) content = content.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
  if (/\bcrlf\b/.test(info)) content = content.replaceAll('\n', '\r\n');
  draft.files[path] = content;
}

function finished({ title, files, target, expected, driver, record }: Draft): CureCase {
  if (!target) throw new Error(`"${title}" has no marker`);
  if (expected === undefined) throw new Error(`"${title}" does not say what is expected`);
  return { title, files, target, expected, ...(driver === undefined ? {} : { run: { driver, record: record ?? '' } }) };
}
