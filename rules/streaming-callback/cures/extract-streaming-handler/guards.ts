import { Refusal } from '../../../../core/edit/refusal';
import type { PythonOccurrence } from '../../../../core/semantics/python/index';
import { calleeText, isField } from '../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { isInLoop } from '../../python';
import { isTarget } from '../../python-captured';
import { isInside, nodeAt, placeOf, type Site, textOf } from './site';

/** Calls that see or change variables by name, or look at the frame. */
const DYNAMIC =
  /^(?:locals|eval|exec|vars|globals|dir|super\(\)\.__getattribute__)$|(?:^|\.)(?:_getframe|currentframe|stack)$/;

/** Calls to which it matters which object they get, or that do not keep it alive. */
const BY_IDENTITY = /^(?:id|weakref\.\w+|ref|proxy|WeakSet|WeakKeyDictionary|WeakValueDictionary)$/;

/**
 * Refuses what a class cannot stand for.
 * @throws Refusal with one of the cure's own codes
 */
export function checkSite(site: Site): void {
  const { node, statement, document, outer } = site;
  if (isInLoop(statement)) throw refusal('made-in-loop', site, node, { name: site.name });
  for (const call of outer.descendantsOfType('call')) {
    const callee = calleeText(call, document.source);
    const args = call.childForFieldName('arguments');
    if (DYNAMIC.test(callee) && !(callee === 'vars' && args && args.namedChildCount > 0))
      throw refusal('dynamic-names', site, call, { call: callee });
    if (callee === 'super' && args?.namedChildCount === 0 && isInside({ start: call.startIndex }, site))
      throw refusal('zero-argument-super', site, call);
  }
  if (site.model.freeVariables(site.scope).some(({ name }) => name === '__class__'))
    throw refusal('zero-argument-super', site, node);
  for (const one of site.model.occurrences) {
    if (one.start < node.startIndex || one.start >= node.endIndex) continue;
    if (/^__\w*(?<!__)$/.test(textOf(document, { startIndex: one.start, endIndex: one.end })))
      throw refusal('private-name', site, rangeOf(one), { name: textOf(document, rangeOf(one)) });
  }
  for (const one of node.descendantsOfType('attribute')) {
    const name = one.childForFieldName('attribute');
    if (name && /^__\w*(?<!__)$/.test(textOf(document, name)))
      throw refusal('private-name', site, name, { name: textOf(document, name) });
  }
  checkSignature(site);
  checkDecorators(site);
  checkUses(site);
}

/** Defaults and annotations would be evaluated once, when the class is made, and where no variable of the function is. */
function checkSignature(site: Site): void {
  const { node, document, model, outerScope } = site;
  const parameters = node.childForFieldName('parameters');
  const returns = node.childForFieldName('return_type');
  for (const one of parameters?.namedChildren ?? []) {
    const value = one.childForFieldName('value');
    if (value && !isConstant(value) && !isFixedName(value, site))
      throw refusal('default-of-function', site, value, { value: textOf(document, value) });
  }
  for (const part of [parameters, returns]) {
    if (!part) continue;
    const own = model.occurrences.find(
      (one) =>
        part.startIndex <= one.start &&
        one.end <= part.endIndex &&
        one.kind === 'read' &&
        /^(?:function|lambda|comprehension)$/.test(one.symbol.binding?.scope.kind ?? ''),
    );
    if (own) throw refusal('default-of-function', site, rangeOf(own), { value: textOf(document, rangeOf(own)) });
  }
  // A parameter or variable called `self` would hide the object.
  const taken = model.occurrences.find(
    (one) =>
      isInside(one, site) &&
      one.kind !== 'read' &&
      one.symbol.name === 'self' &&
      one.symbol.binding?.scope !== outerScope,
  );
  if (taken) throw refusal('self-is-taken', site, rangeOf(taken));
}

export function isConstant(value: SyntaxNode): boolean {
  if (/^(?:none|true|false|integer|float|ellipsis)$/.test(value.type)) return true;
  if (value.type === 'string') return !value.namedChildren.some((one) => one.type === 'interpolation');
  if (value.type === 'concatenated_string' || value.type === 'tuple' || value.type === 'parenthesized_expression')
    return value.namedChildren.every((one) => one.type === 'comment' || isConstant(one));
  return value.type === 'unary_operator' && /^(?:integer|float)$/.test(value.childForFieldName('argument')?.type ?? '');
}

/** A name of the module that is bound once, above the function, and that no test replaces: it is the same object whenever it is asked for. */
function isFixedName(value: SyntaxNode, { model, outer, document }: Site): boolean {
  const hasStars = model.imports.some(({ member }) => member === '*');
  if (
    value.type === 'identifier' &&
    !hasStars &&
    model.qualifiedName(value)?.path === `builtins.${textOf(document, value)}`
  )
    return true;
  const binding = value.type === 'identifier' ? model.bindingAt(value.startIndex) : undefined;
  if (binding?.scope !== model.root || binding.writes.length !== 1 || binding.declarations.length > 0) return false;
  const [write] = binding.writes;
  return write!.start < outer.startIndex && write!.imported?.typeOnly !== true;
}

/** Methods that register what they decorate and leave it as it is. */
const REGISTERS = /(?:^|\.)(?:on|once|listen|subscribe|observe|connect|callback|add_\w+|on_\w+|register(?:_\w+)?)$/;

/**
 * A decorator that registers can be called with the bound method. Those of frameworks look at the function itself: its name, its
 * parameters, what was set on it.
 */
function checkDecorators(site: Site): void {
  const { statement, node, document, model, binding } = site;
  if (statement.id === node.id) return;
  const decorators = statement.namedChildren.filter((one) => one.type === 'decorator');
  const [only] = decorators;
  const expression = only?.namedChildren.find((one) => one.type !== 'comment');
  const callee = expression?.type === 'call' ? expression.childForFieldName('function') : expression;
  const receiver = callee?.type === 'attribute' ? callee.childForFieldName('object') : undefined;
  const holder = receiver && baseOf(receiver);
  const owner = holder?.type === 'identifier' ? model.bindingAt(holder.startIndex) : undefined;
  const isEvent = callee?.type === 'attribute' && REGISTERS.test(textOf(document, callee));
  const isOwn = owner && owner.scope.kind !== 'module' && !owner.imported;
  if (decorators.length > 1 || !isEvent || !isOwn || binding.reads.some((one) => !isInside(one, site)))
    throw refusal('framework-decorator', site, only ?? statement, { decorator: only ? textOf(document, only) : '@' });
}

function baseOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  for (let next = at; next; ) {
    at = next;
    next = (
      at.type === 'attribute'
        ? at.childForFieldName('object')
        : at.type === 'call'
          ? at.childForFieldName('function')
          : at.type === 'subscript'
            ? at.childForFieldName('value')
            : null
    ) as SyntaxNode;
  }
  return at;
}

/** What is done with the function's name. */
function checkUses(site: Site): void {
  const { binding, document, node } = site;
  if (binding.writes.length > 1 || binding.declarations.length > 0)
    throw refusal('bound-again', site, node, { name: site.name });
  for (const read of binding.reads) {
    const at = nodeAt(document, read);
    const { parent } = at;
    if (parent?.type === 'attribute' && isField(parent, 'object', at))
      throw refusal('function-attribute', site, parent, { code: textOf(document, parent) });
    if (
      parent?.type === 'comparison_operator' &&
      parent.children.some((one) => /^is\b/.test(one.type) || one.type === 'is not')
    )
      throw refusal('compared-by-identity', site, parent, { name: site.name });
    const call = parent?.type === 'argument_list' ? parent.parent : undefined;
    if (call && BY_IDENTITY.test(calleeText(call, document.source)))
      throw refusal('compared-by-identity', site, call, { name: site.name });
    if (call && /(?:^|\.)(?:wraps|update_wrapper|getsource\w*)$/.test(calleeText(call, document.source)))
      throw refusal('function-attribute', site, call, { code: textOf(document, call) });
    if (call && holdsMethodsWeakly(call, site))
      throw refusal('weak-receiver', site, call, { call: calleeText(call, document.source) });
    const assignment =
      parent?.type === 'assignment' && isField(parent, 'right', at) ? parent.childForFieldName('left') : undefined;
    if (
      assignment?.type === 'attribute' &&
      /^(?:cls|[A-Z]\w*|.*\.__class__)$/.test(textOf(document, assignment.childForFieldName('object') ?? assignment))
    )
      throw refusal('becomes-method', site, assignment, { code: textOf(document, assignment) });
    if (call && isClassSetter(call, site))
      throw refusal('becomes-method', site, call, { code: calleeText(call, document.source) });
    if (parent?.type === 'call' && isDelegated(parent))
      throw refusal('yields-into-outer', site, parent, { name: site.name });
    if (isTarget(at)) throw refusal('bound-again', site, at, { name: site.name });
  }
}

/** Packages whose signals keep a function, but of a bound method only a weak reference: the object would be gone at once. */
const WEAK_SIGNALS = /^(?:PyQt\d?|PySide\d?|qtpy|AnyQt|qt|aqt|kivy|kivymd)(?:\.|$)/;

function holdsMethodsWeakly(call: SyntaxNode, { document, model }: Site): boolean {
  return (
    /\.\s*(?:connect|bind|fbind)$/.test(calleeText(call, document.source)) &&
    model.imports.some(({ module }) => WEAK_SIGNALS.test(module))
  );
}

/** `setattr(cls, ...)`, `type(name, bases, {...})`, `staticmethod(f)`: a function becomes a method there, a bound method does not. */
function isClassSetter(call: SyntaxNode, { document }: Site): boolean {
  const callee = calleeText(call, document.source);
  const [first] = call.childForFieldName('arguments')?.namedChildren ?? [];
  if (callee === 'setattr')
    return first !== undefined && /^(?:cls|[A-Z]\w*|type\(.*|.*\.__class__)$/.test(textOf(document, first));
  return /^(?:type|property|staticmethod|classmethod|types\.MethodType|MethodType)$/.test(callee);
}

/** `yield from callback()`: what the callback yields goes out through the frame of the function around it. */
function isDelegated(call: SyntaxNode): boolean {
  const { parent } = call;
  return (
    parent?.type === 'yield' &&
    parent.children.some((one) => one.type === 'from') &&
    enclosingPythonFunction(call) !== undefined
  );
}

export function refusal(
  code: string,
  { document }: Site,
  at: { readonly startIndex: number; readonly endIndex: number },
  args: Readonly<Record<string, string | number>> = {},
): Refusal {
  const line = document.source.lineAt(at.startIndex) + 1;
  return new Refusal(
    code,
    { ...args, line, file: document.file },
    placeOf(document, { start: at.startIndex, end: at.endIndex }),
  );
}

export function rangeOf({ start, end }: PythonOccurrence): { startIndex: number; endIndex: number } {
  return { startIndex: start, endIndex: end };
}
