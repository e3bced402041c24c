import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import type { Form, Kind } from '../../handler';

interface Common {
  readonly document: Document;
  readonly model: PythonModel;
  readonly kind: Kind;
  readonly form: Form;
  readonly isCleanup: boolean;
  /** The `try` or `with` statement. */
  readonly statement: SyntaxNode;
  /** The block that it guards. */
  readonly guarded: SyntaxNode;
  /** The exception types as written; undefined for a bare `except:`. */
  readonly types: string | undefined;
  /** The `def` or `lambda` around; undefined at module level and in class bodies. */
  readonly scope: SyntaxNode | undefined;
}

/** An `except` clause that swallows. */
export interface ExceptHandler extends Common {
  readonly clause: SyntaxNode;
  /** The nodes of the types; several where parentheses are left out. */
  readonly typeNodes: readonly SyntaxNode[];
  /** The name after `as`. */
  readonly alias: string | undefined;
  readonly block: SyntaxNode;
  /** The statement that the handler swallows with: `continue`, `break`, `return`, else its `pass` or `...`. */
  readonly swallow: SyntaxNode;
  /** Whether that statement leaves the place, so that it must stay behind a log call. */
  readonly leaves: boolean;
}

/** `with suppress(...)`. */
export interface SuppressHandler extends Common {
  readonly clause: undefined;
  readonly call: SyntaxNode;
  readonly typeNodes: readonly SyntaxNode[];
}

export type PythonHandler = ExceptHandler | SuppressHandler;

/**
 * Finds the handler that a finding is about.
 * @throws Refusal `file-changed` when it is not there, `head-unclear`
 */
export function handlerOf({ finding, document }: CureRequest): PythonHandler {
  const offset = document.source.offsetAt(finding.range.start);
  const { kind, form, cleanup } = finding.data as { kind: Kind; form: Form; cleanup: boolean };
  const start = document.root.descendantForIndex(offset);
  const common = { document, model: document.semantics as PythonModel, kind, form, isCleanup: cleanup };
  const found = form === 'suppress' ? suppressAt(start, common) : exceptAt(start, common);
  if (!found) throw new Refusal('file-changed', { file: document.file });
  return found;
}

type Known = Pick<Common, 'document' | 'model' | 'kind' | 'form' | 'isCleanup'>;

function exceptAt(start: SyntaxNode | null, known: Known): ExceptHandler | undefined {
  const clause = climb(start, 'except_clause');
  const block = clause?.lastNamedChild;
  const statement = clause?.parent;
  const guarded = statement?.childForFieldName('body');
  if (!clause || !statement || !guarded || block?.type !== 'block') return undefined;
  const head = clause.namedChildren.filter(
    ({ type }) => type !== 'comment' && type !== 'block' && type !== 'line_continuation',
  );
  const pattern = head.length === 1 && head[0]!.type === 'as_pattern' ? head[0]! : undefined;
  const alias = pattern?.namedChildren.find(({ type }) => type === 'as_pattern_target');
  const typeNodes = pattern ? [pattern.firstNamedChild!] : head;
  const swallow = swallowIn(block);
  if (!swallow) return undefined;
  const first = typeNodes[0];
  return {
    ...known,
    clause,
    statement,
    guarded,
    block,
    typeNodes,
    types: first && known.document.source.slice(first.startIndex, typeNodes.at(-1)!.endIndex),
    alias: alias && known.document.source.slice(alias.startIndex, alias.endIndex),
    swallow,
    leaves: LEAVES.has(swallow.type),
    scope: enclosingPythonFunction(clause),
  };
}

const LEAVES: ReadonlySet<string> = new Set(['continue_statement', 'break_statement', 'return_statement']);

function swallowIn(block: SyntaxNode): SyntaxNode | undefined {
  const statements = block.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'line_continuation');
  return (
    statements.find(({ type }) => LEAVES.has(type)) ??
    statements.find(({ type, firstNamedChild }) => type === 'pass_statement' || firstNamedChild?.type === 'ellipsis') ??
    statements.at(-1)
  );
}

function suppressAt(start: SyntaxNode | null, known: Known): SuppressHandler | undefined {
  const call = climb(start, 'call');
  const item = call?.parent?.type === 'with_item' ? call.parent : undefined;
  const statement = item?.parent?.parent;
  const guarded = statement?.childForFieldName('body');
  if (!call || !item || statement?.type !== 'with_statement' || !guarded) return undefined;
  const { source } = known.document;
  const given = (call.childForFieldName('arguments')?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
  const others = item.parent!.namedChildren.filter(({ type }) => type === 'with_item').length - 1;
  if (others > 0 || given.some(({ type }) => type !== 'identifier' && type !== 'attribute')) {
    throw new Refusal('head-unclear', {
      head: source.slice(statement.startIndex, item.parent!.endIndex).replace(/\s+/g, ' '),
    });
  }
  const names = given.map((one) => source.slice(one.startIndex, one.endIndex));
  return {
    ...known,
    clause: undefined,
    call,
    statement,
    guarded,
    typeNodes: given,
    types: names.length > 1 ? `(${names.join(', ')})` : names[0],
    scope: enclosingPythonFunction(call),
  };
}

function climb(start: SyntaxNode | null, type: string): SyntaxNode | undefined {
  let at = start;
  while (at && at.type !== type) at = at.parent;
  return at ?? undefined;
}

/** @throws Refusal `comment-would-be-lost` when a comment stands in a range that is to be written anew */
export function refuseComment({ document, statement }: PythonHandler, start: number, end: number): void {
  const comment = statement
    .descendantsOfType('comment')
    .find(({ startIndex }) => start <= startIndex && startIndex < end);
  if (!comment) return;
  const line = document.source.lineAt(comment.startIndex) + 1;
  throw new Refusal('comment-would-be-lost', { comment: textOf(document, comment), line, file: document.file });
}

export function textOf({ source }: Pick<Document, 'source'>, node: SyntaxNode): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** Where the handler is evaluated: names are looked up from here. */
export function placeOf({ clause, statement }: PythonHandler): number {
  return (clause ?? statement).startIndex;
}

/** The class whose body holds a node's function (or the node itself), with no other function in between. */
export function enclosingClass(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition') return at;
    if (at.type === 'function_definition' || at.type === 'lambda') return undefined;
  }
  return undefined;
}

/** The method around a node, however many functions are nested in it, and its class. */
export function enclosingMethod(
  node: SyntaxNode,
): { readonly method: SyntaxNode; readonly owner: SyntaxNode } | undefined {
  for (let at = enclosingPythonFunction(node); at; at = enclosingPythonFunction(at)) {
    const owner = enclosingClass(at);
    if (owner) return { method: at, owner };
  }
  return undefined;
}

export function nameOf(document: Pick<Document, 'source'>, definition: SyntaxNode): string {
  const name = definition.childForFieldName('name');
  return name ? textOf(document, name) : '';
}
