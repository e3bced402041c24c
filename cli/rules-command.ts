import type { Command } from 'commander';
import { REFUSALS } from '../core/edit/refusal';
import { compareText } from '../core/rule/finding';
import { type RuleListing, rulesWithMetadata, UsageError } from '../session/index';

/** Declares `seamline rules`. */
export function addRulesCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('rules')
    .description('list the rules, or describe one')
    .argument('[id]', 'id of a rule')
    .option('--json', 'print as JSON')
    .action((id: string | undefined, options: { json?: boolean }) => {
      const rules = chosen(id);
      process.stdout.write(options.json ? renderRulesJson(rules) : renderRules(rules, id !== undefined));
      finish(0);
    });
}

function chosen(id: string | undefined): readonly RuleListing[] {
  const rules = rulesWithMetadata();
  if (id === undefined) return rules;
  const rule = rules.find((one) => one.meta.id === id);
  if (!rule)
    throw new UsageError(`no rule is called "${id}"; the rules are ${rules.map((one) => one.meta.id).join(', ')}`);
  return [rule];
}

/** Where a rule's page lies in the package. */
const docsOf = (rule: RuleListing) => `rules/${rule.meta.id}/README.md`;

interface OptionListing {
  readonly type: string;
  readonly default: unknown;
  readonly description: string;
}

/** Name, type, default and meaning of each option, read off the rule's JSON schema. */
function optionsOf(rule: RuleListing): Record<string, OptionListing> {
  const properties = (rule.optionsSchema.properties ?? {}) as Record<string, { type?: string; description?: string }>;
  const rows = Object.entries(properties).sort((a, b) => compareText(a[0], b[0]));
  return Object.fromEntries(
    rows.map(([name, { type = 'any', description = '' }]) => [
      name,
      { type, default: rule.defaults[name], description },
    ]),
  );
}

function renderRulesJson(rules: readonly RuleListing[]): string {
  const rows = rules.map((rule) => ({
    id: rule.meta.id,
    title: rule.meta.title,
    languages: rule.meta.languages,
    severity: rule.meta.severity,
    profile: rule.meta.profile,
    options: optionsOf(rule),
    cures: rule.meta.cures.map((cure) => ({
      id: cure.id,
      title: cure.title,
      languages: cure.languages,
      refusals: [...Object.keys(REFUSALS), ...Object.keys(cure.refusals)].sort(compareText),
    })),
    docs: docsOf(rule),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function renderRules(rules: readonly RuleListing[], inDetail: boolean): string {
  if (inDetail) return `${rules.map(describe).join('\n\n')}\n`;
  const width = Math.max(...rules.map((rule) => rule.meta.id.length));
  return `${rules.map(({ meta }) => `${meta.id.padEnd(width)}  ${meta.title}`).join('\n')}\n`;
}

function describe(rule: RuleListing): string {
  const { meta } = rule;
  const severity =
    typeof meta.severity === 'string'
      ? meta.severity
      : Object.entries(meta.severity)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', ');
  const options = Object.entries(optionsOf(rule));
  return [
    `${meta.id}: ${meta.title}`,
    `  languages  ${meta.languages.join(', ')}`,
    `  severity   ${severity}`,
    `  profile    ${meta.profile}`,
    ...(options.length > 0 ? ['  options'] : []),
    ...options.map(([name, option]) => `    ${name} = ${JSON.stringify(option.default)}  ${option.description}`),
    ...(meta.cures.length > 0 ? ['  cures'] : []),
    ...meta.cures.map((cure) => `    ${cure.id}  ${cure.title} (${cure.languages.join(', ')})`),
    `  docs       ${docsOf(rule)}`,
  ].join('\n');
}
