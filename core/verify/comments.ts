import { VerificationFailure } from '../edit/refusal';
import type { ParsedFile } from '../facts/parsed-file';
import type { Candidate } from './candidate';

/**
 * Check 5 of `verify`: every distinct comment of the touched files stands somewhere after the change. White space does not count,
 * because a moved block comment is indented anew.
 * @throws VerificationFailure `comment-would-be-lost`
 */
export function checkComments(candidate: Candidate): void {
  const kept = new Set(candidate.files.flatMap(({ after }) => commentsOf(after).map(({ text }) => text)));
  for (const { file, before } of candidate.files) {
    if (!before) continue;
    for (const { text, start, end } of commentsOf(before)) {
      if (kept.has(text)) continue;
      const range = before.source.rangeOf({ startIndex: start, endIndex: end });
      throw new VerificationFailure(
        'comment-would-be-lost',
        { comment: shortened(text), line: range.start.line + 1, file },
        { file, range },
      );
    }
  }
}

function commentsOf({ root, source }: ParsedFile): { text: string; start: number; end: number }[] {
  return root.descendantsOfType(['comment', 'html_comment', 'hash_bang_line']).map(({ startIndex, endIndex }) => ({
    text: source.slice(startIndex, endIndex).replace(/\s+/g, ' ').trim(),
    start: startIndex,
    end: endIndex,
  }));
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
