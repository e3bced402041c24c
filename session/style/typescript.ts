import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { StyleSettings } from '../../core/edit/style';
import { exportedLiteral } from './literal';
import { defined, prettierStyle } from './prettier';
import type { StyleSource } from './reader';

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

const manifest = z.object({ prettier: z.unknown() });

/** `.prettierrc` is YAML, of which JSON is a part. */
const PRETTIER: StyleSource['read'] = (text) => prettierStyle(parseYaml(text));
/** A configuration in JavaScript is code, and never run: what is written out counts. */
const PRETTIER_CODE: StyleSource['read'] = (text, parse) => {
  const tree = parse(text);
  try {
    const found = exportedLiteral(tree.rootNode, text);
    // Somebody has a say of which nothing is known here: new code then looks as its file does.
    return found ? prettierStyle(found.value, (key) => found.isKnown(key)) : () => ({});
  } finally {
    tree.delete();
  }
};
const BIOME: StyleSource['read'] = (text) => {
  const settings = ofBiome(biome.parse(parseJson(text)));
  return settings && (() => settings);
};

export const TYPESCRIPT_SOURCES: readonly StyleSource[] = [
  { name: 'biome.json', read: BIOME },
  { name: 'biome.jsonc', read: BIOME },
  { name: '.prettierrc', read: PRETTIER },
  { name: '.prettierrc.json', read: PRETTIER },
  { name: '.prettierrc.yaml', read: PRETTIER },
  { name: '.prettierrc.yml', read: PRETTIER },
  ...['.prettierrc', 'prettier.config'].flatMap((stem) =>
    ['.js', '.ts', '.mjs', '.mts', '.cjs', '.cts'].map((ending) => ({ name: stem + ending, read: PRETTIER_CODE })),
  ),
  {
    name: 'package.json',
    read: (text) => {
      const { prettier } = manifest.parse(parseJson(text));
      return prettier === undefined ? undefined : prettierStyle(prettier);
    },
  },
];

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
