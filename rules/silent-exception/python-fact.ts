import type { ParsedFile } from '../../core/facts/parsed-file';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonSymbol } from '../../core/syntax/python';
import { endsInFailure } from './aftermath';
import type { OwnNames } from './cures/own-names';
import { isExcused, isSaidAnswer } from './excuses';
import { type Form, type HandlerFact, type Kind, shortTypes, shortValue } from './handler';
import { canNarrow } from './python-narrow';
import { countOwnStatements, enclosingLoop, STATEMENTS, statementsAfter, textOf } from './python-syntax';
import { isAtStake } from './stakes';
import { CONTROL_EXCEPTIONS, EXPECTED_EXCEPTIONS, FAILURE_EXCEPTIONS, TIMEOUTS } from './vocabulary';
import * as words from './words';

export interface Found {
  readonly kind: Kind;
  readonly form: Form;
  readonly start: number;
  readonly end: number;
  readonly extentEnd: number;
  readonly node: SyntaxNode;
  readonly guarded: SyntaxNode;
  readonly code: string;
  readonly scope: SyntaxNode | undefined;
  readonly value?: string;
  readonly types?: readonly string[];
  readonly isAnswer?: boolean;
}

/** @param own the names of the file, which all its handlers share */
export function fact(file: ParsedFile, found: Found, own: OwnNames): HandlerFact {
  const { source } = file;
  const start = source.positionAt(found.start);
  const end = source.positionAt(found.end);
  const symbol = enclosingPythonSymbol(found.node, source);
  const first = found.guarded.firstNamedChild;
  const tidied = cleanupOf(file, found);
  const around = { ...found, node: attemptOf(found), functionName: nameOf(file, found.scope) };
  return {
    kind: found.kind,
    form: found.form,
    at: [start.line, start.character, end.line, end.character],
    endLine: source.lineAt(found.extentEnd < 0 ? source.text.length : found.extentEnd),
    tryStatements: countOwnStatements(found.guarded),
    ...(symbol ? { symbol } : {}),
    ...(found.types
      ? {
          types: shortTypes(found.types),
          narrow: narrowness(found),
        }
      : {}),
    ...(found.value !== undefined ? { value: shortValue(found.value) } : {}),
    ...tidied,
    ...(skipsItem(file, found) ? { skipsItem: true } : {}),
    ...(isAtStake(found.code) || (tidied.cleanup === 'nested' && words.isWork(found.code)) ? { atStake: true } : {}),
    ...(isExcused(file, around) ? { excused: true } : {}),
    ...(isSaidAnswer(file, around) ? { isSaidAnswer: true } : {}),
    ...(words.provokes(found.code) && flatStatements(found.guarded).length === 1 ? { provoked: true } : {}),
    ...(found.kind === 'broad' && canNarrow(file, found, own) ? { narrowable: true } : {}),
    print: fingerprint(
      found.kind,
      found.form,
      symbol ?? '',
      normaliseCode(source.slice(found.start, found.end)),
      first ? normaliseCode(textOf(file, first)) : '',
    ),
  };
}

function attemptOf({ node }: Found): SyntaxNode {
  return node.type === 'except_clause' ? (node.parent ?? node) : node;
}

function nameOf(file: ParsedFile, scope: SyntaxNode | undefined): string {
  const name = scope?.childForFieldName('name');
  return name ? textOf(file, name) : '';
}

function narrowness({ types, isAnswer, code }: Found): HandlerFact['narrow'] {
  if (isAnswer) return 'answer';
  const isFailure = (name: string) => {
    if (EXPECTED_EXCEPTIONS.test(name) || CONTROL_EXCEPTIONS.test(name)) return false;
    // After waiting a timeout is what was waited for; what only the project knows is a failure where it leaves the program.
    if (TIMEOUTS.test(name) && words.onlyWaits(code)) return false;
    return FAILURE_EXCEPTIONS.test(name) || words.namesIo(code);
  };
  return types?.some(isFailure) ? 'failure' : 'expected';
}

function cleanupOf(file: ParsedFile, found: Found): Pick<HandlerFact, 'cleanup'> {
  if (isCleanup(file, found)) return { cleanup: 'tidy' };
  const around = surroundingClause(found.node);
  if (around) return { cleanup: around === 'finally_clause' ? 'tidy' : 'nested' };
  return isOnTheWayOut(file, found) ? { cleanup: 'nested' } : {};
}

/** Whether a try, in a branch of an `if`, does one thing before that branch raises or answers with an error anyway. */
function isOnTheWayOut(file: ParsedFile, { node, guarded }: Found): boolean {
  const attempt = node.type === 'except_clause' ? node.parent : node;
  if (!attempt || !/^(?:if_statement|elif_clause|else_clause)$/.test(attempt.parent?.parent?.type ?? '')) return false;
  if (!attempt.nextNamedSibling || guarded.descendantsOfType(STATEMENTS).length > 2) return false;
  return !/\breturn\b/.test(textOf(file, guarded)) && endsInFailure(statementsAfter(file, attempt, 1)[0]);
}

const TIDY_ANYWAY =
  /^(?:pass|del |return$|return None$|self\.[\w.]+[ \t]*=[ \t]*None$|[\w.]+[ \t]*=[ \t]*None$|break$)/;

function isCleanup(file: ParsedFile, { node, guarded, scope }: Found): boolean {
  const statements = flatStatements(guarded).map((statement) => textOf(file, statement));
  if (
    statements.some(words.tidiesUp) &&
    statements.every((statement) => words.tidiesUp(statement) || TIDY_ANYWAY.test(statement))
  )
    return true;
  if (statements.length === 1 && awaitsCancelled(file, node, scope, statements[0]!)) return true;
  const name = scope?.childForFieldName('name');
  if (name && words.isCleanupFunction(textOf(file, name))) return statements.length <= 5;
  return isTeardown(file, node.type === 'except_clause' ? (node.parent ?? node) : node, scope);
}

/** Whether a statement only waits for the end of a task that was cancelled just before. */
function awaitsCancelled(
  file: ParsedFile,
  node: SyntaxNode,
  scope: SyntaxNode | undefined,
  statement: string,
): boolean {
  const task = /^await (?:[\w.]*\b(?:wait_for|gather|wait|shield)\(\*?)?([\w.]+)/.exec(statement)?.[1];
  if (!task || statement.includes(`${task}(`)) return false;
  const from = Math.max(scope?.startIndex ?? 0, node.startIndex - 2000);
  return file.source.slice(from, node.startIndex).includes(`${task}.cancel(`);
}

/** Whether a try stands behind the `yield` of a test fixture or a context manager. */
function isTeardown(file: ParsedFile, node: SyntaxNode, scope: SyntaxNode | undefined): boolean {
  const decorated = scope?.parent;
  if (!scope || decorated?.type !== 'decorated_definition') return false;
  const decorators = file.source.slice(decorated.startIndex, scope.startIndex);
  return (
    /\b(?:fixture|contextmanager|asynccontextmanager)\b/.test(decorators) &&
    /^[ \t]+(?:[\w, ]+=[ \t]*)?yield\b/m.test(file.source.slice(scope.startIndex, node.startIndex))
  );
}

/** The statements of a block with those of its `if` and `for` blocks in their place. */
function flatStatements(block: SyntaxNode, depth = 0): SyntaxNode[] {
  return block.namedChildren.flatMap((statement) => {
    if (statement.type === 'comment') return [];
    const inner =
      depth < 3 && /^(?:if|for|with)_statement$/.test(statement.type)
        ? (statement.childForFieldName('consequence') ?? statement.childForFieldName('body'))
        : undefined;
    return inner ? flatStatements(inner, depth + 1) : [statement];
  });
}

/** The kind of the handler or `finally` of the same function in which a try stands. */
function surroundingClause(node: SyntaxNode): string | undefined {
  const attempt = node.type === 'except_clause' ? node.parent : node;
  for (
    let at = attempt?.parent;
    at && at.type !== 'function_definition' && at.type !== 'class_definition';
    at = at.parent
  ) {
    if (at.type === 'except_clause' || at.type === 'finally_clause') return at.type;
  }
  return undefined;
}

function skipsItem(file: ParsedFile, { node, form, code }: Found): boolean {
  const attempt = node.type === 'except_clause' ? node.parent : node;
  const loop = attempt ? enclosingLoop(attempt) : undefined;
  if (loop?.type !== 'for_statement' || (form !== 'continue' && form !== 'pass' && form !== 'ellipsis')) return false;
  if (form !== 'continue' && attempt?.parent?.lastNamedChild?.id !== attempt?.id) return false;
  const over = loop.childForFieldName('right');
  if (over && /\brange\(|\bcount\(|attempt|retr/i.test(file.source.slice(loop.startIndex, over.endIndex))) return false;
  return words.namesIo(code);
}
