import type { PythonModel } from '../../../semantics/python/index';
import type { Document } from '../../snapshot';
import type { CodeTarget } from './target';

/** A place that will name a new definition. */
export interface UsePlace {
  readonly document: Document;
  readonly at: number;
}

/** Whether a name means nothing yet: in the module where its definition goes, and wherever it will be used. */
export function isFreeName(name: string, target: CodeTarget, uses: readonly UsePlace[]): boolean {
  if (target.document && isKnown(name, target.document)) return false;
  if ([...new Set(uses.map(({ document }) => document))].some((one) => isKnown(name, one))) return false;
  return uses.every(({ document, at }) => {
    const model = document.semantics as PythonModel;
    return !model.lookup(name, model.scopeAt(at));
  });
}

/** Whether a module binds a name, or expects it from elsewhere. */
function isKnown(name: string, { semantics, source }: Document): boolean {
  return (
    semantics.root.bindings.has(name) ||
    semantics.unresolved.some(({ start, end }) => source.slice(start, end) === name)
  );
}
