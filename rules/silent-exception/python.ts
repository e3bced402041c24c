import type { ParsedFile } from '../../core/facts/parsed-file';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction, enclosingPythonSymbol } from '../../core/syntax/python';
import { defaultStays, speaksUp } from './aftermath';
import { explains, waives } from './comments';
import { type Form, type HandlerFact, type Kind, shortValue, tellsCaller } from './handler';
import * as words from './words';

/** Exceptions that end something on purpose, or that probing code expects; a handler for these alone is never silent. */
const CONTROL = /^(?:ImportError|ModuleNotFoundError|GeneratorExit|KeyboardInterrupt|EOFError|StopIteration|StopAsyncIteration|SystemExit|QueueEmpty|Empty|WebSocketDisconnect|ClosedResourceError|BrokenPipeError|ProcessLookupError|NoSuchProcess|ExpectedException|SkipTest|Skip|Exit|Abort)$/;

/** Names of a failure outside the program, as opposed to an answer that code asks for. */
const OUTAGE =
  /^(?:RequestException|RequestError|HTTPError|HTTPException|HttpError|HTTPStatusError|TransportError|NetworkError|ConnectionError|ConnectError|ConnectTimeout|ReadTimeout|ClientError|ServerError|APIError|ApiError|ApiException|APIException|\w*APIError|\w*ApiError|DatabaseError|OperationalError|InterfaceError|SQLAlchemyError|DBAPIError|PyMongoError|RedisError|BotoCoreError|RpcError|URLError|SMTPException|SSHException|CalledProcessError|SubprocessError|LDAPError|DockerException|\w*ConnectionError|\w*RequestError)$/;

const SILENT_BODY = /^(?:pass|\.\.\.|continue|break|return|["']|[rRbBuU]{1,2}["'])/;

const STATEMENTS = [
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

/** Judges one `except` clause; undefined unless it swallows. */
export function pythonHandler(file: ParsedFile, clause: SyntaxNode): HandlerFact | undefined {
  const { source } = file;
  const block = clause.lastNamedChild;
  if (block?.type !== 'block' || !SILENT_BODY.test(source.slice(block.startIndex, block.startIndex + 8))) return undefined;
  const body = readBody(file, block);
  const attempt = clause.parent;
  const guarded = attempt?.childForFieldName('body');
  if (!body || !attempt || !guarded) return undefined;
  const parts = clause.namedChildren;
  const head = parts.filter((part) => part.type !== 'comment' && part.type !== 'block');
  const caught = typesOf(head.map((part) => textOf(file, part)).join(', '));
  const kind = kindOf(caught);
  const comments = [...body.comments, ...commentsAbove(file, clause), ...parts.filter((part) => part.type === 'comment').map((part) => textOf(file, part))];
  if (explains(comments) || waives(commentsAbove(file, attempt)) || waives(commentsOnHead(file, attempt))) return undefined;
  const code = textOf(file, guarded);
  const scope = enclosingPythonFunction(clause);
  if (kind === 'narrow' && isControlFlow(file, caught, scope, attempt)) return undefined;
  if (body.value !== undefined && body.value.length > 2 && tellsCaller(body.value)) return undefined;
  if (siblings(attempt, clause).some((other) => isOutspoken(file, other))) return undefined;
  if (isForgiven(file, { clause, attempt, guarded, body, code, scope })) return undefined;
  const colon = clause.children.find((child) => child.type === ':');
  return fact(file, {
    kind,
    form: body.form,
    start: clause.startIndex,
    end: colon?.endIndex ?? block.startIndex,
    extentEnd: block.endIndex,
    node: clause,
    guarded,
    code,
    scope,
    value: body.value,
    types: kind === 'narrow' ? caught : undefined,
  });
}

/** Judges one `with suppress(Exception):`; undefined where it is narrow or explained. */
export function pythonSuppress(file: ParsedFile, call: SyntaxNode): HandlerFact | undefined {
  const { source } = file;
  const callee = call.childForFieldName('function');
  const given = call.childForFieldName('arguments');
  if (!callee || !given || !/^(?:contextlib\.)?suppress$/.test(textOf(file, callee))) return undefined;
  const caught = typesOf(textOf(file, given).slice(1, -1));
  if (kindOf(caught) !== 'broad') return undefined;
  const item = call.parent;
  const statement = item?.type === 'with_item' ? item.parent?.parent : undefined;
  const guarded = statement?.childForFieldName('body');
  if (statement?.type !== 'with_statement' || !guarded) return undefined;
  const inside = [...statement.namedChildren, ...guarded.namedChildren].filter((part) => part.type === 'comment').map((part) => textOf(file, part));
  if (explains([...commentsAbove(file, statement), ...commentsOnHead(file, statement)]) || waives(inside)) return undefined;
  const code = textOf(file, guarded);
  const scope = enclosingPythonFunction(call);
  if (isForgiven(file, { clause: statement, attempt: statement, guarded, body: { form: 'suppress', comments: [] }, code, scope })) return undefined;
  return fact(file, { kind: 'broad', form: 'suppress', start: call.startIndex, end: call.endIndex, extentEnd: source.text.indexOf('\n', call.endIndex), node: statement, guarded, code, scope });
}

interface Body {
  readonly form: Form;
  readonly value?: string;
  readonly comments: readonly string[];
}

interface Case {
  readonly clause: SyntaxNode;
  readonly attempt: SyntaxNode;
  readonly guarded: SyntaxNode;
  readonly body: Body;
  readonly code: string;
  readonly scope: SyntaxNode | undefined;
}

/** The form of a body that does nothing but swallow, with its comments; undefined for any other. */
function readBody(file: ParsedFile, block: SyntaxNode): Body | undefined {
  const comments: string[] = [];
  let form: Form = 'pass';
  let value: string | undefined;
  for (const statement of block.namedChildren) {
    if (statement.type === 'comment') comments.push(textOf(file, statement));
    else if (statement.type === 'continue_statement') form = 'continue';
    else if (statement.type === 'break_statement') form = 'break';
    else if (statement.type === 'return_statement') {
      const returned = statement.firstNamedChild;
      if (returned && !isConstant(file, returned)) return undefined;
      form = 'return-constant';
      value = returned ? textOf(file, returned) : 'None';
    } else if (statement.type === 'expression_statement') {
      const only = statement.namedChildCount === 1 ? statement.firstNamedChild : null;
      if (only?.type === 'ellipsis') form = form === 'pass' ? 'ellipsis' : form;
      else if (only?.type === 'string' && !textOf(file, only).startsWith('f')) comments.push(textOf(file, only).replace(/^\w*["']+|["']+$/g, ''));
      else return undefined;
    } else if (statement.type !== 'pass_statement') return undefined;
  }
  return value === undefined ? { form, comments } : { form, value, comments };
}

const ATOMS = new Set(['none', 'true', 'false', 'integer', 'float', 'ellipsis']);
const CONTAINERS = new Set(['tuple', 'expression_list', 'list', 'set', 'dictionary', 'pair', 'parenthesized_expression', 'unary_operator', 'concatenated_string']);

function isConstant(file: ParsedFile, node: SyntaxNode): boolean {
  const text = textOf(file, node);
  if (text.length > 200) return false;
  if (ATOMS.has(node.type)) return true;
  if (node.type === 'string') return !/^\w*[fFtT]\w*["']/.test(text);
  if (node.type === 'call') return /^(?:dict|list|set|tuple|str|frozenset|int|bytes)\(\)$/.test(text);
  return CONTAINERS.has(node.type) && node.namedChildren.every((child) => child.type === 'comment' || isConstant(file, child));
}

/** The last names of the exception types that a head lists. */
function typesOf(head: string): string[] {
  return (head.replace(/\s+as\s+\w+\s*$/, '').match(/[\w.]+/g) ?? []).map((name) => name.slice(name.lastIndexOf('.') + 1));
}

function kindOf(caught: readonly string[]): Kind {
  if (caught.length === 0) return 'bare';
  return caught.some((name) => name === 'Exception' || name === 'BaseException') ? 'broad' : 'narrow';
}

function isControlFlow(file: ParsedFile, caught: readonly string[], scope: SyntaxNode | undefined, attempt: SyntaxNode): boolean {
  const reach = scope ?? file.root;
  return caught.every(
    (name) => CONTROL.test(name) || (name === 'CancelledError' && /\.cancel\(/.test(file.source.slice(reach.startIndex, attempt.endIndex))),
  );
}

/** Handlers and `else` beside this one. */
function siblings(attempt: SyntaxNode, clause: SyntaxNode): SyntaxNode[] {
  return attempt.namedChildren.filter((child) => (child.type === 'except_clause' || child.type === 'else_clause') && child.id !== clause.id);
}

function isOutspoken(file: ParsedFile, clause: SyntaxNode): boolean {
  return /^[ \t]*raise\b|:[ \t]*raise\b/m.test(textOf(file, clause));
}

/** The reasons for which a handler that swallows is none of our business. */
function isForgiven(file: ParsedFile, one: Case): boolean {
  const { body, code, scope, clause, guarded } = one;
  const name = scope?.childForFieldName('name');
  const functionName = name ? textOf(file, name) : '';
  if (body.form === 'return-constant') {
    const type = scope?.childForFieldName('return_type');
    return isExpectedAnswer(body.value ?? '', functionName, type ? textOf(file, type) : '', code, guarded);
  }
  if (isLogSink(file, one, functionName)) return true;
  if (speaksUp(whatFollows(file, one))) return true;
  const targets = guarded
    .descendantsOfType(['assignment', 'named_expression'])
    .flatMap((node) => (node.childForFieldName('left') ?? node.childForFieldName('name')) ?? [])
    .flatMap((left) => (left.type === 'pattern_list' || left.type === 'tuple_pattern' ? left.namedChildren : [left]))
    .map((left) => textOf(file, left));
  if (targets.length === 0) return false;
  const { text } = file.source;
  const from = scope?.startIndex ?? 0;
  const attempt = one.attempt;
  const loop = enclosingLoop(clause);
  const parameters = scope?.childForFieldName('parameters');
  return defaultStays(targets, {
    before: text.slice(from, attempt.startIndex),
    after: text.slice(clause.endIndex, scope?.endIndex ?? text.length),
    loop: loop ? text.slice(loop.startIndex, attempt.startIndex) : '',
    parameters: parameters ? textOf(file, parameters) : '',
    elsewhere: text.slice(0, attempt.startIndex) + text.slice(clause.endIndex),
  });
}

/** Parse-or-null, and predicates that leave the program alone. */
function isExpectedAnswer(value: string, functionName: string, returnType: string, code: string, guarded: SyntaxNode): boolean {
  if (/^(?:True|False)$/.test(value) && !words.namesIo(code)) {
    return words.isPredicateName(functionName) || /^bool$|TypeGuard|TypeIs/.test(returnType);
  }
  const isSaid = words.isParserName(functionName) || (value === 'None' && /\bNone\b|\bOptional\b/.test(returnType));
  return isSaid && words.isParse(code) && guarded.descendantsOfType(STATEMENTS).length <= 3;
}

/** A log must not fail for the sake of a message: nowhere would the failure be logged. */
function isLogSink(file: ParsedFile, { code, guarded, scope }: Case, functionName: string): boolean {
  if (guarded.namedChildren.every((statement) => statement.type === 'comment' || words.logs(textOf(file, statement)))) return true;
  if (!scope) return false;
  if (words.isLogFunction(functionName)) return true;
  const holder = scope.parent?.type === 'decorated_definition' ? scope.parent.parent?.parent : scope.parent?.parent;
  const bases = holder?.type === 'class_definition' ? holder.childForFieldName('superclasses') : undefined;
  return bases ? /\b(?:logging\.)?(?:\w*Handler|Logger|Formatter|Filter)\b/.test(textOf(file, bases)) && /record|emit|stream/.test(code) : false;
}

/** The statements that run next when the exception was dropped: after the try, or after the loop that ends with it. */
function whatFollows(file: ParsedFile, { attempt, guarded, body }: Case): string[] {
  const next: string[] = [];
  const last = guarded.lastNamedChild;
  const leaves = last ? /^(?:return|break|continue|raise|yield)\b/.test(textOf(file, last)) || /\breturn\b/.test(textOf(file, last)) : false;
  if (leaves && body.form !== 'continue' && body.form !== 'break') next.push(...statementsAfter(file, attempt, 3));
  const loop = enclosingLoop(attempt);
  const leavesLoop = /\b(?:return|break)\b/.test(textOf(file, guarded));
  if (loop && leavesLoop) {
    next.push(...statementsAfter(file, loop, 3));
    const otherwise = loop.childForFieldName('alternative')?.childForFieldName('body');
    if (otherwise) next.push(...otherwise.namedChildren.map((child) => textOf(file, child)));
  }
  return next;
}

function statementsAfter(file: ParsedFile, node: SyntaxNode, count: number): string[] {
  const found: string[] = [];
  for (let at = node.nextNamedSibling; at && found.length < count; at = at.nextNamedSibling) if (at.type !== 'comment') found.push(textOf(file, at));
  return found;
}

function enclosingLoop(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) if (at.type === 'for_statement' || at.type === 'while_statement') return at;
  return undefined;
}

interface Found {
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
}

function fact(file: ParsedFile, found: Found): HandlerFact {
  const { source } = file;
  const start = source.positionAt(found.start);
  const end = source.positionAt(found.end);
  const symbol = enclosingPythonSymbol(found.node, source);
  const first = found.guarded.firstNamedChild;
  return {
    kind: found.kind,
    form: found.form,
    at: [start.line, start.character, end.line, end.character],
    endLine: source.lineAt(found.extentEnd < 0 ? source.text.length : found.extentEnd),
    tryStatements: found.guarded.descendantsOfType(STATEMENTS).length,
    ...(symbol ? { symbol } : {}),
    ...(found.types ? { types: shortValue(found.types.join(', ')), narrow: found.types.some((name) => OUTAGE.test(name)) ? 'outage' : 'expected' } : {}),
    ...(found.value !== undefined ? { value: shortValue(found.value) } : {}),
    ...(isCleanup(file, found) ? { cleanup: true } : {}),
    ...(skipsItem(file, found) ? { skipsItem: true } : {}),
    print: fingerprint(found.kind, found.form, symbol ?? '', normaliseCode(source.slice(found.start, found.end)), first ? normaliseCode(textOf(file, first)) : ''),
  };
}

const TIDY_ANYWAY = /^(?:pass|del |return$|return None$|self\.[\w.]+[ \t]*=[ \t]*None$|[\w.]+[ \t]*=[ \t]*None$|break$)/;

function isCleanup(file: ParsedFile, { node, guarded, scope }: Found): boolean {
  const statements = flatStatements(guarded).map((statement) => textOf(file, statement));
  if (statements.some(words.tidiesUp) && statements.every((statement) => words.tidiesUp(statement) || TIDY_ANYWAY.test(statement))) return true;
  const name = scope?.childForFieldName('name');
  if (name && words.isCleanupFunction(textOf(file, name))) return statements.length <= 5;
  return isInsideHandler(node);
}

/** The statements of a block with those of its `if` and `for` blocks in their place. */
function flatStatements(block: SyntaxNode, depth = 0): SyntaxNode[] {
  return block.namedChildren.flatMap((statement) => {
    if (statement.type === 'comment') return [];
    const inner = depth < 3 && /^(?:if|for|with)_statement$/.test(statement.type) ? (statement.childForFieldName('consequence') ?? statement.childForFieldName('body')) : undefined;
    return inner ? flatStatements(inner, depth + 1) : [statement];
  });
}

/** Whether a try stands in a handler or a `finally` of the same function. */
function isInsideHandler(node: SyntaxNode): boolean {
  const attempt = node.type === 'except_clause' ? node.parent : node;
  for (let at = attempt?.parent; at && at.type !== 'function_definition' && at.type !== 'class_definition'; at = at.parent) {
    if (at.type === 'except_clause' || at.type === 'finally_clause') return true;
  }
  return false;
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

/** Comments that stand directly above a node, at its own indentation. */
function commentsAbove(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const found: string[] = [];
  const { line: first, character } = source.positionAt(node.startIndex);
  for (let line = first - 1; line >= 0; line--) {
    const text = source.lineText(line);
    if (text.charCodeAt(character) !== 35 || text.slice(0, character).trim() !== '') break;
    found.unshift(text.slice(character));
  }
  return found.length > 0 ? [found.join('\n')] : [];
}

/** The comment behind the `:` of `try:` or `with ...:`. */
function commentsOnHead(file: ParsedFile, node: SyntaxNode): string[] {
  return node.namedChildren.filter((child) => child.type === 'comment' && file.source.lineAt(child.startIndex) === file.source.lineAt(node.startIndex)).map((child) => textOf(file, child));
}

function textOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
