import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { cycleOf } from '../../../../../core/edit/typescript/new-module/target';
import { IMPORTS_ID, type ImportFact } from '../../../../../core/facts/imports';
import { isTestPath } from '../../../../../core/rule/test-path';
import type { Blueprint } from './blueprint';
import type { Plan } from './plan';

/**
 * What the shared code imports must not lead back to the files that will import it.
 * @throws Refusal `import-cycle`
 */
export function refuseCycles({ carried, target }: Blueprint, files: readonly string[], snapshot: Snapshot): void {
  for (const { file, module, typeOnly } of carried) {
    if (typeOnly) continue;
    for (const found of snapshot.modules.resolve(file, module)) {
      if (found === target.file) continue;
      for (const site of files) {
        const cycle = site === target.file ? undefined : found === site ? [found] : cycleOf(found, site, snapshot);
        if (cycle)
          throw new Refusal('import-cycle', {
            module: found,
            file: target.file,
            cycle: [target.file, ...cycle, target.file].join(' > '),
          });
      }
    }
  }
}

const MOCK =
  /\b(?:jest|vi|vitest)\s*\.\s*(?:mock|doMock|unstable_mockModule)\s*\(\s*(?:import\s*\(\s*)?(["'`])([^"'`\n]+)\1/g;

/**
 * A test that replaces the module to which code moves would replace that code as well.
 * @throws Refusal `patched-name`
 */
export async function refuseMocked({ target, sites }: Plan, snapshot: Snapshot): Promise<void> {
  const stays = sites.every(({ document }) => document.file === target.file);
  if (!target.document || stays) return;
  const touched = new Set([target.file, ...sites.map(({ document }) => document.file)]);
  for (const test of snapshot.files) {
    if (!isTestPath(test) || !importsAny(test, touched, snapshot)) continue;
    const { source } = await snapshot.open(test);
    for (const hit of source.text.matchAll(MOCK)) {
      if (!snapshot.modules.resolve(test, hit[2]!).includes(target.file)) continue;
      const line = source.lineAt(hit.index);
      const at = { file: test, range: source.rangeOf({ startIndex: hit.index, endIndex: hit.index + hit[0].length }) };
      throw new Refusal('patched-name', { name: hit[2]!, test, line: line + 1 }, at);
    }
  }
}

function importsAny(file: string, targets: ReadonlySet<string>, snapshot: Snapshot): boolean {
  const facts = (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
  return facts.some(({ module }) => snapshot.modules.resolve(file, module).some((one) => targets.has(one)));
}
