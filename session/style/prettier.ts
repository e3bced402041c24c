import picomatch from 'picomatch';
import { z } from 'zod';
import type { StyleSettings } from '../../core/edit/style';
import { defined } from './defined';
import type { StyleOf } from './reader';

const options = z.object({
  printWidth: z.number().int().positive().optional().catch(undefined),
  tabWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  useTabs: z.boolean().optional().catch(undefined),
  semi: z.boolean().optional().catch(undefined),
  trailingComma: z.enum(['all', 'es5', 'none']).optional().catch(undefined),
  singleQuote: z.boolean().optional().catch(undefined),
});

const patterns = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const overrides = z
  .array(z.object({ files: patterns, excludeFiles: patterns.optional(), options: options.optional() }))
  .catch([]);

const config = options.extend({ overrides: overrides.optional() });

/**
 * What a configuration of Prettier says of the files below it.
 * @param value as it stands there; a name stands for a configuration of another package, which is not looked up
 * @param isKnown whether a key that is missing is so for certain, and has Prettier's default
 * @returns undefined where it is no configuration at all
 */
export function prettierStyle(value: unknown, isKnown: (key: string) => boolean = () => true): StyleOf | undefined {
  if (typeof value === 'string') return () => ({});
  const found = config.safeParse(value);
  if (!found.success) return undefined;
  const { overrides: parts = [], ...common } = found.data;
  return (file, major) => {
    const own = parts.filter((one) => matches(one.files, file) && !matches(one.excludeFiles ?? [], file));
    return settingsOf(Object.assign({}, common, ...own.map((one) => defined(one.options))), isKnown, major);
  };
}

/** As Prettier does. @param file relative to the folder of the configuration: a pattern without `/` means its name alone */
function matches(globs: readonly string[], file: string): boolean {
  return globs.some((glob) => picomatch(glob, { basename: !glob.includes('/'), dot: true })(file));
}

function settingsOf(
  { printWidth, tabWidth, useTabs, semi, singleQuote, trailingComma }: z.infer<typeof options>,
  isKnown: (key: string) => boolean,
  major: number | undefined,
): StyleSettings {
  const width = printWidth ?? (isKnown('printWidth') ? 80 : undefined);
  const isSingle = singleQuote ?? (isKnown('singleQuote') ? false : undefined);
  const commas = trailingComma ?? (isKnown('trailingComma') ? commasOf(major) : undefined);
  const semicolons = semi ?? (isKnown('semi') ? true : undefined);
  return {
    ...(width === undefined ? {} : { lineLength: width }),
    ...(useTabs
      ? { indent: '\t' }
      : useTabs === false || tabWidth !== undefined
        ? { indent: ' '.repeat(tabWidth ?? 2) }
        : {}),
    ...(isSingle === undefined ? {} : { quote: isSingle ? "'" : '"' }),
    ...(semicolons === undefined ? {} : { semicolons }),
    ...(commas === undefined ? {} : { trailingCommas: commas }),
  };
}

/** Where Prettier puts commas that nobody has told it, by its major version; undefined where that is not known. */
export function commasOf(major: number | undefined): StyleSettings['trailingCommas'] {
  return major === undefined ? undefined : major >= 3 ? 'all' : major === 2 ? 'es5' : 'none';
}

const manifest = z.object({
  dependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  devDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** The major version of Prettier that a `package.json` asks for; undefined where it asks for none, or for one that its range does not tell. */
export function prettierMajor(value: unknown): number | undefined {
  const { dependencies, devDependencies } = manifest.safeParse(value).data ?? {};
  const range = devDependencies?.prettier ?? dependencies?.prettier;
  const major = typeof range === 'string' ? /^(?:npm:prettier@)?[~^=v]*(\d+)(?:\.|$)/.exec(range)?.[1] : undefined;
  return major === undefined ? undefined : Number(major);
}
