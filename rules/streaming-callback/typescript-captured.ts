import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Binding, Occurrence, Scope } from '../../core/semantics/model';
import { FUNCTION_KINDS } from '../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../core/syntax/typescript';
import { isModuleRun } from './typescript-around';
import { changedContainer } from './typescript-containers';

/** What a nested function does with the variables of the functions around it. Modules, imports and types are left out. */
export interface CapturedNames {
  /** Only read. */
  readonly reads: readonly Binding[];
  /** Bound anew. */
  readonly writes: readonly Binding[];
  /** Not bound anew, but their values are changed. */
  readonly mutates: readonly Binding[];
}

const VALUES: ReadonlySet<string> = new Set(['variable', 'constant', 'parameter', 'function', 'class', 'exception']);

/** @param node a function that stands in a function */
export function capturedNames(node: SyntaxNode, file: ParsedFile): CapturedNames {
  const reads: Binding[] = [];
  const writes: Binding[] = [];
  const mutates: Binding[] = [];
  const inside = isInside(node);
  const { startIndex, endIndex } = node;
  for (let scope = file.semantics.scopeAt(startIndex); scope.parent; scope = scope.parent) {
    if (startIndex <= scope.start && scope.end <= endIndex) continue;
    const owner = ownerOf(scope, node);
    if (!owner) break;
    const isOfModule = isModuleRun(owner, file.source);
    for (const binding of scope.bindings.values()) {
      if (!VALUES.has(binding.kind) || binding.imported) continue;
      const isWritten = binding.writes.some(inside);
      if (!isWritten && !binding.reads.some(inside)) continue;
      // What runs once with the module has the module's state.
      if (isOfModule) continue;
      if (isWritten) writes.push(binding);
      else if (binding.reads.some((one) => inside(one) && changedContainer(one, binding, file))) mutates.push(binding);
      else reads.push(binding);
    }
  }
  return { reads, writes, mutates };
}

/**
 * Whether a value that a callback binds is there for somebody else, or for its next call: not where every function that reads the name
 * binds it first.
 */
export function isCarried(binding: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  const owner = ownerOf(binding.scope, node);
  const seen = new Set<number>();
  for (const read of binding.reads) {
    const name = file.root.namedDescendantForIndex(read.start, read.end);
    let reader = name ? enclosingTypeScriptFunction(name) : undefined;
    for (let at = reader; at && at.id !== owner?.id; at = enclosingTypeScriptFunction(at)) reader = at;
    // What the function around has read before it makes the callback, no call has written.
    if (reader?.id === owner?.id && read.start < node.startIndex && !isInLoop(node)) continue;
    if (!reader || reader.id === owner?.id) return true;
    if (seen.has(reader.id)) continue;
    seen.add(reader.id);
    if (isReadFirst(binding, reader, file)) return true;
  }
  return false;
}

/** Whether a loop of the same function makes the callback again. */
export function isInLoop(node: SyntaxNode): boolean {
  const around = enclosingTypeScriptFunction(node);
  for (let at = node.parent; at && at.id !== around?.id; at = at.parent)
    if (/^(?:for|for_in|while|do)_statement$/.test(at.type)) return true;
  return false;
}

/** Whether a function reads the value that a name has when it is called. */
export function isReadFirst(binding: Binding, fn: SyntaxNode, file: ParsedFile): boolean {
  const body = fn.childForFieldName('body');
  const first = body?.firstNamedChild;
  const last = body?.lastNamedChild;
  if (body?.type !== 'statement_block' || !first || !last) return true;
  return file.semantics.flow(first.startIndex, last.endIndex).reads.includes(binding);
}

/** Tells whether a place lies in a function; the name that a declaration binds stands outside. */
export function isInside(node: SyntaxNode): (place: Occurrence) => boolean {
  const from = node.childForFieldName('name')?.endIndex ?? node.startIndex;
  const to = node.endIndex;
  return ({ start, end }) => from <= start && end <= to;
}

/** The innermost function around a node that holds a scope, or is it. */
function ownerOf(scope: Scope, node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (FUNCTION_KINDS.has(at.type) && at.startIndex <= scope.start && scope.end <= at.endIndex) return at;
  return undefined;
}

/** Nodes whose value nobody takes. */
const STATEMENT = /^(?:expression_statement|sequence_expression|for_statement|arrow_function)$/;

/**
 * Whether a function reads what it binds anew, beyond the step from the old value to the new one: `total += size` alone only
 * gathers, `if (total > limit)` beside it decides.
 */
export function isReadAgain(binding: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  const inside = isInside(node);
  return (
    binding.reads.some((one) => inside(one) && one.kind === 'read' && !isStep(one, binding, file)) ||
    binding.writes.some((one) => inside(one) && one.kind === 'read-write' && isUsed(one, file))
  );
}

/** Whether a read stands on the right of an assignment to the same name. */
function isStep(one: Occurrence, { name }: Binding, { root, source }: ParsedFile): boolean {
  for (let at = root.namedDescendantForIndex(one.start, one.end)?.parent; at; at = at.parent) {
    if (FUNCTION_KINDS.has(at.type) || at.type === 'statement_block') return false;
    if (at.type !== 'assignment_expression') continue;
    const left = at.childForFieldName('left');
    return left !== null && source.slice(left.startIndex, left.endIndex) === name;
  }
  return false;
}

/** `id = ++last`, `if ((left -= 1) === 0)`. */
function isUsed(one: Occurrence, { root }: ParsedFile): boolean {
  let at = root.namedDescendantForIndex(one.start, one.end)?.parent;
  if (at?.parent?.type === 'parenthesized_expression') at = at.parent;
  return at?.parent != null && !STATEMENT.test(at.parent.type);
}
