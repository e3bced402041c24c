import type { ChangeSet } from '../edit/change-set';
import { OffsetMap, type Origin } from '../edit/text-edit';
import type { Finding } from '../rule/finding';
import type { SourceFile } from '../text/source-file';

/** A character of the workspace before the change. */
export interface OldPlace {
  readonly file: string;
  readonly offset: number;
}

/** The text of a file before and after a change, and which character came from where. */
export interface ChangedFile {
  /** Undefined for a file that the change creates. */
  readonly before: { readonly source: SourceFile } | undefined;
  readonly after: { readonly source: SourceFile };
  readonly offsets: OffsetMap;
  /** Where a character of the new text stood before; undefined for one that was written. */
  originOf(offset: number): OldPlace | undefined;
}

/** The files that a change touches, by their paths. */
export interface ChangedFiles {
  get(file: string): ChangedFile | undefined;
}

/** How the offsets of a changed or created file go to and fro. */
export interface Movement {
  readonly offsets: OffsetMap;
  /** The copied parts, by their offsets in the text after the edits. */
  readonly copied: readonly Origin[];
  originOf(offset: number): OldPlace | undefined;
}

/** Which character of a changed file came from where. */
export function movementIn({ file, edits }: ChangeSet['changes'][number]): Movement {
  const offsets = new OffsetMap(edits);
  const copied = originsOf(edits);
  return { offsets, copied, originOf: (offset) => stayed(file, offset, offsets) ?? copiedFrom(offset, copied) };
}

/** Which character of a created file came from where. */
export function movementInto({ text, origins = [] }: ChangeSet['creations'][number]): Movement {
  const offsets = new OffsetMap([{ start: 0, end: 0, newText: text }]);
  return { offsets, copied: origins, originOf: (offset) => copiedFrom(offset, origins) };
}

function stayed(file: string, offset: number, offsets: OffsetMap): OldPlace | undefined {
  const back = offsets.back(offset);
  return back === undefined ? undefined : { file, offset: back };
}

function copiedFrom(offset: number, copied: readonly Origin[]): OldPlace | undefined {
  const origin = copied.find(({ at, length }) => at <= offset && offset < at + length);
  return origin && { file: origin.file, offset: origin.start + offset - origin.at };
}

function originsOf(edits: ChangeSet['changes'][number]['edits']): Origin[] {
  const found: Origin[] = [];
  let shift = 0;
  for (const { start, end, newText, origins = [] } of edits) {
    found.push(...origins.map((origin) => ({ ...origin, at: start + shift + origin.at })));
    shift += newText.length - (end - start);
  }
  return found;
}

/** Whether the finding `now` stands where `old` stood, or where its code moved to; one in a file that did not change stands on its line. */
export function isSuccessor(old: Finding, now: Finding, changed: ChangedFiles): boolean {
  const one = changed.get(now.file);
  if (!one) return old.file === now.file && old.range.start.line === now.range.start.line;
  const start = one.after.source.offsetAt(now.range.start);
  const place = one.originOf(start);
  if (!place) return old.file === now.file && isWritten(old, now, changed);
  const source = changed.get(place.file)?.before?.source;
  return place.file === old.file && source !== undefined && source.lineAt(place.offset) === old.range.start.line;
}

/** The head of the finding was rewritten in its place. */
function isWritten(old: Finding, now: Finding, changed: ChangedFiles): boolean {
  const one = changed.get(old.file);
  if (!one?.before) return false;
  const moved = one.offsets.range(one.before.source, old.range, one.after.source);
  return moved.start.line <= now.range.start.line && now.range.start.line <= moved.end.line;
}
