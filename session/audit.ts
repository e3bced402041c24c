import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { FileFacts } from '../core/facts/collect';
import { Analysis } from '../core/index/analysis';
import { compareText } from '../core/rule/finding';
import { familyOf, languageOfPath } from '../core/syntax/language';
import { decodeText } from '../core/text/decode';
import type { KnownRecord } from './cache';
import { resolveSettings, type Settings } from './config/settings';
import { readNamedConfig } from './config/source';
import { type DiscoveredFile, discover } from './discovery';
import { chooseEngine } from './engines';
import type { FileRecord } from './examine';
import { moduleRow } from './module-row';
import { didYouMean } from './nearest';
import { RULES } from './registry';
import { ResultCache, type Verdict } from './result-cache';
import { relativePath, resolveScope } from './root';
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

  const run = await bringRecords(scope, files, { ...request, engine: engine.name, jobs });
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
    verdict = judge(files, run.records, skipped, settings);
    await results?.save(verdict);
  }

  const cpu = process.cpuUsage(cpuBefore);
  return {
    root: scope.root,
    scope: scope.targets.map(({ path }) => path || '.'),
    ...verdict,
    stats: {
      wallMs: performance.now() - started,
      cpuMs: (cpu.user + cpu.system) / 1000,
      parseMs: run.parseMs,
      filesParsed: run.filesParsed,
      filesFromCache: run.filesFromCache,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      engine: engine.name,
      ...(engine.note === undefined ? {} : { engineNote: engine.note }),
      jobs: run.jobs,
    },
    readText: (file) => readText(scope.root, file),
  };
}

/** Lets the rules judge the facts of all files: a fold. */
function judge(
  files: readonly DiscoveredFile[],
  records: (KnownRecord | undefined)[],
  discarded: readonly SkippedFile[],
  settings: Settings,
): Verdict {
  const skipped = [...discarded];
  const modules: ModuleRow[] = [];
  const analysis = new Analysis(settings.rules, settings.lookup, RULES);
  analysis.updateAll(factsOf(files, records, skipped, modules));
  return { modules, findings: analysis.findings(), skipped: skipped.sort((a, b) => compareText(a.file, b.file)) };
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

function namedConfig(path: string, cwd: string, root: string) {
  const absolute = resolve(cwd, path);
  const local = relativePath(root, absolute);
  return readNamedConfig(absolute, local.startsWith('..') ? path : local);
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
  if (language === undefined) return undefined;
  try {
    const decoded = decodeText(await readFile(join(root, file)), familyOf(language));
    return decoded.ok ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
