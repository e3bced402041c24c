import type { PythonModel } from '../../../semantics/python/index';
import { Refusal } from '../../refusal';
import type { Document } from '../../snapshot';
import type { Meanings } from './meaning';
import type { PlannedImports, Spelling } from './planned';

/**
 * Demands that a new import can bind its name at module level, and that the place sees it.
 * @throws Refusal `import-conflict`
 */
export function freeName(
  spelling: Spelling,
  key: string,
  at: number,
  document: Document,
  meanings: Meanings,
  planned: PlannedImports,
): void {
  const model = document.semantics as PythonModel;
  const { local } = spelling;
  const conflict = new Refusal('import-conflict', { name: local, file: document.file });
  const seen = model.lookup(local, model.scopeAt(at));
  if (seen && seen.scope !== model.root) throw conflict;
  if (planned.keyOf(local) !== undefined && planned.keyOf(local) !== key) throw conflict;
  const taken = model.root.bindings.get(local);
  if (!taken) {
    // A builtin of that name, or what a star import brings, would mean the imported thing from now on.
    if (model.occurrences.some(({ symbol }) => symbol.name === local && !symbol.binding)) throw conflict;
    return;
  }
  // `import a.b` beside `import a.c`: both bind `a`. Else the name must mean the same already.
  const meant = spelling.from === undefined && spelling.alias === undefined ? meanings.module(local) : key;
  if (!taken.writes.every((write) => write.imported && meanings.imported(write.imported) === meant)) throw conflict;
}
