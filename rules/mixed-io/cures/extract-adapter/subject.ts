import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Place } from '../../../../core/rule/finding';
import type { SemanticModel } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type IoCall, type IoLanguage, ioCallsOf } from '../../collect';
import { headOf, unitsOf } from '../../units';

/** The class or function of a finding and the calls of it that are to move. */
export interface Subject<Model extends SemanticModel = SemanticModel> {
  readonly document: Document;
  readonly model: Model;
  readonly unit: SyntaxNode;
  readonly isClass: boolean;
  /** `Class` or `Class.method`, as the finding says; empty for a function without a name. */
  readonly symbol: string;
  /** In document order; of databases none, which are no business of adapters. */
  readonly calls: readonly IoCall[];
  /** Every I/O call of the unit. */
  readonly all: readonly IoCall[];
}

/**
 * Finds the unit of a finding again, and the calls that the user means: all but those of databases, or those that were picked.
 * @throws Refusal `unknown-place`, `database-only`, `nothing-to-change` where the file has changed since
 */
export function subjectIn<Model extends SemanticModel>(
  { finding, document, choices }: CureRequest,
  language: IoLanguage,
): Subject<Model> {
  const at = document.source.offsetAt(finding.range.start);
  const found = unitsOf(document).find((one) => headOf(one, document).start === at);
  if (!found) throw new Refusal('nothing-to-change');
  const { node: unit, start, end, isClass } = found;
  const all = ioCallsOf(document, language).filter((one) => one.start >= start && one.end <= end);
  const lineOf = (call: IoCall): number => lineAt(document, call.start);
  const { places } = choices;
  for (const { file, line } of places ?? []) {
    if (file !== document.file || !all.some((call) => lineOf(call) === line))
      throw new Refusal('unknown-place', { file, line });
  }
  const chosen = places ? all.filter((call) => places.some(({ line }) => line === lineOf(call))) : all;
  const calls = chosen.filter(({ kind }) => kind !== 'database');
  const [first] = all;
  if (!first) throw new Refusal('nothing-to-change');
  if (calls.length === 0) throw new Refusal('database-only', { line: lineOf(first), file: document.file });
  // The model of a document is that of its language, which is the one of the cure that asks.
  const model = document.semantics as Model;
  return { document, model, unit, isClass, symbol: finding.symbol ?? '', calls, all };
}

export function textOf({ source }: Document, node: { readonly startIndex: number; readonly endIndex: number }): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** A place of a node or range, for refusals and notes. */
export function placeAt(document: Document, node: { readonly startIndex: number; readonly endIndex: number }): Place {
  return { file: document.file, range: document.source.rangeOf(node) };
}

/** The line of an offset, 1-based. */
export function lineAt({ source }: Document, offset: number): number {
  return source.lineAt(offset) + 1;
}
