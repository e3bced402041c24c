import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { Binding, Occurrence } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { HandedFunction } from './candidates';
import { functionScopeOf, isIn } from './joined';

/** What the tree alone shows of a callback: each of these is asked again, of the compiler, when the class is made. */

/** Whether no method could do the same: refused as `own-this`, `state-of-outer-function`, `outer-this` or `other-form`. */
export function isNoMethod({ node, captured }: HandedFunction, { root, source }: ParsedFile): boolean {
  const [first, ...others] = captured.writes.map((one) => functionScopeOf(one.scope));
  if (others.some((one) => one !== first)) return true;
  const used = [...captured.reads, ...captured.writes, ...captured.mutates];
  const isInOwnThis = used
    .flatMap(({ reads, writes }) => [...reads, ...writes])
    .some((one) => isIn(one, node) && hasOwnThisBelow(root.namedDescendantForIndex(one.start, one.end), node));
  if (isInOwnThis) return true;
  for (let at = node.parent; at; at = at.parent) if (/^(?:internal_module|module)$/.test(at.type)) return true;
  // Only its class may say `store.#size`, and only by its own name or `this`.
  return node.descendantsOfType('private_property_identifier').some(({ parent }) => {
    const object = parent?.type === 'member_expression' ? parent.childForFieldName('object') : null;
    return object?.type === 'identifier' && !/^[A-Z]/.test(source.slice(object.startIndex, object.endIndex));
  });
}

function hasOwnThisBelow(node: SyntaxNode | null, callback: SyntaxNode): boolean {
  for (let at = node?.parent; at && at.id !== callback.id; at = at.parent) if (hasOwnThis(at)) return true;
  return false;
}

const hasOwnThis = ({ type }: SyntaxNode): boolean =>
  (FUNCTION_KINDS.has(type) && type !== 'arrow_function') ||
  /^(?:method_definition|class|class_declaration)$/.test(type);

/** A function that is called on an object of its caller's, and asks it for something. */
export const hasCallersThis = (node: SyntaxNode): boolean => node.type !== 'arrow_function' && ownThis(node).length > 0;

/** How often an arrow function asks the object around it for something, and how often it sets a member of it. */
export function objectOf(node: SyntaxNode): {
  readonly object?: { readonly name: string; readonly uses: number; readonly writes: number };
} {
  const uses = node.type === 'arrow_function' ? ownThis(node) : [];
  const writes = uses.filter(({ parent: member }) => {
    const target = member?.type === 'member_expression' ? member.parent : null;
    return target && /^(?:augmented_)?assignment_expression$/.test(target.type)
      ? target.childForFieldName('left')?.id === member!.id
      : target?.type === 'update_expression';
  });
  return uses.length > 0 ? { object: { name: 'this', uses: uses.length, writes: writes.length } } : {};
}

function ownThis(node: SyntaxNode): SyntaxNode[] {
  return node.descendantsOfType('this').filter((one) => !hasOwnThisBelow(one, node));
}

/** Whether a variable may be a constant, which a class that alone names it would say itself. */
export function isConstant({ writes }: Binding, root: SyntaxNode): boolean {
  const [write, other] = writes;
  const value = write && root.namedDescendantForIndex(write.start, write.end)?.parent?.childForFieldName('value');
  return value != null && other === undefined && [value, ...value.descendantsOfType(UNKNOWN)].every(isSaid);
}

/** What is no constant. */
const UNKNOWN = ['identifier', 'this', 'arrow_function', 'function_expression', 'call_expression', 'await_expression'];

const isSaid = ({ type, parent }: SyntaxNode): boolean =>
  !UNKNOWN.includes(type) || (type === 'identifier' && parent?.type === 'new_expression');

/** Whether a name is a parameter of what `new Promise(...)` is given. */
export function isSettling({ kind, writes: [write] }: Binding, { root, source }: ParsedFile): boolean {
  if (kind !== 'parameter' || !write) return false;
  let at = root.namedDescendantForIndex(write.start, write.end)?.parent ?? null;
  while (at && !FUNCTION_KINDS.has(at.type)) at = at.parent;
  const made = at?.parent?.type === 'arguments' ? at.parent.parent : null;
  return made?.type === 'new_expression' && /^new\s+Promise\b/.test(source.slice(made.startIndex, made.endIndex));
}

/** `list.push(value);`, `found[key] = value;` */
export function isPutInto({ start, end }: Occurrence, root: SyntaxNode): boolean {
  const member = root.namedDescendantForIndex(start, end)?.parent;
  const put = member && /^(?:member|subscript)_expression$/.test(member.type) ? member.parent : undefined;
  return (
    put != null &&
    /^(?:call|assignment|augmented_assignment)_expression$/.test(put.type) &&
    put.parent?.type === 'expression_statement'
  );
}
