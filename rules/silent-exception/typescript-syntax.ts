import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';

const STATEMENTS = [
  'expression_statement',
  'lexical_declaration',
  'variable_declaration',
  'return_statement',
  'throw_statement',
  'break_statement',
  'continue_statement',
  'if_statement',
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'switch_statement',
  'try_statement',
  'with_statement',
  'debugger_statement',
  'function_declaration',
  'generator_function_declaration',
  'class_declaration',
];

export function countStatements(node: SyntaxNode): number {
  return node
    .descendantsOfType(STATEMENTS)
    .filter((statement) => !/declaration$/.test(statement.type) || statement.parent?.type !== 'for_statement').length;
}

const FUNCTIONS = ['arrow_function', 'function_expression', 'function_declaration', 'method_definition'];

/** The statements that a block carries out itself: what stands in a function within it runs when that one is called. */
export function countOwnStatements(block: SyntaxNode): number {
  let inner = 0;
  let end = block.startIndex;
  for (const one of block.descendantsOfType(FUNCTIONS)) {
    if (one.startIndex < end) continue;
    end = one.endIndex;
    inner += countStatements(one.childForFieldName('body') ?? one);
  }
  return countStatements(block) - inner;
}

/** Whether a block takes at most three steps; the checks of what came out of a step are not counted much. */
export function isShort(block: SyntaxNode): boolean {
  return block.namedChildren.filter((child) => child.type !== 'comment').length <= 3 && countStatements(block) <= 8;
}

/** The tries within a block that keep every failure to themselves. */
export function closedTries(file: ParsedFile, block: SyntaxNode): SyntaxNode[] {
  return block.descendantsOfType('try_statement').filter((attempt) => {
    const clause = attempt.childForFieldName('handler');
    return clause && !/\bthrow\b/.test(textOf(file, clause)) && !attempt.childForFieldName('finalizer');
  });
}

/** The branches behind a handler that do not run when it ran: the `else` of the `if` around it, the next `case`, an outer `catch`. */
export function otherBranches(clause: SyntaxNode, scope: SyntaxNode | undefined): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = clause; at.parent && at.id !== scope?.id; at = at.parent) {
    if (at.type === 'statement_block' || at.type === 'switch_case') {
      for (let next = at.nextNamedSibling; next; next = next.nextNamedSibling) {
        if (/^(?:else_clause|catch_clause|switch_case|switch_default)$/.test(next.type)) found.push(next);
        else if (at.type === 'statement_block') break;
      }
    }
  }
  return found;
}

/** The statements of a block with those of its `if` blocks in their place. */
export function flatStatements(block: SyntaxNode, depth = 0): SyntaxNode[] {
  return block.namedChildren.flatMap((statement) => {
    if (statement.type === 'comment') return [];
    const inner =
      depth < 3 && /^(?:if|for_in)_statement$/.test(statement.type)
        ? (statement.childForFieldName('consequence') ?? statement.childForFieldName('body'))
        : undefined;
    if (!inner) return [statement];
    return inner.type === 'statement_block' ? flatStatements(inner, depth + 1) : [inner];
  });
}

/** The next statements; where a block of an `if` ends, those behind it. */
export function statementsAfter(file: ParsedFile, node: SyntaxNode): string[] {
  const found: string[] = [];
  for (let from: SyntaxNode | null = node; from && found.length === 0; from = statementAround(from)) {
    for (
      let at = from.nextNamedSibling;
      at && found.length < 3 && at.type !== 'else_clause';
      at = at.nextNamedSibling
    ) {
      if (at.type !== 'comment') found.push(textOf(file, at));
    }
  }
  return found;
}

/** The `if` statement whose block ends with this node. */
function statementAround(node: SyntaxNode): SyntaxNode | null {
  let holder = node.parent?.type === 'statement_block' ? node.parent.parent : null;
  if (holder?.type === 'else_clause') holder = holder.parent;
  return holder?.type === 'if_statement' ? holder : null;
}

export const FUNCTION = /function|arrow|method_definition/;

export function enclosingLoop(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && !FUNCTION.test(at.type); at = at.parent)
    if (/^(?:for|for_in|while|do)_statement$/.test(at.type)) return at;
  return undefined;
}

export function enclosingStatement(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && !/statement$|declaration$|^program$|_definition$|^pair$/.test(at.type)) at = at.parent;
  return at.type === 'program' ? node : at;
}

export function trimmedEnd(file: ParsedFile, start: number, end: number): number {
  return start + file.source.slice(start, end).trimEnd().length;
}

export function textOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
