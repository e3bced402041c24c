import type { LanguageFamily } from '../syntax/language';
import type { FactCollector, ParsedFile } from './parsed-file';

/**
 * A comment that silences findings. Seamline's own: `# seamline: ignore[rule-id, other-id] -- reason` at the end of the line of the
 * finding, or alone on the line above it; `# seamline: ignore-file[rule-id] -- reason` anywhere. Comments of other linters
 * (`# noqa: S110`, `// eslint-disable-line no-empty`) count where a rule names their codes as aliases.
 */
export type SuppressionFact = {
  readonly kind: 'line' | 'file';
  readonly origin: 'seamline' | 'noqa' | 'eslint';
  /** Rule ids, or codes of the other linter. Empty for a Seamline comment that names none: it silences nothing. */
  readonly codes: readonly string[];
  readonly reason?: string;
  /** 0-based line whose findings are silenced; for `file` the line of the comment. */
  readonly line: number;
  /** Where the comment stands: 0-based line, UTF-16 columns, the end exclusive. */
  readonly at: readonly [line: number, start: number, end: number];
};

const CANDIDATE = /seamline:|noqa|eslint-disable/i;
const MARKS =
  /seamline:[ \t]*(ignore-file|ignore)\b(?:[ \t]*\[([^\]\n]*)\])?(?:[ \t]*--[ \t]*([^\n\r]*))?|(?:#[ \t]*)(noqa)\b(?:[ \t]*:[ \t]*([A-Z]+[0-9]+(?:[ \t]*,?[ \t]*[A-Z]+[0-9]+)*))?|eslint-(disable-line|disable-next-line)\b[ \t]*([@\w/,\- \t]*)/gi;

export const SUPPRESSIONS_ID = 'base:suppressions';

export const suppressionCollector: FactCollector<readonly SuppressionFact[]> = {
  id: SUPPRESSIONS_ID,
  version: 1,
  families: ['python', 'typescript'],
  kinds: () => [],
  trigger: () => CANDIDATE,
  start: (file) => ({ finish: () => nonEmpty(findSuppressions(file)) }),
};

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function findSuppressions(file: ParsedFile): SuppressionFact[] {
  const found: SuppressionFact[] = [];
  for (const match of file.source.text.matchAll(MARKS)) {
    const comment = file.root.descendantForIndex(match.index, match.index + 1);
    if (comment?.type !== 'comment') continue;
    const fact = suppressionOf(file, match, comment.startIndex, comment.endIndex);
    if (fact) found.push(fact);
  }
  return found;
}

function suppressionOf(
  { source, family }: ParsedFile,
  match: RegExpMatchArray,
  start: number,
  end: number,
): SuppressionFact | undefined {
  const [, own, rules, reason, noqa, noqaCodes, eslint, eslintCodes] = match;
  const from = source.positionAt(start);
  const lastColumn = source.lineText(from.line).length;
  const at = [from.line, from.character, Math.min(lastColumn, from.character + end - start)] as const;
  if (own) {
    const kind = own.toLowerCase() === 'ignore-file' ? 'file' : 'line';
    const trimmed = reason?.replace(/\*\/\s*\}?\s*$/, '').trim();
    return {
      kind,
      origin: 'seamline',
      codes: splitCodes(rules),
      ...(trimmed ? { reason: trimmed } : {}),
      line:
        kind === 'line' && isAlone(source.lineText(from.line), from.character, family)
          ? nextCodeLine(source, from.line, family)
          : from.line,
      at,
    };
  }
  if (noqa) {
    if (family !== 'python' || !noqaCodes) return undefined;
    return { kind: 'line', origin: 'noqa', codes: splitCodes(noqaCodes), line: from.line, at };
  }
  if (family !== 'typescript') return undefined;
  const line = eslint?.toLowerCase() === 'disable-next-line' ? from.line + 1 : from.line;
  return { kind: 'line', origin: 'eslint', codes: splitCodes(eslintCodes?.replace(/--.*$/, '')), line, at };
}

function splitCodes(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((code) => code !== '');
}

/** Whether nothing but white space (and JSX's opening brace) stands before the comment. */
function isAlone(line: string, column: number, family: LanguageFamily): boolean {
  const before = line.slice(0, column).trim();
  return before === '' || (family === 'typescript' && before === '{');
}

/** The next line that is neither blank nor a comment of its own, so that ignores can be stacked above one statement. */
function nextCodeLine(source: ParsedFile['source'], line: number, family: LanguageFamily): number {
  const comment = family === 'python' ? /^\s*(#|$)/ : /^\s*(\/\/|\/\*|\{\/\*|$)/;
  let next = line + 1;
  while (next < source.editorLines && comment.test(source.lineText(next))) next++;
  return next;
}
