import type { ParsedFile } from '../../core/facts/parsed-file';
import type { PythonBinding, PythonModel, PythonOccurrence, PythonScope } from '../../core/semantics/python/index';
import { assignedValue } from '../../core/semantics/python/names';
import type { SyntaxNode } from '../../core/syntax/node';
import { PYTHON_CHANGING } from './changing-methods';

/** What a nested function does with the variables of the functions around it. */
export interface Captured {
  /** Only read. */
  readonly reads: readonly PythonBinding[];
  /** Bound anew, by `nonlocal`. */
  readonly writes: readonly PythonBinding[];
  /** Not bound anew, but its value is changed. */
  readonly mutates: readonly PythonBinding[];
}

const CHANGING = new RegExp(`^(?:${PYTHON_CHANGING})$`);

const CONTAINER =
  /^(?:builtins\.(?:list|dict|set|bytearray)|collections\.(?:deque|defaultdict|OrderedDict|Counter|ChainMap)|io\.(?:StringIO|BytesIO))$/;

const NAMESPACE = /^(?:types\.SimpleNamespace|argparse\.Namespace)$/;

/** @param scope of a function that stands in a function */
export function capturedBy(scope: PythonScope, file: ParsedFile): Captured {
  const model = file.semantics as PythonModel;
  const reads: PythonBinding[] = [];
  const writes: PythonBinding[] = [];
  const mutates: PythonBinding[] = [];
  for (const binding of model.freeVariables(scope)) {
    if (binding.scope === model.root || binding.name === '__class__') continue;
    const inside = (one: PythonOccurrence): boolean => isWithin(one.scope, scope);
    // A helper that the function defines for itself may bind them for it.
    if (binding.writes.some(inside)) writes.push(binding);
    else if (!isAlias(binding, file) && binding.reads.some((one) => inside(one) && isChanged(one, binding, file)))
      mutates.push(binding);
    else reads.push(binding);
  }
  return { reads, writes, mutates };
}

/** `items = self.items`, `items = self.items = []`: what the variable holds has a place of its own. */
function isAlias({ writes }: PythonBinding, { root }: ParsedFile): boolean {
  return writes.length > 0 && writes.every((write) => isPlace(assignedValue(write, root)) || isChained(write, root));
}

const isPlace = (node: SyntaxNode | null | undefined): boolean =>
  node?.type === 'attribute' || node?.type === 'subscript';

function isChained(write: PythonOccurrence, root: SyntaxNode): boolean {
  let at = root.namedDescendantForIndex(write.start, write.end)?.parent ?? null;
  while (at?.parent?.type === 'assignment') at = at.parent;
  for (; at?.type === 'assignment'; at = at.childForFieldName('right'))
    if (isPlace(at.childForFieldName('left'))) return true;
  return false;
}

/** Whether a scope is another one or lies in it. */
export function isWithin(scope: PythonScope, outer: PythonScope): boolean {
  for (let at: PythonScope | undefined = scope; at; at = at.parent) if (at === outer) return true;
  return false;
}

/**
 * Whether a read of a name is there to change its value: `x.append(1)`, `x[key] = 1`, `x.part = 1`. Only containers and bare namespaces
 * count: what an object with a class of its own does with its attributes is that class's business.
 */
function isChanged(one: PythonOccurrence, { imported }: PythonBinding, file: ParsedFile): boolean {
  const name = file.root.descendantForIndex(one.start, one.end);
  const parent = name?.parent;
  if (!name || !parent || imported) return false;
  const type = (): string => file.semantics.typeOf(name)?.path ?? '';
  if (parent.type === 'subscript')
    return parent.childForFieldName('value')?.id === name.id && isTarget(parent) && CONTAINER.test(type());
  if (parent.type !== 'attribute' || parent.childForFieldName('object')?.id !== name.id) return false;
  if (isTarget(parent)) return NAMESPACE.test(type());
  const call = parent.parent;
  if (call?.type !== 'call' || call.childForFieldName('function')?.id !== parent.id) return false;
  const method = parent.childForFieldName('attribute');
  return (
    method !== null && CHANGING.test(file.source.slice(method.startIndex, method.endIndex)) && CONTAINER.test(type())
  );
}

/** Whether something is assigned to an expression, or it is deleted. */
export function isTarget(node: SyntaxNode): boolean {
  let at = node;
  while (at.parent && /^(?:pattern_list|tuple_pattern|list_pattern|expression_list)$/.test(at.parent.type))
    at = at.parent;
  const { parent } = at;
  if (!parent) return false;
  if (parent.type === 'delete_statement') return true;
  if (parent.type === 'for_statement' || parent.type === 'assignment' || parent.type === 'augmented_assignment')
    return parent.childForFieldName('left')?.id === at.id;
  return false;
}
