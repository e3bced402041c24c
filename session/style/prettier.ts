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
  return (file) => {
    const own = parts.filter((one) => matches(one.files, file) && !matches(one.excludeFiles ?? [], file));
    return settingsOf(Object.assign({}, common, ...own.map((one) => defined(one.options))), isKnown);
  };
}

/** As Prettier does. @param file relative to the folder of the configuration: a pattern without `/` means its name alone */
function matches(globs: readonly string[], file: string): boolean {
  return globs.some((glob) => picomatch(glob, { basename: !glob.includes('/'), dot: true })(file));
}

function settingsOf(
  { printWidth, tabWidth, useTabs, semi, singleQuote, trailingComma }: z.infer<typeof options>,
  isKnown: (key: string) => boolean,
): StyleSettings {
  const width = printWidth ?? (isKnown('printWidth') ? 80 : undefined);
  const isSingle = singleQuote ?? (isKnown('singleQuote') ? false : undefined);
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
    // Its default changed with version 3.
    ...(trailingComma === undefined ? {} : { trailingCommas: trailingComma }),
  };
}
