import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { PythonEditor } from '../../../../core/edit/python/editor';
import { callExpression, joinDefinitions, pythonString } from '../../../../core/edit/python/format';
import { PythonImports } from '../../../../core/edit/python/imports/imports';
import { importLines, type NeededImport } from '../../../../core/edit/python/new-module/import-lines';
import { insertionPoint } from '../../../../core/edit/python/new-module/insertion-point';
import { listNames } from '../../../../core/edit/python/new-module/listed-names';
import { removeImportsOf } from '../../../../core/edit/python/new-module/removed-imports';
import { sourcesOf } from '../../../../core/edit/python/new-module/sources';
import { moduleFor } from '../../../../core/edit/python/new-module/target';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { CodeStyle } from '../../../../core/edit/style';
import type { ImportedName } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { annotationOf } from './annotation';
import { type Comments, commentsOf } from './comments';
import { constantOf, isForgettable, removeConstants } from './left-behind';
import type { Plan } from './plan';
import { literalOf, predicateCode, validatorCode, type Wording } from './shared-code';
import { type Site, textOf } from './site';
import { truthPlace } from './truth-place';
import type { Cluster } from './unify';
import type { Unit } from './unit';

/** Writes the shared functions, and calls of them at every place. */
export async function carryOut(plan: Plan, changes: ChangeBuilder): Promise<void> {
  await new Extraction(plan, changes).run();
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What modules and enumerations are called where the shared functions go. */
interface NamesThere {
  readonly re: string;
  /** By the name that members of the set start with at their place. */
  readonly members: Map<string, string>;
}

interface Needed extends NeededImport {
  /** The name that members start with at their place. */
  readonly root?: string;
}

class Extraction {
  private readonly imports: PythonImports;
  private readonly editors = new Map<string, PythonEditor>();
  private readonly removed = new Map<Document, Range[]>();
  private readonly snapshot: Snapshot;

  constructor(
    private readonly plan: Plan,
    private readonly changes: ChangeBuilder,
  ) {
    this.imports = new PythonImports(changes);
    this.snapshot = changes.snapshot;
  }

  async run(): Promise<void> {
    const { cluster, askers, sites } = this.plan;
    const comments = cluster && commentsOf(cluster.units);
    const calling = [...(cluster?.units ?? []).entries()].filter(([, { site }]) => site !== this.plan.existing?.site);
    for (const [, unit] of calling) this.remember(unit.site.document, comments!.rangeOf(unit));
    for (const { site, place } of askers)
      this.remember(site.document, { start: place.node.startIndex, end: place.node.endIndex });
    for (const site of this.plan.list?.sites ?? []) await this.shareList(site, this.plan.list!.name);
    for (const range of await removeConstants(sites, this.removed, this.changes, (one) => this.editorOf(one)))
      this.remember(range.document, range);
    await this.removeImports();
    if (!this.plan.existing) await this.writeShared(comments);
    for (const [at, unit] of calling) this.writeCall(unit, at, comments!);
    for (const { site, place } of askers) {
      const name = this.nameAt(site, this.plan.predicate!);
      const code = `${place.isNegated ? 'not ' : ''}${name}(${this.subjectOf(site)})`;
      this.editorOf(site.document).replaceExpression(place.node, code);
    }
  }

  /** Who reads the list of a place reads the shared one, without a second name for it where nobody misses the first. */
  private async shareList(site: Site, name: string): Promise<void> {
    const { document, check } = site;
    const editor = this.editorOf(document);
    const gone = this.removed.get(document) ?? [];
    const reads = (constantOf(site)?.reads ?? [])
      .filter((at) => !gone.some(({ start, end }) => start <= at && at < end))
      .map((at) => document.root.descendantForIndex(at, at)!);
    const added = name.length - check!.held!.name.length;
    const fits = reads.every((one) => columnsOf(document, one) + added <= document.style.lineLength);
    if (fits && !this.plan.sites.shown.has(site) && (await isForgettable(site, this.snapshot))) {
      const written = this.nameAt(site, name);
      for (const one of reads) {
        editor.replaceExpression(one, written);
        this.remember(document, { start: one.startIndex, end: one.endIndex });
      }
      return;
    }
    const { literal } = check!;
    editor.replaceExpression(literal, this.nameAt(site, name));
    this.remember(document, { start: literal.startIndex, end: literal.endIndex });
  }

  /** What is checked, as it is handed over: text in several lines keeps its lines. */
  private subjectOf({ check, document }: Site): string {
    const { subject } = check!;
    const text = textOf(document, subject);
    return subject.type === 'generator_expression' || subject.type === 'named_expression' ? `(${text})` : text;
  }

  private writeCall(unit: Unit, index: number, comments: Comments): void {
    const { document } = unit.site;
    const { text } = document.source;
    const { start, end } = comments.rangeOf(unit);
    const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))![0];
    const name = this.nameAt(unit.site, this.plan.validator!);
    const args = [...unit.inputs];
    for (const { name: parameter, kind, values } of this.plan.cluster!.parameters)
      args.push(`${parameter}=${kind === 'text' ? pythonString(values[index]!, document.style) : values[index]!}`);
    const lead = unit.returns === 'nothing' ? '' : 'return ';
    const call = callExpression(name, args, document.style, { indentation: indent, before: lead.length });
    const lines = [...comments.stayingAt(unit), ...`${lead}${call}`.split('\n')];
    this.changes.replace(document, start, end, lines.join(`\n${indent}`));
  }

  /** The expression that names a shared function at a place. */
  private nameAt({ document, place, check, owner }: Site, name: string): string {
    const { target } = this.plan;
    if (document.file === target.file) return name;
    // What a class calls its method is not what the method's body means by that name.
    const inside = check?.node ?? owner?.childForFieldName('body');
    const at = inside?.startIndex ?? document.source.offsetAt(place.range.start);
    return this.imports.ensureImport(document, {
      module: moduleFor(document.file, target, this.snapshot),
      member: name,
      at,
    });
  }

  private async writeShared(comments: Comments | undefined): Promise<void> {
    const { target, sites, validator, predicate, list } = this.plan;
    const needed = this.needed();
    if (!target.document) {
      const near = sites.chosen[0]!.document;
      const names = { re: 're', members: new Map<string, string>() };
      const code = joinDefinitions(this.functions(names, near.style, comments), 'module');
      await this.changes.createFile(
        target.file,
        `"""Checks that several modules share."""\n\n${list && needed.length === 0 ? '' : importLines(needed, target.file, near.style, this.snapshot)}${code.toString()}\n`,
        near,
      );
      return;
    }
    const { document } = target;
    const own = sites.chosen.filter((site) => site.document.file === document.file);
    const before = insertionPoint(
      document,
      own.map(({ place }) => document.source.offsetAt(place.range.start)),
    );
    const at = before?.startIndex ?? document.source.text.length;
    const names = { re: 're', members: new Map(this.ownMembers()) };
    for (const { module, member, alias, root } of needed) {
      const written = this.imports.ensureImport(document, {
        module,
        ...(member === undefined ? {} : { member }),
        ...(alias === undefined ? {} : { as: alias }),
        at,
      });
      if (module === 're' && member === undefined) names.re = written;
      if (root !== undefined) names.members.set(root, written);
    }
    const code = joinDefinitions(this.functions(names, document.style, comments), 'module');
    listNames(
      document,
      [validator, predicate, list?.isThere ? undefined : list?.name].filter((name) => name !== undefined),
      this.changes,
    );
    const editor = this.editorOf(document);
    if (before) editor.insertBefore(before, code);
    else editor.appendToBlock(document.root, code);
  }

  private functions(names: NamesThere, style: CodeStyle, comments: Comments | undefined): string[] {
    const { cluster, askers, predicate, validator, sites, list } = this.plan;
    const found: string[] = [];
    if (list && !list.isThere)
      found.push(
        `${list.name} = ${literalOf(list.sites[0]!, names.members, { column: list.name.length + 3, indentation: '' }, style)}`,
      );
    const subjects = sites.chosen;
    const { holder } = this.plan;
    if (predicate !== undefined) {
      const from = askers.length > 0 ? askers.map(({ site }) => site) : subjects;
      found.push(predicateCode(predicate, holder, holder.check!, this.wording(from, undefined, names), style));
    }
    if (cluster && validator !== undefined) {
      const [unit] = cluster.units;
      const place =
        predicate === undefined || !unit!.site.check
          ? undefined
          : truthPlace(unit!.site.check.node, unit!.site.document.source);
      const ask =
        place &&
        ((subject: string) => ({
          replaced: place.node,
          code: `${place.isNegated ? 'not ' : ''}${predicate!}(${subject})`,
        }));
      const wording = this.wording(
        cluster.units.map(({ site }) => site),
        cluster,
        names,
      );
      found.push(validatorCode(validator, cluster, wording, comments!, ask, style));
    }
    return found;
  }

  private wording(from: readonly Site[], cluster: Cluster | undefined, names: NamesThere): Wording {
    const { noun, argument, holder } = this.plan;
    const annotation = annotationOf(from, cluster);
    return {
      noun,
      argument,
      holder,
      annotation: this.isWritable(annotation) ? annotation : undefined,
      members: this.plan.list?.name,
      names: names.members,
      re: names.re,
      sources: sourcesOf(
        from.map(({ document, symbol }) => ({ file: document.file, symbol })),
        this.plan.target.file,
        this.snapshot,
      ),
    };
  }

  /** `Optional` must be there, or be imported with the rest. */
  private isWritable(annotation: string | undefined): boolean {
    return annotation !== undefined && (!annotation.startsWith('Optional') || this.needsOptional());
  }

  private needsOptional(): boolean {
    return this.annotations().some((one) => one?.startsWith('Optional'));
  }

  private annotations(): (string | undefined)[] {
    const { cluster, askers, sites, predicate } = this.plan;
    const found = cluster
      ? [
          annotationOf(
            cluster.units.map(({ site }) => site),
            cluster,
          ),
        ]
      : [];
    if (predicate !== undefined)
      found.push(annotationOf(askers.length > 0 ? askers.map(({ site }) => site) : sites.chosen, undefined));
    return found;
  }

  /** What the shared code takes from elsewhere. */
  private needed(): Needed[] {
    const { cluster, predicate, sites, target, holder } = this.plan;
    const found: Needed[] = [];
    if (this.plan.existing) return found;
    const add = (module: string, member: string | undefined, root?: string): void => {
      const alias = root === undefined || root === (member ?? module) ? {} : { alias: root };
      if (!found.some((one) => one.module === module && one.member === member && one.root === root))
        found.push({ module, member, ...(root === undefined ? {} : { root }), ...alias });
    };
    const hasPattern = sites.chosen.some(({ check }) => check?.mode !== undefined);
    if (hasPattern && (predicate !== undefined || cluster)) add('re', undefined);
    if (this.needsOptional()) add('typing', 'Optional');
    const [unit] = cluster?.units ?? [];
    for (const free of unit?.free ?? []) {
      const isPassed = cluster!.parameters.some(({ kind, values }) => kind === 'class' && values[0] === free.name);
      if (isPassed || free.module === '' || unit!.site.document.file === target.file) continue;
      const module = this.moduleThere(unit!.site, free.module);
      if (module !== undefined) add(module, free.member, free.name);
    }
    for (const { name, module, member } of holder.check?.roots ?? []) {
      const there = module === undefined ? undefined : this.moduleThere(holder, module);
      if (there !== undefined && holder.document.file !== target.file) add(there, member, name);
    }
    return found;
  }

  /** How the target names a module that a place imports; undefined for the target itself. */
  private moduleThere({ document }: Site, module: string): string | undefined {
    const { python } = this.snapshot.modules;
    const [file, other] = python.resolve(document.file, module);
    if (!file || other) return module;
    return file === this.plan.target.file ? undefined : (python.nameOf(file) ?? module);
  }

  /** What the target calls the members of its own enumerations that a place imports under another name. */
  private ownMembers(): [string, string][] {
    const { holder, target } = this.plan;
    if (holder.document.file === target.file) return [];
    return (holder.check?.roots ?? []).flatMap(({ name, module, member }) =>
      member !== undefined && module !== undefined && this.moduleThere(holder, module) === undefined
        ? [[name, member] as [string, string]]
        : [],
    );
  }

  /** Takes out the imports that only the removed code named. */
  private async removeImports(): Promise<void> {
    const { target } = this.plan;
    const needed = this.needed();
    for (const [document, ranges] of this.removed) {
      const passed = this.passedIn(document);
      const isKept = (imported: ImportedName): boolean =>
        passed.has(imported.local) ||
        (document.file === target.file &&
          (this.isMoved(imported.local) ||
            needed.some((one) => one.module === imported.module && one.member === imported.member)));
      await removeImportsOf(document, ranges, isKept, this.imports);
    }
  }

  /** What the calls in a file hand over: exceptions, and the names in what is checked. */
  private passedIn(document: Document): ReadonlySet<string> {
    const { units = [], parameters = [] } = this.plan.cluster ?? {};
    const classes = parameters.filter(({ kind }) => kind === 'class');
    const subjects = [
      ...this.plan.askers.map(({ site }) => site),
      ...units.filter(({ kind }) => kind === 'statement').map(({ site }) => site),
    ].flatMap((site) => (site.document === document && site.check ? [site.check.subject] : []));
    return new Set([
      ...units.flatMap((unit, at) => (unit.site.document === document ? classes.map(({ values }) => values[at]!) : [])),
      ...subjects.flatMap((one) => one.descendantsOfType('identifier').map((name) => textOf(document, name))),
    ]);
  }

  private isMoved(name: string): boolean {
    const { cluster, holder } = this.plan;
    const isMember = holder.check?.roots.some((one) => one.name === name) ?? false;
    return isMember || (cluster?.units[0]?.free.some((one) => one.name === name) ?? false);
  }

  private remember(document: Document, range: Range): void {
    this.removed.set(document, [...(this.removed.get(document) ?? []), { start: range.start, end: range.end }]);
  }

  private editorOf(document: Document): PythonEditor {
    let editor = this.editors.get(document.file);
    if (!editor) {
      editor = new PythonEditor(document, this.changes);
      this.editors.set(document.file, editor);
    }
    return editor;
  }
}

/** How many columns the line of a node has. */
function columnsOf({ source: { text } }: Document, { startIndex }: SyntaxNode): number {
  const end = text.indexOf('\n', startIndex);
  return (end < 0 ? text.length : end) - text.lastIndexOf('\n', startIndex - 1) - 1;
}
