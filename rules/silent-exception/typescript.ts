import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../core/syntax/typescript';
import { explains, waives, waivesStrictly } from './comments';
import { isDroppedByContract } from './function-head';
import { type HandlerFact, tellsCaller } from './handler';
import { readBlock, readHandler, SILENT_BLOCK } from './typescript-body';
import {
  commentBehind,
  commentsAbove,
  commentsAtEndOf,
  commentsAtStartOf,
  commentsInside,
  commentsWithin,
  waivesBelow,
} from './typescript-comments';
import { fact } from './typescript-fact';
import type { Narrowing } from './typescript-narrow';
import { isForgiven, isForgivenPromise } from './typescript-reasons';
import {
  closedTries,
  countOwnStatements,
  countStatements,
  enclosingStatement,
  flatStatements,
  textOf,
  trimmedEnd,
} from './typescript-syntax';
import * as words from './words';

/** Judges one `catch` clause; undefined unless it swallows. */
export function catchClause(file: ParsedFile, clause: SyntaxNode, narrowing: Narrowing): HandlerFact | undefined {
  const block = clause.lastNamedChild;
  if (
    block?.type !== 'statement_block' ||
    !SILENT_BLOCK.test(file.source.slice(block.startIndex, block.startIndex + 200))
  )
    return undefined;
  const body = readBlock(file, block);
  const attempt = clause.parent;
  const guarded = attempt?.childForFieldName('body');
  if (!body || !attempt || !guarded) return undefined;
  const comments = [
    ...body.comments,
    ...[...clause.namedChildren, ...attempt.namedChildren]
      .filter((part) => part.type === 'comment')
      .map((part) => textOf(file, part)),
    ...commentBehind(file, clause),
    ...commentsAtEndOf(file, guarded),
  ];
  if (waivesStrictly(commentsInside(file, guarded)) || waivesBelow(file, attempt)) return undefined;
  const scope = enclosingTypeScriptFunction(clause);
  if (isDroppedByContract(file, scope)) return undefined;
  const next = attempt.nextNamedSibling;
  if (next?.type === 'comment' && waives([textOf(file, next)])) return undefined;
  if (explains(comments) || waives(commentsAbove(file, attempt)) || waives(commentsAtStartOf(file, guarded)))
    return undefined;
  if (body.value !== undefined && tellsCaller(body.value)) return undefined;
  const code = textOf(file, guarded);
  if (
    /\b(?:require\w*|import)(?:\.resolve)?\s*\(/.test(code) &&
    words
      .calledNames(code)
      .every((name) => /^(?:require\w*|import\w*|resolve|default|Function|then|catch|log|info|debug)$/.test(name))
  )
    return undefined;
  if (isForgiven(file, { clause, attempt, guarded, body, code, scope })) return undefined;
  const open = openPart(file, guarded, code);
  const isExpected =
    (words.isLocalParse(open.code) && open.statements <= 10) ||
    (words.isPlain(open.code) && open.statements <= 3) ||
    (open.statements <= 3 && (words.isProbe(open.code) || words.isConversion(open.code)));
  return fact(file, {
    kind: isExpected ? 'narrow' : 'broad',
    form: body.form,
    start: clause.startIndex,
    end: trimmedEnd(file, clause.startIndex, block.startIndex),
    extentEnd: block.endIndex,
    node: attempt,
    statements: countOwnStatements(guarded),
    guardedTexts: flatStatements(guarded).map((statement) => textOf(file, statement)),
    code,
    scope,
    value: body.value,
    isNarrowable: narrowing.canNarrow(attempt, code),
  });
}

/** What of the guarded code can reach the handler: all of it but inner tries that keep their failures to themselves. */
function openPart(file: ParsedFile, guarded: SyntaxNode, code: string): { code: string; statements: number } {
  const closed = /\btry\b/.test(code) ? closedTries(file, guarded) : [];
  let open = code;
  let statements = countStatements(guarded);
  for (const inner of closed) {
    open = open.replace(textOf(file, inner), '');
    statements -= countStatements(inner) + 1;
  }
  return { code: open, statements: Math.max(1, statements) };
}

/** What `.catch(` and `catchError(` can be followed by, if it is to be silent. */
export const PROMISE_HANDLERS = new RegExp(
  [
    String.raw`(?:\.catch|\bcatchError)\s*(?:<[^<>()]*>)?\(\s*(?=`,
    String.raw`(?:async\s*)?(?:\([^()]*\)(?:\s*:[^=]{0,80})?\s*=>|[\w$]+\s*=>|function\b)`,
    String.raw`|(?:[\w$]+\.)?(?:noop|NOOP|emptyFunction|doNothing|ignore)\s*[,)])`,
  ].join(''),
  'g',
);

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
  const comments = [
    ...body.comments,
    ...commentBehind(file, call),
    ...commentBehind(file, statement),
    ...commentsWithin(file, call),
  ];
  if (explains(comments) || waivesBelow(file, statement)) return undefined;
  if ([statement, call].some((node) => waives(commentsAbove(file, node)))) return undefined;
  if (body.value !== undefined && tellsCaller(body.value)) return undefined;
  const code = receiver ? textOf(file, receiver) : '';
  const scope = enclosingTypeScriptFunction(call);
  if (isDroppedByContract(file, scope)) return undefined;
  if (receiver && isForgivenPromise(file, { receiver, code, scope, statement, callEnd: call.endIndex }))
    return undefined;
  return fact(file, {
    kind: 'promise',
    form: isOperator ? 'catch-error' : body.form,
    start: property.startIndex,
    end: call.endIndex,
    extentEnd: call.endIndex,
    node: call,
    statements: receiver ? Math.max(1, countStatements(receiver)) : 1,
    guardedTexts: receiver ? [lastCall(code)] : [],
    code: receiver ? code : streamOf(file, call),
    scope,
    value: body.value ?? (body.form === 'empty' ? 'undefined' : undefined),
  });
}

/** The stream whose errors an operator catches: what `.pipe(` is called on. */
function streamOf(file: ParsedFile, operator: SyntaxNode): string {
  const pipe = operator.parent?.type === 'arguments' ? operator.parent.parent : undefined;
  const stream = pipe?.childForFieldName('function')?.childForFieldName('object');
  return stream ? textOf(file, stream) : '';
}

/** The last call of a chain with what it is called on: `a().b.c(d)` gives `b.c(d)`; steps that only follow it are left out. */
function lastCall(code: string): string {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const char = code[at];
    if (char === ')' || char === ']' || char === '}') depth++;
    else if (char === '(' || char === '[' || char === '{') depth--;
    else if (char === '.' && depth === 0) {
      if (/^(?:then|finally)\s*\(/.test(code.slice(at + 1))) return lastCall(code.slice(0, at).trimEnd());
      return (/[\w$]*\??$/.exec(code.slice(0, at))?.[0] ?? '') + code.slice(at);
    }
  }
  return code;
}
