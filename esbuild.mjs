import { createHash } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { notices } from './scripts/notices.mjs';

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles by name in dist/, and their entries. */
const ENTRIES = {
  cli: 'cli/main.ts',
  worker: 'session/worker.ts',
  server: 'server/main.ts',
  client: 'client/extension.ts',
  'typescript-child': 'session/typescript/child.ts',
};

/** Holds the TypeScript compiler: half as large when minified. */
const MINIFIED = 'typescript-child';

const WASM = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
  'tree-sitter-javascript/tree-sitter-javascript.wasm',
  'tree-sitter-typescript/tree-sitter-typescript.wasm',
  'tree-sitter-typescript/tree-sitter-tsx.wasm',
  // Of editorconfig, which looks for it beside itself.
  '@one-ini/wasm/one_ini_bg.wasm',
];

const SHEBANG = '#!/usr/bin/env node\n';
const PLACEHOLDER = /__SEAMLINE_BUILD__/g;

/**
 * Builds the bundles and puts the WebAssembly modules beside them.
 * @param {string} outdir
 * @param {Record<string, string>} entries bundles by name, and their entries
 */
export async function bundle(outdir, entries = ENTRIES) {
  const { [MINIFIED]: minified, ...plain } = entries;
  const results = [
    await compile(outdir, plain, false),
    ...(minified ? [await compile(outdir, { [MINIFIED]: minified }, true)] : []),
  ];
  const outputFiles = results.flatMap((result) => result.outputFiles);
  const bundled = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await mkdir(outdir, { recursive: true });
  const id = createHash('sha256')
    .update(outputFiles.map((file) => file.text).join(''))
    .digest('hex')
    .slice(0, 12);
  await Promise.all([
    ...outputFiles.map((file) => {
      const isCommand = /^(?:cli|server)\.js$/.test(basename(file.path));
      const text = (isCommand && !file.text.startsWith('#!') ? SHEBANG : '') + file.text.replace(PLACEHOLDER, id);
      return writeFile(file.path, text, { mode: isCommand ? 0o755 : 0o644 });
    }),
    ...WASM.map((specifier) => copyFile(require.resolve(specifier), join(outdir, basename(specifier)))),
    writeFile(
      join(outdir, 'THIRD-PARTY-NOTICES.txt'),
      await notices(here, [...bundled, ...WASM.map((specifier) => `node_modules/${specifier}`)]),
    ),
  ]);
}

/**
 * @param {string} outdir
 * @param {Record<string, string>} entries
 * @param {boolean} minify
 */
async function compile(outdir, entries, minify) {
  return await build({
    absWorkingDir: here,
    entryPoints: entries,
    outdir,
    minify,
    bundle: true,
    write: false,
    metafile: true,
    // The editor's own module, there at run time alone.
    external: ['vscode'],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    legalComments: 'none',
    // jsonc-parser's CommonJS build requires its parts by names that no bundler sees.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    // The ES module build asks for import.meta.url, which a CommonJS bundle does not have.
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle(join(here, 'dist'));
