import type { ParsedFile } from '../../core/facts/parsed-file';
import type { PythonModel } from '../../core/semantics/python/index';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction } from '../../core/syntax/python';
import type { HandedOn } from './python-handed-on';

/**
 * Whether a nested function is a decorator, or what a decorator puts in the place of a function: that it is handed out is what it is for,
 * and its state (a cache, a time, what is registered) belongs to the decorated function.
 */
export function isDecorating(node: SyntaxNode, to: readonly HandedOn[], file: ParsedFile): boolean {
  if (wrapsOther(node, file)) return true;
  if (!to.every((one) => one.to === 'return')) return false;
  return isDecorator(node, file) || forwards(node, file);
}

/** `@wraps(function)` and its like. */
export function wrapsOther(node: SyntaxNode, { source }: ParsedFile): boolean {
  const decorated = node.parent;
  if (decorated?.type !== 'decorated_definition') return false;
  return /@[\w.]*\b(?:wraps|decorator|simple_decorator)\b/.test(source.slice(decorated.startIndex, node.startIndex));
}

/** It takes a function, or gives back its one argument or a function of its own. */
function isDecorator(node: SyntaxNode, file: ParsedFile): boolean {
  const model = file.semantics as PythonModel;
  if (FUNCTION_PARAMETER.test(onlyParameter(node, file) ?? '')) return true;
  return returnedNames(node).some((name) => {
    const binding = model.bindingAt(name.startIndex);
    if (!binding || binding.scope.start < node.startIndex || binding.scope.end > node.endIndex) return false;
    return (
      binding.kind === 'function' ||
      binding.kind === 'class' ||
      (binding.kind === 'parameter' && onlyParameter(node, file) !== undefined)
    );
  });
}

/** It stands for a function that was given to the function around it: it calls it, or takes whatever comes in its place. */
function forwards(node: SyntaxNode, file: ParsedFile): boolean {
  const outer = enclosingPythonFunction(node);
  if (!outer) return false;
  const takesAll = hasSplats(node.childForFieldName('parameters'), file);
  const given = outer.childForFieldName('parameters')?.namedChildren.map((one) => nameIn(one, file)) ?? [];
  if (takesAll && given.some((name) => FUNCTION_PARAMETER.test(name))) return true;
  return node.descendantsOfType('call').some((call) => {
    const callee = call.childForFieldName('function');
    if (callee?.type !== 'identifier') return false;
    const binding = file.semantics.bindingAt(callee.startIndex);
    if (binding?.kind !== 'parameter' || binding.scope.start >= node.startIndex) return false;
    return FUNCTION_PARAMETER.test(binding.name) || (takesAll && hasSplats(call.childForFieldName('arguments'), file));
  });
}

function hasSplats(list: SyntaxNode | null, { source }: ParsedFile): boolean {
  return list !== null && /\*\s*\w+/.test(source.slice(list.startIndex, list.endIndex));
}

function nameIn(parameter: SyntaxNode, { source }: ParsedFile): string {
  return /\w+/.exec(source.slice(parameter.startIndex, parameter.endIndex))?.[0] ?? '';
}

/** Names that the function's own `return` statements give back, alone. */
function returnedNames(node: SyntaxNode): SyntaxNode[] {
  return node.descendantsOfType('return_statement').flatMap((one) => {
    const value = one.firstNamedChild;
    return value?.type === 'identifier' && enclosingPythonFunction(one)?.id === node.id ? [value] : [];
  });
}

/** What decorators call the function that they are given. */
const FUNCTION_PARAMETER =
  /^(?:f|fn|func|function|method|cls|klass|view|view_func|wrapped|callable|coro|handler_func)$/;

/** The name of the one parameter that a function has, apart from `self`. */
function onlyParameter(node: SyntaxNode, file: ParsedFile): string | undefined {
  const parameters = node.childForFieldName('parameters')?.namedChildren ?? [];
  const names = parameters
    .filter((one) => one.type !== 'comment')
    .map((one) => nameIn(one, file))
    .filter((one) => one !== 'self');
  return names.length === 1 ? names[0] : undefined;
}
