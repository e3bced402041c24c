import { availableParallelism } from 'node:os';
import type { EngineName } from '../core/syntax/engine';
import { resolveSettings, type Settings } from './config/settings';
import { type Discovery, discover } from './discovery';
import { chooseEngine } from './engines';
import { namedConfig } from './named-config';
import { didYouMean } from './nearest';
import { RULES } from './registry';
import { folderOf, resolveScope, type Scope } from './root';
import { type AuditRequest, UsageError } from './types';

const MAX_DEFAULT_JOBS = 4;

/** What is to be done, checked in every respect before anything is analysed. */
export interface Survey {
  /** What the caller asked for. */
  readonly scope: Scope;
  /** What is analysed: the same, or the whole root. */
  readonly analysed: Scope;
  readonly discovery: Discovery;
  readonly settings: Settings;
  readonly engine: EngineName;
  readonly jobs: number;
}

/**
 * Finds the root, the files and the configuration of a request.
 * @param isWhole whether everything below the root is analysed, whatever the paths say
 * @throws UsageError when a path, a rule, an option or a configuration is wrong
 */
export async function survey(request: AuditRequest, isWhole: boolean): Promise<Survey> {
  checkRules(request.rules);
  const jobs = jobsOf(request.jobs);
  const engine = chooseEngine(request.engine);
  const scope = await resolveScope(request.paths, request.cwd);
  const named =
    request.configFile === undefined ? undefined : await namedConfig(request.configFile, request.cwd, scope.root);
  const analysed = isWhole ? wholeOf(scope.root) : scope;
  const discovery = await discover(analysed, named, request.signal, request.base?.exclude);
  const settings = resolveSettings(discovery.configs, request, RULES, request.base, folderOf(scope));
  return { scope, analysed, discovery, settings, engine, jobs };
}

/** Everything below a root. */
export const wholeOf = (root: string): Scope => ({ root, targets: [{ path: '', isFolder: true }] });

/** @throws UsageError */
export function checkRules(rules: readonly string[] = []): void {
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
