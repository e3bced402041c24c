import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { biomeFormatting } from './biome';
import { exportedLiteral } from './literal';
import { oxfmtFormatting, prettierFormatting } from './prettier';
import { formattingOf } from './printing';
import type { StyleSource } from './reader';

const manifest = z.object({ prettier: z.unknown() });

/** `.prettierrc` is YAML, of which JSON is a part. */
const PRETTIER: StyleSource['read'] = (text) => prettierFormatting(parseYaml(text));
/** A configuration in JavaScript is code, and never run: what is written out counts. */
const PRETTIER_CODE: StyleSource['read'] = (text, parse) => {
  const tree = parse(text);
  try {
    const found = exportedLiteral(tree.rootNode, text);
    // Somebody has a say of which nothing is known here: new code then looks as its file does.
    return found ? prettierFormatting(found.value, (key) => found.isKnown(key)) : () => formattingOf({});
  } finally {
    tree.delete();
  }
};
const BIOME: StyleSource['read'] = (text) => biomeFormatting(parseJson(text));
const OXFMT: StyleSource['read'] = (text) => oxfmtFormatting(parseJson(text));

export const TYPESCRIPT_SOURCES: readonly StyleSource[] = [
  { name: 'biome.json', read: BIOME },
  { name: 'biome.jsonc', read: BIOME },
  { name: '.oxfmtrc.json', read: OXFMT },
  { name: '.oxfmtrc.jsonc', read: OXFMT },
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
      return prettier === undefined ? undefined : prettierFormatting(prettier);
    },
  },
];
