import type { SyntaxNode } from '../../../../../core/syntax/node';
import { type Obstacle, obstacle } from '../site';
import { textOf } from '../subject';
import type { Result } from './piece';
import { holderOf, nodesOf, type Span } from './span';
import type { Subject } from './subject';

/** How control leaves the statements: at their end, or always by `return`. */
export function resultOf(span: Span, subject: Subject): Result | Obstacle {
  const { start, end } = span;
  const isInside = (node: SyntaxNode | null | undefined): boolean =>
    !!node && node.startIndex >= start && node.endIndex <= end;
  let returns = false;
  for (const node of nodesOf(span).flatMap((one) => one.descendantsOfType([...LEAVING]))) {
    const around = holderOf(node);
    if (node.type === 'return_statement') {
      if (!isInside(around)) returns = true;
    } else if (/^(?:break|continue)_statement$/.test(node.type)) {
      if (!isInside(loopOf(node))) return crossing(subject, node, textOf(subject.document, node));
    } else if (node.type === 'raise_statement') {
      if (node.namedChildCount === 0 && !isInside(handlerOf(node))) return crossing(subject, node, 'raise');
    } else if (node.type === 'yield') {
      if (!isInside(around)) return crossing(subject, node, 'yield');
    } else return crossing(subject, node, textOf(subject.document, node).split(/\s/, 1)[0]!);
  }
  if (!returns) return 'nothing';
  const last = span.rest.length > 0 ? undefined : span.statements.at(-1);
  return last && alwaysReturns(last, subject.document) ? 'return' : crossing(subject, span.statements[0]!, 'return');
}

/** Control leaves the code around a call, and not at its end. */
export function crossing(subject: Subject, node: SyntaxNode, what: string): Obstacle {
  return obstacle('crosses-border', subject, node, { what });
}

const LEAVING = [
  'return_statement',
  'break_statement',
  'continue_statement',
  'raise_statement',
  'yield',
  'function_definition',
  'class_definition',
  'global_statement',
  'nonlocal_statement',
  'delete_statement',
  'import_statement',
  'import_from_statement',
] as const;

function loopOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'for_statement' || at.type === 'while_statement') return at;
  return undefined;
}

function handlerOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (/^except_(?:group_)?clause$/.test(at.type)) return at;
  return undefined;
}

/** Context managers that let every exception through. */
const TRANSPARENT =
  /(?:^|\.)(?:open|open_file|AsyncClient|Client|Session|session|ClientSession|get|post|put|patch|delete|request|stream|ZipFile|TarFile|TemporaryDirectory|NamedTemporaryFile|Popen|[Ll]ock|timeout)$/;

/** Whether the block of a `with` may end early, so that the code behind it goes on. */
function maySwallow(statement: SyntaxNode, { source }: Subject['document']): boolean {
  return statement.descendantsOfType('with_item').some((item) => {
    const value = item.firstNamedChild;
    const made = value?.type === 'as_pattern' ? value.firstNamedChild : value;
    const callee = made?.type === 'call' ? made.childForFieldName('function') : undefined;
    return !callee || !TRANSPARENT.test(source.slice(callee.startIndex, callee.endIndex));
  });
}

/** Whether no path goes on behind a statement. */
function alwaysReturns(node: SyntaxNode, document: Subject['document']): boolean {
  const lastOf = (block: SyntaxNode | null | undefined): SyntaxNode | undefined =>
    block?.namedChildren.filter((one) => one.type !== 'comment').at(-1);
  const ends = (block: SyntaxNode | null | undefined): boolean => {
    const last = lastOf(block);
    return last !== undefined && alwaysReturns(last, document);
  };
  switch (node.type) {
    case 'return_statement':
    case 'raise_statement':
      return true;
    case 'with_statement':
      return !maySwallow(node, document) && ends(node.childForFieldName('body'));
    case 'if_statement': {
      const clauses = node.namedChildren.filter((one) => /^(?:elif|else)_clause$/.test(one.type));
      return (
        ends(node.childForFieldName('consequence')) &&
        clauses.some((one) => one.type === 'else_clause') &&
        clauses.every((one) => ends(one.childForFieldName('consequence') ?? one.childForFieldName('body')))
      );
    }
    case 'try_statement': {
      const handlers = node.namedChildren.filter((one) => /^except/.test(one.type));
      const other = node.namedChildren.find((one) => one.type === 'else_clause');
      return (
        (ends(node.childForFieldName('body')) || (other !== undefined && ends(other.childForFieldName('body')))) &&
        handlers.every((one) => ends(one.namedChildren.find((child) => child.type === 'block')))
      );
    }
    default:
      return false;
  }
}
