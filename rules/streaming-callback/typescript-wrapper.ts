import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';

/**
 * Whether returning a function is its form and not a way to keep state: it stands for a function that the one around it was given
 * (`debounce`, `once`, `memoize`), it is a decorator, or it only remembers what it has seen or worked out.
 * @param rebinds whether it binds captured names anew
 */
export function isReturnedByDesign(node: SyntaxNode, rebinds: boolean, file: ParsedFile): boolean {
  return !rebinds || isDecorator(node, file) || forwards(node, file);
}

/** Decorators get a class, or its prototype and the name of a member. */
const DECORATED =
  /^\(\s*_?(?:target|object|obj|proto\w*|constructor|cls|value)\b[^,]*,\s*_?(?:property\w*|prop\w*|key|name|methodName|context)\b/;

function isDecorator(node: SyntaxNode, { source }: ParsedFile): boolean {
  const parameters = node.childForFieldName('parameters');
  return parameters !== null && DECORATED.test(source.slice(parameters.startIndex, parameters.endIndex));
}

function forwards(node: SyntaxNode, file: ParsedFile): boolean {
  return node.descendantsOfType('call_expression').some((call) => {
    let callee = call.childForFieldName('function');
    if (callee?.type === 'member_expression') {
      const method = callee.childForFieldName('property');
      if (!method || !/^(?:call|apply)$/.test(file.source.slice(method.startIndex, method.endIndex))) return false;
      callee = callee.childForFieldName('object');
    }
    if (callee?.type !== 'identifier') return false;
    const binding = file.semantics.bindingAt(callee.startIndex);
    return binding?.kind === 'parameter' && binding.scope.start < node.startIndex;
  });
}
