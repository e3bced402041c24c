import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Subject } from './subject';

/**
 * How many statements of a block to take: those that look at the answer as well (`raise_for_status()`, `x = response.json()`), and if
 * that does not do, those up to the last use of the client alone.
 */
export function answers(statements: readonly SyntaxNode[], count: number, subject: Subject): number[] {
  let upTo = count;
  while (upTo < statements.length && looksAtAnswer(statements[upTo]!, statements.slice(0, upTo), subject)) upTo++;
  // `return data` behind it comes from the method as well.
  const isReturn = upTo === statements.length - 1 && /^return \w+$/.test(textOf(subject.document, statements[upTo]!));
  return [...new Set([...(isReturn ? [statements.length] : []), upTo, count])];
}

/** `response.raise_for_status()`, `data = response.json()`, `return response.json()`: nothing but the answer is named. */
export function looksAtAnswer(statement: SyntaxNode, before: readonly SyntaxNode[], subject: Subject): boolean {
  const { document, model } = subject;
  const text = textOf(document, statement);
  const value = statement.type === 'return_statement' ? statement.firstNamedChild : statement.firstNamedChild;
  if (!/^(?:expression_statement|return_statement)$/.test(statement.type) || !value) return false;
  const match =
    /^(?:[A-Za-z_]\w*(?:\s*:[^=]+)?\s*=\s*|return\s+)?(?:await\s+)?([A-Za-z_]\w*)\.(?:raise_for_status\(\)|json\(\)|text|content|text\(\)|read\(\))$/.exec(
      text,
    );
  if (!match) return false;
  const [first] = before;
  const at = statement.startIndex + text.lastIndexOf(`${match[1]}.`);
  const binding = model.bindingAt(at);
  return binding?.writes.some(({ start }) => first!.startIndex <= start && start < statement.startIndex) ?? false;
}
