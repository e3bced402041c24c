import type { Command } from 'commander';
import { compareText } from '../core/rule/finding';
import { type RuleDescription, rulesWithMetadata, UsageError } from '../session/index';

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

function chosen(id: string | undefined): readonly RuleDescription[] {
  const rules = rulesWithMetadata();
  if (id === undefined) return rules;
  const rule = rules.find((one) => one.meta.id === id);
  if (!rule)
    throw new UsageError(`no rule is called "${id}"; the rules are ${rules.map((one) => one.meta.id).join(', ')}`);
  return [rule];
}

function renderRulesJson(rules: readonly RuleDescription[]): string {
  const rows = rules.map(({ meta, options, docs }) => ({
    id: meta.id,
    title: meta.title,
    languages: meta.languages,
    severity: meta.severity,
    profile: meta.profile,
    options,
    cures: meta.cures,
    docs,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function renderRules(rules: readonly RuleDescription[], inDetail: boolean): string {
  const width = Math.max(...rules.map((rule) => rule.meta.id.length));
  const lines = rules.map(({ meta }) => `${meta.id.padEnd(width)}  ${meta.title}`);
  if (!inDetail) return `${lines.join('\n')}\n`;
  return `${rules.map(describe).join('\n\n')}\n`;
}

function describe({ meta, options, docs }: RuleDescription): string {
  const severity =
    typeof meta.severity === 'string'
      ? meta.severity
      : Object.entries(meta.severity)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', ');
  const rows = Object.entries(options).sort((a, b) => compareText(a[0], b[0]));
  return [
    `${meta.id}: ${meta.title}`,
    `  languages  ${meta.languages.join(', ')}`,
    `  severity   ${severity}`,
    `  profile    ${meta.profile}`,
    ...(rows.length > 0 ? ['  options'] : []),
    ...rows.map(([name, option]) => `    ${name} = ${JSON.stringify(option.default)}  ${option.description ?? ''}`),
    `  docs       ${docs}`,
  ].join('\n');
}
