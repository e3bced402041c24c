import { RULES } from '../registry';
import type { Config } from './schema';
import type { FolderConfig } from './settings';

/** One value that holds for a file, and where it was set. */
export interface EffectiveValue {
  /** `profile`, `exclude`, `tests`, `deferTo`, `rules.<id>.severity` or `rules.<id>.<option>`. */
  readonly key: string;
  readonly value: unknown;
  /** A configuration file relative to the root, a level of the editor's settings, or `default`. */
  readonly origin: string;
}

const KEYS = ['profile', 'exclude', 'tests', 'deferTo'] as const;
const DEFAULTS: Readonly<Record<string, unknown>> = { profile: 'default', exclude: [], tests: [], deferTo: [] };

/**
 * The configuration that holds for a file, value by value: nearest folder first, the editor's settings below all files, the defaults
 * below everything. `exclude` adds up, so it may have several rows; the options that a rule's nearest entry leaves out are the defaults.
 * @param base the editor's settings
 * @param originOf names the level of the editor's settings that a key comes from
 */
export function effectiveConfiguration(
  configs: readonly FolderConfig[],
  base: Config,
  originOf: (key: string) => string,
  file: string,
): EffectiveValue[] {
  const isAbove = ({ folder }: FolderConfig) => folder === '' || file.startsWith(`${folder}/`);
  const chain = configs.filter(isAbove).sort((a, b) => b.folder.length - a.folder.length);
  const layers = [
    ...chain.map(({ config, origin, folder }) => ({ config, origin: () => origin ?? folder })),
    { config: base, origin: originOf },
  ];
  const rows: EffectiveValue[] = [];
  for (const key of KEYS) {
    const set = layers.filter(({ config }) => config[key] !== undefined);
    const counted = key === 'exclude' ? set : set.slice(0, 1);
    for (const { config, origin } of counted) rows.push({ key, value: config[key], origin: origin(key) });
    if (set.length === 0) rows.push({ key, value: DEFAULTS[key], origin: 'default' });
  }
  for (const { meta, options } of RULES) {
    const key = `rules.${meta.id}`;
    const layer = layers.find(({ config }) => config.rules?.[meta.id] !== undefined);
    const { severity, ...given } = entryOf(layer?.config.rules?.[meta.id]);
    const add = (name: string, value: unknown, isGiven: boolean) =>
      rows.push({
        key: `${key}.${name}`,
        value,
        origin: layer && isGiven ? layer.origin(`${key}.${name}`) : 'default',
      });
    add('severity', severity ?? 'default', severity !== undefined);
    if (severity === 'off') continue;
    for (const [name, value] of Object.entries(options.parse(given) as object)) add(name, value, name in given);
  }
  return rows;
}

/** A rule's entry in the long form. */
function entryOf(entry: NonNullable<Config['rules']>[string] | undefined): { readonly severity?: unknown } {
  return typeof entry === 'string' ? { severity: entry } : (entry ?? {});
}
