import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Scope } from '../../../../core/semantics/model';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingTypeScriptFunction, enclosingTypeScriptSymbol } from '../../../../core/syntax/typescript';
import type { Form, Kind } from '../../handler';
import { enclosingStatement } from '../../typescript-syntax';

interface Common {
  readonly document: Document;
  readonly model: TypeScriptModel;
  readonly kind: Kind;
  readonly form: Form;
  readonly isCleanup: boolean;
  /** The `try` statement, or the statement with the call of `.catch` or `catchError`. */
  readonly statement: SyntaxNode;
  /** The guarded block, or the promise; undefined for streams. */
  readonly guarded: SyntaxNode | undefined;
  /** The function around; undefined at module level. */
  readonly scope: SyntaxNode | undefined;
  /** In which names of the code around the handler are looked up. */
  readonly names: Scope;
  /** The parameter that takes the error, whatever its form. */
  readonly parameter: SyntaxNode | undefined;
}

/** A handler in braces. */
export interface BlockHandler extends Common {
  readonly shape: 'clause' | 'block';
  /** The `catch` clause, or the function. */
  readonly node: SyntaxNode;
  readonly block: SyntaxNode;
  /** `continue`, `break`, `return`, or the empty statement; undefined where the block has no statement. */
  readonly swallow: SyntaxNode | undefined;
}

/** `() => null`, or a function that is only named: `noop`. */
export interface ExpressionHandler extends Common {
  readonly shape: 'arrow' | 'name';
  readonly node: SyntaxNode;
  /** Whether somebody could see the value that stands for the failure. */
  readonly isValueUsed: boolean;
}

export type TypeScriptHandler = BlockHandler | ExpressionHandler;

export const hasBlock = (handler: TypeScriptHandler): handler is BlockHandler => 'block' in handler;

/**
 * Finds the handler that a finding is about.
 * @throws Refusal `file-changed` when it is not there
 */
export function handlerOf({ finding, document }: CureRequest): TypeScriptHandler {
  const offset = document.source.offsetAt(finding.range.start);
  const { kind, form, cleanup } = finding.data as { kind: Kind; form: Form; cleanup: boolean };
  const known = { document, model: document.semantics as TypeScriptModel, kind, form, isCleanup: cleanup };
  const start = document.root.descendantForIndex(offset, offset + 1);
  const found = kind === 'promise' ? callbackAt(start, known) : clauseAt(start, known);
  if (!found) throw new Refusal('file-changed', { file: document.file });
  return found;
}

type Known = Pick<Common, 'document' | 'model' | 'kind' | 'form' | 'isCleanup'>;

function clauseAt(start: SyntaxNode | null, known: Known): BlockHandler | undefined {
  const clause = climb(start, 'catch_clause');
  const block = clause?.childForFieldName('body');
  const statement = clause?.parent;
  const guarded = statement?.childForFieldName('body');
  if (!clause || !block || !statement || !guarded) return undefined;
  return {
    ...known,
    shape: 'clause',
    node: clause,
    block,
    statement,
    guarded,
    swallow: swallowIn(block),
    parameter: clause.childForFieldName('parameter') ?? undefined,
    scope: enclosingTypeScriptFunction(clause),
    names: known.model.scopeAt(statement.startIndex),
  };
}

function callbackAt(start: SyntaxNode | null, known: Known): TypeScriptHandler | undefined {
  const call = climb(start, 'call_expression');
  const callee = call?.childForFieldName('function');
  const node = call?.childForFieldName('arguments')?.namedChildren.find(({ type }) => type !== 'comment');
  if (!call || !callee || !node) return undefined;
  const common = {
    ...known,
    node,
    statement: enclosingStatement(call),
    guarded: callee.childForFieldName('object') ?? undefined,
    scope: enclosingTypeScriptFunction(call),
    names: known.model.scopeAt(node.startIndex),
  };
  if (node.type !== 'arrow_function' && node.type !== 'function_expression')
    return { ...common, shape: 'name', parameter: undefined, isValueUsed: false };
  const parameter = firstParameter(node);
  const body = node.childForFieldName('body');
  if (body?.type === 'statement_block')
    return { ...common, shape: 'block', parameter, block: body, swallow: swallowIn(body) };
  return { ...common, shape: 'arrow', parameter, isValueUsed: isUsed(call) };
}

/** The pattern of a function's first parameter; a `this` parameter is none. */
function firstParameter(definition: SyntaxNode): SyntaxNode | undefined {
  const single = definition.childForFieldName('parameter');
  if (single) return single;
  const first = definition.childForFieldName('parameters')?.namedChildren.find(({ type }) => type !== 'comment');
  return first && (first.childForFieldName('pattern') ?? first.childForFieldName('left') ?? first);
}

function swallowIn(block: SyntaxNode): SyntaxNode | undefined {
  const statements = block.namedChildren.filter(({ type }) => type !== 'comment');
  return statements.find(({ type }) => LEAVES.has(type)) ?? statements.at(-1);
}

const LEAVES: ReadonlySet<string> = new Set(['continue_statement', 'break_statement', 'return_statement']);

/** Whether a statement leaves the place, so that it must stay behind a log call. */
export const leaves = ({ type }: SyntaxNode): boolean => LEAVES.has(type);

/** Whether the value of a call goes anywhere. */
function isUsed(call: SyntaxNode): boolean {
  let at = call.parent;
  while (at && /^(?:await_expression|unary_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  return at?.type !== 'expression_statement';
}

function climb(start: SyntaxNode | null, type: string): SyntaxNode | undefined {
  for (let at = start; at; at = at.parent) if (at.type === type) return at;
  return undefined;
}

export function textOf({ source }: Document, node: SyntaxNode): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** The function around, with its class: `Store.load`; outside of functions the file's name. */
export function ownerOf({ document, statement }: TypeScriptHandler): string {
  const path = enclosingTypeScriptSymbol(statement, document.source)?.split('.').slice(-2) ?? [];
  // Of functions within functions the inner one says enough.
  const owner = path.length === 2 && !/^[A-Z]/.test(path[0]!) ? path.slice(1) : path;
  const name = owner.join('.').replace(/["'`[\]#]/g, '');
  return name === '' ? document.file.slice(document.file.lastIndexOf('/') + 1) : name;
}

const CALLS = ['call_expression', 'new_expression'];

/** What the single call of the guarded code calls, as written but for `this.`; undefined where there are several calls, or more code. */
export function singleCallee({ document, guarded }: TypeScriptHandler): string | undefined {
  if (!guarded) return undefined;
  const code =
    guarded.type === 'statement_block' ? guarded.namedChildren.filter(({ type }) => type !== 'comment') : [guarded];
  const [only] = code;
  if (code.length !== 1 || !only || /^(?:if|for|for_in|while|do|switch|try|function)_/.test(only.type))
    return undefined;
  const calls = only.descendantsOfType(CALLS);
  const callee =
    calls.length === 1 ? (calls[0]!.childForFieldName('function') ?? calls[0]!.childForFieldName('constructor')) : null;
  const text = callee ? textOf(document, callee).replace(/[?!](?=\.|$)/g, '') : '';
  if (!/^(?:[\w$#]+\s*\.\s*)*[\w$#]+$/.test(text)) return undefined;
  const name = text
    .replace(/\s+/g, '')
    .replace(/^this\./, '')
    .replaceAll('#', '');
  return calls[0]!.type === 'new_expression' ? `new ${name}` : name;
}
