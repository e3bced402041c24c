import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { nodesOf, type Span } from './span';
import type { Subject } from './subject';

/** A variable that only some paths have bound must not be asked for on all of them. */
export function isCertainlyBound(
  node: SyntaxNode,
  root: SyntaxNode | undefined,
  span: Span,
  subject: Subject,
): boolean {
  const binding = root && (subject.model.bindingAt(root.startIndex) as PythonBinding | undefined);
  if (!binding || binding.scope.kind === 'module' || isAlwaysRun(node, span)) return true;
  return binding.writes.some(({ start, role }) => role === 'parameter' || leadsHere(start, span, subject));
}

/** Whether what is written at an offset has been written whenever the piece runs: in a block that holds the piece, before it. */
function leadsHere(offset: number, span: Span, subject: Subject): boolean {
  if (offset >= span.start) return false;
  let statement = subject.document.root.namedDescendantForIndex(offset, offset);
  while (statement && !/_statement$|_definition$/.test(statement.type)) statement = statement.parent;
  const block = statement?.parent;
  return !!block && block.startIndex <= span.start && span.end <= block.endIndex;
}

/** Whether a node is evaluated whenever the piece runs to its end: under no condition, in no loop. */
export function isAlwaysRun(node: SyntaxNode, span: Span): boolean {
  const { start, end } = span;
  for (let at = node.parent; at && at.startIndex >= start && at.endIndex <= end; at = at.parent)
    if (CONDITIONAL.test(at.type)) return false;
  return true;
}

/** Whether nothing of the piece is done before a node is asked. */
export function comesFirst({ startIndex }: SyntaxNode, span: Span): boolean {
  return !nodesOf(span).some((one) =>
    one
      .descendantsOfType(['call', 'await', 'assignment', 'for_statement', 'while_statement'])
      .some((other) => (other.type === 'call' ? other.endIndex : other.startIndex) <= startIndex),
  );
}

/** An attribute that only the constructor or the class itself sets. */
export function isFixed(chain: SyntaxNode, { document, unit }: Subject): boolean {
  const [, name] = textOf(document, chain).split('.');
  if (!name) return false;
  const text = textOf(document, unit);
  const writes = [
    ...text.matchAll(
      new RegExp(`\\b(?:self|cls)\\.${name}\\b(?=[ \\t]*(?::[^=\\n]+)?[+\\-*/|&]?=(?!=)|[ \\t]*,.*=)`, 'g'),
    ),
  ];
  const own = new RegExp(`^[ \\t]+${name}[ \\t]*(?::|=)`, 'm').test(text);
  if (writes.length === 0) return own && !new RegExp(`\\bdef ${name}\\(`).test(text);
  return writes.every(({ index }) => {
    const at = document.root.namedDescendantForIndex(unit.startIndex + index, unit.startIndex + index);
    let holder = at;
    while (holder && holder.type !== 'function_definition') holder = holder.parent;
    const definition = holder?.childForFieldName('name');
    return !!definition && textOf(document, definition) === '__init__';
  });
}

const CONDITIONAL =
  /^(?:if_statement|try_statement|conditional_expression|boolean_operator|lambda|generator_expression|\w+_comprehension|except_clause|finally_clause|for_statement|while_statement|case_clause)$/;
