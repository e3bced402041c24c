import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { wordsOf } from '../../core/text/words';
import { waives } from './comments';
import { functionHead } from './function-head';
import { AUTH_WORDS, CONTRACT, PRAGMA, STRICT_WAIVER } from './vocabulary';
import * as data from './vocabulary-stakes';
import { calledNames, isParserName, isPredicateName, namesIo } from './words';

/** What is looked at around a silent handler. */
export interface Around {
  /** The `try` or the call. */
  readonly node: SyntaxNode;
  readonly code: string;
  /** Where the handler begins: its own comments are no excuse, they were judged before. */
  readonly start: number;
  readonly scope: SyntaxNode | undefined;
  readonly functionName: string;
  /** `return <constant>`: the constant. */
  readonly value?: string;
}

/**
 * Whether something near a handler hints that the failure does not count, though too vaguely to be a reason on its own: a comment
 * somewhere above, what the function says about itself, or a name. Under doubt a finding is not worth its noise.
 */
export function isExcused(file: ParsedFile, around: Around): boolean {
  const { code, functionName, scope } = around;
  const names = [functionName, ...(scope ? outerNames(file, scope) : [])].flatMap(wordsOf);
  if (names.some((word) => data.MODEST_NAMES.has(word))) return true;
  if (data.OPTIONAL_CODE.test(code)) return true;
  const near = commentsAround(file, around);
  return waives(near) || near.some((text) => SPEAKS_OF_FAILURE.test(text.replace(PRAGMA, ' ')));
}

/**
 * Whether the failure is the answer that a function is there to give: nothing, where its name says that it tries or parses; no, where its
 * name asks a question that is not about who may do what; yes or no of a value, or nothing of one where its type says so.
 */
export function isSaidAnswer(file: ParsedFile, { node, code, value = '', scope, functionName }: Around): boolean {
  if (describesFailure(functionHead(file, scope))) return true;
  if (isParserName(functionName) && /^(?:|None|null|undefined|NaN|-1|""|'')$/.test(value)) return true;
  const { source } = file;
  const returned = scope?.childForFieldName('return_type');
  const type = returned ? source.slice(returned.startIndex, returned.endIndex) : '';
  if (TRIES_TO.test(source.slice(Math.max(0, node.startIndex - NEAR), node.startIndex))) return true;
  if (/^[Ff]alse$/.test(value) && (isPredicateName(functionName) || /\bbool(?:ean)?\b/.test(type)))
    return !calledNames(code)
      .flatMap(wordsOf)
      .some((word) => AUTH_WORDS.has(word));
  if (namesIo(code)) return false;
  if (/^(?:[Tt]rue|[Ff]alse)$/.test(value)) return true;
  // The first of several that can be used, in a loop.
  if (/\n\s*break;?\s*\}?\s*$/.test(code)) return true;
  return /^(?:None|null|undefined)$/.test(value) && /\b(?:None|Optional|null|undefined)\b/.test(type);
}

/** A comment right above a try, or above the branch that it begins: `// Try to add the folder to the list.` */
const TRIES_TO = /(?:\/\/|#)[ \t]*(?:try|attempt)(?:s|ing)? to\b[^\n]*\n(?:[ \t]*if\b[^\n]*\n)?[ \t]*$/i;

/** The names of up to two functions around a function. */
function outerNames(file: ParsedFile, scope: SyntaxNode): string[] {
  const found: string[] = [];
  for (let at = scope.parent; at && found.length < 2; at = at.parent) {
    const name = /function|method/.test(at.type) ? at.childForFieldName('name') : undefined;
    if (name) found.push(file.source.slice(name.startIndex, name.endIndex));
  }
  return found;
}

/** How far above a try a comment may speak of it, in characters. */
const NEAR = 400;

/** The comments shortly above a try and within its guarded code, as one text. */
function commentsAround(file: ParsedFile, { node, start, scope }: Around): string[] {
  const from = Math.max(scope?.startIndex ?? 0, node.startIndex - NEAR);
  const text = file.source.slice(from, Math.max(start, node.startIndex));
  const found = text.match(/(?<![:"'`\w])(?:\/\/|#[ \t])[^\n]*|\/\*[\s\S]*?\*\//g) ?? [];
  return found.length > 0 ? [found.join('\n')] : [];
}

/** A comment near a try that speaks of failure at all was written with it in mind. */
const SPEAKS_OF_FAILURE =
  /\b(?:fail(?:s|ed|ure|ures|ing)?|exceptions?|throws?|raises?|swallow\w*|still (?:should )?works?|should (?:still )?work|expected|optional|if (?:any|present|available|it exists)|(?:try|attempt) to)\b/i;

const ANSWER = 'none|null|undefined|empty|nothing|false|default|fallback|unknown';
const FAILURE =
  "fail(?:s|ed|ure|ures)?|errors?|exceptions?|missing|invalid|malformed|unavailable|unreachable|not (?:found|available|exist|installed|present|readable)|cannot|can't|unable|unreadable";
const ANSWERS = new RegExp(
  `\\b(?:${ANSWER})\\b[^.]{0,60}\\b(?:${FAILURE})\\b|\\b(?:${FAILURE})\\b[^.]{0,60}\\b(?:${ANSWER})\\b`,
  'i',
);

/** Whether a function says what it gives when it fails. */
function describesFailure(head: string): boolean {
  return (
    STRICT_WAIVER.test(head) ||
    CONTRACT.test(head) ||
    ANSWERS.test(head) ||
    /\bor (?:else )?(?:returns? )?(?:none|null|undefined|false|an? empty)\b/i.test(head) ||
    /\b(?:silent(?:ly)?|swallow\w*|suppress\w*|fire[- ]and[- ]forget|non-?fatal|optional(?:ly)?|never (?:throws?|raises?|fails?)|isn't a reason)\b/i.test(
      head,
    )
  );
}
