import picomatch from 'picomatch';
import { z } from 'zod';
import { defined } from './defined';
import { type Formatting, formattingOf } from './printing';
import type { FormattingOf } from './reader';

const format = z.object({
  enabled: z.boolean().optional().catch(undefined),
  lineWidth: z.number().int().positive().optional().catch(undefined),
  indentStyle: z.enum(['tab', 'space']).optional().catch(undefined),
  indentWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  quoteStyle: z.enum(['single', 'double']).optional().catch(undefined),
  semicolons: z.enum(['always', 'asNeeded']).optional().catch(undefined),
  trailingCommas: z.enum(['all', 'es5', 'none']).optional().catch(undefined),
  jsxQuoteStyle: z.enum(['single', 'double']).optional().catch(undefined),
  quoteProperties: z.enum(['asNeeded', 'preserve']).optional().catch(undefined),
  arrowParentheses: z.enum(['always', 'asNeeded']).optional().catch(undefined),
  bracketSpacing: z.boolean().optional().catch(undefined),
  bracketSameLine: z.boolean().optional().catch(undefined),
  attributePosition: z.enum(['auto', 'multiline']).optional().catch(undefined),
  expand: z.enum(['auto', 'always', 'never']).optional().catch(undefined),
  operatorLinebreak: z.enum(['after', 'before']).optional().catch(undefined),
});

const part = z.object({
  formatter: format.optional().catch(undefined),
  javascript: z
    .object({ formatter: format.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const patterns = z.array(z.string()).optional().catch(undefined);

const config = part.extend({
  extends: z.unknown().optional(),
  overrides: z.array(part.extend({ includes: patterns, include: patterns })).catch([]),
});

/** What a configuration of Biome says of the files below it; undefined where it leaves the format to others. */
export function biomeFormatting(value: unknown): FormattingOf | undefined {
  const found = config.parse({ overrides: [], ...(value as object) });
  if (found.formatter?.enabled === false) return undefined;
  // What another configuration says is not looked up.
  const isWhole = found.extends === undefined;
  return (file) => {
    const own = found.overrides.filter(
      ({ includes, include = [] }) =>
        isIncluded(includes ?? [], file) || include.some((one) => matches(one, file, !one.includes('/'))),
    );
    const said = [found, ...own].flatMap((one) => [defined(one.formatter), defined(one.javascript?.formatter)]);
    return inPrettiersWords(Object.assign({}, ...said), isWhole);
  };
}

/** The last pattern that speaks of a file decides. @param file relative to the folder of the configuration */
function isIncluded(globs: readonly string[], file: string): boolean {
  const last = globs.findLast((one) => matches(one.replace(/^!+/, ''), file));
  return last !== undefined && !last.startsWith('!');
}

const matches = (glob: string, file: string, basename = false): boolean =>
  picomatch(glob, { dot: true, basename })(file);

/** Biome prints as Prettier does, and calls some of it by other names. */
function inPrettiersWords(
  {
    enabled,
    lineWidth,
    indentStyle,
    indentWidth,
    quoteStyle,
    semicolons,
    trailingCommas,
    jsxQuoteStyle,
    quoteProperties,
    arrowParentheses,
    bracketSpacing,
    bracketSameLine,
    attributePosition,
    expand,
    operatorLinebreak,
  }: z.infer<typeof format>,
  isWhole: boolean,
): Formatting {
  if (enabled === false) return { settings: {} };
  const style = indentStyle ?? (isWhole ? 'tab' : undefined);
  const quote = quoteStyle ?? (isWhole ? 'double' : undefined);
  return formattingOf({
    printWidth: lineWidth ?? (isWhole ? 80 : undefined),
    ...(style && { useTabs: style === 'tab', tabWidth: indentWidth ?? 2 }),
    singleQuote: quote && quote === 'single',
    semi: semicolons ? semicolons === 'always' : isWhole ? true : undefined,
    trailingComma: trailingCommas ?? (isWhole ? 'all' : undefined),
    jsxSingleQuote: jsxQuoteStyle && jsxQuoteStyle === 'single',
    quoteProps: quoteProperties && (quoteProperties === 'preserve' ? 'preserve' : 'as-needed'),
    arrowParens: arrowParentheses
      ? arrowParentheses === 'always'
        ? 'always'
        : 'avoid'
      : isWhole
        ? 'always'
        : undefined,
    bracketSpacing: bracketSpacing ?? (isWhole ? true : undefined),
    bracketSameLine,
    singleAttributePerLine: attributePosition && attributePosition === 'multiline',
    objectWrap: expand && (expand === 'never' ? 'collapse' : 'preserve'),
    experimentalOperatorPosition: operatorLinebreak && (operatorLinebreak === 'before' ? 'start' : 'end'),
  });
}
