import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configJsonSchema } from '../session/config/schema';
import { configurationPage, rulesPage } from './generate-pages';
import { manifest, manifestTexts } from './generate-settings';

/**
 * Writes the files that are generated from the code and committed with it.
 *
 *     npm run generate              writes them
 *     npm run generate -- --check   exits with 1 when one is not what the code says
 */
interface Generated {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: () => string | Promise<string>;
}

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const FILES: readonly Generated[] = [
  { path: 'docs/schema/seamline.schema.json', content: () => `${JSON.stringify(configJsonSchema(), null, 2)}\n` },
  { path: 'docs/rules.md', content: rulesPage },
  { path: 'docs/configuration.md', content: configurationPage },
  { path: 'package.json', content: () => manifest(join(ROOT, 'package.json')) },
  { path: 'package.nls.json', content: () => manifestTexts(join(ROOT, 'package.nls.json')) },
];

async function main(isCheck: boolean): Promise<void> {
  for (const { path, content } of FILES) {
    const wanted = await content();
    const there = await readFile(join(ROOT, path), 'utf8').catch(() => undefined);
    if (there === wanted) continue;
    if (isCheck) {
      console.error(`${path} is not what the code says: run "npm run generate" and commit it`);
      process.exitCode = 1;
    } else {
      await mkdir(dirname(join(ROOT, path)), { recursive: true });
      await writeFile(join(ROOT, path), wanted);
      console.log(`wrote ${path}`);
    }
  }
}

void main(process.argv.includes('--check'));
