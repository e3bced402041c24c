import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Place } from '../../../../core/rule/finding';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type IoCall, ioCallsOf } from '../../collect';
import { PYTHON_LANGUAGE } from '../../python';

/** The class or function of a finding and the calls of it that are to move. */
export interface Subject {
  readonly document: Document;
  readonly model: PythonModel;
  readonly unit: SyntaxNode;
  readonly isClass: boolean;
  /** `Class` or `Class.method`, as the finding says. */
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
export function subjectOf({ finding, document, choices }: CureRequest): Subject {
  const { root, source } = document;
  const at = source.offsetAt(finding.range.start);
  let unit = root.descendantForIndex(at, at);
  while (unit && unit.type !== 'class_definition' && unit.type !== 'function_definition') unit = unit.parent;
  if (!unit || unit.startIndex > at) throw new Refusal('nothing-to-change');
  const { startIndex, endIndex } = unit;
  const all = ioCallsOf(document, PYTHON_LANGUAGE).filter((one) => one.start >= startIndex && one.end <= endIndex);
  const lineOf = (call: IoCall): number => source.lineAt(call.start) + 1;
  const { places } = choices;
  for (const { file, line } of places ?? []) {
    if (file !== document.file || !all.some((call) => lineOf(call) === line))
      throw new Refusal('unknown-place', { file, line });
  }
  const chosen = places ? all.filter((call) => places.some(({ line }) => line === lineOf(call))) : all;
  const calls = chosen.filter(({ kind }) => kind !== 'database');
  if (calls.length === 0) throw new Refusal('database-only', { line: lineOf(all[0]!), file: document.file });
  return {
    document,
    model: document.semantics as PythonModel,
    unit,
    isClass: unit.type === 'class_definition',
    symbol: finding.symbol ?? '',
    calls,
    all,
  };
}

export function textOf({ source }: Document, node: { readonly startIndex: number; readonly endIndex: number }): string {
  return source.slice(node.startIndex, node.endIndex);
}

/** A place of a node or range, for refusals and notes. */
export function placeAt(document: Document, node: { readonly startIndex: number; readonly endIndex: number }): Place {
  return { file: document.file, range: document.source.rangeOf(node) };
}

export function lineAt({ source }: Document, offset: number): number {
  return source.lineAt(offset) + 1;
}
