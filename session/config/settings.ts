import ignore, { type Ignore } from 'ignore';
import type { Severity } from '../../core/rule/finding';
import type { AnyRule } from '../../core/rule/rule';
import type { FileSettings, RuleSettings, SettingsLookup } from '../../core/rule/settings';
import { isTestPath } from '../../core/rule/test-path';
import type { Profile } from '../types';
import type { Linter } from './defer/equivalents';
import type { Config } from './schema';

/** A checked configuration and the folder that it holds for; the root is the empty string. */
export interface FolderConfig {
  readonly folder: string;
  readonly config: Config;
  /** The file that it was read from, relative to the root. */
  readonly origin?: string;
}

/** What the command line says above all configuration. */
export interface Overrides {
  readonly profile?: Profile;
  readonly rules?: readonly string[];
}

export interface Settings {
  readonly lookup: SettingsLookup;
  /** The linters that win over our rules for a file. */
  readonly deferTo: (file: string) => readonly Linter[];
  /** The rules that run in at least one folder. */
  readonly rules: readonly AnyRule[];
}

/**
 * Merges configurations, with `base` below them all: each key is taken from the nearest folder that names it, a rule's entry as a whole; `exclude` adds up (and is
 * the discovery's business).
 * @param baseFolder the folder that the patterns of `base` are relative to, below which all files lie
 */
export function resolveSettings(
  configs: readonly FolderConfig[],
  overrides: Overrides,
  registered: readonly AnyRule[],
  base: Config = {},
  baseFolder = '',
): Settings {
  const byFolder = new Map<string, MergedConfig>([
    ['', new MergedConfig(undefined, { folder: baseFolder, config: base }, overrides, registered)],
  ]);
  for (const one of [...configs].sort((a, b) => a.folder.length - b.folder.length)) {
    byFolder.set(one.folder, new MergedConfig(nearestOf(byFolder, one.folder), one, overrides, registered));
  }
  const folderCache = new Map<string, MergedConfig>();
  const fileCache = new Map<string, FileSettings>();
  const mergedFor = (file: string): MergedConfig => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    let merged = folderCache.get(folder);
    if (!merged) {
      merged = nearestOf(byFolder, folder);
      folderCache.set(folder, merged);
    }
    return merged;
  };
  const lookup: SettingsLookup = (file) => {
    const known = fileCache.get(file);
    if (known) return known;
    const settings = mergedFor(file).forFile(file);
    fileCache.set(file, settings);
    return settings;
  };
  const all = [...byFolder.values()];
  return {
    lookup,
    deferTo: (file) => mergedFor(file).deferTo,
    rules: registered.filter((rule) => all.some((merged) => merged.rules.get(rule.meta.id)?.enabled)),
  };
}

function nearestOf(byFolder: ReadonlyMap<string, MergedConfig>, folder: string): MergedConfig {
  for (let at = folder; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const merged = byFolder.get(at);
    if (merged) return merged;
  }
  return byFolder.get('')!;
}

const OFF: RuleSettings = { enabled: false, options: undefined };

class MergedConfig {
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly deferTo: readonly Linter[];
  private readonly profile: Profile;
  private readonly entries: Config['rules'];
  private readonly tests: { readonly folder: string; readonly patterns: Ignore } | undefined;

  constructor(
    above: MergedConfig | undefined,
    { folder, config }: FolderConfig,
    overrides: Overrides,
    registered: readonly AnyRule[],
  ) {
    this.profile = overrides.profile ?? config.profile ?? above?.profile ?? 'default';
    this.deferTo = config.deferTo ?? above?.deferTo ?? [];
    this.entries = { ...above?.entries, ...config.rules };
    this.tests = config.tests ? { folder, patterns: ignore().add([...config.tests]) } : above?.tests;
    this.rules = new Map(registered.map((rule) => [rule.meta.id, this.settingsOf(rule, overrides)]));
  }

  forFile(file: string): FileSettings {
    return { isTest: this.isTest(file), rule: (id) => this.rules.get(id) ?? OFF };
  }

  private settingsOf(rule: AnyRule, overrides: Overrides): RuleSettings {
    const entry = this.entries?.[rule.meta.id];
    // A rule that is named on the command line runs, whatever else is said of it; its severity and options still hold.
    const enabled = overrides.rules
      ? overrides.rules.includes(rule.meta.id)
      : entry === undefined
        ? rule.meta.profile === 'default' || this.profile === 'full'
        : entry !== 'off';
    if (typeof entry === 'object') {
      const { severity, ...options } = entry;
      return { enabled, options: rule.options.parse(options), ...(severity ? { severity: severity as Severity } : {}) };
    }
    const options = rule.options.parse({});
    return entry === undefined || entry === 'off'
      ? { enabled, options }
      : { enabled, options, severity: entry as Severity };
  }

  private isTest(file: string): boolean {
    if (this.tests) {
      const { folder, patterns } = this.tests;
      const verdict = verdictOf(patterns, folder === '' ? file : file.slice(folder.length + 1));
      if (verdict !== undefined) return verdict;
    }
    return isTestPath(file);
  }
}

/** What patterns say about a path or, where they say nothing of it, about the nearest folder above that they speak of. */
function verdictOf(patterns: Ignore, path: string): boolean | undefined {
  for (let at = path; at !== ''; at = parentOf(at)) {
    const { ignored, unignored } = patterns.test(at);
    if (ignored || unignored) return ignored;
  }
  return undefined;
}

/** The folder above, with a slash at its end; empty at the top. */
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
