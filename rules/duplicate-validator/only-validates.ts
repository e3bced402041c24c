import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { sliceOf } from './place';

/** A validator fits on a screen. */
export const MAX_LINES = 60;

/** One statement of a body, and what was seen before it. */
export interface BodyStatement {
  readonly node: SyntaxNode;
  readonly text: string;
  readonly isLast: boolean;
  readonly guards: number;
  /** A guard before it answers no. */
  readonly answersNo: boolean;
}

/** `more`: the statement does more than validate. */
export type StatementRole = 'guard' | 'idle' | 'more';

/** How a language answers whether a value is valid. */
export interface Answers {
  /** The negative answer inside a guard. */
  readonly no: RegExp;
  /** The last statement, where it answers yes or with the value. */
  readonly yes: RegExp;
}

/**
 * Whether statements are guards, simple assignments and at the end the value, yes or nothing. What computes, awaits or calls for effect
 * is more than a validator and `duplicate-function`'s business.
 */
export function onlyValidates(
  file: ParsedFile,
  statements: readonly SyntaxNode[],
  answers: Answers,
  roleOf: (statement: BodyStatement) => StatementRole,
): boolean {
  let guards = 0;
  let answersNo = false;
  let text = '';
  for (const [index, node] of statements.entries()) {
    text = sliceOf(file, node);
    if (/\b(?:await|yield)\b/.test(text)) return false;
    const role = roleOf({ node, text, isLast: index === statements.length - 1, guards, answersNo });
    if (role === 'more') return false;
    if (role === 'idle') continue;
    guards++;
    answersNo ||= answers.no.test(text);
  }
  return guards > 0 && (!answersNo || answers.yes.test(text));
}
