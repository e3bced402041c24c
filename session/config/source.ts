import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceFile } from '../../core/text/source-file';
import { UsageError } from '../types';
import { parseJsonSource } from './json-source';
import { parseTomlSource } from './toml-source';

/** Keys and indices that lead to a value inside a configuration. */
export type KeyPath = readonly PropertyKey[];

/** A configuration as it stands in a file, not yet checked, with the offsets of its parts. */
export interface ParsedConfig {
  readonly value: unknown;
  /** Offset of the value at a path or, where `ofKey` is set, of its key; of the nearest part above where there is none. */
  offsetOf(path: KeyPath, ofKey: boolean): number;
}

/** What stands in one configuration file. */
export interface ConfigSource {
  /** For messages: relative to the root where it lies inside. */
  readonly name: string;
  readonly parsed: ParsedConfig;
  readonly source: SourceFile;
}

/** Thrown by the parsers: what is wrong and where. */
export class ConfigSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

type Kind = 'seamline' | 'pyproject' | 'package';

/** By falling precedence: in one folder the first that holds a configuration counts. */
export const CONFIG_FILES: readonly { readonly base: string; readonly kind: Kind }[] = [
  { base: 'seamline.json', kind: 'seamline' },
  { base: 'pyproject.toml', kind: 'pyproject' },
  { base: 'package.json', kind: 'package' },
];

const MENTION: Readonly<Record<Kind, RegExp>> = {
  seamline: /^/,
  pyproject: /\btool\b[\s\S]*\bseamline\b/,
  package: /"seamline"\s*:/,
};

/**
 * The configuration of a folder, if it has one.
 * @param present names of the folder's entries, where they are known already
 * @throws UsageError when a file that holds a configuration cannot be read
 */
export async function readFolderConfig(
  folder: string,
  nameOf: (path: string) => string,
  present?: ReadonlySet<string>,
): Promise<ConfigSource | undefined> {
  for (const { base, kind } of CONFIG_FILES) {
    if (present && !present.has(base)) continue;
    const path = join(folder, base);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      // A package.json that cannot be read says nothing about Seamline; a seamline.json does by its name.
      if (kind !== 'seamline' || isMissing(error)) continue;
      throw new UsageError(`${nameOf(path)}: cannot be read (${messageOf(error)}); make it readable or remove it`);
    }
    const source = parseConfig(text, kind, nameOf(path));
    if (source) return source;
  }
  return undefined;
}

/** Reads the file of `--config`, which must hold a configuration. */
export async function readNamedConfig(path: string, name: string): Promise<ConfigSource> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${name}: the configuration cannot be read (${messageOf(error)}); check --config`);
  }
  const kind: Kind = /\.toml$/i.test(path)
    ? 'pyproject'
    : /(^|[\\/])package\.json$/.test(path)
      ? 'package'
      : 'seamline';
  const source = parseConfig(text, kind, name);
  if (source) return source;
  const place = kind === 'package' ? 'key "seamline"' : 'table [tool.seamline]';
  throw new UsageError(`${name}: has no ${place}; add one, or name a seamline.json with --config`);
}

/** Whether a folder holds a configuration, broken ones included. */
export async function hasFolderConfig(folder: string): Promise<boolean> {
  try {
    return (await readFolderConfig(folder, (path) => path)) !== undefined;
  } catch (error) {
    if (error instanceof UsageError) return true;
    throw error;
  }
}

function parseConfig(rawText: string, kind: Kind, name: string): ConfigSource | undefined {
  const text = rawText.replace(/^\uFEFF/, '');
  if (!MENTION[kind].test(text)) return undefined;
  const source = new SourceFile(text);
  try {
    const parsed =
      kind === 'pyproject' ? parseTomlSource(text) : parseJsonSource(text, kind === 'package' ? ['seamline'] : []);
    return parsed && { name, parsed, source };
  } catch (error) {
    if (!(error instanceof ConfigSyntaxError)) throw error;
    throw new UsageError(`${placeOf({ name, source }, error.offset)}: ${error.message}`);
  }
}

/** `file:line:column`, 1-based. */
export function placeOf({ name, source }: Pick<ConfigSource, 'name' | 'source'>, offset: number): string {
  const { line, character } = source.positionAt(offset);
  return `${name}:${line + 1}:${character + 1}`;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
