import { Refusal, VerificationFailure } from '../edit/refusal';
import { brokenRanges } from '../facts/broken';
import type { ParsedFile } from '../facts/parsed-file';
import type { Candidate, CandidateFile } from './candidate';
import { checkPythonShape, type ShapeError } from './python-shape/index';

/**
 * Checks 2 and 3 of `verify`: what was understood before is understood after, nothing near code that is not understood was touched, and
 * CPython would compile the Python files. TypeScript's own compiler is asked elsewhere.
 * @throws Refusal `unparsed-syntax`, `shape-error`
 */
export function checkSyntax(candidate: Candidate): void {
  for (const one of candidate.files) {
    checkTree(one);
    if (one.after.family === 'python') checkShape(one);
  }
}

function checkTree({ file, before, after, offsets }: CandidateFile): void {
  const old = before?.root.hasError ? brokenRanges(before.root) : undefined;
  for (const [start, end] of old?.ranges ?? []) {
    // Every character of a broken definition must stand as it was: an edit inside would rest on a guess.
    const from = offsets.forward(start);
    const to = offsets.forward(Math.min(end, before!.source.text.length) - 1);
    if (from === undefined || to === undefined || to - from !== Math.min(end, before!.source.text.length) - 1 - start)
      throw new Refusal('unparsed-syntax', { line: before!.source.lineAt(old!.firstOffset) + 1, file });
  }
  if (!after.root.hasError) return;
  const now = brokenRanges(after.root);
  const isOld = old && now.ranges.length <= old.ranges.length;
  if (isOld) return;
  const line = after.source.lineAt(now.firstOffset) + 1;
  throw new VerificationFailure('shape-error', { message: 'invalid syntax', line, file });
}

/** The checker tells the first error only, so a file that CPython would not take before cannot be judged after. */
function checkShape({ file, before, after }: CandidateFile): void {
  const old = shapeOf(before).find(isOwn);
  if (old) throw new Refusal('unparsed-syntax', { line: before!.source.lineAt(old.start) + 1, file });
  const error = shapeOf(after).find(isOwn);
  if (!error) return;
  throw new VerificationFailure('shape-error', {
    message: error.message,
    line: after.source.lineAt(error.start) + 1,
    file,
  });
}

/** Not the mere echo of an ERROR node, which {@link checkTree} judges: tree-sitter does not read some valid code. */
const isOwn = ({ code }: ShapeError): boolean => code !== 'unread';

function shapeOf(file: ParsedFile | undefined): readonly ShapeError[] {
  return file ? checkPythonShape(file.source, file.root, file.semantics) : [];
}
