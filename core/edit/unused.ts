import type { Binding } from '../semantics/model';
import { Refusal } from './refusal';
import type { Document } from './snapshot';

/**
 * Demands that the code in `[start, end)`, which is about to go, is not the last that uses an import or a local variable: linters would
 * rightly complain about what is left.
 * @throws Refusal `left-unused`
 */
export function refuseLeftUnused(document: Document, start: number, end: number): void {
  for (const scope of document.semantics.scopes) {
    for (const binding of scope.bindings.values()) {
      const isInside = (at: number) => start <= at && at < end;
      if (!isOwnBusiness(binding) || binding.reads.length === 0) continue;
      if (!binding.reads.every((read) => isInside(read.start)) || binding.writes.some((write) => isInside(write.start)))
        continue;
      const range = document.source.rangeOf({ startIndex: binding.writes[0]!.start, endIndex: binding.writes[0]!.end });
      const { file } = document;
      throw new Refusal('left-unused', { name: binding.name, line: range.start.line + 1, file }, { file, range });
    }
  }
}

/** Names of a module may be used from outside, and parameters belong to the callers. */
function isOwnBusiness({ name, kind, imported, scope, writes }: Binding): boolean {
  if (name.startsWith('_') || writes.length === 0) return false;
  if (imported) return true;
  return (kind === 'variable' || kind === 'constant') && !['module', 'class', 'namespace', 'enum'].includes(scope.kind);
}
