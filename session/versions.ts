import { version as javascript } from 'tree-sitter-javascript/package.json';
import { version as python } from 'tree-sitter-python/package.json';
import { version as typescript } from 'tree-sitter-typescript/package.json';
import { devDependencies, version as own } from '../package.json';

/** Version of Seamline itself. */
export const VERSION: string = own;

/** Versions of the grammar packages that this build was made with, by package name. */
export const GRAMMAR_VERSIONS: Readonly<Record<string, string>> = {
  'tree-sitter-javascript': javascript,
  'tree-sitter-python': python,
  'tree-sitter-typescript': typescript,
};

export const WASM_RUNTIME_VERSION: string = devDependencies['web-tree-sitter'];

/** Replaced by esbuild.mjs with a hash of the bundles: what another build computed is never taken from a cache. */
export const BUILD_ID = '__SEAMLINE_BUILD__';
