import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { Fragment } from '../../../../core/edit/fragment';
import { extentEnd, spotOf } from '../../../../core/edit/python/blocks';
import { PythonEditor } from '../../../../core/edit/python/editor';
import { callExpression } from '../../../../core/edit/python/format';
import { PythonImports } from '../../../../core/edit/python/imports/imports';
import { importAround, importStatement } from '../../../../core/edit/python/imports/statement';
import { isStillNamed } from '../../../../core/edit/python/imports/still-named';
import { PythonLayout } from '../../../../core/edit/python/layout';
import type { CarriedName } from '../../../../core/edit/python/new-module/carried-names';
import { importLines, type NeededImport } from '../../../../core/edit/python/new-module/import-lines';
import { insertionPoint } from '../../../../core/edit/python/new-module/insertion-point';
import { removeImportsOf } from '../../../../core/edit/python/new-module/removed-imports';
import { moduleFor } from '../../../../core/edit/python/new-module/target';
import type { Rewrite } from '../../../../core/edit/python/rewrite';
import type { Snapshot } from '../../../../core/edit/snapshot';
import type { ImportedName } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { placesToRename } from './captured';
import { classCode, movedFrom, nounFor, type Parameter, parametersOf } from './class-code';
import { Hints, hasLazyAnnotations } from './hints';
import { isTakenBack } from './life';
import type { Names } from './naming';
import type { Plan } from './plan';
import type { Handler } from './siblings';
import { isInside, nodeAt, type Site, textOf, viewsOf } from './site';

/** Writes the class, makes its object where the callback was defined, and lets everything else ask the object. */
export async function carryOut(plan: Plan, changes: ChangeBuilder): Promise<void> {
  const { site, target } = plan;
  const { document } = site;
  const { snapshot } = changes;
  const imports = new PythonImports(changes);
  const editor = new PythonEditor(document, changes);
  const hints = new Hints(site, target, snapshot);
  const parameters = parametersOf(plan, hints);
  const carried = [...plan.carried, ...hintNames(plan, parameters, hints)];
  const gone = await emptiedImports(plan, snapshot);
  const isGone = ({ start }: ImportedName): boolean =>
    gone.some(({ startIndex, endIndex }) => startIndex <= start && start < endIndex);
  await removeImportsOf(
    document,
    movedRanges(plan),
    (one) => isGone(one) || movesAlong(one, plan) || isStillNeeded(one, plan, parameters),
    imports,
  );
  await writeClass(plan, parameters, hints, carried, imports, editor, changes);
  const className =
    target.file === document.file
      ? plan.names.className
      : imports.ensureImport(document, {
          module: moduleFor(document.file, target, snapshot),
          member: plan.names.className,
          at: site.anchor.node.startIndex,
        });
  writeObject(plan, className, parameters, changes);
  writePlaces(plan, gone, editor, changes);
}

/** Imports of the function around the callback that the method repeats, where nothing is left of the statement. */
async function emptiedImports({ site, variables }: Plan, snapshot: Snapshot): Promise<SyntaxNode[]> {
  const { document, handlers } = site;
  const found: SyntaxNode[] = [];
  for (const { role } of variables) {
    if (role.kind !== 'import') continue;
    const statement = importAround(document.root, role.imported.start);
    if (!statement || importStatement(statement, document.source).items.length > 1) continue;
    const ranges = handlers.map(({ node }) => ({ start: node.startIndex, end: node.endIndex }));
    if (!(await isStillNamed(document, role.imported, ranges, snapshot))) found.push(statement);
  }
  return found;
}

/** An import within the callback goes with it. */
function movesAlong(imported: ImportedName, { site }: Plan): boolean {
  return isInside(imported, site);
}

/** What the constructor is handed is still named here; where the class stays in the module, so is all that the module imports. */
function isStillNeeded(
  { start, lazy }: ImportedName,
  { site, target }: Plan,
  parameters: readonly Parameter[],
): boolean {
  if (target.file === site.document.file && !lazy) return true;
  return parameters.some(({ variable }) => variable.binding.writes.some((write) => write.imported?.start === start));
}

function movedRanges({ site, variables }: Plan): { start: number; end: number }[] {
  const ranges = site.handlers.map(({ node }) => ({ start: node.startIndex, end: node.endIndex }));
  for (const { role } of variables)
    if (role.kind === 'initialised')
      ranges.push({ start: role.initialiser.statement.startIndex, end: role.initialiser.statement.endIndex });
  return ranges;
}

function hintNames({ variables }: Plan, parameters: readonly Parameter[], hints: Hints): CarriedName[] {
  const own = variables.flatMap(({ role }) => {
    const annotation = role.kind === 'initialised' ? role.initialiser.annotation : undefined;
    return (annotation && hints.carry(annotation, false)?.carried) ?? [];
  });
  return [...own, ...parameters.flatMap(({ hint }) => hint?.carried ?? [])];
}

async function writeClass(
  plan: Plan,
  parameters: readonly Parameter[],
  hints: Hints,
  carried: readonly CarriedName[],
  imports: PythonImports,
  editor: PythonEditor,
  changes: ChangeBuilder,
): Promise<void> {
  const { target, site } = plan;
  const { snapshot } = changes;
  const own = site.document;
  if (!target.document) {
    const needed: NeededImport[] = hasLazyAnnotations(own) ? [{ module: '__future__', member: 'annotations' }] : [];
    needed.push(...unique(carried.flatMap((one) => one.imports)));
    const code = classCode(plan, parameters, hints, [], own.style, snapshot);
    const about = `"""${aboutModule(plan)} of ${site.handlers.length > 1 ? 'their' : 'its'} own."""`;
    await changes.createFile(
      target.file,
      fileOf(about, importLines(needed, target.file, own.style, snapshot), code),
      own,
    );
    return;
  }
  const { document } = target;
  const isOwn = document.file === own.file;
  const before = insertionPoint(document, isOwn ? [site.anchor.node.startIndex] : []);
  const at = before?.startIndex ?? document.source.text.length;
  const renamed: Rewrite[] = [];
  for (const { name, places, imports: needed } of carried) {
    for (const { module, member, alias } of needed) {
      const written = imports.ensureImport(document, {
        module,
        at,
        ...(member === undefined ? {} : { member }),
        ...(alias === undefined ? {} : { as: alias }),
      });
      const wanted = member === undefined && alias === undefined ? module : name;
      if (written !== wanted && member !== undefined)
        renamed.push(...places.map(({ start, end }) => ({ start, end, text: written })));
    }
  }
  const code = classCode(plan, parameters, hints, renamed, document.style, snapshot);
  const into = isOwn ? editor : new PythonEditor(document, changes);
  if (before) into.insertBefore(before, code);
  else into.appendToBlock(document.root, code);
}

function aboutModule(plan: Plan): string {
  const { handlers, name, symbol } = plan.site;
  if (handlers.length > 1) return `The callbacks of ${symbol} as a class`;
  const noun = nounFor(plan);
  return `The ${noun}${name === noun ? '' : ` ${name}`} as a class`;
}

function fileOf(about: string, imports: string, code: Fragment): Fragment {
  return Fragment.of(`${about}\n\n${imports}`, code, '\n');
}

function unique(needed: readonly NeededImport[]): NeededImport[] {
  const found: NeededImport[] = [];
  for (const one of needed) {
    const same = found.findIndex(
      (other) => other.module === one.module && other.member === one.member && other.alias === one.alias,
    );
    if (same < 0) found.push(one);
    else if (found[same]!.typeOnly && !one.typeOnly) found[same] = one;
  }
  return found;
}

/** The object in the place of the definition, registered as a decorator did it. */
function writeObject(
  { site, names }: Plan,
  className: string,
  parameters: readonly Parameter[],
  changes: ChangeBuilder,
): void {
  const { document, anchor } = site;
  const { statement } = anchor;
  const layout = new PythonLayout(document);
  const indentation = layout.indentationAt(statement.startIndex);
  const lead = `${names.variable} = `;
  const isShort = parameters.length <= 3 && parameters.every(({ argument }) => !argument.startsWith('lambda'));
  const args = parameters.map(({ name, argument }) => (isShort ? argument : `${name}=${argument}`));
  const call = callExpression(className, args, document.style, { indentation, before: lead.length });
  const parts: (string | Fragment)[] = [`${lead}${call}`.split('\n').join(`\n${indentation}`)];
  // Those above the object are only named once it is there.
  const above = site.handlers.filter((one) => one.node.startIndex < anchor.node.startIndex);
  for (const one of [...above, anchor])
    for (const line of placeLines(one, site, names)) parts.push(`\n${indentation}`, line);
  const from = movedFrom(anchor, site, layout);
  changes.replace(document, from, extentEnd(spotOf(statement, layout), layout), Fragment.of(...parts));
  for (const one of site.handlers) {
    const lines = one.node.startIndex > anchor.node.startIndex ? placeLines(one, site, names) : [];
    const own = layout.indentationAt(one.statement.startIndex);
    const end = extentEnd(spotOf(one.statement, layout), layout);
    if (lines.length > 0)
      changes.replace(
        document,
        one.statement.startIndex,
        end,
        Fragment.of(...lines.flatMap((line, at) => (at > 0 ? [`\n${own}`, line] : [line]))),
      );
  }
}

/** What stays where a function was defined: the registration that was its decorator, and its name where somebody must know the very object. */
function placeLines(handler: Handler, site: Site, { variable, methods }: Names): (string | Fragment)[] {
  const { statement, node, binding } = handler;
  const { document } = site;
  const method = `${variable}.${methods.get(binding)!}`;
  const lines: (string | Fragment)[] = [];
  if (statement.id !== node.id) {
    const decorator = statement.namedChildren.find((one) => one.type === 'decorator')!;
    const expression = decorator.namedChildren.find((one) => one.type !== 'comment')!;
    lines.push(`${textOf(document, expression).replace(/\r\n/g, '\n')}(${method})`);
  }
  if (isTakenBack({ ...site, ...handler })) {
    const name = node.childForFieldName('name')!;
    // The name is copied, because it still means what was defined here.
    lines.push(Fragment.of(Fragment.copy(document, name.startIndex, name.endIndex), ` = ${method}`));
  }
  return lines;
}

/** Whether nothing is left where a function was defined. */
function staysEmpty(handler: Handler, site: Site, names: Names): boolean {
  return handler.node.startIndex < site.anchor.node.startIndex || placeLines(handler, site, names).length === 0;
}

/** Everything that named the callback or a variable that lives in the object now; the initialisers go, and so do imports that are empty. */
function writePlaces(
  { site, names, variables, attributes }: Plan,
  gone: readonly SyntaxNode[],
  editor: PythonEditor,
  changes: ChangeBuilder,
): void {
  const { document } = site;
  for (const view of viewsOf(site)) {
    if (isTakenBack(view)) continue;
    for (const read of view.binding.reads)
      if (!isInside(read, site))
        editor.replaceExpression(nodeAt(document, read), `${names.variable}.${names.methods.get(view.binding)!}`);
  }
  const initialisers = variables.flatMap(({ role }) =>
    role.kind === 'initialised' ? [role.initialiser.statement] : [],
  );
  const left = site.handlers.filter((one) => one !== site.anchor && staysEmpty(one, site, names));
  const removed = [...initialisers, ...left.map(({ statement }) => statement)].sort(
    (a, b) => a.startIndex - b.startIndex,
  );
  editor.removeStatements(removed, { withComments: true });
  // What is said above an import stays: the method's import has no room for it.
  for (const one of gone) editor.removeStatement(one);
  for (const { binding: captured, role } of variables) {
    if (role.kind !== 'initialised' && (role.kind !== 'state' || !role.moves)) continue;
    const text = `${names.variable}.${attributes.get(captured)!}`;
    for (const one of placesToRename(captured, site)) {
      if (isInside(one, site)) continue;
      if (one.role === 'read') editor.replaceExpression(nodeAt(document, one), text);
      else changes.replace(document, one.start, one.end, text);
    }
  }
}
