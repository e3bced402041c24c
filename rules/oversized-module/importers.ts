import { IMPORTS_ID, type ImportFact } from '../../core/facts/imports';
import { importTarget, isTarget, lastComponent, modulePath } from '../../core/facts/module-path';
import type { FileView, IndexEntry } from '../../core/rule/rule';
import { familyOf } from '../../core/syntax/language';
import type { Seam } from './facts';

/** What one file imports of one module: where the import points (`=` exact, `~` suffix), then the names. */
export type ImporterValue = readonly string[];

/** Stands for the module itself: `const x = require('./x')`, `import * as x`. */
const WHOLE = '=';

/** The key under which a module and the files that import it meet. */
export function moduleKey(file: string, family: string): string {
  return `${family}:${lastComponent(modulePath(file))}`;
}

/** One entry for each module from which the file imports names. They hold no lines, so that typing elsewhere does not change them. */
export function importEntries(view: FileView<unknown>): IndexEntry<ImporterValue>[] {
  const imports = view.all.byCollector[IMPORTS_ID] as unknown as readonly ImportFact[] | undefined;
  if (!imports) return [];
  const family = familyOf(view.all.language);
  const byTarget = new Map<string, Set<string>>();
  for (const { module, names } of imports) {
    // `import a.b` in Python: its users say `a.b.name`, so which names they take is unknown.
    if (names.length === 0 && family === 'python') continue;
    const target = importTarget(view.file, module, family);
    if (!target || target.path === '') continue;
    const place = (target.kind === 'exact' ? '=' : '~') + target.path;
    const known = byTarget.get(place) ?? new Set();
    for (const name of names.length > 0 ? names : [WHOLE]) known.add(name);
    byTarget.set(place, known);
  }
  return [...byTarget].map(([place, names]) => ({
    key: `${family}:${lastComponent(place.slice(1))}`,
    value: [place, ...names],
  }));
}

/** The number of files that import at least one name of the seam. */
export function countImporters(
  module: string,
  seam: Seam,
  importers: readonly { readonly file: string; readonly value: ImporterValue }[],
): number {
  const path = modulePath(module);
  const names = new Set(seam.names);
  const files = new Set<string>();
  for (const { file, value } of importers) {
    if (file === module || files.has(file)) continue;
    const [place, ...taken] = value;
    const takes = taken.some(
      (name) => name === '*' || names.has(name) || (seam.hasDefault && (name === 'default' || name === WHOLE)),
    );
    if (!takes) continue;
    const target = { kind: place!.startsWith('=') ? 'exact' : 'suffix', path: place!.slice(1) } as const;
    if (isTarget(path, target, file)) files.add(file);
  }
  return files.size;
}
