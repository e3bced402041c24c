import type { ModuleRow } from '../core/facts/audited';
import type { FileFacts } from '../core/facts/collect';
import { METRICS_ID, type MetricsFact } from '../core/facts/metrics';

/** One file's line in the report's table of modules. */
export function moduleRow(file: string, facts: FileFacts): ModuleRow {
  const counts = facts.byCollector[METRICS_ID] as MetricsFact | undefined;
  return {
    file,
    language: facts.language,
    lines: facts.lines,
    classes: counts?.classes ?? 0,
    functions: counts?.functions ?? 0,
    routes: counts?.routes ?? 0,
  };
}
