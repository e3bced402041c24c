import type { PythonModules } from '../../../modules/python/modules';
import type { ImportedName } from '../../../semantics/model';
import type { PythonModel } from '../../../semantics/python/index';
import type { ChangeBuilder } from '../../change-builder';
import { Refusal } from '../../refusal';
import type { Document } from '../../snapshot';
import { existingImport } from './existing';
import { freeName } from './free-name';
import type { ImportHabits } from './habits';
import { headerOf } from './header';
import type { ImportRequest } from './imports';
import { Meanings } from './meaning';
import { PlannedImports } from './planned';
import { hasOwnComment } from './still-named';
import { runsOnImport } from './visible';

/** The imports of one document: what is there, what is wanted and what is to go. */
export class DocumentImports {
  private readonly meanings: Meanings;
  private readonly planned: PlannedImports;
  private readonly model: PythonModel;

  constructor(
    private readonly document: Document,
    private readonly modules: PythonModules,
    habits: ImportHabits,
  ) {
    this.meanings = new Meanings(document, modules);
    this.planned = new PlannedImports(document, modules, habits, this.meanings);
    this.model = document.semantics as PythonModel;
  }

  /** See {@link PythonImports.ensureImport}. */
  ensure(request: ImportRequest): string {
    const { module, member, at } = request;
    const { file } = this.document;
    const target = this.modules.resolve(file, module);
    const isSubmodule = member !== undefined && this.modules.isSubmodule(file, module, member);
    if (target.length === 1 && target[0] === file && !isSubmodule) return this.own(request);
    const existing = existingImport(request, this.document, this.meanings, (one) => this.planned.isRemoved(one));
    if ('expression' in existing) {
      this.planned.keep(existing.imported);
      return existing.expression;
    }
    const key = member === undefined ? this.meanings.module(module) : this.meanings.member(module, member);
    const pending = this.planned.localOf(key);
    if (pending !== undefined && this.isVisible(pending, at)) return pending;
    try {
      const expression = this.addNew(request, key);
      if (existing.isTypeOnly) this.removeTypeOnly(key, expression);
      return expression;
    } catch (error) {
      // A type-only import is there for a reason: the reason why no other can stand beside it is not what the reader must hear first.
      if (existing.isTypeOnly && error instanceof Refusal && /^import-(?:conflict|cycle)$/.test(error.code))
        throw new Refusal('import-type-only', { name: member ?? module, file });
      throw error;
    }
  }

  /** See {@link PythonImports.removeUnusedImport}. */
  remove(imported: ImportedName): boolean {
    return this.planned.remove(imported);
  }

  write(changes: ChangeBuilder): void {
    this.planned.write(changes);
  }

  /** The import for type checkers is one too many beside a normal one. */
  private removeTypeOnly(key: string, local: string): void {
    for (const one of this.model.imports) {
      if (
        one.typeOnly &&
        one.local === local &&
        this.meanings.imported(one) === key &&
        !hasOwnComment(this.document, one)
      )
        this.planned.remove(one);
    }
  }

  /** What the document itself defines needs no import. */
  private own({ module, member, at }: ImportRequest): string {
    const { file } = this.document;
    if (member === undefined) throw new Refusal('import-cycle', { module, file, cycle: `${file} > ${file}` });
    const binding = this.model.lookup(member, this.model.scopeAt(at));
    if (binding && binding.scope !== this.model.root) throw new Refusal('import-conflict', { name: member, file });
    return member;
  }

  private addNew(request: ImportRequest, key: string): string {
    const { module, member, at } = request;
    const { file } = this.document;
    const spelling = this.planned.spell(request);
    const isEarly = runsOnImport(this.model.scopeAt(at));
    freeName(spelling, key, at, this.document, this.meanings, this.planned);
    for (const target of this.targets(module, member)) {
      const cycle = this.modules.wouldCloseCycle(file, target);
      if (cycle) throw new Refusal('import-cycle', { module, file, cycle: cycle.join(' > ') });
    }
    this.planned.add(spelling, key, isEarly ? at : Number.POSITIVE_INFINITY, headerOf(this.document).end);
    return spelling.expression;
  }

  private targets(module: string, member: string | undefined): readonly string[] {
    const { file } = this.document;
    return member === undefined ? this.modules.resolve(file, module) : this.modules.resolveMember(file, module, member);
  }

  private isVisible(name: string, at: number): boolean {
    const binding = this.model.lookup(name, this.model.scopeAt(at));
    return !binding || binding.scope === this.model.root;
  }
}
