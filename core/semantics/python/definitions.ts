import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import { firstPart, parts } from './parts';
import type { Marks } from './roles';
import type { PythonBlock, PythonScope } from './scope';
import type { PlannedSegment, SegmentStack } from './segments';
import { targetNames } from './targets';

/** What the definitions need of the collector that meets them. */
export interface Collection {
  readonly source: SourceFile;
  readonly marks: Marks;
  readonly segments: SegmentStack;
  readonly owners: Map<number, PythonScope>;
  readonly futureAnnotations: boolean;
  open(
    block: PythonBlock,
    name: string,
    range: { readonly start: number; readonly end: number },
    parent: PythonScope,
    privateName?: string,
    mangledOnly?: Set<string>,
  ): PythonScope;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const rangeOf = (node: SyntaxNode): Range => ({ start: node.startIndex, end: node.endIndex });
const textOf = (node: SyntaxNode, into: Collection): string => into.source.slice(node.startIndex, node.endIndex);

/** `def`: its name and its defaults belong outside, its annotations to a scope of their own, its body to the function. */
export function openFunction(node: SyntaxNode, into: Collection): void {
  const name = node.childForFieldName('name');
  const parameters = node.childForFieldName('parameters');
  if (!name || !parameters) return;
  into.marks.set(name.startIndex, 'function');
  const range = rangeOf(node);
  const text = textOf(name, into);
  const segments: PlannedSegment[] = [];
  const around = openTypeParameters(node, name, range, into, segments) ?? into.segments.scope;
  const scope = into.open('function', text, range, around);
  const annotations = markParameters(parameters, scope, into);
  const result = node.childForFieldName('return_type');
  if (result) annotations.push(result);
  if (annotations.length > 0) segments.push(...annotationSegments(annotations, 'signature', around, into));
  segments.push({ start: (result ?? parameters).endIndex, end: range.end, scope });
  into.segments.plan(...segments);
}

export function openLambda(node: SyntaxNode, into: Collection): void {
  const range = rangeOf(node);
  // The keyword is a node of the same type as the expression that it begins.
  if (range.end - range.start === 'lambda'.length) return;
  const scope = into.open('lambda', '', range, into.segments.scope);
  const parameters = node.childForFieldName('parameters');
  if (parameters) markParameters(parameters, scope, into);
  into.segments.plan({ start: parameters?.endIndex ?? range.start + 'lambda'.length, end: range.end, scope });
}

/** `class`: bases and keywords are evaluated outside, save that they see the type parameters. */
export function openClass(node: SyntaxNode, into: Collection): void {
  const name = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  if (!name || !body) return;
  into.marks.set(name.startIndex, 'class');
  const range = rangeOf(node);
  const text = textOf(name, into);
  const segments: PlannedSegment[] = [];
  const generic = openTypeParameters(node, name, range, into, segments);
  const scope = into.open('class', text, range, generic ?? into.segments.scope, text);
  const bases = node.childForFieldName('superclasses');
  if (generic && bases) segments.push({ ...rangeOf(bases), scope: generic });
  const header = bases ?? (generic ? undefined : name);
  segments.push({ start: header?.endIndex ?? body.startIndex, end: range.end, scope });
  into.segments.plan(...segments);
}

/**
 * `type Name[T] = value`: the value is evaluated lazily in a scope of its own. Returns false for what the grammar takes for a
 * `type` statement although it is an assignment to a call or subscript of the builtin.
 */
export function openTypeAlias(node: SyntaxNode, into: Collection): boolean {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const target = left && firstPart(left);
  const [name, list] = target?.type === 'generic_type' ? parts(target) : [target];
  if (name?.type !== 'identifier' || !right) return false;
  into.marks.set(name.startIndex, 'type-alias');
  const text = textOf(name, into);
  const segments: PlannedSegment[] = [];
  let outer = into.segments.scope;
  if (list) {
    outer = into.open('type-parameters', text, rangeOf(node), outer);
    segments.push(...typeParameterSegments(list, outer, into));
  }
  segments.push({ ...rangeOf(right), scope: into.open('type-alias', text, rangeOf(right), outer) });
  into.segments.plan(...segments);
  return true;
}

/** The annotation of an assignment; see `annotationSegments`. */
export function openAnnotation(node: SyntaxNode, into: Collection): void {
  into.segments.plan(...annotationSegments([node], 'annotation', into.segments.scope, into));
}

/** Annotations are evaluated lazily in a scope of their own (PEP 649), those in a function's body never. */
function annotationSegments(
  nodes: readonly SyntaxNode[],
  block: 'signature' | 'annotation',
  parent: PythonScope,
  into: Collection,
): PlannedSegment[] {
  const scope = into.open(block, '', { start: nodes[0]!.startIndex, end: nodes.at(-1)!.endIndex }, parent);
  scope.unevaluated ||= into.futureAnnotations || (block === 'annotation' && parent.kind === 'function');
  return nodes.map((node) => ({ ...rangeOf(node), scope }));
}

/** Marks the parameters as names of their function and returns their annotations. */
function markParameters(list: SyntaxNode, owner: PythonScope, into: Collection): SyntaxNode[] {
  const annotations: SyntaxNode[] = [];
  for (const parameter of list.namedChildren) {
    const type = parameter.type;
    const isTyped = type === 'typed_parameter' || type === 'typed_default_parameter';
    const annotation = isTyped ? parameter.childForFieldName('type') : null;
    if (annotation) annotations.push(annotation);
    const target = isTyped || type === 'default_parameter' ? firstPart(parameter) : parameter;
    for (const name of target ? targetNames(target) : []) {
      into.marks.set(name.startIndex, 'parameter');
      into.owners.set(name.startIndex, owner);
    }
  }
  return annotations;
}

/** Opens the scope of `[T: bound, *Ts, **P]` after a name, when there is one. */
function openTypeParameters(
  node: SyntaxNode,
  name: SyntaxNode,
  range: Range,
  into: Collection,
  segments: PlannedSegment[],
): PythonScope | undefined {
  if (!/[\s[\\]/.test(into.source.text.charAt(name.endIndex))) return undefined;
  const list = node.childForFieldName('type_parameters');
  if (!list) return undefined;
  const text = textOf(name, into);
  const isClass = node.type === 'class_definition';
  const outer = into.segments.scope;
  const scope = isClass
    ? into.open('type-parameters', text, range, outer, text, new Set())
    : into.open('type-parameters', text, range, outer);
  segments.push(...typeParameterSegments(list, scope, into));
  return scope;
}

function typeParameterSegments(list: SyntaxNode, scope: PythonScope, into: Collection): PlannedSegment[] {
  const segments: PlannedSegment[] = [{ ...rangeOf(list), scope }];
  for (const entry of parts(list)) {
    const inner = firstPart(entry);
    if (entry.type !== 'type' || !inner) continue;
    const [bounded, bound] = inner.type === 'constrained_type' ? parts(inner) : [inner];
    const name = bounded && firstIdentifier(bounded);
    if (!name) continue;
    into.marks.set(name.startIndex, 'type-parameter');
    into.owners.set(name.startIndex, scope);
    if (!bound) continue;
    const variable = into.open('type-variable', textOf(name, into), rangeOf(bound), scope);
    segments.push({ ...rangeOf(bound), scope: variable });
  }
  return segments;
}

/** `T`, `*Ts` or `**P` under any wrapping. */
function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at && at.type !== 'identifier') at = firstPart(at);
  return at ?? undefined;
}
