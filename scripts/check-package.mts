import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listZip } from './zip-listing';

/**
 * Checks the packed extension: what is in it, what must be, how large it is.
 *
 *     tsx scripts/check-package.mts [FILE.vsix]
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MOST_BYTES = 8 * 1024 * 1024;

/** All that may be in the package: nothing else gets in unnoticed, neither sources nor tests nor native modules. */
const ALLOWED = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/(?:package(?:\.nls(?:\.pl)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(?:client|server|worker|typescript-child)\.js$/,
  /^extension\/dist\/[\w-]+\.wasm$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/client\/icons\/(?:icon\.png|plan\.svg)$/,
  /^extension\/client\/walkthrough\/\w+(?:\.nls\.pl)?\.md$/,
  /^extension\/docs\/schema\/seamline\.schema\.json$/,
  /^extension\/l10n\/bundle\.l10n\.pl\.json$/,
  /^extension\/docs\/images\/[a-z-]+\.png$/,
  /^extension\/rules\/[a-z-]+\/README\.md$/,
  /^extension\/syntaxes\/seamline-suppression\.injection\.json$/,
];

interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly grammars: readonly { readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
  };
}

/** What the manifest names, what the server loads, and the pages that findings lead to. */
async function required({ main, icon, contributes }: Manifest): Promise<string[]> {
  const rules = await readdir(join(ROOT, 'rules'), { withFileTypes: true });
  const wasm = (await readdir(join(ROOT, 'dist'))).filter((file) => file.endsWith('.wasm'));
  return [
    main,
    icon,
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.jsonValidation.map(({ url }) => url),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps).map(({ media }) => media.markdown),
    ...rules.filter((one) => one.isDirectory()).map(({ name }) => `rules/${name}/README.md`),
    ...['server.js', 'worker.js', 'typescript-child.js', 'THIRD-PARTY-NOTICES.txt', ...wasm].map(
      (file) => `dist/${file}`,
    ),
    ...['LICENSE.txt', 'readme.md', 'package.nls.json', 'package.nls.pl.json', 'l10n/bundle.l10n.pl.json'],
  ].map((path) => `extension/${path.replace(/^\.\//, '')}`);
}

const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const file = process.argv[2] ?? join(ROOT, `seamline-${manifest.version}.vsix`);
const bytes = await readFile(file);
const names = listZip(bytes);
const unwanted = names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
const missing = (await required(manifest)).filter((name) => !names.includes(name));
for (const name of unwanted) console.error(`should not be in the package: ${name}`);
for (const name of missing) console.error(`is missing in the package: ${name}`);
if (bytes.length > MOST_BYTES) console.error(`too large: ${bytes.length} bytes, ${MOST_BYTES} are allowed`);
if (unwanted.length + missing.length > 0 || bytes.length > MOST_BYTES) process.exitCode = 1;
else console.log(`${file}: ${names.length} files, ${(bytes.length / 1024 / 1024).toFixed(2)} MB`);
