import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Place } from '../../../../core/rule/finding';
import type { PythonModel, PythonOccurrence, PythonScope } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { type Callback, callbackAt } from '../../python';
import { isWithin } from '../../python-captured';

/** The callback of a finding, with the function around it. */
export interface Site extends Callback {
  readonly document: Document;
  readonly model: PythonModel;
  readonly name: string;
  /** The statement that defines it: with its decorators. */
  readonly statement: SyntaxNode;
  readonly outer: SyntaxNode;
  readonly outerScope: PythonScope;
  /** `Class.method` around it. */
  readonly symbol: string;
  /** What it is handed to, as the finding says. */
  readonly passedTo: readonly string[];
}

/** @throws Refusal `unparsed-syntax` */
export function siteOf({ finding, document }: CureRequest): Site {
  const start = document.source.offsetAt(finding.range.start);
  const callback = callbackAt(start, document);
  const outer = callback && enclosingPythonFunction(callback.node);
  if (!callback || outer?.type !== 'function_definition' || outer.hasError)
    throw new Refusal('unparsed-syntax', { line: finding.range.start.line + 1, file: document.file }, finding);
  const { node, binding } = callback;
  return {
    ...callback,
    document,
    model: document.semantics as PythonModel,
    name: binding.name,
    statement: node.parent?.type === 'decorated_definition' ? node.parent : node,
    outer,
    outerScope: binding.scope,
    symbol: finding.symbol ?? '',
    passedTo: finding.data.passedTo as readonly string[],
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

/** Whether an occurrence belongs to the callback's own code; its defaults and annotations are evaluated outside, but stand within. */
export function isInside({ start }: { readonly start: number }, { node }: Site): boolean {
  return node.startIndex <= start && start < node.endIndex;
}

/** Whether an occurrence stands in a function within the one around the callback, the callback's own code left out. */
export function isInOtherClosure(one: PythonOccurrence, site: Site): boolean {
  if (isInside(one, site)) return false;
  for (let at: PythonScope | undefined = one.scope; at && at !== site.outerScope; at = at.parent)
    if ((at.kind === 'function' || at.kind === 'lambda' || at.block === 'generator') && isWithin(at, site.outerScope))
      return true;
  return false;
}

/** Context managers that may end their body early and go on. */
const SWALLOWS = /\b(?:suppress|raises|ignor\w*|catch\w*|timeout\w*|move_on_\w+)\b/;

/** Whether the definition has certainly run when an expression is evaluated that comes after it. */
export function isAfterDefinition(node: SyntaxNode, { statement, document }: Site): boolean {
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
