import type { ChangeBuilder } from '../../../core/edit/change-builder';
import type { Place } from '../../../core/rule/finding';

/** Who sees an error that a handler lets through from now on. */
export interface Callers {
  /** The function around, as messages call it; undefined at the top of a module. */
  readonly owner: string | undefined;
  /** 1-based lines of the file that call it, each once. */
  readonly lines: readonly number[];
  /** Whether the handler kept a loop going. */
  readonly endsLoop: boolean;
}

/** Most lines that a note lists. */
const MOST_LINES = 6;

/** Notes what becomes of an error that is no longer swallowed. */
export function noteCallers({ owner, lines, endsLoop }: Callers, at: Place, changes: ChangeBuilder): void {
  if (endsLoop) changes.doubt('loop-ends', {}, at);
  if (owner === undefined) {
    changes.doubt('import-fails', {}, at);
    return;
  }
  const shown = lines.length > MOST_LINES ? `${lines.slice(0, MOST_LINES).join(', ')}...` : lines.join(', ');
  if (lines.length > 0) changes.doubt('callers-see', { function: owner, count: lines.length, lines: shown }, at);
  else changes.doubt('somebody-sees', { function: owner }, at);
}
