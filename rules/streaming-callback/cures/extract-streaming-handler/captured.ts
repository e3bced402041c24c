import { importAround } from '../../../../core/edit/python/imports/statement';
import { conditionAround } from '../../../../core/edit/python/imports/visible';
import type { ImportedName } from '../../../../core/semantics/model';
import { assignedBefore } from '../../../../core/semantics/python/assigned-before';
import type { PythonBinding, PythonOccurrence } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isWithin } from '../../python-captured';
import { isConstant, rangeOf, refusal } from './guards';
import { type Initialiser, initialiserOf } from './initialiser';
import { endOfLife } from './life';
import { isAfterDefinition, isInOtherClosure, isInside, nodeAt, type Site, viewsOf } from './site';

/** What becomes of a captured variable. */
export type Role =
  /** Its value is handed to the constructor. */
  | { readonly kind: 'value' }
  /** A function that gives its value of the moment is handed to the constructor. */
  | { readonly kind: 'getter' }
  /** An attribute that starts with a value from outside; `moves` when the variable itself lives on in the object. */
  | { readonly kind: 'state'; readonly moves: boolean }
  /** An attribute that the constructor itself gives its first value. */
  | { readonly kind: 'initialised'; readonly initialiser: Initialiser; readonly isConstant?: boolean }
  /** An import of the function around the callback, which the method repeats. */
  | { readonly kind: 'import'; readonly imported: ImportedName };

export interface CapturedVariable {
  readonly binding: PythonBinding;
  readonly name: string;
  readonly role: Role;
}

/**
 * Decides for every captured variable how the object comes by it.
 * @throws Refusal `second-writer`, `deleted-name`, `state-of-outer-function`, `state-may-be-unset`, `binding-form`
 */
export function capturedVariables(site: Site): CapturedVariable[] {
  const { captured, model, document, outerScope, anchor } = site;
  const assigned = assignedBefore(anchor.statement, outerScope, document.root, document.source, model);
  const state = [...captured.writes, ...captured.mutates];
  for (const binding of state) checkState(binding, site, assigned);
  const found: CapturedVariable[] = captured.reads.map((binding) => ({
    binding,
    name: binding.name,
    role: constantOf(binding, site) ?? roleOfRead(binding, site, assigned),
  }));
  const values = new Set(found.filter(({ role }) => role.kind === 'value').map(({ binding }) => binding));
  for (const binding of state) {
    const initialiser = initialiserOf(binding, values, site);
    const role: Role = initialiser
      ? { kind: 'initialised', initialiser }
      : { kind: 'state', moves: isRebound(binding, site) };
    const moves = role.kind === 'initialised' || isRebound(binding, site);
    if (moves) checkPlaces(binding, site);
    found.push({ binding, name: binding.name, role });
  }
  return found.sort((a, b) => firstPlace(a.binding) - firstPlace(b.binding));
}

/** Whether a variable is one that the callbacks change. */
export function isState({ role }: CapturedVariable): boolean {
  return role.kind === 'state' || (role.kind === 'initialised' && role.isConstant !== true);
}

function firstPlace({ writes }: PythonBinding): number {
  return writes[0]?.start ?? 0;
}

/** State must be this function's alone, and be there when the object is made. */
function checkState(binding: PythonBinding, site: Site, assigned: ReadonlySet<PythonBinding>): void {
  const { outerScope, node } = site;
  if (binding.scope !== outerScope) throw refusal('state-of-outer-function', site, node, { name: binding.name });
  const writer = [...binding.writes, ...binding.declarations].find((one) => isInOtherClosure(one, site));
  // What is no function of its own cannot become a method.
  if (writer) throw refusal('second-writer', site, rangeOf(writer), { name: binding.name });
  checkDeleted(binding, site);
  if (!assigned.has(binding)) throw refusal('state-may-be-unset', site, node, { name: binding.name });
}

/** Whether a variable is bound anew when the callback is there. */
function isRebound({ writes }: PythonBinding, site: Site): boolean {
  return writes.some((one) => isInside(one, site) || one.start >= site.anchor.node.endIndex);
}

function checkDeleted(binding: PythonBinding, site: Site): void {
  const deleted = binding.writes.find(({ role }) => role === 'delete' || role === 'exception');
  if (deleted) throw refusal('deleted-name', site, rangeOf(deleted), { name: binding.name });
}

/** Every place that goes on to use a variable that moves must be able to say so, and come after the object. */
function checkPlaces(binding: PythonBinding, site: Site): void {
  for (const one of placesToRename(binding, site)) {
    const node = nodeAt(site.document, one);
    if (!isRenameable(one, node)) throw refusal('binding-form', site, node, { name: binding.name });
    if (!isInside(one, site) && !isAfterDefinition(node, site))
      throw refusal('state-may-be-unset', site, node, { name: binding.name });
  }
}

/** The places of a variable that will say `self.name` or `handler.name`. */
export function placesToRename(binding: PythonBinding, site: Site): PythonOccurrence[] {
  const all = new Set([...binding.writes, ...binding.reads]);
  return [...all].filter(
    (one) => isInside(one, site) || one.start >= site.anchor.statement.endIndex || isInOtherClosure(one, site),
  );
}

/** Whether an attribute can stand where a name stands. */
function isRenameable({ role }: PythonOccurrence, node: SyntaxNode): boolean {
  if (role === 'read') return !isShownWithName(node);
  return (
    role === 'assign' ||
    role === 'augment' ||
    role === 'annotated-assign' ||
    role === 'for-target' ||
    role === 'with-target'
  );
}

/** `f"{x=}"` prints the name. */
export function isShownWithName(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at && !/_statement$|^block$/.test(at.type); at = at.parent)
    if (at.type === 'interpolation') return at.children.some((one) => one.type === '=');
  return false;
}

/** The role of a variable that only the callbacks name, and that is a number, a text or the like for good. */
function constantOf(binding: PythonBinding, site: Site): Role | undefined {
  const isOwn = binding.reads.every((one) => isInside(one, site) && !isShownWithName(nodeAt(site.document, one)));
  const initialiser = isOwn && binding.writes.length === 1 ? initialiserOf(binding, new Set(), site) : undefined;
  return initialiser && isConstant(initialiser.value)
    ? { kind: 'initialised', initialiser, isConstant: true }
    : undefined;
}

function roleOfRead(binding: PythonBinding, site: Site, assigned: ReadonlySet<PythonBinding>): Role {
  const { document, anchor, outerScope } = site;
  checkDeleted(binding, site);
  for (const one of binding.reads)
    if (isInside(one, site) && isShownWithName(nodeAt(document, one)))
      throw refusal('binding-form', site, rangeOf(one), { name: binding.name });
  const imported = repeatableImport(binding, site, assigned);
  if (imported) return { kind: 'import', imported };
  const isOfOuter = binding.scope === outerScope;
  // A variable of a function further out may be bound anew at any time, unless nothing ever does.
  const isFixed = isOfOuter
    ? assigned.has(binding)
    : binding.writes.length === 1 && binding.writes[0]!.start < site.outer.startIndex;
  const ends = viewsOf(site).map(endOfLife);
  const end = ends.some((one) => one === undefined) ? undefined : Math.max(...ends.map((one) => one!));
  const later = binding.writes.filter(
    (one) => one.start >= anchor.node.endIndex && (end === undefined || one.start < end || isInOtherClosure(one, site)),
  );
  const elsewhere = binding.writes.some((one) => isInOtherClosure(one, site) || !isWithin(one.scope, binding.scope));
  return isFixed && later.length === 0 && !elsewhere ? { kind: 'value' } : { kind: 'getter' };
}

/** An unconditional import in the function around the callback, which has run when the callback is made. */
function repeatableImport(
  binding: PythonBinding,
  site: Site,
  assigned: ReadonlySet<PythonBinding>,
): ImportedName | undefined {
  const { imported } = binding;
  if (!imported || binding.writes.length !== 1 || !assigned.has(binding)) return undefined;
  const statement = importAround(site.document.root, imported.start);
  return statement && !conditionAround(statement) && !imported.module.startsWith('.') ? imported : undefined;
}
