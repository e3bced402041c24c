import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { type IoCall, ioCallsOf } from '../../../collect';
import { TYPESCRIPT_LANGUAGE } from '../../../typescript';
import { headOf, unitsOf } from '../../../units';

/** The class or function of a finding and the calls of it that are to move. */
export interface Subject {
  readonly document: Document;
  readonly model: TypeScriptModel;
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
export function subjectOf({ finding, document, choices }: CureRequest): Subject {
  const at = document.source.offsetAt(finding.range.start);
  const found = unitsOf(document).find((one) => headOf(one, document).start === at);
  if (!found) throw new Refusal('nothing-to-change');
  const { node: unit, start, end, isClass } = found;
  const all = ioCallsOf(document, TYPESCRIPT_LANGUAGE).filter((one) => one.start >= start && one.end <= end);
  const lineOf = (call: IoCall): number => document.source.lineAt(call.start) + 1;
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
  const model = document.semantics as TypeScriptModel;
  return { document, model, unit, isClass, symbol: finding.symbol ?? '', calls, all };
}
