import type { SyntaxNode } from '../../syntax/node';
import type { Names } from './names';
import { firstPart } from './parts';
import type { PythonBinding, PythonOccurrence, PythonScope } from './scope';

/** One place that says what a class's member is. */
export interface ClassMember {
  /** `method` says what calling it gives, the others what reading it gives; `base` (under the empty name) is a base class. */
  readonly kind: 'attribute' | 'property' | 'method' | 'base';
  readonly annotation?: SyntaxNode;
  readonly value?: SyntaxNode;
}

/**
 * The class whose instance a parameter is: the first parameter of a method, unless the method is static or of the class.
 */
export function enclosingClass(
  parameter: PythonOccurrence,
  names: Names,
): { readonly scope: PythonScope; readonly binding: PythonBinding } | undefined {
  const method = parameter.scope;
  const owner = method.parent?.block === 'type-parameters' ? method.parent.parent : method.parent;
  if (method.block !== 'function' || owner?.kind !== 'class') return undefined;
  const around = owner.parent?.block === 'type-parameters' ? owner.parent.parent : owner.parent;
  const binding = around?.bindings.get(owner.name);
  const definition = definitionAt(method, 'function_definition', names);
  const list = definition?.childForFieldName('parameters');
  const first = list && firstPart(list);
  if (!binding || !first || parameter.start !== first.startIndex) return undefined;
  if (hasDecorator(definition, /^(?:staticmethod|classmethod)\b/, names)) return undefined;
  if (/^(?:__new__|__init_subclass__|__class_getitem__)$/.test(method.name)) return undefined;
  return { scope: owner, binding };
}

/** Members by name: what the class body says, and what `self.name = ...` says in its methods, in document order. */
export function classMembers(scope: PythonScope, names: Names): ReadonlyMap<string, readonly ClassMember[]> {
  const members = new Map<string, ClassMember[]>();
  const add = (name: string, member: ClassMember): void => {
    const list = members.get(name);
    if (list) list.push(member);
    else members.set(name, [member]);
  };
  const definition = definitionAt(scope, 'class_definition', names);
  if (!definition) return members;
  for (const base of definition.childForFieldName('superclasses')?.namedChildren ?? []) {
    if (base.type === 'identifier' || base.type === 'attribute') add('', { kind: 'base', value: base });
  }
  for (const node of definition.descendantsOfType(['assignment', 'function_definition'])) {
    if (node.type === 'function_definition') addMethod(node, scope, names, add);
    else addAssignment(node, scope, names, add);
  }
  return members;
}

type Add = (name: string, member: ClassMember) => void;

function addMethod(node: SyntaxNode, scope: PythonScope, names: Names, add: Add): void {
  const name = node.childForFieldName('name');
  const occurrence = name ? names.occurrenceAt(name.startIndex) : undefined;
  if (!occurrence || occurrence.scope !== scope) return;
  const isProperty = hasDecorator(node, /^(?:\w+\.)*(?:cached_)?property\b/, names);
  const annotation = node.childForFieldName('return_type') ?? undefined;
  add(names.source.slice(occurrence.start, occurrence.end), { kind: isProperty ? 'property' : 'method', annotation });
}

function addAssignment(node: SyntaxNode, scope: PythonScope, names: Names, add: Add): void {
  const left = node.childForFieldName('left');
  const occurrence = left ? names.occurrenceAt(left.startIndex) : undefined;
  if (!left || !occurrence) return;
  const member: ClassMember = {
    kind: 'attribute',
    annotation: node.childForFieldName('type') ?? undefined,
    value: lastValue(node),
  };
  if (left.type === 'identifier') {
    if (occurrence.scope === scope) add(names.source.slice(left.startIndex, left.endIndex), member);
    return;
  }
  if (left.type !== 'attribute') return;
  const attribute = left.childForFieldName('attribute');
  const object = left.childForFieldName('object');
  const parameter = object?.type === 'identifier' ? occurrence.symbol.binding?.writes[0] : undefined;
  if (!attribute || parameter?.role !== 'parameter' || enclosingClass(parameter, names)?.scope !== scope) return;
  add(names.source.slice(attribute.startIndex, attribute.endIndex), member);
}

/** The value at the end of `a = b = value`. */
function lastValue(assignment: SyntaxNode): SyntaxNode | undefined {
  let value = assignment.childForFieldName('right');
  while (value?.type === 'assignment') value = value.childForFieldName('right');
  return value ?? undefined;
}

/** The definition that made a scope. */
function definitionAt(scope: PythonScope, type: string, names: Names): SyntaxNode | undefined {
  let node = names.tree.namedDescendantForIndex(scope.start, scope.end);
  while (node && (node.type !== type || node.startIndex !== scope.start)) node = node.parent;
  return node ?? undefined;
}

function hasDecorator(definition: SyntaxNode | undefined, pattern: RegExp, names: Names): boolean {
  const parent = definition?.parent;
  if (parent?.type !== 'decorated_definition') return false;
  return parent.namedChildren.some((child) => {
    const expression = child.type === 'decorator' ? firstPart(child) : null;
    return expression !== null && pattern.test(names.source.slice(expression.startIndex, expression.endIndex));
  });
}
