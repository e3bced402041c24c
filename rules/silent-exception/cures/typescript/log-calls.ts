import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../core/syntax/typescript';
import { type LoggedCall, logCallReader } from '../logged-call';
import { textOf } from './handler';

/** A call on something that looks like a logger; its receiver is without `?`, and `caught` undefined outside of handlers. */
export interface LogCall extends LoggedCall {
  /** Written as `logger?.warn(...)`. */
  readonly isOptional: boolean;
  readonly args: readonly SyntaxNode[];
}

const METHODS =
  'trace|silly|debug|verbose|log|info|notice|warn|warning|error|fatal|critical|exception|appendLine|warnException|logError|logWarning';
const LEVELS: ReadonlySet<string> = new Set(METHODS.split('|'));

/** `logger`, `log`, `LOG`, `this.logger`, `this.#log`, `ctx.logger`, `authLogger`, `console`, `outputChannel`. */
const LOGGER = String.raw`(?:[\w$]*[lL]og(?:ger)?|LOG|LOGGER|[\w$]+_(?:log|logger|LOG|LOGGER)|[\w$]*[oO]utput(?:Channel)?|[cC]hannel)`;
const RECEIVER = new RegExp(`^(?:console|(?:(?:this|[\\w$]+)\\.)?[#_$]*${LOGGER})$`);

/** Whether a variable or field is called as loggers are. */
export const isLoggerName = (name: string): boolean => new RegExp(`^[#_$]*${LOGGER}$`).test(name);

/** All log calls of a file, in document order. */
export const logCallsOf = logCallReader<LogCall>(METHODS, 'call_expression', logCall);

function logCall(document: Document, call: SyntaxNode): LogCall | undefined {
  const callee = call.childForFieldName('function');
  const property = callee?.type === 'member_expression' ? callee.childForFieldName('property') : undefined;
  const object = callee?.childForFieldName('object');
  const given = call.childForFieldName('arguments');
  if (!callee || !object || !property || given?.type !== 'arguments') return undefined;
  const method = textOf(document, property);
  const receiver = textOf(document, object).replace(/[?!](?=\.|$)/g, '');
  if (!LEVELS.has(method) || !RECEIVER.test(receiver)) return undefined;
  if (/^Math\b/.test(receiver)) return undefined;
  return {
    receiver,
    receiverNode: object,
    isOptional: /\?\.\s*[\w$]+$/.test(textOf(document, callee)),
    method,
    args: given.namedChildren.filter(({ type }) => type !== 'comment'),
    caught: caughtAround(document, call),
    start: call.startIndex,
    function: enclosingTypeScriptFunction(call),
    owner: enclosingClass(call),
  };
}

const CLASS = /^(?:abstract_class_declaration|class_declaration|class)$/;

/** The class around a node. */
export function enclosingClass(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (CLASS.test(at.type)) return at;
  return undefined;
}

/** The name of the error where a call stands in a `catch` clause, or in a callback of `.catch(...)`. */
function caughtAround(document: Document, node: SyntaxNode): string | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'catch_clause') {
      const parameter = at.childForFieldName('parameter');
      return parameter?.type === 'identifier' ? textOf(document, parameter) : undefined;
    }
    if (!/function|method_definition/.test(at.type)) continue;
    const call = at.parent?.type === 'arguments' ? at.parent.parent : undefined;
    const callee = call?.childForFieldName('function');
    if (!callee || !/(?:\.catch|^catchError)$/.test(textOf(document, callee))) return undefined;
    const parameter = at.childForFieldName('parameter') ?? at.childForFieldName('parameters')?.firstNamedChild;
    return parameter ? /^[\w$]+/.exec(textOf(document, parameter))?.[0] : undefined;
  }
  return undefined;
}
