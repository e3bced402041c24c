import picomatch from 'picomatch';
import { z } from 'zod';
import { defined } from './defined';
import { formattingOf, type Printing, printing } from './printing';
import type { FormattingOf } from './reader';

const options = printing.extend({
  /** The older name of `bracketSameLine`. */
  jsxBracketSameLine: z.boolean().optional().catch(undefined),
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
export function prettierFormatting(
  value: unknown,
  isKnown: (key: string) => boolean = () => true,
  defaults: (major: number | undefined) => Printing = prettierDefaults,
): FormattingOf | undefined {
  if (typeof value === 'string') return () => formattingOf({});
  const found = config.safeParse(value);
  if (!found.success) return undefined;
  const { overrides: parts = [], ...common } = found.data;
  return (file, major) => {
    const own = parts.filter((one) => matches(one.files, file) && !matches(one.excludeFiles ?? [], file));
    const said: z.infer<typeof options> = Object.assign({}, common, ...own.map((one) => defined(one.options)));
    const { jsxBracketSameLine, bracketSameLine = jsxBracketSameLine, ...rest } = said;
    const known = Object.entries(defaults(major)).filter(([key]) => isKnown(key));
    return formattingOf({ ...rest, bracketSameLine }, Object.fromEntries(known));
  };
}

/** As Prettier does. @param file relative to the folder of the configuration: a pattern without `/` means its name alone */
function matches(globs: readonly string[], file: string): boolean {
  return globs.some((glob) => picomatch(glob, { basename: !glob.includes('/'), dot: true })(file));
}

/** What Prettier does that nobody has told otherwise, but for the indentation; commas and arrows by its major version, where that is known. */
export function prettierDefaults(major: number | undefined): Printing {
  return {
    printWidth: 80,
    semi: true,
    singleQuote: false,
    bracketSpacing: true,
    ...(major === undefined
      ? {}
      : {
          trailingComma: major >= 3 ? 'all' : major === 2 ? 'es5' : 'none',
          arrowParens: major >= 2 ? 'always' : 'avoid',
        }),
  };
}

/** oxfmt prints as Prettier's third version does, on wider lines. */
export const oxfmtFormatting = (value: unknown): FormattingOf | undefined =>
  prettierFormatting(value, undefined, () => ({ ...prettierDefaults(3), printWidth: 100 }));

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
