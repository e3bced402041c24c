import { z } from 'zod';
import { SEVERITIES } from '../../core/rule/finding';
import type { AnyRule, RuleMeta } from '../../core/rule/rule';
import { RULES } from '../registry';
import { LINTERS, type Linter } from './defer/equivalents';

const severity = z.enum(SEVERITIES as ['error', 'warning', 'information', 'hint']);
const pattern = z.string().min(1);

/** The schema of one rule's entry: a level, or an object with the rule's options and a severity. */
function ruleSchema(rule: AnyRule): z.ZodType {
  if (!(rule.options instanceof z.ZodObject))
    throw new TypeError(`options of ${rule.meta.id} must be a z.strictObject`);
  const level = z.enum(['off', ...SEVERITIES]);
  return z
    .union([level, rule.options.extend({ severity: severitySchema(rule.meta).optional() })])
    .describe(rule.meta.title);
}

function severitySchema(meta: RuleMeta): z.ZodType {
  const all = severity.describe('Severity of the findings.');
  if (typeof meta.severity === 'string') return all;
  const cases = Object.keys(meta.severity).map((name) => [name, severity.optional()]);
  return z.union([severity, z.strictObject(Object.fromEntries(cases))]).describe('One severity, or one for each case.');
}

/** Everything that a configuration may hold; each rule brings the schema of its own options. */
export const CONFIG_SCHEMA = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors.'),
  profile: z
    .enum(['default', 'full'])
    .optional()
    .describe('"full" also runs the rules that are off by default. The nearest configuration that names one counts.'),
  exclude: z
    .array(pattern)
    .optional()
    .describe(
      'Files and folders that are not audited: patterns as in .gitignore, relative to this file. Added to those of the folders above.',
    ),
  tests: z
    .array(pattern)
    .optional()
    .describe(
      'Files that are tests, beside those with the usual names: patterns as in .gitignore, relative to this file; "!pattern" says that a file is none. The nearest configuration that names some counts.',
    ),
  deferTo: z
    .array(z.enum(LINTERS))
    .optional()
    .describe(
      'Linters that win where their settings switch the same check on: our finding is left out. Only declared settings count (ruff.toml, pyproject.toml; .pylintrc, setup.cfg; .eslintrc in JSON or YAML, package.json), code is never run. The nearest configuration that names some counts; [] defers to none.',
    ),
  rules: z
    .strictObject(Object.fromEntries(RULES.map((rule) => [rule.meta.id, ruleSchema(rule).optional()])))
    .optional()
    .describe(
      'By rule: "off", a severity, or an object with options. The nearest configuration that names a rule counts for it.',
    ),
});

/** The options of one rule, as the schema above accepts them. */
export interface RuleEntryObject {
  readonly severity?: string | Readonly<Record<string, string>>;
  readonly [option: string]: unknown;
}

/** A configuration that has passed the schema. */
export interface Config {
  readonly profile?: 'default' | 'full';
  readonly exclude?: readonly string[];
  readonly tests?: readonly string[];
  readonly deferTo?: readonly Linter[];
  readonly rules?: Readonly<Record<string, string | RuleEntryObject | undefined>>;
}

/** The JSON schema that editors use to complete and check `seamline.json`. */
export function configJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(CONFIG_SCHEMA, { io: 'input' });
  return {
    $schema,
    title: 'Seamline',
    description: 'Configuration of Seamline.',
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  };
}
