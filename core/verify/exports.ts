import { isTakenAsAttribute } from '../edit/python/imports/still-named';
import { VerificationFailure } from '../edit/refusal';
import type { Snapshot } from '../edit/snapshot';
import { IMPORTS_ID, type ImportFact } from '../facts/imports';
import type { ModuleResolver } from '../modules/resolver';
import type { ImportedName } from '../semantics/model';
import { literalPattern } from '../text/pattern';
import type { Candidate, CandidateFile } from './candidate';

/**
 * The other half of check 4: what other files take from the touched ones is still there, and no import brings a new cycle.
 * @throws VerificationFailure `unresolved-name`, `import-cycle`
 */
export async function checkExports(candidate: Candidate, snapshot: Snapshot): Promise<void> {
  for (const one of candidate.files) checkCycles(one, snapshot.modules);
  for (const one of candidate.files) {
    const vanished = vanishedNames(one);
    if (vanished.length > 0) await checkImporters(one, vanished, candidate, snapshot);
  }
}

function checkCycles({ file, before, after }: CandidateFile, modules: ModuleResolver): void {
  const known = new Set(before?.semantics.imports.filter(isAtImportTime).map(({ module }) => module));
  for (const imported of after.semantics.imports) {
    if (known.has(imported.module) || !isAtImportTime(imported)) continue;
    for (const target of modules.resolve(file, imported.module)) {
      const cycle = modules.wouldCloseCycle(file, target);
      if (cycle)
        throw new VerificationFailure('import-cycle', { module: imported.module, file, cycle: cycle.join(' -> ') });
    }
  }
}

const isAtImportTime = ({ lazy, typeOnly }: ImportedName): boolean => !lazy && !typeOnly;

/** Module-level names that the file had and has no more. */
function vanishedNames({ before, after }: CandidateFile): string[] {
  if (!before) return [];
  const now = after.semantics.root.bindings;
  return [...before.semantics.root.bindings.values()]
    .filter((binding) => binding.writes.length > 0 && !((now.get(binding.name)?.writes.length ?? 0) > 0))
    .map(({ name }) => name);
}

async function checkImporters(
  { file }: CandidateFile,
  vanished: readonly string[],
  candidate: Candidate,
  snapshot: Snapshot,
): Promise<void> {
  for (const importer of snapshot.files) {
    if (importer === file) continue;
    for (const { module, names, line } of importsOf(importer, candidate, snapshot)) {
      const name = vanished.find((one) => names.includes(one));
      const isWhole = names.length === 0 || names.includes('*');
      if ((name === undefined && !isWhole) || !snapshot.modules.resolve(importer, module).includes(file)) continue;
      const used = name ?? (await nameIn(importer, file, vanished, names.includes('*'), candidate, snapshot));
      if (used !== undefined)
        throw new VerificationFailure('unresolved-name', { name: used, line: line + 1, file: importer });
    }
  }
}

/** What a file imports after the change. */
function importsOf(
  file: string,
  candidate: Candidate,
  snapshot: Snapshot,
): readonly Pick<ImportFact, 'module' | 'names' | 'line'>[] {
  const touched = candidate.get(file);
  if (!touched) return (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
  return touched.after.semantics.imports.map(({ module, member, start }) => ({
    module,
    names: member === undefined ? [] : [member],
    line: touched.after.source.lineAt(start),
  }));
}

/**
 * The first of the names that the text holds: a module that is imported whole may be asked for any of them, in Python as its attribute.
 * @param from the module's file
 * @param isOpened whether the file has the names as its own, by `from m import *`
 */
async function nameIn(
  file: string,
  from: string,
  names: readonly string[],
  isOpened: boolean,
  candidate: Candidate,
  snapshot: Snapshot,
): Promise<string | undefined> {
  const { source } = candidate.get(file)?.after ?? (await snapshot.open(file));
  const isMember = file.endsWith('.py') && !isOpened;
  return names.find((name) =>
    isMember
      ? isTakenAsAttribute(name, from, source.text)
      : new RegExp(`(?<![\\w$])${literalPattern(name)}(?![\\w$])`).test(source.text),
  );
}
