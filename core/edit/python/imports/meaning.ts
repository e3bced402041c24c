import type { PythonModules } from '../../../modules/python/modules';
import { submoduleName } from '../../../modules/python/modules';
import type { ImportedName } from '../../../semantics/model';
import { importPath } from '../../../semantics/python/names';
import type { Document } from '../../snapshot';

/** Compares what imports mean, however they are written: two imports of one thing have one key. */
export class Meanings {
  constructor(
    private readonly document: Document,
    private readonly modules: PythonModules,
  ) {}

  /** The key of a module as written in the document. */
  module(module: string): string {
    const [file, other] = this.modules.resolve(this.document.file, module);
    return file && !other ? `file ${file}` : `name ${module}`;
  }

  /** The key of a member of a module: that of its definition, where re-exports lead there, or of the submodule that it is. */
  member(module: string, member: string): string {
    const importer = this.document.file;
    if (this.modules.isSubmodule(importer, module, member)) return this.module(submoduleName(module, member));
    const [file, other] = this.modules.resolve(importer, module);
    if (!file || other) return `name ${submoduleName(module, member)}`;
    const definition = this.modules.definitionOf(file, member);
    return `file ${definition.file} ${definition.name}`;
  }

  /** The key of what an import binds to its local name; undefined for a star import. */
  imported(name: ImportedName): string | undefined {
    if (name.member === '*') return undefined;
    if (name.member !== undefined) return this.member(name.module, name.member);
    return this.module(this.isWhole(name) ? importPath(name, this.document.source) : name.module);
  }

  /** `import a.b`, which binds `a` and makes `a.b` there too. */
  isWhole(name: ImportedName): boolean {
    return name.member === undefined && importPath(name, this.document.source) !== name.module;
  }
}
