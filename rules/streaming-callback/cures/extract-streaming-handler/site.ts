import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Place } from '../../../../core/rule/finding';
import type {
  PythonBinding,
  PythonModel,
  PythonOccurrence,
  PythonScope,
} from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { callbackAt } from '../../python';
import { isWithin } from '../../python-captured';
import { anchorOf, capturedByAll, type Handler, handlerOf, handlersWith } from './siblings';

/** The callback of a finding, with the function around it, and the other functions that change what it keeps. */
export interface Site extends Handler {
  readonly document: Document;
  readonly model: PythonModel;
  /** All functions that become methods, in the order of the text; the callback is one of them, and mostly the only one. */
  readonly handlers: readonly Handler[];
  /** The one in whose place the object is made. */
  readonly anchor: Handler;
  readonly outer: SyntaxNode;
  readonly outerScope: PythonScope;
  /** `Class.method` around it. */
  readonly symbol: string;
  /** What it is handed to, as the finding says. */
  readonly passedTo: readonly string[];
}

/** @throws Refusal `unparsed-syntax` */
export function siteOf({ finding, document }: CureRequest): Site {
  const passedTo = finding.data.passedTo as readonly string[];
  const site = siteAt(document.source.offsetAt(finding.range.start), document, finding.symbol ?? '', passedTo);
  if (!site) throw new Refusal('unparsed-syntax', { line: finding.range.start.line + 1, file: document.file }, finding);
  return site;
}

/** @param start the offset of a nested function */
export function siteAt(
  start: number,
  document: Document,
  symbol: string,
  passedTo: readonly string[],
): Site | undefined {
  const callback = callbackAt(start, document);
  const outer = callback && enclosingPythonFunction(callback.node);
  if (!callback || outer?.type !== 'function_definition' || outer.hasError) return undefined;
  const main = handlerOf(callback);
  const handlers = handlersWith(main, outer, document);
  return {
    ...main,
    captured: capturedByAll(handlers),
    document,
    model: document.semantics as PythonModel,
    handlers,
    anchor: anchorOf(handlers),
    outer,
    outerScope: callback.binding.scope,
    symbol,
    passedTo,
  };
}

export function textOf({ source }: Document, node: { readonly startIndex: number; readonly endIndex: number }): string {
  return source.slice(node.startIndex, node.endIndex);
}

export function placeOf(document: Document, at: { readonly start: number; readonly end: number }): Place {
  return { file: document.file, range: document.source.rangeOf({ startIndex: at.start, endIndex: at.end }) };
}

export function nodeAt({ root }: Document, { start, end }: PythonOccurrence): SyntaxNode {
  return root.descendantForIndex(start, end) ?? root;
}

/** The site as each of its functions sees it. */
export function viewsOf(site: Site): Site[] {
  return site.handlers.map(({ node, scope, binding, name, statement }) => {
    return { ...site, node, scope, binding, name, statement };
  });
}

/** Whether an occurrence belongs to the functions' own code; their defaults and annotations are evaluated outside, but stand within. */
export function isInside({ start }: { readonly start: number }, { handlers }: Site): boolean {
  return handlers.some(({ node }) => node.startIndex <= start && start < node.endIndex);
}

/** Whether an occurrence stands in a function within the one around the callback, the functions that become methods left out. */
export function isInOtherClosure(one: PythonOccurrence, site: Site): boolean {
  if (isInside(one, site)) return false;
  for (let at: PythonScope | undefined = one.scope; at && at !== site.outerScope; at = at.parent)
    if ((at.kind === 'function' || at.kind === 'lambda' || at.block === 'generator') && isWithin(at, site.outerScope))
      return true;
  return false;
}

/** Context managers that may end their body early and go on. */
const SWALLOWS = /\b(?:suppress|raises|ignor\w*|catch\w*|timeout\w*|move_on_\w+)\b/;

/** Whether the object has certainly been made when an expression is evaluated that comes after it. */
export function isAfterDefinition(node: SyntaxNode, { anchor: { statement }, document }: Site): boolean {
  let block = statement.parent;
  while (
    block?.type === 'block' &&
    block.parent?.type === 'with_statement' &&
    !SWALLOWS.test(textOf(document, block.parent).split('\n', 1)[0]!)
  )
    block = block.parent.parent;
  if (node.startIndex < statement.endIndex) return false;
  for (let at: SyntaxNode | null = node.parent; at; at = at.parent) if (at.id === block?.id) return true;
  return false;
}

/** The class whose method a scope is. */
export function ownerClass(scope: PythonBinding['scope']): string | undefined {
  let at = scope.parent;
  while (at?.kind === 'type-parameters') at = at.parent;
  return at?.kind === 'class' ? at.name : undefined;
}
