import type { Severity } from './finding';

/** What holds for one rule in one folder, after all configuration is merged. */
export interface RuleSettings {
  readonly enabled: boolean;
  /** Overrides the rule's own severity: for all cases, or by case. */
  readonly severity?: Severity | Readonly<Record<string, Severity>>;
  /** Parsed by the rule's own schema. */
  readonly options: unknown;
}

/** Everything that the user decided about one file. */
export interface FileSettings {
  readonly isTest: boolean;
  rule(id: string): RuleSettings;
}

export type SettingsLookup = (file: string) => FileSettings;

/** The severity of a finding: the user's for its case or for the rule, else the rule's own. */
export function severityOf(settings: RuleSettings, caseName: string, own: Severity): Severity {
  const override = settings.severity;
  if (override === undefined) return own;
  return typeof override === 'string' ? override : (override[caseName] ?? own);
}
