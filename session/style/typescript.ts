import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { StyleSettings } from '../../core/edit/style';
import type { StyleSource } from './reader';

const prettier = z.object({
  printWidth: z.number().int().positive().optional().catch(undefined),
  tabWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  useTabs: z.boolean().optional().catch(undefined),
  semi: z.boolean().optional().catch(undefined),
  singleQuote: z.boolean().optional().catch(undefined),
});

const format = z.object({
  enabled: z.boolean().optional().catch(undefined),
  lineWidth: z.number().int().positive().optional().catch(undefined),
  indentStyle: z.enum(['tab', 'space']).optional().catch(undefined),
  indentWidth: z.number().int().min(1).max(8).optional().catch(undefined),
  quoteStyle: z.enum(['single', 'double']).optional().catch(undefined),
  semicolons: z.enum(['always', 'asNeeded']).optional().catch(undefined),
});

const biome = z.object({
  formatter: format.optional().catch(undefined),
  javascript: z
    .object({ formatter: format.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const manifest = z.object({ prettier: prettier.optional().catch(undefined) });

/** `.prettierrc` is YAML, of which JSON is a part; a configuration in JavaScript is code, and never run. */
const PRETTIER: StyleSource['read'] = (text) => ofPrettier(prettier.parse(parseYaml(text)));
const BIOME: StyleSource['read'] = (text) => ofBiome(biome.parse(parseJson(text)));

export const TYPESCRIPT_SOURCES: readonly StyleSource[] = [
  { name: 'biome.json', read: BIOME },
  { name: 'biome.jsonc', read: BIOME },
  { name: '.prettierrc', read: PRETTIER },
  { name: '.prettierrc.json', read: PRETTIER },
  { name: '.prettierrc.yaml', read: PRETTIER },
  { name: '.prettierrc.yml', read: PRETTIER },
  {
    name: 'package.json',
    read: (text) => {
      const { prettier: own } = manifest.parse(parseJson(text));
      return own && ofPrettier(own);
    },
  },
];

function ofPrettier(settings: z.infer<typeof prettier>): StyleSettings {
  const { printWidth, tabWidth, useTabs, semi, singleQuote } = settings;
  return {
    lineLength: printWidth ?? 80,
    ...(useTabs
      ? { indent: '\t' }
      : useTabs === false || tabWidth !== undefined
        ? { indent: ' '.repeat(tabWidth ?? 2) }
        : {}),
    quote: singleQuote ? "'" : '"',
    semicolons: semi ?? true,
  };
}

function ofBiome({ formatter, javascript }: z.infer<typeof biome>): StyleSettings | undefined {
  if (formatter?.enabled === false) return undefined;
  const { lineWidth, indentStyle, indentWidth, quoteStyle, semicolons } = {
    ...formatter,
    ...defined(javascript?.formatter),
  };
  return {
    lineLength: lineWidth ?? 80,
    indent: indentStyle === 'space' ? ' '.repeat(indentWidth ?? 2) : '\t',
    quote: quoteStyle === 'single' ? "'" : '"',
    semicolons: semicolons !== 'asNeeded',
  };
}

function defined<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => one !== undefined)) as Partial<T>;
}
