import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { type LoggedCall, logCallReader } from '../logged-call';
import { enclosingMethod, textOf } from './handler';

/** A call on something that looks like a logger; `caught` is empty in a handler without a name, undefined outside of handlers. */
export interface LogCall extends LoggedCall {
  readonly positional: readonly SyntaxNode[];
  readonly keywords: readonly { readonly name: string; readonly node: SyntaxNode }[];
  /** `logger.opt(...)`, `logger.bind(...)` in between, as written. */
  readonly chain: string;
}

const METHODS = 'debug|info|warning|warn|error|critical|exception|trace|success|fatal|notice';
const LEVELS: ReadonlySet<string> = new Set(METHODS.split('|'));
/** `logger`, `_log`, `LOG`, `self.logger`, `app.logger`, `logging`. */
const RECEIVER = /^(?:(?:self|cls|app|current_app)\s*\.\s*)?_{0,2}(?:[A-Za-z]+_)?(?:log|logger|logging|LOG|LOGGER)$/;

/** All log calls of a file, in document order. */
export const logCallsOf = logCallReader<LogCall>(METHODS, 'call', logCall);

function logCall(document: Document, call: SyntaxNode): LogCall | undefined {
  const callee = call.childForFieldName('function');
  const attribute = callee?.type === 'attribute' ? callee.childForFieldName('attribute') : undefined;
  const given = call.childForFieldName('arguments');
  if (!callee || !attribute || !LEVELS.has(textOf(document, attribute)) || given?.type !== 'argument_list')
    return undefined;
  let object = callee.childForFieldName('object');
  let chain = '';
  while (object?.type === 'call') {
    const inner: SyntaxNode | null = object.childForFieldName('function');
    if (inner?.type !== 'attribute') return undefined;
    const base: SyntaxNode | null = inner.childForFieldName('object');
    if (!base) return undefined;
    chain = document.source.slice(base.endIndex, object.endIndex) + chain;
    object = base;
  }
  if (!object || !RECEIVER.test(textOf(document, object))) return undefined;
  const parts = given.namedChildren.filter(({ type }) => type !== 'comment');
  return {
    receiver: textOf(document, object).replace(/\s+/g, ''),
    receiverNode: object,
    method: textOf(document, attribute),
    positional: parts.filter(({ type }) => type !== 'keyword_argument'),
    keywords: parts
      .filter(({ type }) => type === 'keyword_argument')
      .map((node) => ({ name: nameOfKeyword(document, node), node })),
    chain,
    caught: caughtAround(document, call),
    start: call.startIndex,
    function: enclosingPythonFunction(call),
    owner: enclosingMethod(call)?.owner,
  };
}

function nameOfKeyword(document: Document, node: SyntaxNode): string {
  const name = node.childForFieldName('name');
  return name ? textOf(document, name) : '';
}

function caughtAround(document: Document, node: SyntaxNode): string | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    if (at.type !== 'except_clause') continue;
    const pattern = at.namedChildren.find(({ type }) => type === 'as_pattern');
    const target = pattern?.namedChildren.find(({ type }) => type === 'as_pattern_target');
    return target ? textOf(document, target) : '';
  }
  return undefined;
}
