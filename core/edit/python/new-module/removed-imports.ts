import type { ImportedName } from '../../../semantics/model';
import type { PythonModel } from '../../../semantics/python/index';
import type { Document } from '../../snapshot';
import type { PythonImports } from '../imports/imports';
import type { TextRange } from '../imports/still-named';

/**
 * Takes out the imports that only removed code named.
 * @param ranges what goes from the document
 * @param keeps imports that are needed all the same, by what is written instead
 */
export async function removeImportsOf(
  document: Document,
  ranges: readonly TextRange[],
  keeps: (imported: ImportedName) => boolean,
  imports: PythonImports,
): Promise<void> {
  const model = document.semantics as PythonModel;
  for (const imported of model.imports) {
    const isRead = model
      .occurrenceAt(imported.start)
      ?.symbol.binding?.reads.some(({ start }) => ranges.some((range) => range.start <= start && start < range.end));
    if (isRead && !keeps(imported)) await imports.removeUnusedImport(document, imported, ranges);
  }
}
