import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { nameOf, type PythonHandler, textOf } from './handler';
import { visibleBinding } from './logger';

/** A function of the project that takes a message: `log("...", "WARN")`. */
export interface LogFunction {
  readonly name: string;
  /** How the level is given, as in the module's own calls: ` level="WARN"` without the blank; undefined where none is given. */
  readonly level: string | undefined;
}

const NAME = /^_*log(?:_(?:message|msg|event|line|warning|warn|error|debug))?$/;
const MESSAGE = /^_*(?:msg|message|text|line|event|s|m|fmt|what|content)$/;
const WANTED = { warning: [/warn/i, /err/i, /info/i], debug: [/debug|trace|verbose/i, /info/i, /warn/i] };

/** A log function that the module calls with one message, and perhaps a level; not the one in which the handler stands. */
export function findLogFunction(handler: PythonHandler, level: 'warning' | 'debug'): LogFunction | undefined {
  const { model } = handler;
  for (const { name } of model.root.bindings.values()) {
    if (!NAME.test(name)) continue;
    const binding = visibleBinding(name, handler);
    if (binding?.scope !== model.root || !takesMessage(binding, handler)) continue;
    const calls = callsOf(binding, handler);
    if (calls.length === 0) continue;
    const levels = calls.flatMap((call) => levelOf(call, handler) ?? []);
    // A call with more than a message and a level says something that cannot be guessed.
    if (calls.some((call) => argumentsOf(call).length > 2)) continue;
    const chosen = WANTED[level]
      .map((pattern) => levels.find((one) => pattern.test(one)))
      .find((one) => one !== undefined);
    const isOptional = calls.some((call) => argumentsOf(call).length === 1);
    if (chosen !== undefined || isOptional) return { name, level: chosen };
  }
  return undefined;
}

function takesMessage(binding: PythonBinding, { document, statement }: PythonHandler): boolean {
  if (binding.imported) return true;
  const [write] = binding.writes;
  const definition =
    write?.role === 'function' ? document.root.descendantForIndex(write.start, write.end)?.parent : undefined;
  if (binding.writes.length !== 1 || definition?.type !== 'function_definition') return false;
  if (/^async\b/.test(textOf(document, definition))) return false;
  // What it calls in turn must not come back here: a failing log would log its failure, without end.
  const isInside = definition.startIndex <= statement.startIndex && statement.endIndex <= definition.endIndex;
  const around = functionNames(statement, document);
  const body = textOf(document, definition);
  if (isInside || around.some((name) => new RegExp(`\\b${name}\\s*\\(`).test(body))) return false;
  const first = definition.childForFieldName('parameters')?.namedChildren.find(({ type }) => type !== 'comment');
  return first !== undefined && MESSAGE.test(/^\w+/.exec(textOf(document, first))?.[0] ?? '');
}

function functionNames(node: SyntaxNode, document: PythonHandler['document']): string[] {
  const names: string[] = [];
  for (let at = node.parent; at; at = at.parent)
    if (at.type === 'function_definition') names.push(nameOf(document, at));
  return names.filter((name) => name !== '');
}

/** Calls that stand as statements of their own: what is awaited or used is no plain log call. */
function callsOf(binding: PythonBinding, { document }: PythonHandler): SyntaxNode[] {
  return binding.reads.flatMap(({ start, end }) => {
    const name = document.root.namedDescendantForIndex(start, end);
    const call =
      name?.parent?.type === 'call' && name.parent.childForFieldName('function')?.id === name.id
        ? name.parent
        : undefined;
    return call?.parent?.type === 'expression_statement' && isMessage(argumentsOf(call)[0], document) ? [call] : [];
  });
}

function isMessage(node: SyntaxNode | undefined, document: PythonHandler['document']): boolean {
  return node?.type === 'string' && !/^[a-zA-Z]*b/i.test(textOf(document, node).slice(0, 2));
}

function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  return (call.childForFieldName('arguments')?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
}

/** The level of a call as written, if it is a plain string or a name in capitals. */
function levelOf(call: SyntaxNode, { document }: PythonHandler): string | undefined {
  const given = argumentsOf(call)[1];
  const text = given ? textOf(document, given) : '';
  return /^(?:\w+\s*=\s*)?(?:"\w+"|'\w+'|(?:\w+\.)*[A-Z][A-Z_]+)$/.test(text) ? text : undefined;
}
