import { z } from 'zod';
import type { Severity } from '../core/rule/finding';
import { EQUIVALENTS } from '../session/config/defer/equivalents';
import { CONFIG_SCHEMA } from '../session/config/schema';
import { type RuleListing, rulesWithMetadata } from '../session/rules';

/** The rule index, from the rules' own metadata. */
export function rulesPage(): string {
  const rows = rulesWithMetadata().map(
    ({ meta }) =>
      `| [\`${meta.id}\`](../rules/${meta.id}/README.md) | ${meta.title} | ${meta.languages.join(', ')} | ${severities(meta.severity)} | ${meta.profile} |`,
  );
  return [
    '# Rules',
    '',
    '<!-- Written by "npm run generate"; edit the rules. -->',
    '',
    '`typescript` stands for TypeScript, TSX and JavaScript. The severity can be changed in the [configuration](configuration.md).',
    '',
    '| rule | finds | languages | severity | profile |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function severities(severity: Severity | Readonly<Record<string, Severity>>): string {
  if (typeof severity === 'string') return severity;
  return Object.entries(severity)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

/** The configuration page: its prose is here, its keys and options come from the schemas that check them. */
export function configurationPage(): string {
  const schema = z.toJSONSchema(CONFIG_SCHEMA, { io: 'input' }) as {
    properties: Record<string, { description?: string }>;
  };
  const keys = Object.entries(schema.properties).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return [
    '# Configuration',
    '',
    '<!-- Written by "npm run generate"; edit scripts/generate-pages.ts or the schemas. -->',
    '',
    'Seamline reads `seamline.json` (comments and trailing commas are allowed), the table `[tool.seamline]` of `pyproject.toml`, or the key',
    '`"seamline"` of `package.json`. Where a folder has several of them, the first of this list counts. A file in a nearer folder wins, key by',
    'key as the table says. `--config FILE` replaces all of them.',
    '',
    'Every configuration file of the audited tree is checked before any analysis. An error names file, line, column and key, says what was',
    'expected, and ends the run with exit code 2.',
    '',
    '```jsonc',
    '{',
    '  "$schema": "./node_modules/seamline/docs/schema/seamline.schema.json",',
    '  "exclude": ["legacy/"],',
    '  "rules": {',
    '    "oversized-module": { "warningLines": 1000 },',
    '    "silent-exception": { "severity": { "narrow": "information" } },',
    '    "mixed-io": "off"',
    '  }',
    '}',
    '```',
    '',
    '| key | meaning |',
    '|---|---|',
    ...keys,
    '',
    '## Rules',
    '',
    'An entry under `rules` is `"off"`, a severity (`"error"`, `"warning"`, `"information"`, `"hint"`), or an object with a `severity` (one for all',
    'findings, or one for each case of the rule) and the options of the rule.',
    ...rulesWithMetadata().flatMap(ruleSection),
    '',
    '## Suppression comments',
    '',
    '`# seamline: ignore[rule-id] -- reason` (`//` or `/* */` in TypeScript) silences a rule on its line, or alone on a line on the next line of',
    'code; several rules are separated by commas. `# seamline: ignore-file[rule-id] -- reason` silences a rule in the whole file. A comment',
    'that silences nothing is reported by `unused-suppression`. Comments of other linters count where they mean the same:',
    '',
    ...aliasLines(),
    '',
    '## Deferring to other linters',
    '',
    'With `"deferTo": ["ruff", "pylint", "eslint"]` a finding is left out where the nearest settings of that linter switch on the check that reports the',
    'same. Ruff: `.ruff.toml`, `ruff.toml` or `[tool.ruff]` of `pyproject.toml`, with `extend`; only what is selected by name or prefix counts,',
    'because its defaults depend on its version. Pylint: `pylintrc`, `.pylintrc`, their TOML forms, `[tool.pylint]` of `pyproject.toml`, or',
    'sections of its own in `setup.cfg` and `tox.ini`; its checks are on unless disabled, but not without any settings, nor where patterns',
    'of paths leave files out. ESLint: `.eslintrc.json`, `.eslintrc.yml`, `.eslintrc` or `eslintConfig` of `package.json`, with',
    '`eslint:recommended`. Configuration that is code, such as `eslint.config.js`, is never run and switches nothing on. Sonar cannot be',
    'deferred to: its rules are switched on a server, `sonar-project.properties` says nothing of them.',
    '',
    ...equivalentLines(),
    '',
  ].join('\n');
}

function ruleSection({ meta, optionsSchema, defaults }: RuleListing): string[] {
  const options = Object.entries((optionsSchema.properties ?? {}) as Record<string, { description?: string }>);
  const rows = options.map(
    ([name, { description }]) => `| \`${name}\` | \`${JSON.stringify(defaults[name])}\` | ${cell(description)} |`,
  );
  return [
    '',
    `### [\`${meta.id}\`](../rules/${meta.id}/README.md)`,
    '',
    ...(rows.length > 0 ? ['| option | default | meaning |', '|---|---|---|', ...rows] : ['No options.']),
  ];
}

function aliasLines(): string[] {
  return rulesWithMetadata().flatMap(({ meta }) => {
    const noqa = (meta.aliases?.noqa ?? []).map((code) => `\`# noqa: ${code}\``);
    const eslint = (meta.aliases?.eslint ?? []).map((code) => `\`eslint-disable-line ${code}\` (or \`-next-line\`)`);
    const all = [...noqa, ...eslint];
    return all.length > 0 ? [`- \`${meta.id}\`: ${all.join(', ')}`] : [];
  });
}

function equivalentLines(): string[] {
  return Object.entries(EQUIVALENTS).flatMap(([id, list]) =>
    list.map(({ linter, check, kinds, forms, acceptsComment }) => {
      const form = forms ? `, form ${forms.join(' or ')}` : '';
      return `- \`${id}\`, ${linter} \`${check}\`: handlers of kind ${kinds.join(' or ')}${form}${acceptsComment ? ', without a comment' : ''}`;
    }),
  );
}

function cell(text = ''): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
