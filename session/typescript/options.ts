import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { View } from './view';

/** The TypeScript that is taken where nobody says: the older one, whose defaults accept more. */
const ASSUMED_MAJOR = 5;

/** What holds for every check, whatever a tsconfig says: nothing is written, no plugin loaded, and declaration files are believed. */
const FIXED: ts.CompilerOptions = {
  noEmit: true,
  composite: undefined,
  incremental: undefined,
  tsBuildInfoFile: undefined,
  plugins: undefined,
  // Declarations are made to be compared: all that importing files of the project see, and nothing else.
  removeComments: true,
  stripInternal: false,
  sourceMap: false,
  inlineSourceMap: false,
  declarationMap: false,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  // An old option is no reason to be silent about the code.
  ignoreDeprecations: '6.0',
};

/** Options for files that no tsconfig speaks of: those that accept most. */
export const LENIENT: ts.CompilerOptions = {
  ...FIXED,
  allowJs: true,
  strict: false,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Auto,
  allowImportingTsExtensions: true,
  allowUmdGlobalAccess: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.Preserve,
  noUncheckedSideEffectImports: false,
  types: ['*'],
};

/** The options of a tsconfig as the project's own compiler would understand them, made fit for checking. */
export function checkingOptions(options: ts.CompilerOptions, folder: string, view: View): ts.CompilerOptions {
  const defaults = typescriptMajor(folder, view) < 6 ? defaultsOf5(options) : {};
  return { ...defaults, ...options, ...FIXED, declaration: options.declaration ?? options.composite };
}

/** Defaults that TypeScript 6 changed and that decide whether code is accepted. */
function defaultsOf5({ module }: ts.CompilerOptions): ts.CompilerOptions {
  const impliesInterop =
    module === ts.ModuleKind.Preserve ||
    (module !== undefined && module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext);
  return {
    strict: false,
    types: ['*'],
    noUncheckedSideEffectImports: false,
    ...(impliesInterop ? {} : { esModuleInterop: false }),
  };
}

/** Major version of the TypeScript that a project uses: the installed one, else the one that its package.json asks for. */
function typescriptMajor(folder: string, view: View): number {
  let asked: number | undefined;
  for (let at = folder; ; at = posix.dirname(at)) {
    const installed = json(view.readFile(posix.join(at, 'node_modules/typescript/package.json')));
    const version = majorOf(installed?.version);
    if (version !== undefined) return version;
    const manifest = json(view.readFile(posix.join(at, 'package.json')));
    asked ??= majorOf(manifest?.devDependencies?.typescript) ?? majorOf(manifest?.dependencies?.typescript);
    if (posix.dirname(at) === at) return asked ?? ASSUMED_MAJOR;
  }
}

interface Manifest {
  readonly version?: unknown;
  readonly dependencies?: { readonly typescript?: unknown };
  readonly devDependencies?: { readonly typescript?: unknown };
}

function json(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  const { config } = ts.parseConfigFileTextToJson('package.json', text);
  return typeof config === 'object' && config !== null ? (config as Manifest) : undefined;
}

/** 5 of `^5.4.2` and `~5`; undefined of `latest`, `catalog:` and the like. */
function majorOf(version: unknown): number | undefined {
  const digits = typeof version === 'string' ? /^[^\w:]*(\d+)(?:\.|$)/.exec(version)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}
