import { formatPatch, type StructuredPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import { createColors } from 'picocolors';

/** One file of a change. */
export interface FileDiff {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** Undefined: there is no such file before. */
  readonly before: string | undefined;
  /** Undefined: the file is deleted. */
  readonly after: string | undefined;
  /** Whether the file starts with a byte order mark, which texts do not hold but a patch must. */
  readonly hasBom?: boolean;
}

/**
 * A change as a patch in git's format, exactly as `git apply` takes it (for files in UTF-8: a patch holds bytes, and this one is written
 * as UTF-8). Files that stay as they are do not appear.
 */
export function unifiedDiff(files: readonly FileDiff[]): string {
  const changed = files.filter(({ before, after }) => before !== after);
  return changed.map((file) => formatPatch(patchOf(file))).join('');
}

/** The same patch in colours, for a reader at a terminal: headers, places, removed and added lines. */
export function colorDiff(patch: string): string {
  // What stands before the first hunk of a file is its header, where a sign at the start of a line means something else.
  let isHeader = true;
  return patch.replace(LINE, (_, line: string, end: string) => {
    isHeader = (isHeader || line.startsWith('diff --git ')) && !line.startsWith('@@ ');
    return `${isHeader ? COLORS.bold(line) : (PAINTS[line[0] ?? ''] ?? String)(line)}${end}`;
  });
}

/** Lines around a change, as git shows them. */
const CONTEXT = 3;

/** Beyond this many changed lines the shortest diff, which takes time by their square, is not worth the wait. */
const MOST_EDITS = 3_000;

function patchOf({ file, before, after, hasBom }: FileDiff): StructuredPatch {
  const spell = (text: string | undefined) => (text === undefined ? '' : hasBom ? `\ufeff${text}` : text);
  const [old, young] = [spell(before), spell(after)];
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const shortest = structuredPatch('', '', old, young, undefined, undefined, options);
  return {
    oldFileName: before === undefined ? '/dev/null' : `a/${file}`,
    newFileName: after === undefined ? '/dev/null' : `b/${file}`,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: shortest?.hunks ?? [singleHunk(old, young)],
    isGit: true,
    isCreate: before === undefined,
    isDelete: after === undefined,
  };
}

/** Everything between the first and the last line that differs, as one hunk. */
function singleHunk(before: string, after: string): StructuredPatchHunk {
  const [old, young] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, young.length);
  let head = 0;
  while (head < shorter && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === young.at(-1 - tail)) tail++;
  const first = Math.max(0, head - CONTEXT);
  const kept = Math.min(CONTEXT, tail);
  const lines = [
    ...old.slice(first, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...young.slice(head, young.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, old.length - tail + kept).map((line) => ` ${line}`),
  ];
  return {
    oldStart: first + 1,
    oldLines: old.length - tail + kept - first,
    newStart: first + 1,
    newLines: young.length - tail + kept - first,
    lines: lines.flatMap((line) => (line.endsWith('\n') ? [line.slice(0, -1)] : [line, NO_NEWLINE])),
  };
}

const NO_NEWLINE = '\\ No newline at end of file';

/** The lines with their terminators; git knows no other than `\n`. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line, in which carriage returns may stand alone, and its terminator. */
const LINE = /([^\r\n]*(?:\r(?!\n)[^\r\n]*)*)(\r?\n)/g;

const COLORS = createColors(true);

const PAINTS: Readonly<Record<string, (text: string) => string>> = {
  '@': COLORS.cyan,
  '+': COLORS.green,
  '-': COLORS.red,
  '\\': COLORS.dim,
};
