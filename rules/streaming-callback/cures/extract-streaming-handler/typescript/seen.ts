import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { Binding, Occurrence } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { SourceFile } from '../../../../../core/text/source-file';
import { bindsName } from '../../../typescript';
import type { HandedFunction } from './candidates';
import { isUnderDirective } from './directive';
import { functionScopeOf, isEnd, isIn, type Joined } from './joined';

/** What the tree alone shows of a callback: each of these is asked again, of the compiler, when the class is made. */

/** Whether no method could do the same: refused as `own-this`, `state-of-outer-function`, `outer-this` or `other-form`. */
export function isNoMethod(
  { node, captured }: HandedFunction,
  members: PrivateMembers,
  { root, source }: ParsedFile,
): boolean {
  const [first, ...others] = captured.writes.map((one) => functionScopeOf(one.scope));
  if (others.some((one) => one !== first)) return true;
  const used = [...captured.reads, ...captured.writes, ...captured.mutates];
  const isInOwnThis = used
    .flatMap(({ reads, writes }) => [...reads, ...writes])
    .some((one) => isIn(one, node) && hasOwnThisBelow(root.namedDescendantForIndex(one.start, one.end), node));
  if (isInOwnThis) return true;
  for (let at = node.parent; at; at = at.parent) if (/^(?:internal_module|module)$/.test(at.type)) return true;
  if (captured.reads.some((one) => isPrivateOf(one, node, members, { root, source }))) return true;
  if (isUnderDirective(source.text, node.startIndex) && !bindsName(node)) return true;
  if (captured.reads.some((one) => isAlias(one, root))) return true;
  const own = node.type === 'arrow_function' ? ownThis(node) : [];
  const hidden = own.length > 0 ? members.around(node, source) : new Map<string, boolean>();
  if (own.some((one) => isOfNobody(one, source) || isHidden(one, hidden, source))) return true;
  // Only its class may say `store.#size`, and only by its own name or `this`.
  return node.descendantsOfType('private_property_identifier').some(({ parent }) => {
    const object = parent?.type === 'member_expression' ? parent.childForFieldName('object') : null;
    return object?.type === 'identifier' && !/^[A-Z]/.test(source.slice(object.startIndex, object.endIndex));
  });
}

/** `const self = this` */
export const isAlias = ({ writes: [write] }: Binding, root: SyntaxNode): boolean =>
  write !== undefined &&
  root.namedDescendantForIndex(write.start, write.end)?.parent?.childForFieldName('value')?.type === 'this';

/** `this._size`, `this.#size`, `this.size` where that is private and no field that stays as it is. */
function isHidden({ parent }: SyntaxNode, hidden: ReadonlyMap<string, boolean>, source: SourceFile): boolean {
  const member = parent?.type === 'member_expression' ? parent.childForFieldName('property') : null;
  const name = member ? source.slice(member.startIndex, member.endIndex) : '';
  return /^[_#]/.test(name) || hidden.get(name) === false;
}

/** The `this` of a function that belongs to no class. */
function isOfNobody(node: SyntaxNode, source: SourceFile): boolean {
  let owner = node.parent;
  while (owner && !hasOwnThis(owner) && !/field_definition$/.test(owner.type)) owner = owner.parent;
  if (owner?.parent?.type === 'class_body') return false;
  const member = owner?.parent?.type === 'assignment_expression' ? owner.parent.childForFieldName('left') : null;
  return !member || prototypeOwner(source.slice(member.startIndex, member.endIndex)) === undefined;
}

/** `Reader` of `Reader.prototype.open`: a class that is written as a function. */
export const prototypeOwner = (member: string): string | undefined => /^([\w$]+)\.prototype\.[\w$]+$/.exec(member)?.[1];

/** `self.config` after `const self = this`, where `config` is the class's own. */
function isPrivateOf(
  { reads, writes }: Binding,
  node: SyntaxNode,
  members: PrivateMembers,
  { root, source }: Pick<ParsedFile, 'root' | 'source'>,
): boolean {
  const [write, other] = writes;
  const declarator = write && !other ? root.namedDescendantForIndex(write.start, write.end)?.parent : undefined;
  if (declarator?.childForFieldName('value')?.type !== 'this') return false;
  const own = members.around(declarator!, source);
  return reads.some((one) => {
    const member = isIn(one, node) ? root.namedDescendantForIndex(one.start, one.end)?.parent : undefined;
    const name = member?.type === 'member_expression' ? member.childForFieldName('property') : null;
    return name != null && own.has(source.slice(name.startIndex, name.endIndex));
  });
}

/** What classes have declared for themselves, and whether that is a field that never changes. Answers are kept: many callbacks stand in one class. */
export class PrivateMembers {
  private readonly known = new Map<number, ReadonlyMap<string, boolean>>();

  around(node: SyntaxNode, source: SourceFile): ReadonlyMap<string, boolean> {
    let body: SyntaxNode | null = node;
    while (body && body.type !== 'class_body') body = body.parent;
    const at = body?.startIndex ?? -1;
    const found = this.known.get(at) ?? new Map(body?.namedChildren.flatMap((member) => ownMember(member, source)));
    this.known.set(at, found);
    return found;
  }
}

function ownMember(member: SyntaxNode, source: SourceFile): (readonly [name: string, isFixed: boolean])[] {
  const name = member.childForFieldName('name');
  const isOwn = member.children.some(
    (one) => one.type === 'accessibility_modifier' && source.slice(one.startIndex, one.endIndex) !== 'public',
  );
  const isFixed = member.children.some(({ type }) => type === 'readonly');
  return name && isOwn ? [[source.slice(name.startIndex, name.endIndex), isFixed]] : [];
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

/** `current = connection`: an object that somebody else holds as well is not what a class keeps. */
export function isInOtherHands({ reads, writes }: Binding, group: Joined['group'], root: SyntaxNode): boolean {
  if (writes.length > 1) return false;
  return reads.some((one) => {
    if (group.some(({ node }) => isIn(one, node))) return false;
    const place = root.namedDescendantForIndex(one.start, one.end);
    const { parent } = place ?? {};
    return parent?.type === 'assignment_expression' && parent.childForFieldName('right')?.id === place!.id;
  });
}

/** `socket: any`: refused as `untyped-field`. */
export function isSaidAny({ writes: [write] }: Binding, { root, source }: ParsedFile): boolean {
  const type = write && root.namedDescendantForIndex(write.start, write.end)?.parent?.childForFieldName('type');
  return type != null && /^:\s*any(?:\[\])?$/.test(source.slice(type.startIndex, type.endIndex));
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

/**
 * The one variable that callbacks only add to until what they listen to ends: the text of a response, its parts. A closure is what everybody
 * writes for that. Undefined where there is more to it.
 */
export function gatheredForEnd({ group, state }: Joined, root: SyntaxNode): string | undefined {
  const [only, other] = state;
  if (!only || other || !group.some(isEnd) || group.every(isEnd)) return undefined;
  const isGatherer = (one: Occurrence): boolean => group.some((fn) => !isEnd(fn) && isIn(one, fn.node));
  const isAdded = (one: Occurrence): boolean => one.kind === 'read-write' || isPutInto(one, root);
  return [...only.reads, ...only.writes].filter(isGatherer).every(isAdded) ? only.name : undefined;
}
