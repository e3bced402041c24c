import type { SettingOrigins, Settings } from '../protocol/index';

/** What the editor knows of one setting; values that nobody has set are absent. */
export interface Inspected {
  /** Without the section: `rules.silent-exception.severity`. */
  readonly key: string;
  readonly user?: unknown;
  readonly workspace?: unknown;
  readonly folder?: unknown;
}

/** What turns the key of a rule's severity into that of its severities by case. */
const BY_CASE = 'ByCase';

/** The levels of the editor's settings, the strongest first. */
const LEVELS = ['folder', 'workspace', 'user'] as const;

/**
 * The settings as `seamline.json` would say them. Only what somebody has set is told, because a configuration file stands above the
 * editor's settings, but those stand above the rules' own defaults.
 */
export function toSettings(inspected: readonly Inspected[]): Settings {
  const settings: Record<string, unknown> = {};
  const rules = new Map<string, Record<string, unknown>>();
  for (const one of inspected) {
    const origin = originOf(one);
    if (!origin) continue;
    const [head, rule, option] = one.key.split('.');
    if (head === 'rules' && rule && option) {
      const entry = rules.get(rule) ?? {};
      rules.set(rule, entry);
      entry[option] = one[origin];
    } else if (head === 'diagnostics') {
      settings.diagnostics = { scope: one[origin] };
    } else {
      settings[one.key] = one[origin];
    }
  }
  const entries = [...rules].map(([id, entry]) => [id, ruleEntry(entry)] as const);
  return entries.length > 0 ? { ...settings, rules: Object.fromEntries(entries) } : settings;
}

/** The level that each value comes from. Severities by case are told as the severity, which they are in a configuration file. */
export function toOrigins(inspected: readonly Inspected[]): SettingOrigins {
  const origins: Record<string, (typeof LEVELS)[number]> = {};
  for (const one of inspected) {
    const origin = originOf(one);
    if (origin) origins[one.key] = origin;
  }
  for (const [key, origin] of Object.entries(origins)) {
    if (key.endsWith(BY_CASE)) origins[key.slice(0, -BY_CASE.length)] ??= origin;
  }
  return origins;
}

/** Where a setting is set; "default" takes back what a weaker level says of a severity. */
function originOf(one: Inspected): (typeof LEVELS)[number] | undefined {
  const origin = LEVELS.find((level) => one[level] !== undefined && one[level] !== null);
  return origin && one[origin] === 'default' && one.key.endsWith('.severity') ? undefined : origin;
}

/** One level where all findings of a rule have it; `severityByCase` gives way to it, as one setting for all is the plainer wish. */
function ruleEntry({ severity, severityByCase, ...options }: Readonly<Record<string, unknown>>): unknown {
  if (severity === 'off') return 'off';
  const chosen = severity ?? (isFilled(severityByCase) ? severityByCase : undefined);
  return chosen === undefined ? options : { severity: chosen, ...options };
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
