import type { ChangeBuilder } from '../../../../../core/edit/change-builder';
import { Fragment } from '../../../../../core/edit/fragment';
import type { PythonEditor } from '../../../../../core/edit/python/editor';
import type { PythonImports } from '../../../../../core/edit/python/imports/imports';
import { PythonLayout } from '../../../../../core/edit/python/layout';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Adapter } from './adapters';
import { attributeNamesOf } from './adapters';
import { constructorOf, type Holding, holdingOf, usersOf } from './holder';
import type { Plan } from './plan';
import type { Site } from './site';
import type { Subject } from './subject';

/** Behind all parameters, so that no caller's arguments change their meaning. */
const LAST = 1000;

/** How moved code is reached from the old places. */
export interface Held {
  readonly className: string;
  /** Without its underscore. */
  readonly attribute: string;
  /** The expression of the adapter at a place. */
  access(site: Site): string;
}

/** Gives the class or function of a finding its adapters. */
export class ClassHolder {
  private constructor(
    private readonly subject: Subject,
    private readonly holding: Holding | 'local',
    private readonly taken: Set<string>,
  ) {}

  static async of({ subject, adapters }: Plan, snapshot: Snapshot): Promise<ClassHolder> {
    const { document, unit, isClass } = subject;
    if (!isClass) {
      const names = unit.descendantsOfType('identifier').map((one) => textOf(document, one));
      return new ClassHolder(subject, 'local', new Set([...names, ...document.semantics.root.bindings.keys()]));
    }
    const sites = adapters.flatMap((one) => one.methods.flatMap(({ pieces }) => pieces.map(({ site }) => site)));
    const holding = await holdingOf(subject, sites, snapshot);
    // Subclasses and bases may have attributes of their own: any name that they or the class's users say counts.
    const users = await usersOf(subject, snapshot);
    const bases = await Promise.all(basesOf(subject, snapshot).map((file) => snapshot.open(file)));
    const texts = [document, ...users, ...bases].map(({ source }) => source.text);
    const words = texts.flatMap((text) => [...text.matchAll(/(?:\.|["']|^[ \t]+)(_\w+)\b/gm)].map((one) => one[1]!));
    return new ClassHolder(subject, holding, new Set(words));
  }

  hold(adapter: Adapter, className: string): Held {
    const { holding, taken } = this;
    const names = attributeNamesOf(adapter.group, adapter.className);
    const parameters = this.parameterNames();
    const own = holding === 'local' ? '' : '_';
    const isFree = (name: string): boolean =>
      !taken.has(`${own}${name}`) && !(holding === 'parameter' && parameters.has(name));
    let attribute = names.find(isFree) ?? names[0]!;
    for (let count = 2; !isFree(attribute); count++) attribute = `${names[0]!}_${count}`;
    taken.add(`${own}${attribute}`);
    return {
      className,
      attribute,
      access: ({ receiver }) => (receiver === undefined ? attribute : `${receiver}._${attribute}`),
    };
  }

  write(held: readonly Held[], editor: PythonEditor, imports: PythonImports, changes: ChangeBuilder): void {
    const { subject, holding } = this;
    const init = constructorOf(subject);
    if (holding === 'parameter' && init) {
      this.writeParameters(held, init, editor, imports, changes);
      return;
    }
    const lines = held.map(({ className, attribute }) => {
      if (holding === 'local') return `${attribute} = ${className}()`;
      if (holding === 'class') return `_${attribute} = ${className}()`;
      const { document, unit } = subject;
      const name = imports.ensureImport(document, { module: 'typing', member: 'ClassVar', at: unit.startIndex });
      return `_${attribute}: ${name}[${className}] = ${className}()`;
    });
    const last = lastField(subject);
    if (holding !== 'local' && last) editor.insertAfter(last, lines.join('\n'));
    else editor.prependToBlock(subject.unit, lines.join('\n'));
  }

  private writeParameters(
    held: readonly Held[],
    init: SyntaxNode,
    editor: PythonEditor,
    imports: PythonImports,
    changes: ChangeBuilder,
  ): void {
    const { document } = this.subject;
    // A comment may stand in front of it.
    const first = init.childForFieldName('parameters')!.namedChildren.find(({ type }) => type !== 'comment')!;
    const self = textOf(document, first).split(':')[0]!.trim();
    const pipe =
      /:\s*[\w.[\]]+\s*\|\s*None\b/.test(document.source.text) ||
      /^from __future__ import .*\bannotations\b/m.test(document.source.text);
    const optional = pipe
      ? undefined
      : imports.ensureImport(document, { module: 'typing', member: 'Optional', at: init.startIndex });
    const parameters = held.map(({ className, attribute }) => {
      const type = optional === undefined ? `${className} | None` : `${optional}[${className}]`;
      return `${attribute}: ${type} = None`;
    });
    if (this.explode(init, parameters, changes)) {
      editor.prependToBlock(init, this.assignments(held, self));
      return;
    }
    // All in one: whether they fit their line is decided once.
    editor.addParameter(init, parameters.join(this.separator(init, parameters)), LAST);
    editor.prependToBlock(init, this.assignments(held, self));
  }

  private assignments(held: readonly Held[], self: string): string {
    return held.map(({ className, attribute }) => `${self}._${attribute} = ${attribute} or ${className}()`).join('\n');
  }

  /** Parameters that stand together on a line of their own get a line each, where the new ones do not fit that line. */
  private explode(init: SyntaxNode, parameters: readonly string[], changes: ChangeBuilder): boolean {
    const { document } = this.subject;
    const list = init.childForFieldName('parameters')!;
    const text = textOf(document, list);
    const old = list.namedChildren;
    const [first] = old;
    const together = /^\(\s*\n[^\n]*\n\s*\)$/.test(text);
    if (!together || text.includes('#') || !first) return false;
    const layout = new PythonLayout(document);
    const line = layout.lineEnd(first.startIndex) - layout.lineStart(first.startIndex);
    if (line + parameters.join(', ').length + 2 <= document.style.lineLength) return false;
    const indent = layout.indentationAt(first.startIndex);
    const items = [...old.map((one) => Fragment.copy(document, one.startIndex, one.endIndex)), ...parameters];
    const lines = items.map((one) => Fragment.of(indent, one, ',\n'));
    const code = Fragment.of('(\n', ...lines, layout.indentationAt(list.endIndex - 1), ')');
    changes.replace(document, list.startIndex, list.endIndex, code);
    return true;
  }

  /** One line where the parameters have one and all fit, else a line for each. */
  private separator(init: SyntaxNode, parameters: readonly string[]): string {
    const { document } = this.subject;
    const list = init.childForFieldName('parameters')!;
    const { text } = document.source;
    const isBroken = textOf(document, list).includes('\n');
    const last = list.lastNamedChild;
    const startsLine =
      last && /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', last.startIndex) + 1, last.startIndex));
    if (isBroken) return startsLine ? ',\n' : ', ';
    const lineStart = text.lastIndexOf('\n', init.startIndex) + 1;
    const line = text.slice(lineStart, text.indexOf('\n', list.endIndex)).length;
    return line + parameters.join(', ').length + 2 > document.style.lineLength ? ',\n' : ', ';
  }

  /** Names that the constructor says, which a new parameter must not be. */
  private parameterNames(): ReadonlySet<string> {
    const names = constructorOf(this.subject)?.descendantsOfType('identifier') ?? [];
    return new Set(names.map((one) => textOf(this.subject.document, one)));
  }
}

/** What a class says of itself comes before what it is handed: the last field in front of its methods, or the last class in it. */
function lastField({ unit }: Subject): SyntaxNode | undefined {
  const members = unit.childForFieldName('body')?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  const isNested = (one: SyntaxNode): boolean =>
    one.type === 'class_definition' || one.childForFieldName('definition')?.type === 'class_definition';
  const end = members.findIndex((one) => one.type !== 'expression_statement' && !isNested(one));
  const head = members.slice(0, end < 0 ? undefined : end);
  return head.findLast(({ firstNamedChild }) => firstNamedChild?.type === 'assignment') ?? head.findLast(isNested);
}

/** The files of the workspace that define the bases of a class, as its imports tell. */
function basesOf({ document, model, unit }: Subject, { modules: { python } }: Snapshot): string[] {
  const list = unit.childForFieldName('superclasses');
  return (list?.descendantsOfType('identifier') ?? []).flatMap((one) => {
    const imported = model.bindingAt(one.startIndex)?.imported;
    if (!imported) return [];
    const targets =
      imported.member === undefined
        ? python.resolve(document.file, imported.module)
        : python.resolveMember(document.file, imported.module, imported.member);
    return targets.slice(0, 1);
  });
}
