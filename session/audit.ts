import { join } from 'node:path';
import type { ModuleRow } from '../core/facts/audited';
import type { FileFacts } from '../core/facts/collect';
import { Analysis } from '../core/index/analysis';
import { compareText } from '../core/rule/finding';
import { languageOfPath } from '../core/syntax/language';
import type { KnownRecord } from './cache';
import { withoutDeferred } from './config/defer/index';
import type { Settings } from './config/settings';
import type { DiscoveredFile } from './discovery';
import { factsOf } from './facts';
import { moduleRow } from './module-row';
import { readDecoded } from './read-text';
import { RULES } from './registry';
import { ResultCache, type Verdict } from './result-cache';
import { bringRecords } from './run';
import { survey } from './survey';
import type { AuditRequest, AuditResult, SkippedFile } from './types';

/**
 * Audits files and folders: finds them, checks all configuration, computes the facts of each file (from the cache where its content is
 * known, else by parsing it) and lets the rules judge them.
 *
 * The result does not depend on the number of jobs, the engine or the cache, but for `stats`.
 * @throws UsageError when a path, a rule or a configuration is wrong, before anything is analysed
 */
export async function audit(request: AuditRequest): Promise<AuditResult> {
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  const { scope, discovery, settings, engine, jobs } = await survey(request, false);
  const { files, skipped, configs } = discovery;

  const run = await bringRecords(scope, files, { ...request, engine, jobs });
  const hashes = run.records.map((record) => record?.hash);
  const { base, profile, rules } = request;
  const results =
    request.useCache && !hashes.includes(undefined)
      ? ResultCache.of(scope.root, {
          content: files.map(({ file }, index) => [file, hashes[index]]),
          ...{ skipped, configs, base, profile, rules, targets: scope.targets },
        })
      : undefined;
  let verdict = await results?.load();
  if (!verdict) {
    const { isLasting, ...judged } = judge(files, run.records, skipped, settings);
    verdict = judged;
    if (isLasting) await results?.save(verdict);
  }

  const reader = (file: string) => readText(scope.root, file);
  // After the cache: settings of other linters are no part of what it knows.
  const findings = await withoutDeferred(scope.root, verdict.findings, settings.deferTo, reader);

  const cpu = process.cpuUsage(cpuBefore);
  return {
    root: scope.root,
    scope: scope.targets.map(({ path }) => path || '.'),
    ...verdict,
    findings,
    stats: {
      wallMs: performance.now() - started,
      cpuMs: (cpu.user + cpu.system) / 1000,
      parseMs: run.parseMs,
      filesParsed: run.filesParsed,
      filesFromCache: run.filesFromCache,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      engine,
      jobs: run.jobs,
    },
    readText: reader,
  };
}

/** Lets the rules judge the facts of all files: a fold. What a rule failed on is told again next time, and not kept. */
function judge(
  files: readonly DiscoveredFile[],
  records: (KnownRecord | undefined)[],
  discarded: readonly SkippedFile[],
  settings: Settings,
): Verdict & { readonly isLasting: boolean } {
  const skipped = [...discarded];
  const modules: ModuleRow[] = [];
  const analysis = new Analysis(settings.rules, settings.lookup, RULES);
  analysis.updateAll(
    withRows(
      factsOf(files, records, (one) => skipped.push(one)),
      modules,
    ),
  );
  const findings = analysis.findings();
  const failures = analysis.failures();
  for (const { file, rule, message } of failures) {
    const detail = `rule ${rule} failed here, which is a defect of Seamline: ${message}`;
    skipped.push({ file, reason: 'unreadable', detail });
  }
  const isLasting = failures.length === 0;
  return { isLasting, modules, findings, skipped: skipped.sort((a, b) => compareText(a.file, b.file)) };
}

/** Notes the row of each module on the way. */
function* withRows(
  facts: Iterable<readonly [string, FileFacts]>,
  modules: ModuleRow[],
): Generator<readonly [string, FileFacts]> {
  for (const entry of facts) {
    modules.push(moduleRow(...entry));
    yield entry;
  }
}

async function readText(root: string, file: string): Promise<string | undefined> {
  const language = languageOfPath(file);
  return language && (await readDecoded(join(root, file), language))?.text;
}
