import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SEVERITIES } from '../core/rule/finding';
import { CONFIG_SCHEMA } from '../session/config/schema';
import { type RuleListing, rulesWithMetadata } from '../session/rules';

type JsonObject = Readonly<Record<string, unknown>>;

/** A setting of the extension: its JSON schema, and the English texts that its `%placeholders%` stand for. */
interface Setting {
  readonly key: string;
  readonly schema: JsonObject;
  readonly texts: Readonly<Record<string, string>>;
}

/** The keys of `seamline.json` that are settings of the editor, too; rules have settings of their own. */
const GENERAL = ['profile', 'exclude', 'tests', 'deferTo'] as const;
const DEFAULTS: JsonObject = { profile: 'default', exclude: [], tests: [], deferTo: [] };

/** The schema speaks of files; settings hold for a folder, below all files. */
const DESCRIPTIONS: Readonly<Record<(typeof GENERAL)[number], string>> = {
  profile:
    'Which rules run: "full" adds those that are off by default. A configuration file in the workspace counts more.',
  exclude: 'Files and folders that are not looked at: patterns as in .gitignore, relative to the folder.',
  tests:
    'Files that are tests, beside those with the usual names: patterns as in .gitignore, relative to the folder; "!pattern" says that a file is none.',
  deferTo:
    'Linters that win where their own settings switch the same check on: the finding is left out. Settings that are code are not run.',
};

/** Texts that several settings share. */
const SHARED: Readonly<Record<string, string>> = {
  'settings.severity.default': 'As the rule has it.',
  'settings.severity.off': 'The rule does not run.',
  'settings.rules.title': 'Rules',
};

/** `package.json` with the settings that the schemas of the configuration and of the rules' options declare. */
export async function manifest(path: string): Promise<string> {
  const old = JSON.parse(await readFile(path, 'utf8')) as { contributes: JsonObject };
  const configuration = [
    { title: 'Seamline', order: 1, properties: propertiesOf([scopeSetting(), ...generalSettings()]) },
    { title: '%settings.rules.title%', order: 2, properties: propertiesOf(rulesWithMetadata().flatMap(ruleSettings)) },
  ];
  return json({ ...old, contributes: { ...old.contributes, configuration } });
}

/** `package.nls.json` with the English texts of the settings; the other texts are written by hand. */
export async function manifestTexts(path: string): Promise<string> {
  const old = Object.entries(JSON.parse(await readFile(path, 'utf8')) as Record<string, string>);
  const settings = [scopeSetting(), ...generalSettings(), ...rulesWithMetadata().flatMap(ruleSettings)];
  const byHand = old.filter(([key]) => !key.startsWith('settings.'));
  return json({
    ...Object.fromEntries(byHand),
    ...SHARED,
    ...Object.assign({}, ...settings.map(({ texts }) => texts)),
  });
}

function propertiesOf(settings: readonly Setting[]): JsonObject {
  return Object.fromEntries(
    settings.map(({ key, schema }, order) => [`seamline.${key}`, { ...schema, scope: 'resource', order }]),
  );
}

function scopeSetting(): Setting {
  const key = 'diagnostics.scope';
  const name = `settings.${key}`;
  return {
    key,
    schema: {
      type: 'string',
      enum: ['openFiles', 'workspace'],
      enumDescriptions: [`%${name}.openFiles%`, `%${name}.workspace%`],
      default: 'openFiles',
      description: `%${name}%`,
    },
    texts: {
      [name]:
        'The files whose findings stand in the list of problems. The Refactor Plan always shows the whole workspace.',
      [`${name}.openFiles`]: 'Files that are open.',
      [`${name}.workspace`]: 'All files of the workspace.',
    },
  };
}

function generalSettings(): Setting[] {
  const { properties } = z.toJSONSchema(CONFIG_SCHEMA, { io: 'input' }) as {
    properties: Record<string, JsonObject>;
  };
  return GENERAL.map((key) =>
    describedSetting(key, { ...properties[key], default: DEFAULTS[key], description: DESCRIPTIONS[key] }),
  );
}

/** The severity of a rule, one for each of its cases where it has several, and its options. */
function ruleSettings({ meta, optionsSchema }: RuleListing): Setting[] {
  const key = `rules.${meta.id}`;
  const name = `settings.${key}.severity`;
  const severity: Setting = {
    key: `${key}.severity`,
    schema: {
      type: 'string',
      enum: ['default', 'off', ...SEVERITIES],
      enumDescriptions: ['%settings.severity.default%', '%settings.severity.off%', ...SEVERITIES.map(() => '')],
      default: 'default',
      description: `%${name}%`,
    },
    texts: { [name]: `${meta.title}: the severity of its findings.` },
  };
  const options = Object.entries((optionsSchema.properties ?? {}) as Record<string, JsonObject>);
  return [
    severity,
    ...(typeof meta.severity === 'string' ? [] : [caseSetting(key, Object.keys(meta.severity))]),
    ...options.map(([option, schema]) => describedSetting(`${key}.${option}`, schema)),
  ];
}

function caseSetting(rule: string, cases: readonly string[]): Setting {
  const name = `settings.${rule}.severityByCase`;
  const one = { type: 'string', enum: SEVERITIES };
  return {
    key: `${rule}.severityByCase`,
    schema: {
      type: 'object',
      properties: Object.fromEntries(cases.map((id) => [id, one])),
      additionalProperties: false,
      default: {},
      description: `%${name}%`,
    },
    texts: { [name]: `Severities by case (${cases.join(', ')}), where the severity above is "default".` },
  };
}

function describedSetting(key: string, { description, maximum, ...schema }: JsonObject): Setting {
  const name = `settings.${key}`;
  // zod states the largest safe integer, which tells nobody anything.
  const limit = maximum === Number.MAX_SAFE_INTEGER || maximum === undefined ? {} : { maximum };
  return {
    key,
    schema: { ...schema, ...limit, description: `%${name}%` },
    texts: { [name]: String(description ?? '') },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
