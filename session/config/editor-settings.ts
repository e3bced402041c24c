import { z } from 'zod';
import { CONFIG_SCHEMA, type Config } from './schema';
import { describeIssue } from './validate';

const DIAGNOSTICS = z.strictObject({ scope: z.enum(['openFiles', 'workspace']).optional() });
/** What an editor's section `seamline` may hold: a configuration, and what only an editor asks. */
const SCHEMA = CONFIG_SCHEMA.extend({ diagnostics: DIAGNOSTICS.optional() });

/** An editor's settings, as far as they can be used. */
export interface EditorSettings {
  /** Below every configuration file. */
  readonly config: Config;
  /** Whose diagnostics are shown. */
  readonly scope: 'openFiles' | 'workspace';
  /** What was left out: `seamline.rules.mixed-io.kinds: expected an int, found "two"`. */
  readonly problems: readonly string[];
}

/** Whether an object has anything of ours, by its keys. */
export const speaksOfUs = (section: object): boolean => Object.keys(section).some((key) => key in SCHEMA.shape);

/**
 * Reads the section `seamline` of an editor's settings. In a file a wrong value is an error that stops everything, because it can be pointed
 * at; here each wrong value is left out by itself, and all others hold.
 * @param section plain data, as it came from the client; nulls and empty lists stand for what nobody has set
 */
export function readEditorSettings(section: object): EditorSettings {
  const value = withoutUnset(section);
  const problems: string[] = [];
  for (let result = SCHEMA.safeParse(value); !result.success; result = SCHEMA.safeParse(value)) {
    const { path, text } = describeIssue(result.error.issues[0]!, value, Object.keys(SCHEMA.shape));
    problems.push(`${['seamline', ...path].map(String).join('.')}: ${text}`);
    if (!takeOut(value, path)) return { config: {}, scope: 'openFiles', problems };
  }
  // The parsed value would hold every default of a rule that has an entry; what was set is what is merged.
  const { diagnostics, ...config } = value as Config & z.infer<typeof SCHEMA>;
  return { config, scope: diagnostics?.scope ?? 'openFiles', problems };
}

/** A copy without nulls, and without empty lists at its top. */
function withoutUnset(section: object): Record<string, unknown> {
  const copy = JSON.parse(JSON.stringify(section), (_, value) => value ?? undefined) as Record<string, unknown>;
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value) && value.length === 0) delete copy[key];
  return copy;
}

/** Removes the value at a path; whether there was one. */
function takeOut(value: unknown, path: readonly PropertyKey[]): boolean {
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  const last = path.at(-1);
  if (!isObject(holder) || last === undefined || !(last in holder)) return false;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return true;
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;
