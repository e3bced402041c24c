import type { z } from 'zod';
import { didYouMean } from '../nearest';
import { RULES } from '../registry';
import { UsageError } from '../types';
import { CONFIG_SCHEMA, type Config } from './schema';
import { type ConfigSource, type KeyPath, placeOf } from './source';

type Issue = z.core.$ZodIssue;

/**
 * Checks a configuration against the schema.
 * @throws UsageError that names file, line, column and key, what was expected, and the nearest name for a misspelt one
 */
export function validateConfig(source: ConfigSource): Config {
  const result = CONFIG_SCHEMA.safeParse(source.parsed.value);
  // The parsed value would hold every default of a rule that has an entry; what was written is what is merged.
  if (result.success) return source.parsed.value as Config;
  const { path, ofKey, text } = describeIssue(result.error.issues[0]!, source.parsed.value);
  const key = path.map(String).join('.');
  throw new UsageError(
    `${placeOf(source, source.parsed.offsetOf(path, ofKey))}: ${key === '' ? '' : `${key}: `}${text}`,
  );
}

/** Where a value is wrong, and what was expected. */
export interface IssueDescription {
  readonly path: KeyPath;
  /** The key is what is wrong, and not its value. */
  readonly ofKey: boolean;
  readonly text: string;
}

/**
 * Says in words what the schema complains of.
 * @param config the whole value
 * @param topKeys what may stand at its top
 */
export function describeIssue(
  issue: Issue,
  config: unknown,
  topKeys: readonly string[] = Object.keys(CONFIG_SCHEMA.shape),
): IssueDescription {
  return describe(innermost(issue, config), config, topKeys);
}

/** Of a union's branches the one that was meant: the first that did not fail for the kind of the value alone. */
function innermost(issue: Issue, config: unknown): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const isObject = typeof valueAt(config, issue.path) === 'object';
  const meant = issue.errors.find((branch) => {
    const [first] = branch;
    if (first === undefined) return false;
    // A level is no branch for an object, nor is an object one for a level.
    return first.path.length > 0 || (first.code !== 'invalid_type' && (first.code !== 'invalid_value' || !isObject));
  });
  // A value of no branch's kind: the first branch, which for a rule lists the levels.
  const inner = meant?.[0] ?? issue.errors[0]?.[0];
  return inner === undefined ? issue : innermost({ ...inner, path: [...issue.path, ...inner.path] } as Issue, config);
}

function describe(issue: Issue, config: unknown, topKeys: readonly string[]): IssueDescription {
  const value = valueAt(config, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = issue.path.length === 0 ? topKeys : knownKeys(issue.path);
    const what = issue.path.length === 1 && issue.path[0] === 'rules' ? 'rule' : 'key';
    const hint = didYouMean(key, known) || `; remove it${known.length > 0 ? ` or use one of ${list(known)}` : ''}`;
    return { path: [...issue.path, key], ofKey: true, text: `unknown ${what}${hint}` };
  }
  const found = value === undefined ? 'nothing' : shown(value);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const objectHint = issue.path.length === 2 && issue.path[0] === 'rules' ? ' or an object with options' : '';
    const hint = typeof value === 'string' ? didYouMean(value, values) : '';
    return { path: issue.path, ofKey: false, text: `expected ${list(values)}${objectHint}, found ${found}${hint}` };
  }
  if (issue.code === 'invalid_type') {
    return { path: issue.path, ofKey: false, text: `expected ${article(issue.expected)}, found ${found}` };
  }
  return { path: issue.path, ofKey: false, text: `${lowerFirst(issue.message)}, found ${found}` };
}

/** The keys that are allowed at a path below the top. */
function knownKeys(path: KeyPath): string[] {
  const [first, id, option] = path;
  if (first !== 'rules') return [];
  if (path.length === 1) return RULES.map((rule) => rule.meta.id);
  const rule = RULES.find((one) => one.meta.id === id);
  if (!rule) return [];
  if (path.length === 2) return ['severity', ...Object.keys((rule.options as z.ZodObject).shape)];
  return option === 'severity' && typeof rule.meta.severity === 'object' ? Object.keys(rule.meta.severity) : [];
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let at = value;
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
  return at;
}

function shown(value: unknown): string {
  const text =
    JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const list = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
