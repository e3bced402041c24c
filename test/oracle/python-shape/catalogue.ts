import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { LIMITS } from './limits';

/** One text of which CPython's verdict is known. */
export interface Snippet {
  /** File and heading. */
  readonly topic: string;
  readonly text: string;
  readonly isValid: boolean;
}

const FOLDER = fileURLToPath(new URL('./', import.meta.url));

/**
 * The hand-written cases: the code blocks `py valid` and `py invalid` of the Markdown files here, each with several snippets
 * that lines of `#---` separate, and those that only escapes or loops can write.
 */
export async function catalogue(): Promise<Snippet[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.md')).sort();
  const written = await Promise.all(
    files.map(async (name) => snippetsOf(name.replace('.md', ''), await readFile(FOLDER + name, 'utf8'))),
  );
  return [...written.flat(), ...LIMITS];
}

function snippetsOf(file: string, markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  let heading = '';
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') heading = token.text;
    const verdict = token.type === 'code' ? /^py (valid|invalid)$/.exec(token.lang ?? '')?.[1] : undefined;
    if (!verdict || token.type !== 'code') continue;
    for (const text of `${token.text as string}\n`.split(/^#---\n/m)) {
      snippets.push({ topic: `${file}: ${heading}`, text, isValid: verdict === 'valid' });
    }
  }
  return snippets;
}

/** A message with what differs between two cases of one error taken out: names, values, lines, positions and labels. */
export function normalised(message: string): string {
  return message
    .replace(
      /^(\w+: (?:name|duplicate argument|annotated name|no binding for nonlocal|multiple assignments to name|name capture)) '[^']*'/,
      "$1 '…'",
    )
    .replace(/type parameter '[^']*'/g, "type parameter '…'")
    .replace(/(invalid (?:character|digit|conversion character)) '[^']*'/, "$1 '…'")
    .replace(/iteration variable '[^']*'|target '[^']*'/, "variable '…'")
    .replace(
      /^(SyntaxError: keyword argument repeated|SyntaxError: attribute name repeated in class pattern): .*/,
      '$1',
    )
    .replace(/duplicate key \(.*\)/, 'duplicate key')
    .replace(/future feature \S+/, 'future feature …')
    .replace(/U\+[0-9A-F]+/, 'U+…')
    .replace(/(on|at|line|position) \d+(-\d+)?/g, '$1 …')
    .replace(/value has \d+ digits/, 'value has … digits')
    .replace(/((?:cannot (?:assign to|delete)|import target|cannot use|\(not)) [a-z' -]+?(?= here|\)| as |$)/, '$1 …')
    .replace(/assignment expressions with .*/, 'assignment expressions with …')
    .replace(/'[^']*' is an illegal expression/, "'…' is an illegal expression")
    .replace(/(unmatched|closing parenthesis) '.'( does not match opening parenthesis '.')?/, "$1 '…'$2")
    .replace(/opening parenthesis '.'/, "opening parenthesis '…'")
    .replace(/'.' was never closed/, "'…' was never closed")
    .replace(/^(\w+: )[ft]-string/, '$1f-string');
}
