import picomatch from 'picomatch';
import { z } from 'zod';
import type { StyleSettings } from '../../core/edit/style';
import { defined } from './defined';
import type { StyleOf } from './reader';

const format = z.object({
  enabled: z.boolean().optional().catch(undefined),
  lineWidth: z.number().int().positive().optional().catch(undefined),
  indentStyle: z.enum(['tab', 'space']).optional().catch(undefined),
  indentWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  quoteStyle: z.enum(['single', 'double']).optional().catch(undefined),
  semicolons: z.enum(['always', 'asNeeded']).optional().catch(undefined),
  trailingCommas: z.enum(['all', 'es5', 'none']).optional().catch(undefined),
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
export function biomeStyle(value: unknown): StyleOf | undefined {
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
    return settingsOf(Object.assign({}, ...said), isWhole);
  };
}

/** The last pattern that speaks of a file decides. @param file relative to the folder of the configuration */
function isIncluded(globs: readonly string[], file: string): boolean {
  const last = globs.findLast((one) => matches(one.replace(/^!+/, ''), file));
  return last !== undefined && !last.startsWith('!');
}

const matches = (glob: string, file: string, basename = false): boolean =>
  picomatch(glob, { dot: true, basename })(file);

function settingsOf(
  { enabled, lineWidth, indentStyle, indentWidth, quoteStyle, semicolons, trailingCommas }: z.infer<typeof format>,
  isWhole: boolean,
): StyleSettings {
  if (enabled === false) return {};
  const style = indentStyle ?? (isWhole ? 'tab' : undefined);
  const quote = quoteStyle ?? (isWhole ? 'double' : undefined);
  return defined({
    lineLength: lineWidth ?? (isWhole ? 80 : undefined),
    indent: style && (style === 'space' ? ' '.repeat(indentWidth ?? 2) : '\t'),
    quote: quote && (quote === 'single' ? ("'" as const) : ('"' as const)),
    semicolons: semicolons ? semicolons !== 'asNeeded' : isWhole ? true : undefined,
    trailingCommas: trailingCommas ?? (isWhole ? 'all' : undefined),
  });
}
