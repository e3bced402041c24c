import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction } from '../../core/syntax/python';
import { fallback } from './aftermath';
import { explains, waives, waivesStrictly } from './comments';
import type { OwnNames } from './cures/own-names';
import { isDroppedByContract } from './function-head';
import { type Body, type Form, type HandlerFact, type Kind, tellsCaller } from './handler';
import { fact } from './python-fact';
import { isForgiven } from './python-reasons';
import { statementsAfter, textOf } from './python-syntax';
import { CONTROL_EXCEPTIONS, HANG_UPS, OWN_SIGNALS, PRAGMA, TRANSFERS } from './vocabulary';
import { logs, namesIo } from './words';

const SILENT_BODY = /^(?:pass|\.\.\.|continue|break|return|["']|[rRbBuU]{1,2}["'])/;

/** Judges one `except` clause; undefined unless it swallows. */
export function pythonHandler(file: ParsedFile, clause: SyntaxNode, own: OwnNames): HandlerFact | undefined {
  const { source } = file;
  const block = clause.lastNamedChild;
  if (block?.type !== 'block' || !SILENT_BODY.test(source.slice(block.startIndex, block.startIndex + 8)))
    return undefined;
  const body = readBody(file, block);
  const attempt = clause.parent;
  const guarded = attempt?.childForFieldName('body');
  if (!body || !attempt || !guarded) return undefined;
  const parts = clause.namedChildren;
  const head = parts.filter((part) => part.type !== 'comment' && part.type !== 'block');
  const caught = typesOf(head.map((part) => textOf(file, part)).join(', '));
  const kind = kindOf(caught);
  const comments = [
    ...body.comments,
    ...commentsAbove(file, clause),
    ...parts.filter((part) => part.type === 'comment').map((part) => textOf(file, part)),
  ];
  const onTry = commentsOnHead(file, attempt);
  // What stands behind a remark for tools at `try:` is the reason for that remark.
  const pragmas = onTry.filter((comment) => comment.search(PRAGMA) >= 0);
  if (explains([...comments, ...pragmas]) || waives([...commentsAbove(file, attempt), ...onTry])) return undefined;
  const code = textOf(file, guarded);
  const scope = enclosingPythonFunction(clause);
  if (isDroppedByContract(file, scope)) return undefined;
  if (kind === 'narrow' && (isControlFlow(file, caught, scope, attempt) || isHangUp(caught, body, code)))
    return undefined;
  if (body.value !== undefined && body.value.length > 2 && tellsCaller(body.value)) return undefined;
  if (siblings(attempt, clause).some((other) => isOutspoken(file, other, kind))) return undefined;
  if (waives(commentsBehind(attempt).map((part) => textOf(file, part)))) return undefined;
  if (isForgiven(file, { clause, attempt, guarded, body, code, scope, isBare: kind === 'bare' })) return undefined;
  const colon = clause.children.find((child) => child.type === ':');
  return fact(
    file,
    {
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
      isAnswer: isAnswer(file, attempt, scope, body, code),
    },
    own,
  );
}

/** Judges one `with suppress(Exception):`; undefined where it is narrow or explained. */
export function pythonSuppress(file: ParsedFile, call: SyntaxNode, own: OwnNames): HandlerFact | undefined {
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
  const inside = [...statement.namedChildren, ...guarded.namedChildren]
    .filter((part) => part.type === 'comment')
    .map((part) => textOf(file, part));
  if (explains(commentsOnHead(file, statement)) || waives([...commentsAbove(file, statement), ...inside]))
    return undefined;
  const code = textOf(file, guarded);
  const scope = enclosingPythonFunction(call);
  if (isDroppedByContract(file, scope)) return undefined;
  if (
    isForgiven(file, {
      clause: statement,
      attempt: statement,
      guarded,
      body: { form: 'suppress', comments: [] },
      code,
      scope,
    })
  )
    return undefined;
  return fact(
    file,
    {
      kind: 'broad',
      form: 'suppress',
      start: call.startIndex,
      end: call.endIndex,
      extentEnd: source.text.indexOf('\n', call.endIndex),
      node: statement,
      guarded,
      code,
      scope,
    },
    own,
  );
}

/** Whether a narrow handler answers a question: `return False`, or None for a malformed value where the type has it; also behind `pass`. */
function isAnswer(
  file: ParsedFile,
  attempt: SyntaxNode,
  scope: SyntaxNode | undefined,
  body: Body,
  code: string,
): boolean {
  const value = body.value ?? fallback(statementsAfter(file, attempt, 1)[0], '').constant;
  if (value === 'True' || value === 'False') return true;
  const type = scope?.childForFieldName('return_type');
  return value === 'None' && !!type && /\bNone\b|\bOptional\b/.test(textOf(file, type)) && !namesIo(code);
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
      else if (only?.type === 'string' && !textOf(file, only).startsWith('f'))
        comments.push(textOf(file, only).replace(/^\w*["']+|["']+$/g, ''));
      else return undefined;
    } else if (statement.type !== 'pass_statement') return undefined;
  }
  return value === undefined ? { form, comments } : { form, value, comments };
}

const ATOMS = new Set(['none', 'true', 'false', 'integer', 'float', 'ellipsis']);
const CONTAINERS = new Set([
  'tuple',
  'expression_list',
  'list',
  'set',
  'dictionary',
  'pair',
  'parenthesized_expression',
  'unary_operator',
  'concatenated_string',
]);

function isConstant(file: ParsedFile, node: SyntaxNode): boolean {
  const text = textOf(file, node);
  if (text.length > 200) return false;
  if (ATOMS.has(node.type)) return true;
  if (node.type === 'string') return !/^\w*[fFtT]\w*["']/.test(text);
  if (node.type === 'call') return /^(?:dict|list|set|tuple|str|frozenset|int|bytes)\(\)$/.test(text);
  return (
    CONTAINERS.has(node.type) &&
    node.namedChildren.every((child) => child.type === 'comment' || isConstant(file, child))
  );
}

/** The last names of the exception types that a head lists. */
function typesOf(head: string): string[] {
  return (head.replace(/\s+as\s+\w+\s*$/, '').match(/[\w.]+/g) ?? []).map((name) =>
    name.slice(name.lastIndexOf('.') + 1),
  );
}

function kindOf(caught: readonly string[]): Kind {
  if (caught.length === 0) return 'bare';
  return caught.some((name) => name === 'Exception' || name === 'BaseException') ? 'broad' : 'narrow';
}

function isControlFlow(
  file: ParsedFile,
  caught: readonly string[],
  scope: SyntaxNode | undefined,
  attempt: SyntaxNode,
): boolean {
  const reach = scope ?? file.root;
  return caught.every(
    (name) =>
      CONTROL_EXCEPTIONS.test(name) ||
      // Defined in this file, for its callbacks to raise.
      (OWN_SIGNALS.test(name) && new RegExp(`^class[ \\t]+${name}\\b`, 'm').test(file.source.text)) ||
      (name === 'CancelledError' && /\.cancel\(/.test(file.source.slice(reach.startIndex, attempt.endIndex))),
  );
}

/** Whether the loop that serves a connection ends because the other side went away: a named way for it to end. */
function isHangUp(caught: readonly string[], { form }: Body, code: string): boolean {
  if (form !== 'break' && form !== 'return-constant') return false;
  if (!caught.some((name) => HANG_UPS.test(name))) return false;
  return (
    caught.every((name) => HANG_UPS.test(name) || /^(?:OSError|IOError|EnvironmentError|error)$/.test(name)) &&
    TRANSFERS.test(code)
  );
}

/** Handlers and `else` beside this one. */
function siblings(attempt: SyntaxNode, clause: SyntaxNode): SyntaxNode[] {
  return attempt.namedChildren.filter(
    (child) => (child.type === 'except_clause' || child.type === 'else_clause') && child.id !== clause.id,
  );
}

/** A handler that raises; beside one for named exceptions, a handler that logs: then the two were told apart. */
function isOutspoken(file: ParsedFile, clause: SyntaxNode, kind: Kind): boolean {
  if (kind === 'narrow' && clause.type === 'except_clause') {
    const statements = clause.lastNamedChild?.namedChildren ?? [];
    if (statements.some((one) => logs(textOf(file, one)) || /\blog\w*\(|\bdisplay\b/.test(textOf(file, one))))
      return true;
  }
  return /^[ \t]*raise\b|:[ \t]*raise\b/m.test(textOf(file, clause));
}

/** Comments directly behind a try, or behind the `if` or the loop that ends with it. */
function commentsBehind(attempt: SyntaxNode): SyntaxNode[] {
  for (let at: SyntaxNode | null | undefined = attempt; at; at = at.parent?.parent) {
    const next = at.nextNamedSibling;
    if (next) return next.type === 'comment' ? [next] : [];
    if (at.parent?.type !== 'block' || !/^(?:if|for)_statement$/.test(at.parent.parent?.type ?? '')) return [];
  }
  return [];
}

/** Comments that stand directly above a node, at its own indentation; above an empty line, if they speak of failure plainly. */
function commentsAbove(file: ParsedFile, node: SyntaxNode): string[] {
  const { source } = file;
  const found: string[] = [];
  const { line: first, character } = source.positionAt(node.startIndex);
  for (let line = first - 1; line >= 0; line--) {
    const text = source.lineText(line);
    if (text.charCodeAt(character) !== 35 || text.slice(0, character).trim() !== '') break;
    found.unshift(text.slice(character));
  }
  if (found.length > 0) return [found.join('\n')];
  if (source.lineText(first - 1).trim() !== '') return [];
  for (let line = first - 2; line >= 0; line--) {
    const text = source.lineText(line);
    if (text.charCodeAt(character) !== 35 || text.slice(0, character).trim() !== '') break;
    found.unshift(text.slice(character));
  }
  return waivesStrictly(found) ? [found.join('\n')] : [];
}

/** The comment behind the `:` of `try:` or `with ...:`. */
function commentsOnHead(file: ParsedFile, node: SyntaxNode): string[] {
  return node.namedChildren
    .filter(
      (child) =>
        child.type === 'comment' && file.source.lineAt(child.startIndex) === file.source.lineAt(node.startIndex),
    )
    .map((child) => textOf(file, child));
}
