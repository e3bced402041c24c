import type { ParsedFile } from '../../core/facts/parsed-file';
import { fingerprint, normaliseCode } from '../../core/rule/finding';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, enclosingTypeScriptSymbol, typeScriptNameOf } from '../../core/syntax/typescript';
import { defaultStays, speaksUp } from './aftermath';
import { explains, waives } from './comments';
import { type Form, type HandlerFact, shortValue, tellsCaller } from './handler';
import * as words from './words';

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

const SILENT_BLOCK = /^\{\s*(?:\}|\/[/*]|;|return\b|continue\b|break\b)/;

/** Judges one `catch` clause; undefined unless it swallows. */
export function catchClause(file: ParsedFile, clause: SyntaxNode): HandlerFact | undefined {
  const block = clause.lastNamedChild;
  if (block?.type !== 'statement_block' || !SILENT_BLOCK.test(file.source.slice(block.startIndex, block.startIndex + 200))) return undefined;
  const body = readBlock(file, block);
  const attempt = clause.parent;
  const guarded = attempt?.childForFieldName('body');
  if (!body || !attempt || !guarded) return undefined;
  const comments = [
    ...body.comments,
    ...[...clause.namedChildren, ...attempt.namedChildren].filter((part) => part.type === 'comment').map((part) => textOf(file, part)),
    ...commentBehind(file, clause),
    ...commentsAtEndOf(file, guarded),
  ];
  if (explains(comments) || waives(commentsAbove(file, attempt)) || waives(commentsAtStartOf(file, guarded))) return undefined;
  if (body.value !== undefined && tellsCaller(body.value)) return undefined;
  const code = textOf(file, guarded);
  if (/\b(?:require|import)\s*\(/.test(code) && words.calledNames(code).every((name) => /^(?:require|import|resolve|default)$/.test(name))) return undefined;
  const scope = enclosingTypeScriptFunction(clause);
  if (isForgiven(file, { clause, attempt, guarded, body, code, scope })) return undefined;
  const isExpected = isOneStep(guarded) && (words.isParse(code) || words.isProbe(code));
  return fact(file, {
    kind: isExpected ? 'narrow' : 'broad',
    form: body.form,
    start: clause.startIndex,
    end: trimmedEnd(file, clause.startIndex, block.startIndex),
    extentEnd: block.endIndex,
    node: attempt,
    statements: countStatements(guarded),
    guardedTexts: flatStatements(guarded).map((statement) => textOf(file, statement)),
    code,
    scope,
    value: body.value,
  });
}

/** What `.catch(` and `catchError(` can be followed by, if it is to be silent. */
export const PROMISE_HANDLERS =
  /(?:\.catch|\bcatchError)\s*(?:<[^<>()]*>)?\(\s*(?=(?:async\s*)?(?:\([^()]*\)(?:\s*:[^=]*)?\s*=>|[\w$]+\s*=>|function\b)|(?:[\w$]+\.)?(?:noop|NOOP|emptyFunction|doNothing|ignore)\s*[,)])/g;

const NOOP = /^(?:[\w$]+\.)?(?:noop|NOOP|emptyFunction|doNothing|ignore)$/;

/** Judges one `.catch(...)` or `catchError(...)` call; undefined unless it swallows. */
export function promiseHandler(file: ParsedFile, call: SyntaxNode): HandlerFact | undefined {
  const callee = call.childForFieldName('function');
  const handler = call.childForFieldName('arguments')?.namedChildren.find((child) => child.type !== 'comment');
  if (!callee || !handler) return undefined;
  const isOperator = callee.type === 'identifier';
  const receiver = isOperator ? undefined : callee.childForFieldName('object');
  const property = isOperator ? callee : callee.childForFieldName('property');
  if (!property || (!isOperator && !receiver)) return undefined;
  const body = readHandler(file, handler, isOperator);
  if (!body) return undefined;
  const statement = enclosingStatement(call);
  const comments = [...body.comments, ...commentBehind(file, call), ...commentBehind(file, statement), ...commentsWithin(file, call)];
  if (explains(comments) || waives(commentsAbove(file, statement))) return undefined;
  if (body.value !== undefined && tellsCaller(body.value)) return undefined;
  const code = receiver ? textOf(file, receiver) : '';
  const scope = enclosingTypeScriptFunction(call);
  if (receiver && isForgivenPromise(file, { receiver, code, scope, statement })) return undefined;
  return fact(file, {
    kind: 'promise',
    form: isOperator ? 'catch-error' : body.form,
    start: property.startIndex,
    end: call.endIndex,
    extentEnd: call.endIndex,
    node: call,
    statements: receiver ? Math.max(1, countStatements(receiver)) : 1,
    guardedTexts: receiver ? [lastCall(code)] : [],
    code,
    scope,
    value: body.value ?? (body.form === 'empty' ? 'undefined' : undefined),
  });
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

/** The form of a block that does nothing but swallow, with its comments; undefined for any other. */
function readBlock(file: ParsedFile, block: SyntaxNode): Body | undefined {
  const comments: string[] = [];
  let form: Form = 'empty';
  let value: string | undefined;
  for (const statement of block.namedChildren) {
    if (statement.type === 'comment') comments.push(textOf(file, statement));
    else if (statement.type === 'continue_statement') form = 'continue';
    else if (statement.type === 'break_statement') form = 'break';
    else if (statement.type === 'return_statement') {
      const returned = statement.namedChildren.find((child) => child.type !== 'comment');
      if (returned && !isConstant(file, returned)) return undefined;
      comments.push(...statement.namedChildren.filter((child) => child.type === 'comment').map((child) => textOf(file, child)));
      form = 'return-constant';
      value = returned ? bareValue(textOf(file, returned)) : 'undefined';
    } else if (statement.type !== 'empty_statement') return undefined;
  }
  return value === undefined ? { form, comments: together(file, block, comments) } : { form, value, comments: together(file, block, comments) };
}

/** Line comments that follow each other are one remark, as a TODO of two lines is. */
function together(file: ParsedFile, block: SyntaxNode, comments: readonly string[]): readonly string[] {
  const isOneRun = comments.length > 1 && comments.every((comment) => comment.startsWith('//'));
  return isOneRun && !/\n[ \t]*\n/.test(textOf(file, block)) ? [comments.join('\n')] : comments;
}

/** The form of a function handed to `.catch` or `catchError` that ignores its argument and does nothing. */
function readHandler(file: ParsedFile, handler: SyntaxNode, isOperator: boolean): Body | undefined {
  if (handler.type === 'identifier' || handler.type === 'member_expression') return NOOP.test(textOf(file, handler)) && !isOperator ? { form: 'empty', comments: [] } : undefined;
  if (handler.type !== 'arrow_function' && handler.type !== 'function_expression') return undefined;
  const body = handler.childForFieldName('body');
  if (!body) return undefined;
  if (body.type === 'statement_block') {
    if (!SILENT_BLOCK.test(file.source.slice(body.startIndex, body.startIndex + 200))) return undefined;
    if (!isOperator) return readBlock(file, body);
    const only = body.namedChildren.filter((child) => child.type !== 'comment');
    const returned = only.length === 1 && only[0]!.type === 'return_statement' ? only[0]!.firstNamedChild : null;
    if (!returned || !isEmptyStream(file, returned)) return undefined;
    const comments = body.namedChildren.filter((child) => child.type === 'comment').map((child) => textOf(file, child));
    return { form: 'catch-error', value: textOf(file, returned), comments };
  }
  if (isOperator ? !isEmptyStream(file, body) : !isConstant(file, body)) return undefined;
  return { form: isOperator ? 'catch-error' : 'return-constant', value: bareValue(textOf(file, body)), comments: [] };
}

const ATOMS = new Set(['null', 'undefined', 'true', 'false', 'number', 'string']);
const CONTAINERS = new Set(['array', 'object', 'pair', 'parenthesized_expression', 'unary_expression']);

function isConstant(file: ParsedFile, node: SyntaxNode): boolean {
  if (ATOMS.has(node.type)) return true;
  const text = textOf(file, node);
  if (text.length > 200) return false;
  if (node.type === 'identifier') return /^(?:undefined|NaN|Infinity)$/.test(text);
  if (node.type === 'template_string') return !text.includes('${');
  if (node.type === 'new_expression') return /^new\s+(?:Map|Set|WeakMap|WeakSet|Array|Object)\s*(?:<[^()]*>)?(?:\(\))?$/.test(text);
  if (node.type === 'call_expression') return /^Promise\.resolve\(\s*(?:|null|undefined|true|false|\[\]|\{\}|"[^"]*"|'[^']*'|\d+)\s*\)$/.test(text);
  if (/^(?:as|satisfies|non_null)_expression$/.test(node.type)) return node.firstNamedChild ? isConstant(file, node.firstNamedChild) : false;
  if (node.type === 'property_identifier' || node.type === 'comment') return true;
  return CONTAINERS.has(node.type) && node.namedChildren.every((child) => isConstant(file, child));
}

/** `of(null)`, `EMPTY`, `[]`: a stream that says nothing of the error. */
function isEmptyStream(file: ParsedFile, node: SyntaxNode): boolean {
  const text = textOf(file, node);
  if (/^(?:rxjs\.)?(?:EMPTY|NEVER)$|^(?:empty|never)\(\)$/.test(text)) return true;
  if (node.type === 'array') return isConstant(file, node);
  if (node.type === 'as_expression' || node.type === 'parenthesized_expression') return node.firstNamedChild ? isEmptyStream(file, node.firstNamedChild) : false;
  if (node.type !== 'call_expression' || !/^(?:of|from|scheduled)(?:<[^()]*>)?\(/.test(text)) return false;
  return (node.childForFieldName('arguments')?.namedChildren ?? []).every((child) => isConstant(file, child));
}

function bareValue(text: string): string {
  return text.replace(/^\((.*)\)$/s, '$1').replace(/\s+(?:as|satisfies)\s.*$/s, '').replace(/^void\s.*$/, 'undefined').trim();
}

/** The reasons for which a clause that swallows is none of our business. */
function isForgiven(file: ParsedFile, one: Case): boolean {
  const { body, code, scope, clause, attempt, guarded } = one;
  const functionName = scope ? (typeScriptNameOf(scope, file.source) ?? '') : '';
  if (body.form === 'return-constant') {
    const type = scope?.childForFieldName('return_type');
    return isExpectedAnswer(body.value ?? '', functionName, type ? textOf(file, type) : '', code, guarded);
  }
  if (words.isLogFunction(functionName) || flatStatements(guarded).every((statement) => words.logs(textOf(file, statement)))) return true;
  if (speaksUp(whatFollows(file, one))) return true;
  const targets = guarded
    .descendantsOfType(['assignment_expression', 'augmented_assignment_expression', 'variable_declaration'])
    .flatMap((node) => (node.type === 'variable_declaration' ? node.namedChildren.map((child) => child.childForFieldName('name')) : [node.childForFieldName('left')]))
    .flatMap((left) => (left ? [textOf(file, left)] : []));
  if (targets.length === 0) return false;
  const { text } = file.source;
  const from = scope?.startIndex ?? 0;
  const loop = enclosingLoop(clause);
  const parameters = scope?.childForFieldName('parameters') ?? scope?.childForFieldName('parameter');
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
  const isSaid = words.isParserName(functionName) || (/^(?:null|undefined)$/.test(value) && /\bnull\b|\bundefined\b|\bvoid\b/.test(returnType));
  if (isSaid && words.isParse(code) && countStatements(guarded) <= 3) return true;
  if (!/^(?:true|false)$/.test(value)) return false;
  if (words.isProbe(code.replace(/\bawait\b/g, ''))) return true;
  return !words.namesIo(code) && (words.isPredicateName(functionName) || /^:\s*(?:boolean\b|\w+ is\b)/.test(returnType));
}

function isForgivenPromise(
  file: ParsedFile,
  { receiver, code, scope, statement }: { receiver: SyntaxNode; code: string; scope: SyntaxNode | undefined; statement: SyntaxNode },
): boolean {
  if (/^\s*(?:await\s+)?import\s*\(/.test(code)) return true;
  if (/(?:^|[^\w$.])(?:z|zod|yup|v|t)\s*\.\s*[a-z]\w*\(/.test(code) || /^[\w$]*[Ss]chema\b/.test(code)) return true;
  if (words.isProbe(code.slice(code.lastIndexOf('\n') + 1)) && !/\bawait\b/.test(code)) return true;
  // A promise with a name that someone else awaits: this handler only keeps it from counting as unhandled until then.
  if (/^(?:this\.)?[\w$.]+$/.test(code) && statement.type === 'expression_statement') {
    const reach = scope ?? file.root;
    const around = file.source.slice(reach.startIndex, receiver.startIndex) + file.source.slice(statement.endIndex, reach.endIndex);
    const name = code.replace(/[.$]/g, '\\$&');
    return new RegExp(`(?:await|return|yield|race\\(|all\\(|allSettled\\(|any\\(|,|\\[|push\\()\\s*${name}(?![\\w$])|=>\\s*${name}(?![\\w$.])|set\\([^;\\n]*\\b${name}\\b`).test(around);
  }
  return false;
}

/** The statements that run next when the error was dropped: after the try, or after the loop that ends with it. */
function whatFollows(file: ParsedFile, { attempt, guarded, body }: Case): string[] {
  const next: string[] = [];
  const code = textOf(file, guarded);
  if (body.form === 'empty' && /\b(?:return|break|continue)\b/.test(code)) next.push(...statementsAfter(file, attempt));
  const loop = enclosingLoop(attempt);
  if (loop && /\b(?:return|break)\b/.test(code)) next.push(...statementsAfter(file, loop));
  return next;
}

function statementsAfter(file: ParsedFile, node: SyntaxNode): string[] {
  const found: string[] = [];
  for (let at = node.nextNamedSibling; at && found.length < 3; at = at.nextNamedSibling) if (at.type !== 'comment') found.push(textOf(file, at));
  return found;
}

const FUNCTION = /function|arrow|method_definition/;

function enclosingLoop(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && !FUNCTION.test(at.type); at = at.parent) if (/^(?:for|for_in|while|do)_statement$/.test(at.type)) return at;
  return undefined;
}

function enclosingStatement(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && !/statement$|declaration$|^program$|_definition$|^pair$/.test(at.type)) at = at.parent;
  return at.type === 'program' ? node : at;
}

interface Found {
  readonly kind: HandlerFact['kind'];
  readonly form: Form;
  readonly start: number;
  readonly end: number;
  readonly extentEnd: number;
  readonly node: SyntaxNode;
  readonly statements: number;
  readonly guardedTexts: readonly string[];
  readonly code: string;
  readonly scope: SyntaxNode | undefined;
  readonly value?: string;
}

function fact(file: ParsedFile, found: Found): HandlerFact {
  const { source } = file;
  const start = source.positionAt(found.start);
  const end = source.positionAt(found.end);
  const symbol = enclosingTypeScriptSymbol(found.node, source);
  return {
    kind: found.kind,
    form: found.form,
    at: [start.line, start.character, end.line, end.character],
    endLine: source.lineAt(found.extentEnd),
    tryStatements: found.statements,
    ...(symbol ? { symbol } : {}),
    ...(found.kind === 'narrow' ? { narrow: 'expected', types: 'one parse or probe' } : {}),
    ...(found.value !== undefined ? { value: shortValue(found.value) } : {}),
    ...(isCleanup(file, found) ? { cleanup: true } : {}),
    ...(skipsItem(file, found) ? { skipsItem: true } : {}),
    print: fingerprint(found.kind, found.form, symbol ?? '', normaliseCode(source.slice(found.start, found.end)), normaliseCode(found.guardedTexts[0] ?? '')),
  };
}

function isCleanup(file: ParsedFile, { node, guardedTexts, scope }: Found): boolean {
  if (guardedTexts.length > 0 && guardedTexts.some(words.tidiesUp) && guardedTexts.every((text) => words.tidiesUp(text) || /^(?:return;?$|break;?$|delete |[\w.]+ = (?:null|undefined);?$)/.test(text))) return true;
  const name = scope ? typeScriptNameOf(scope, file.source) : undefined;
  if (name && words.isCleanupFunction(name)) return guardedTexts.length <= 5;
  for (let at = node.parent; at && !FUNCTION.test(at.type); at = at.parent) if (at.type === 'catch_clause' || at.type === 'finally_clause') return true;
  return false;
}

function skipsItem(file: ParsedFile, { node, form, code, kind }: Found): boolean {
  if (kind === 'promise' || (form !== 'continue' && form !== 'empty')) return false;
  const loop = enclosingLoop(node);
  if (loop?.type !== 'for_in_statement') return false;
  if (form !== 'continue' && node.parent?.lastNamedChild?.id !== node.id) return false;
  return words.namesIo(code);
}

/** The statements of a block with those of its `if` blocks in their place. */
function flatStatements(block: SyntaxNode, depth = 0): SyntaxNode[] {
  return block.namedChildren.flatMap((statement) => {
    if (statement.type === 'comment') return [];
    const inner = depth < 3 && /^(?:if|for_in)_statement$/.test(statement.type) ? (statement.childForFieldName('consequence') ?? statement.childForFieldName('body')) : undefined;
    if (!inner) return [statement];
    return inner.type === 'statement_block' ? flatStatements(inner, depth + 1) : [inner];
  });
}

function countStatements(node: SyntaxNode): number {
  return node.descendantsOfType(STATEMENTS).filter((statement) => !/declaration$/.test(statement.type) || statement.parent?.type !== 'for_statement').length;
}

function isOneStep(guarded: SyntaxNode): boolean {
  return countStatements(guarded) <= 3;
}

/** The last call of a chain: `a.b().c(d)` gives `c(d)`. */
function lastCall(code: string): string {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const char = code[at];
    if (char === ')' || char === ']' || char === '}') depth++;
    else if (char === '(' || char === '[' || char === '{') depth--;
    else if (char === '.' && depth === 0) return code.slice(at + 1);
  }
  return code;
}

/** A comment behind a node on the line on which the node ends. */
function commentBehind(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const { line, character } = source.positionAt(node.endIndex);
  const behind = /^[\s;,)\]}]*(\/\/.*|\/\*.*\*\/)/.exec(source.lineText(line).slice(character))?.[1];
  return behind ? [behind] : [];
}

/** Comments on lines of their own directly above the line on which a node starts. */
function commentsAbove(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const found: string[] = [];
  for (let line = source.lineAt(node.startIndex) - 1; line >= 0; line--) {
    const text = source.lineText(line).trim();
    if (!/^(?:\/\/|\/\*|\*)/.test(text)) break;
    found.unshift(text);
  }
  return found.length > 0 ? [found.join('\n')] : [];
}

function commentsAtStartOf(file: ParsedFile, block: SyntaxNode): string[] {
  const first = block.firstNamedChild;
  return first?.type === 'comment' ? [textOf(file, first)] : [];
}

/** A comment between the last statement of the try block and its `catch` speaks of the failure. */
function commentsAtEndOf(file: ParsedFile, block: SyntaxNode): string[] {
  const last = block.lastNamedChild;
  return last?.type === 'comment' && waives([textOf(file, last)]) ? [textOf(file, last)] : [];
}

function commentsWithin(file: ParsedFile, call: SyntaxNode): string[] {
  const given = call.childForFieldName('arguments');
  if (!given || !/\/[/*]/.test(textOf(file, given))) return [];
  return given.descendantsOfType('comment').map((comment) => textOf(file, comment));
}

function trimmedEnd(file: ParsedFile, start: number, end: number): number {
  return start + file.source.slice(start, end).trimEnd().length;
}

function textOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
