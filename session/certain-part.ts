import type { ChangeNote, ChangeSet, FileCreation } from '../core/edit/change-set';
import { Refusal } from '../core/edit/refusal';
import type { TextEdit } from '../core/edit/text-edit';
import type { CureChoices } from '../core/rule/cure';
import type { Finding, Place } from '../core/rule/finding';
import type { BuiltCure } from './cures';

export type ChangePart = TextEdit | FileCreation;
/** Edits and new files of a change, by identity. */
export type ChangeParts = ReadonlySet<ChangePart>;

const NONE: ChangeParts = new Set();

/**
 * The part of a change for review that can be made without its doubts. Edits of a change need each other (a call its import, an import its
 * new file), so none is taken for certain because it looks so: the same cure is built and proven once more, for the places of the group that
 * nobody doubts. If that is safe, and all of it is found in the change, then the rest is what is doubtful, and may be left out. Empty where
 * a doubt concerns no place in particular, or no place is left without one: then the change is made as a whole or not at all.
 *
 * @param build builds and proves the cure with other choices
 */
export async function certainPart(
  finding: Finding,
  { change }: BuiltCure,
  choices: CureChoices,
  build: (choices: CureChoices) => Promise<BuiltCure>,
): Promise<ChangeParts> {
  const places = certainPlaces(finding, change);
  if (places.length === 0) return NONE;
  try {
    const lines = places.map(({ file, range }) => ({ file, line: range.start.line + 1 }));
    const part = await build({ ...choices, places: lines });
    return part.change.applicability === 'safe' ? common(change.changeSet, part.change.changeSet) : NONE;
  } catch (error) {
    if (error instanceof Refusal) return NONE;
    throw error;
  }
}

/** The places of a group that nobody doubts; empty for a safe change, and where a doubt concerns no place in particular. */
export function certainPlaces(
  finding: Finding,
  { notes, applicability }: Pick<BuiltCure['change'], 'notes' | 'applicability'>,
): readonly Place[] {
  const doubts = notes.filter(({ isDoubt }) => isDoubt);
  const all = [finding, ...finding.related];
  const concernsPlaces = doubts.every(({ at }: ChangeNote) => at && all.some((place) => meets(at, place)));
  if (applicability === 'safe' || !concernsPlaces) return [];
  return all.filter((place) => !doubts.some(({ at }) => at && meets(at, place)));
}

/** Of a change what a part of it consists of; empty where that has anything of its own. */
function common(whole: ChangeSet, part: ChangeSet): ChangeParts {
  const found = new Set<ChangePart>();
  for (const { file, text } of part.creations) {
    const same = whole.creations.find((one) => one.file === file && one.text === text);
    if (!same) return NONE;
    found.add(same);
  }
  for (const { file, edits } of part.changes) {
    const candidates = whole.changes.find((one) => one.file === file)?.edits ?? [];
    for (const { start, end, newText } of edits) {
      const same = candidates.find(
        (one) => one.start === start && one.end === end && one.newText === newText && !found.has(one),
      );
      if (!same) return NONE;
      found.add(same);
    }
  }
  return found;
}

/** Whether a doubt is about a place: they have a line in common. */
function meets(doubt: Place, { file, range }: Place): boolean {
  return doubt.file === file && doubt.range.start.line <= range.end.line && range.start.line <= doubt.range.end.line;
}
