import type { PythonModules } from '../../../modules/python/modules';
import type { ImportedName } from '../../../semantics/model';
import type { ChangeBuilder } from '../../change-builder';
import type { Document } from '../../snapshot';
import { DocumentImports } from './document-imports';
import { ImportHabits } from './habits';
import { isStillNamed, type TextRange } from './still-named';

export interface ImportRequest {
  /** As an import in the document would say: dotted and absolute, or with leading dots. */
  readonly module: string;
  /** What is needed of the module; undefined for the module itself. */
  readonly member?: string;
  /** The local name, if a new import is written. */
  readonly as?: string;
  /** Offset at which the name is to be used. */
  readonly at: number;
}

/**
 * The imports of Python files within one change. It collects what is needed and what is no longer; the edits are made when the change is
 * built, so that several wishes about one statement come out as one.
 */
export class PythonImports {
  private readonly documents = new Map<string, DocumentImports>();
  private readonly habits: ImportHabits;
  private readonly modules: PythonModules;

  constructor(private readonly changes: ChangeBuilder) {
    this.modules = changes.snapshot.modules.python;
    this.habits = new ImportHabits(this.modules);
    changes.beforeBuild(() => this.write());
  }

  /**
   * Makes a member of a module, or the module itself, available at a place.
   * @returns the expression to write there
   * @throws Refusal `import-conflict`, `import-conditional`, `import-type-only`, `import-too-late`, `import-cycle`
   */
  ensureImport(document: Document, request: ImportRequest): string {
    return this.of(document).ensure(request);
  }

  /**
   * Takes an import out if nothing names it any more once some ranges of the document are gone. What was never read stays, because it
   * was imported for its effect, and so does what a comment says something about.
   * @returns whether it goes
   */
  async removeUnusedImport(
    document: Document,
    imported: ImportedName,
    removedRanges: readonly TextRange[],
  ): Promise<boolean> {
    if (await isStillNamed(document, imported, removedRanges, this.changes.snapshot)) return false;
    return this.of(document).remove(imported);
  }

  private of(document: Document): DocumentImports {
    const known = this.documents.get(document.file);
    if (known) return known;
    const made = new DocumentImports(document, this.modules, this.habits);
    this.documents.set(document.file, made);
    return made;
  }

  private write(): void {
    for (const one of this.documents.values()) one.write(this.changes);
    this.documents.clear();
  }
}
