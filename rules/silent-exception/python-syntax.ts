import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';

export const STATEMENTS = [
  'expression_statement',
  'return_statement',
  'assert_statement',
  'delete_statement',
  'raise_statement',
  'pass_statement',
  'break_statement',
  'continue_statement',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'global_statement',
  'nonlocal_statement',
  'print_statement',
  'exec_statement',
  'type_alias_statement',
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'with_statement',
  'match_statement',
  'function_definition',
  'class_definition',
];

/** The statements that a block carries out itself: what stands in a function within it runs when that one is called. */
export function countOwnStatements(block: SyntaxNode): number {
  let inner = 0;
  let end = block.startIndex;
  for (const one of block.descendantsOfType('function_definition')) {
    if (one.startIndex < end) continue;
    end = one.endIndex;
    inner += one.childForFieldName('body')?.descendantsOfType(STATEMENTS).length ?? 0;
  }
  return block.descendantsOfType(STATEMENTS).length - inner;
}

/** The next statements; where a block of an `if` or `with` ends, those behind it. */
export function statementsAfter(file: ParsedFile, node: SyntaxNode, count: number): string[] {
  const found: string[] = [];
  for (let from: SyntaxNode | null = node; from && found.length === 0; from = statementAround(from)) {
    for (let at = from.nextNamedSibling; at && found.length < count; at = at.nextNamedSibling) {
      if (/^(?:else|elif|except|finally)_clause$/.test(at.type)) break;
      if (at.type !== 'comment') found.push(textOf(file, at));
    }
  }
  return found;
}

/** The `if` or `with` statement whose block ends with this node. */
function statementAround(node: SyntaxNode): SyntaxNode | null {
  let holder = node.parent?.type === 'block' ? node.parent.parent : null;
  if (holder && /^(?:else|elif)_clause$/.test(holder.type)) holder = holder.parent;
  return holder && /^(?:if|with)_statement$/.test(holder.type) ? holder : null;
}

/** The branches behind a handler that do not run when it ran: `elif`, `else` of the `if` around it, the next `except`, the next `case`. */
export function otherBranches(clause: SyntaxNode, scope: SyntaxNode | undefined): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = clause; at.parent && at.id !== scope?.id; at = at.parent) {
    if (!/^(?:block|(?:elif|except|case)_clause)$/.test(at.type)) continue;
    const endsIf = at.parent.type === 'if_statement' || at.type === 'except_clause';
    for (let next = at.nextNamedSibling; next; next = next.nextNamedSibling) {
      if (/^(?:elif|except|case)_clause$/.test(next.type) || (next.type === 'else_clause' && endsIf)) found.push(next);
      else if (at.type === 'block') break;
    }
  }
  return found;
}

export function enclosingLoop(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'for_statement' || at.type === 'while_statement') return at;
  return undefined;
}

export function textOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
