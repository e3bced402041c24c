import { type CodeTarget, type TargetKind, targetFor } from '../../../../core/edit/python/new-module/target';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { PythonModel } from '../../../../core/semantics/python/index';

/** Modules of validators. */
const VALIDATORS: TargetKind = {
  existing: /(?:^|\/)(?:\w*_)?(?:validators?|validations?)(?:\.py|\/__init__\.py)$/,
  best: /(?:^|\/)validat(?:ors?|ions?)(?:\.py|\/)/,
  fits: validates,
  staysInOneFile: true,
  newNames: ['validators.py', 'validation.py', 'shared_validators.py'],
};

/**
 * Where the shared function goes.
 * @throws Refusal `import-cycle`, `no-common-package`, `file-exists`, `not-python`
 */
export function validatorsModule(
  files: readonly string[],
  into: string | undefined,
  snapshot: Snapshot,
): Promise<CodeTarget> {
  return targetFor(files, into, VALIDATORS, snapshot);
}

/** Whether a module holds functions of its own, or nothing yet. */
function validates(document: Document): boolean {
  const bindings = [...(document.semantics as PythonModel).root.bindings.values()];
  return bindings.length === 0 || bindings.some(({ kind }) => kind === 'function');
}
