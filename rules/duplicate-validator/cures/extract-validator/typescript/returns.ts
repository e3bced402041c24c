import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from './site';
import type { Unit } from './unit';

/**
 * What statements of a function give back, functions within them aside.
 * @param check what becomes a call of the predicate
 */
export function returnsOf(
  statements: readonly SyntaxNode[],
  owner: SyntaxNode,
  check: SyntaxNode | undefined,
  document: Document,
): Unit['returns'] {
  const answers = statements
    .flatMap((one) => (one.type === 'return_statement' ? [one] : one.descendantsOfType('return_statement')))
    .filter((one) => {
      for (let at = one.parent; at && at.id !== owner.id; at = at.parent) if (/function/.test(at.type)) return false;
      return true;
    });
  const values = answers.map((one) =>
    textOf(document, one)
      .replace(/^return\s*|;$/g, '')
      .trim(),
  );
  if (values.every((one) => one === '')) return 'nothing';
  const isBoolean = (one: SyntaxNode): boolean => {
    const value = one.firstNamedChild;
    return (
      value !== null &&
      (/^(?:true|false)$/.test(value.type) || value.id === check?.id || /^[!]|\.test\(/.test(textOf(document, value)))
    );
  };
  return answers.every(isBoolean) ? 'boolean' : 'value';
}
