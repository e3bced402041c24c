import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingClass, nameOf, type PythonHandler, textOf } from './handler';

const STATEMENTS = /^(?:expression_statement|return_statement)$/;

/** What the single call of the guarded code calls, as written but for `self.`; undefined where there are several calls, or more code. */
export function singleCallee({ document, guarded, model }: PythonHandler): string | undefined {
  const statements = guarded.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'pass_statement');
  const [only] = statements;
  if (statements.length !== 1 || !only || !STATEMENTS.test(only.type)) return undefined;
  const calls = only.descendantsOfType('call');
  const callee = calls.length === 1 ? calls[0]!.childForFieldName('function') : null;
  if (!callee || (callee.type === 'identifier' && !isTelling(callee, model))) return undefined;
  const text = textOf(document, callee);
  return /^(?:\w+\.)*\w+$/.test(text) ? text.replace(/^(?:self|cls)\./, '') : undefined;
}

/** `func failed`, `getattr failed` and `UUID failed` would say less than the name of the function around. */
function isTelling(callee: SyntaxNode, model: PythonHandler['model']): boolean {
  const binding = model.bindingAt(callee.startIndex);
  return binding !== undefined && /^(?:function|import)$/.test(binding.kind) && !/^[A-Z]/.test(binding.name);
}

/** The function around, with its class: `Store.load`; outside of functions the file's name. */
export function ownerOf({ document, scope }: PythonHandler): string {
  const name = scope ? nameOf(document, scope) : '';
  if (!scope || name === '') return document.file.slice(document.file.lastIndexOf('/') + 1);
  const owner = enclosingClass(scope);
  return owner ? `${nameOf(document, owner)}.${name}` : name;
}
