import type { ChangeBuilder } from '../../../../../core/edit/change-builder';
import { patchesOf } from '../../../../../core/facts/patched-names';
import type { ImportedName } from '../../../../../core/semantics/model';
import { placeAt } from '../subject';
import type { Subject } from './subject';

/** Says beside an import that nothing uses any more why it stays: tests reach through it, or others import it from here. */
export function keepForPatches(imported: ImportedName, { document }: Subject, changes: ChangeBuilder): void {
  const [patch] = patchesOf(changes.snapshot, document.file, imported.local);
  const { text } = document.source;
  const at = text.indexOf('\n', imported.end);
  const end = at < 0 ? text.length : text[at - 1] === '\r' ? at - 1 : at;
  const rest = text.slice(imported.end, end);
  if (!rest.includes('#'))
    changes.insert(
      document,
      end,
      `  # noqa: F401 -- ${patch ? `patched in ${patch.file}` : 'others may take it from here'}`,
    );
  if (!patch) return;
  const place = placeAt(document, { startIndex: imported.start, endIndex: imported.end });
  changes.note('kept-for-patch', { name: imported.local, test: patch.file, line: patch.line + 1 }, place);
}
