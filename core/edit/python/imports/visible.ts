import type { ImportedName } from '../../../semantics/model';
import type { PythonBinding, PythonModel, PythonScope } from '../../../semantics/python/index';
import type { SyntaxNode } from '../../../syntax/node';
import type { Document } from '../../snapshot';
import type { Meanings } from './meaning';
import { importAround } from './statement';

/** Why the name that an import binds can or cannot be used at a place. */
export type Verdict = 'usable' | 'hidden' | 'rebound' | 'type-only' | 'conditional' | 'late';

/** Whether code at a place may use what an import binds. */
export function verdictOn(imported: ImportedName, at: number, document: Document, meanings: Meanings): Verdict {
  const model = document.semantics as PythonModel;
  const scope = model.scopeAt(at);
  const binding = model.lookup(imported.local, scope);
  if (!binding?.writes.some((write) => write.imported?.start === imported.start)) return 'hidden';
  if (!bindsOnly(binding, imported, meanings)) return 'rebound';
  const statement = importAround(document.root, imported.start);
  if (!statement) return 'hidden';
  const condition = conditionAround(statement);
  const isBehind = statement.endIndex <= at;
  const isInside = condition !== undefined && isBehind && at < condition.endIndex;
  if (imported.typeOnly) return isInside || scope.unevaluated ? 'usable' : 'type-only';
  // In a function the import must have run before, whatever calls what.
  if (!isBehind && (binding.scope.kind !== 'module' || runsOnImport(scope))) return 'late';
  return condition === undefined || isInside ? 'usable' : 'conditional';
}

/** Whether all that is ever written to a name are imports of one and the same thing. */
export function bindsOnly(binding: PythonBinding, imported: ImportedName, meanings: Meanings): boolean {
  const key = meanings.imported(imported);
  return binding.writes.every((write) => write.imported && meanings.imported(write.imported) === key);
}

/** Whether code in a scope runs when its module is imported; annotations count, because Python before 3.14 evaluates them at once. */
export function runsOnImport(scope: PythonScope): boolean {
  for (let at: PythonScope | undefined = scope; at; at = at.parent)
    if (at.kind === 'function' || at.kind === 'lambda' || at.unevaluated) return false;
  return true;
}

/** The block of an `if`, `try`, `with` or loop around a statement, as far as its function, class or module. */
export function conditionAround(statement: SyntaxNode): SyntaxNode | undefined {
  const block = statement.parent;
  if (block?.type !== 'block') return undefined;
  const owner = block.parent?.type;
  return owner === 'function_definition' || owner === 'class_definition' ? undefined : block;
}
