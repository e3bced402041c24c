import { patchesOf } from '../../../facts/patched-names';
import type { ImportedName } from '../../../semantics/model';
import { IMPLICIT_NAMES, PYTHON_BUILTINS } from '../../../semantics/python/builtins';
import type { PythonBinding, PythonModel, PythonOccurrence } from '../../../semantics/python/index';
import type { SyntaxNode } from '../../../syntax/node';
import { Refusal } from '../../refusal';
import type { Document, Snapshot } from '../../snapshot';
import { Meanings } from '../imports/meaning';
import { importAround } from '../imports/statement';
import type { TextRange } from '../imports/still-named';
import { bindsOnly, conditionAround } from '../imports/visible';
import type { NeededImport } from './import-lines';
import { type CodeTarget, moduleFor } from './target';

/** A module-level name that moved code uses, and what it takes to use it elsewhere. */
export interface CarriedName {
  /** As the code says it. */
  readonly name: string;
  /** Where it stands in the code that moves, in document order. */
  readonly places: readonly PythonOccurrence[];
  /** The imports that make it mean the same in the target: several for `import a.b` beside `import a.c`. Empty for a builtin. */
  readonly imports: readonly NeededImport[];
  /** It is defined in the module that the code leaves, and imported back from it. */
  readonly isOwn: boolean;
}

export interface Carriage {
  readonly document: Document;
  /** The code that moves. */
  readonly ranges: readonly TextRange[];
  readonly target: CodeTarget;
  /** Whether the module that the code leaves will import the target, so that the target cannot import it back. */
  readonly importsTarget: boolean;
  /** Names that stay bound in the old module, and whose patches replace something inside an object that both modules share. */
  readonly keepsForPatches?: (name: string) => boolean;
  readonly snapshot: Snapshot;
}

/**
 * Resolves the module-level names of code that is to go to another module. Names of functions around the code, and imports inside those
 * functions, are no module's names: they are not in the result. Nothing is to carry where the code stays in its module.
 *
 * @throws Refusal `patched-name`, `import-cycle`, `import-conditional`, and the cure's own `bound-to-module` ({name}, {line}, {file}) for
 * what only its own module can say: `__file__`, a name that a star import may bring, one that is bound more than once or rebound
 */
export function carriedNames(carriage: Carriage): CarriedName[] {
  const { document, target, keepsForPatches, snapshot } = carriage;
  if (document.file === target.file) return [];
  const found: CarriedName[] = [];
  for (const [name, places] of moduleNames(carriage)) {
    const [patch] = keepsForPatches?.(name) ? [] : patchesOf(snapshot, document.file, name);
    const at = { file: document.file, range: document.source.rangeOf(rangeOf(places[0]!)) };
    if (patch) throw new Refusal('patched-name', { name, test: patch.file, line: patch.line + 1 }, at);
    found.push(carried(name, places, carriage));
  }
  for (const name of quotedNames(carriage)) {
    if (!found.some((one) => one.name === name)) found.push(...forTypeCheckers(name, carriage));
  }
  return found;
}

/** Names in quoted annotations, which only type checkers read. Type comments are left out: linters count no name in them as used. */
function quotedNames({ document, ranges }: Carriage): Set<string> {
  const { root, source } = document;
  const found = new Set<string>();
  for (const node of root.descendantsOfType('string')) {
    if (!ranges.some(({ start, end }) => start <= node.startIndex && node.endIndex <= end)) continue;
    if (!isAnnotation(node)) continue;
    for (const [name] of source.slice(node.startIndex, node.endIndex).matchAll(/(?<![\w.])[A-Za-z_]\w*/g))
      if (document.semantics.root.bindings.has(name)) found.add(name);
  }
  return found;
}

function isAnnotation(string: SyntaxNode): boolean {
  for (let at = string.parent; at && !/_statement$|^(?:block|argument_list)$/.test(at.type); at = at.parent)
    if (at.type === 'type') return true;
  return false;
}

function forTypeCheckers(name: string, carriage: Carriage): CarriedName[] {
  const { document, target, snapshot } = carriage;
  const binding = (document.semantics as PythonModel).root.bindings.get(name)!;
  const bound = new Refusal('bound-to-module', { name, line: 1, file: document.file });
  const imports = binding.imported
    ? binding.writes.flatMap(({ imported }) => (imported ? [neededFor(imported, bound, carriage)] : [])).slice(0, 1)
    : [{ module: moduleFor(target.file, { file: document.file, document: undefined }, snapshot), member: name }];
  // What `typing` has costs nothing at run time.
  const isStandard = imports.every(({ module }) => snapshot.modules.python.groupOf(target.file, module) === 'standard');
  return [
    {
      name,
      places: [],
      imports: isStandard ? imports : imports.map((one) => ({ ...one, typeOnly: true })),
      isOwn: !binding.imported,
    },
  ];
}

/** The names by their spelling; what is only declared (`global x`) counts, because it is written then. */
function moduleNames({ document, ranges }: Carriage): Map<string, PythonOccurrence[]> {
  const model = document.semantics as PythonModel;
  const found = new Map<string, PythonOccurrence[]>();
  for (const one of model.occurrences) {
    if (!ranges.some(({ start, end }) => start <= one.start && one.start < end)) continue;
    const { binding } = one.symbol;
    if (binding && binding.scope !== model.root) continue;
    const name = document.source.slice(one.start, one.end);
    const known = found.get(name);
    if (known) known.push(one);
    else found.set(name, [one]);
  }
  return found;
}

function carried(name: string, places: readonly PythonOccurrence[], carriage: Carriage): CarriedName {
  const { document } = carriage;
  const model = document.semantics as PythonModel;
  const binding = places[0]!.symbol.binding;
  const line = document.source.lineAt(places[0]!.start) + 1;
  const bound = new Refusal(
    'bound-to-module',
    { name, line, file: document.file },
    { file: document.file, range: document.source.rangeOf(rangeOf(places[0]!)) },
  );
  if (!binding) {
    const hasStars = model.imports.some(({ member }) => member === '*');
    if (hasStars || !PYTHON_BUILTINS.has(name) || IMPLICIT_NAMES.has(name)) throw bound;
    return { name, places, imports: [], isOwn: false };
  }
  if (places.some(({ kind, role }) => kind !== 'read' || role === 'global')) throw bound;
  if (binding.imported) return { name, places, imports: importsOf(binding, bound, carriage), isOwn: false };
  return { name, places, imports: [ownImport(name, binding, places, bound, carriage)], isOwn: true };
}

/** The imports of a name, as the target says them. */
function importsOf(binding: PythonBinding, bound: Refusal, carriage: Carriage): NeededImport[] {
  const { document, snapshot } = carriage;
  const meanings = new Meanings(document, snapshot.modules.python);
  const imported = binding.writes.flatMap((write) => write.imported ?? []);
  if (imported.length < binding.writes.length) throw bound;
  const isSame = imported.every((one) => bindsOnly(binding, one, meanings));
  if (!isSame) throw bound;
  const always = imported.filter((one) => !one.typeOnly);
  for (const one of always) {
    const statement = importAround(document.root, one.start);
    if (!statement || conditionAround(statement))
      throw new Refusal('import-conditional', { name: one.local, file: document.file });
  }
  const isTypeOnly = always.length === 0;
  return (isTypeOnly ? imported.slice(0, 1) : always).map((one) => ({
    ...neededFor(one, bound, carriage),
    ...(isTypeOnly ? { typeOnly: true } : {}),
  }));
}

function neededFor(imported: ImportedName, bound: Refusal, carriage: Carriage): NeededImport {
  return {
    module: moduleText(imported, bound, carriage),
    member: imported.member,
    ...(aliasOf(imported, carriage.document) ? { alias: imported.local } : {}),
  };
}

/** The local name where an import gives one, `import a as a` included, which some linters tell from `import a`. */
function aliasOf(imported: ImportedName, { source }: Document): boolean {
  if (imported.member !== undefined) return imported.local !== imported.member;
  return imported.local !== imported.module && !/^[\s\\]*\./.test(source.slice(imported.end, imported.end + 80));
}

/** A module as the target names it: what is relative to the old module is told anew in another folder. */
function moduleText(imported: ImportedName, bound: Refusal, { document, target, snapshot }: Carriage): string {
  const { module } = imported;
  const { python } = snapshot.modules;
  const folder = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
  if (!module.startsWith('.') || folder(document.file) === folder(target.file)) return module;
  const [file, other] = python.resolve(document.file, module);
  const name = file && !other ? python.nameOf(file) : undefined;
  if (name === undefined) throw bound;
  return name;
}

/** What the old module defines is imported back from it. */
function ownImport(
  name: string,
  binding: PythonBinding,
  places: readonly PythonOccurrence[],
  bound: Refusal,
  { document, target, importsTarget, snapshot }: Carriage,
): NeededImport {
  const { python } = snapshot.modules;
  const module = python.nameOf(document.file);
  if (module === undefined || binding.writes.length !== 1 || binding.declarations.length > 0) throw bound;
  const spelled = moduleFor(target.file, { file: document.file, document: undefined }, snapshot);
  // Annotations that nobody evaluates need the name for type checkers alone, who do not mind circles.
  if (places.every(({ scope }) => scope.unevaluated)) return { module: spelled, member: name, typeOnly: true };
  const cycle = importsTarget
    ? [target.file, document.file, target.file]
    : python.wouldCloseCycle(target.file, document.file);
  if (cycle) throw new Refusal('import-cycle', { name, module, file: target.file, cycle: cycle.join(' > ') });
  return { module: spelled, member: name };
}

function rangeOf({ start, end }: PythonOccurrence): { startIndex: number; endIndex: number } {
  return { startIndex: start, endIndex: end };
}
