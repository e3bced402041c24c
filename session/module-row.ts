import type { FileFacts } from '../core/facts/collect';
import { type ModuleCounts, moduleCounts } from './module-counts';
import type { ModuleRow } from './types';

/** One file's line in the report's table of modules. */
export function moduleRow(file: string, facts: FileFacts): ModuleRow {
  const counts = facts.byCollector[moduleCounts.id] as ModuleCounts | undefined;
  return {
    file,
    language: facts.language,
    lines: facts.lines,
    classes: counts?.classes ?? 0,
    functions: counts?.functions ?? 0,
    routes: 0,
  };
}
