import type { PythonModules } from '../../../modules/python/modules';
import type { ImportedName } from '../../../semantics/model';
import type { SyntaxNode } from '../../../syntax/node';
import type { ChangeBuilder } from '../../change-builder';
import { Refusal } from '../../refusal';
import type { Document } from '../../snapshot';
import type { ImportHabits } from './habits';
import type { ImportRequest } from './imports';
import { ImportLayout, type NewStatement } from './layout';
import type { Meanings } from './meaning';
import { type ImportItem, type ImportStatement, importAround, importRuns, importStatement } from './statement';
import { hasOwnComment } from './still-named';
import { writeRun } from './write-lines';
import { type NewName, spelled, usualMemberOrder, writeNames } from './write-names';
import { emptiedCheck, removeNested } from './write-nested';

/** How a new import is written. */
export interface Spelling {
  /** `from` what; undefined for `import a.b`. */
  readonly from: string | undefined;
  /** The member, or the module of `import a.b`. */
  readonly name: string;
  readonly alias: string | undefined;
  /** The name that it binds: `a` for `import a.b`. */
  readonly local: string;
  /** What is written where it is used. */
  readonly expression: string;
}

interface Touched {
  readonly statement: ImportStatement;
  readonly added: NewName[];
  readonly removed: Set<ImportItem>;
}

/** What is to become of the imports of one document, until it is written. */
export class PlannedImports {
  /** Keys of the new names. */
  private readonly keys = new Map<string, string>();
  /** Statements that names come to or go from, by their start. */
  private readonly touched = new Map<number, Touched>();
  /** Statements that are not there yet. */
  private readonly fresh: NewStatement[] = [];
  private readonly layout: ImportLayout;
  private readonly top: readonly ImportStatement[];

  constructor(
    private readonly document: Document,
    private readonly modules: PythonModules,
    private readonly habits: ImportHabits,
    private readonly meanings: Meanings,
  ) {
    this.layout = new ImportLayout(document, modules, habits);
    this.top = importRuns(document.root, document.source).flat();
  }

  /** The name under which something new will be there. */
  localOf(key: string): string | undefined {
    for (const [local, known] of this.keys) if (known === key) return local;
    return undefined;
  }

  keyOf(local: string): string | undefined {
    return this.keys.get(local);
  }

  isRemoved(imported: ImportedName): boolean {
    return [...this.touched.values()].some((one) => [...one.removed].some((item) => isOf(item, imported)));
  }

  /** Takes back that an import goes, because it is needed after all. */
  keep(imported: ImportedName): void {
    for (const { removed } of this.touched.values())
      for (const item of removed) if (isOf(item, imported)) removed.delete(item);
  }

  /** Writes the module as the project does: absolute or with dots, a submodule as a member of its package. */
  spell({ module, member, as }: ImportRequest): Spelling {
    if (member !== undefined) {
      const local = as ?? member;
      return {
        from: this.moduleText(module),
        name: member,
        alias: as === member ? undefined : as,
        local,
        expression: local,
      };
    }
    const dot = module.lastIndexOf('.');
    const isOwn = this.modules.resolve(this.document.file, module).length > 0;
    if (module.startsWith('.') || (isOwn && dot > 0)) {
      const text = this.moduleText(module);
      if (/^\.+$/.test(text) || !text.includes('.')) return this.packageItself(text, as);
      const cut = text.lastIndexOf('.');
      const from = /^\.+[^.]*$/.test(text) ? text.slice(0, cut + 1) : text.slice(0, cut);
      const name = text.slice(cut + 1);
      return { from, name, alias: as === name ? undefined : as, local: as ?? name, expression: as ?? name };
    }
    const local = as ?? module.split('.', 1)[0]!;
    return { from: undefined, name: module, alias: as === module ? undefined : as, local, expression: as ?? module };
  }

  /** `import pkg`; nothing that dots could say means the importer's own package. */
  private packageItself(text: string, as: string | undefined): Spelling {
    const [target] = this.modules.resolve(this.document.file, text);
    const name = text.startsWith('.') ? target && this.modules.nameOf(target) : text;
    if (name === undefined) throw new Refusal('import-conflict', { name: text, file: this.document.file });
    return { from: undefined, name, alias: as, local: as ?? name.split('.', 1)[0]!, expression: as ?? name };
  }

  /**
   * Plans a new import: in a statement for its module if the file keeps several names in one, else in a line of its own.
   * @param before statements from here on come too late
   * @param newRun where the first import of a file goes
   */
  add(spelling: Spelling, key: string, before: number, newRun: number): void {
    this.keys.set(spelling.local, key);
    const { from, name, alias } = spelling;
    const host = from === undefined ? undefined : this.hostFor(spelling, from, before);
    if (host) {
      this.touch(host).added.push({ name, alias });
      return;
    }
    const joint = this.fresh.find((one) => from !== undefined && one.from === from && one.before <= before);
    const canJoin =
      !this.importsOneByOne() &&
      (this.combinesRenamed() || ![...(joint?.names ?? []), spelling].some((one) => one.alias));
    if (joint && canJoin) {
      joint.names.push({ name, alias });
      return;
    }
    const made: NewStatement = { from, names: [{ name, alias }], before };
    this.fresh.push(made);
    this.layout.add(
      this.layout.key(from ?? name, from === undefined, from === undefined ? undefined : spelled({ name, alias })),
      made,
      newRun,
    );
  }

  /** Plans that an import goes; false where taking it out would take more than a name. */
  remove(imported: ImportedName): boolean {
    const node = importAround(this.document.root, imported.start);
    if (!node || imported.member === '*' || node.type === 'future_import_statement') return false;
    const statement = this.touched.get(node.startIndex)?.statement ?? importStatement(node, this.document.source);
    const item = statement.items.find((one) => isOf(one, imported));
    if (!item) return false;
    const { removed } = this.touch(statement);
    removed.add(item);
    if (removed.size === statement.items.length) this.removeCheck(node);
    return true;
  }

  /** With the last import of an `if TYPE_CHECKING:` goes the name `TYPE_CHECKING`, when nothing else asks for it. */
  private removeCheck(statement: SyntaxNode): void {
    const check = emptiedCheck(this.goneOf(statement.parent), this.document);
    const condition = check?.childForFieldName('condition');
    const binding = condition && this.document.semantics.bindingAt(condition.startIndex);
    if (!binding?.imported || binding.reads.length !== 1 || binding.writes.length !== 1) return;
    if (!hasOwnComment(this.document, binding.imported)) this.remove(binding.imported);
  }

  /** The statements of a block of which no name is left, in their order. */
  private goneOf(block: SyntaxNode | null): SyntaxNode[] {
    return [...this.touched.values()]
      .filter(({ statement, added, removed }) => added.length === 0 && removed.size === statement.items.length)
      .map(({ statement }) => statement.node)
      .filter((node) => node.parent?.id === block?.id)
      .sort((a, b) => a.startIndex - b.startIndex);
  }

  write(changes: ChangeBuilder): void {
    const gone = new Set<number>();
    const nested = new Map<number, SyntaxNode>();
    const order = usualMemberOrder(this.top);
    for (const { statement, added, removed } of this.touched.values()) {
      const { parent } = statement.node;
      if (added.length === 0 && removed.size === 0) continue;
      if (removed.size < statement.items.length || added.length > 0)
        writeNames(statement, added, removed, order, this.document, changes);
      else if (parent && parent.type !== 'module') nested.set(parent.id, parent);
      else gone.add(statement.start);
    }
    for (const block of nested.values()) removeNested(this.goneOf(block), this.document, changes);
    for (const run of this.layout.runs) writeRun(run, gone, order, this.document, changes);
  }

  private touch(statement: ImportStatement): Touched {
    const known = this.touched.get(statement.start);
    if (known) return known;
    const made = { statement, added: [], removed: new Set<ImportItem>() };
    this.touched.set(statement.start, made);
    return made;
  }

  /** The statement that a member joins. */
  private hostFor({ alias }: Spelling, from: string, before: number): ImportStatement | undefined {
    const key = this.meanings.module(from);
    const candidates = this.top.filter(
      (one) =>
        one.from !== undefined &&
        one.end <= before &&
        (one.from === from || this.meanings.module(one.from) === key) &&
        one.items.every((item) => item.name !== '*'),
    );
    if (this.importsOneByOne()) return undefined;
    // By default isort and Ruff give every renamed member a statement of its own.
    if (this.combinesRenamed()) return candidates[0];
    return alias === undefined ? candidates.find((one) => one.items.every((item) => !item.alias)) : undefined;
  }

  /** `combine-as-imports`: by the file's own statements, else by those of the project. */
  private combinesRenamed(): boolean {
    const renamed = this.top.filter((one) => one.from !== undefined && one.items.some((item) => item.alias));
    if (renamed.some((one) => one.items.length > 1)) return true;
    const isSplit = renamed.some((one) => this.top.some((other) => other !== one && other.from === one.from));
    return !isSplit && this.habits.combinesRenamed;
  }

  /** `force-single-line`: by the file's own statements, else by those of the project. */
  private importsOneByOne(): boolean {
    const members = this.top.filter((one) => one.from !== undefined && one.items.every((item) => !item.alias));
    const joint = members.filter((one) => one.items.length > 1).length;
    const repeated = members.filter((one, index) => members[index - 1]?.from === one.from).length;
    return joint + repeated === 0 ? this.habits.importsOneByOne : repeated > 5 * joint;
  }

  private moduleText(module: string): string {
    const { file } = this.document;
    const [target, other] = this.modules.resolve(file, module);
    if (!target || other) return module;
    const existing = this.top.find(
      (one) => one.from !== undefined && this.meanings.module(one.from) === `file ${target}`,
    );
    if (existing?.from) return existing.from;
    const relative = this.modules.relativeName(file, target);
    if (relative && this.habits.isRelative(file, relative.dots)) return '.'.repeat(relative.dots) + relative.rest;
    return module.startsWith('.') ? (this.modules.nameOf(target) ?? module) : module;
  }
}

function isOf(item: ImportItem, { start }: ImportedName): boolean {
  return item.start <= start && start < item.end;
}
