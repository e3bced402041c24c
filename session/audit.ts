import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileFacts } from '../core/facts/collect';
import { Analysis } from '../core/index/analysis';
import { compareText } from '../core/rule/finding';
import { languageOfPath } from '../core/syntax/language';
import type { KnownRecord } from './cache';
import { withoutDeferred } from './config/defer/index';
import { resolveSettings, type Settings } from './config/settings';
import { type DiscoveredFile, discover } from './discovery';
import { chooseEngine } from './engines';
import type { FileRecord } from './examine';
import { moduleRow } from './module-row';
import { namedConfig } from './named-config';
import { didYouMean } from './nearest';
import { readDecoded } from './read-text';
import { RULES } from './registry';
import { ResultCache, type Verdict } from './result-cache';
import { resolveScope } from './root';
import { bringRecords } from './run';
import { type AuditRequest, type AuditResult, type ModuleRow, type SkippedFile, UsageError } from './types';

const MAX_DEFAULT_JOBS = 4;

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
  checkRules(request.rules);
  const jobs = jobsOf(request.jobs);
  const engine = chooseEngine(request.engine);
  const scope = await resolveScope(request.paths, request.cwd);
  const named =
    request.configFile === undefined ? undefined : await namedConfig(request.configFile, request.cwd, scope.root);
  const { files, skipped, configs } = await discover(scope, named, request.signal);
  const settings = resolveSettings(configs, request, RULES);

  const run = await bringRecords(scope, files, { ...request, engine, jobs });
  const hashes = run.records.map((record) => record?.hash);
  const { profile, rules } = request;
  const results =
    request.useCache && !hashes.includes(undefined)
      ? ResultCache.of(scope.root, {
          content: files.map(({ file }, index) => [file, hashes[index]]),
          ...{ skipped, configs, profile, rules, targets: scope.targets },
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
  analysis.updateAll(factsOf(files, records, skipped, modules));
  const findings = analysis.findings();
  const failures = analysis.failures();
  for (const { file, rule, message } of failures) {
    const detail = `rule ${rule} failed here, which is a defect of Seamline: ${message}`;
    skipped.push({ file, reason: 'unreadable', detail });
  }
  const isLasting = failures.length === 0;
  return { isLasting, modules, findings, skipped: skipped.sort((a, b) => compareText(a.file, b.file)) };
}

function checkRules(rules: readonly string[] = []): void {
  const ids = RULES.map((rule) => rule.meta.id);
  const unknown = rules.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(`--rule ${unknown}: no such rule${didYouMean(unknown, ids) || '; "seamline rules" lists them'}`);
}

function jobsOf(jobs: number | undefined): number {
  if (jobs === undefined) return Math.min(availableParallelism(), MAX_DEFAULT_JOBS);
  if (Number.isInteger(jobs) && jobs >= 1) return jobs;
  throw new UsageError(`--jobs ${jobs}: expected a whole number from 1`);
}

/** The facts in the order of the files; what has none is noted on the way. Each record is let go once it is read. */
function* factsOf(
  files: readonly DiscoveredFile[],
  records: (KnownRecord | undefined)[],
  skipped: SkippedFile[],
  modules: ModuleRow[],
): Generator<readonly [string, FileFacts]> {
  for (const [index, { file }] of files.entries()) {
    const record = JSON.parse(records[index]!.record()) as FileRecord;
    records[index] = undefined;
    if ('skipped' in record) {
      skipped.push({ file, ...record.skipped });
      continue;
    }
    const { facts } = record;
    modules.push(moduleRow(file, facts));
    if (facts.syntaxErrorLine !== undefined) {
      const line = facts.syntaxErrorLine + 1;
      const detail = `line ${line}: not understood; the definitions around syntax errors were left out`;
      skipped.push({ file, reason: 'syntax-error', detail });
    }
    yield [file, facts];
  }
}

async function readText(root: string, file: string): Promise<string | undefined> {
  const language = languageOfPath(file);
  return language && (await readDecoded(join(root, file), language))?.text;
}
