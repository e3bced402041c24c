import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AcceleratedEngine } from '../core/syntax/accelerated-engine';
import type { EngineName, SyntaxEngine } from '../core/syntax/engine';
import { NativeEngine, type NativeModules } from '../core/syntax/native-engine';
import { WasmEngine } from '../core/syntax/wasm-engine';
import { type EngineChoice, UsageError } from './types';
import { GRAMMAR_VERSIONS } from './versions';

/** Where this module lies: `dist/` in a build, `session/` in a checkout. */
const HERE = __dirname;
const requireFrom = createRequire(join(HERE, 'engines.js'));

/**
 * Decides for an engine without loading any WebAssembly. `auto` is the reference engine: the native one gains no more than a few per cent
 * of an audit and needs a quarter more memory (ADR 1).
 * @throws UsageError when the native engine was asked for and cannot be loaded
 */
export function chooseEngine(choice: EngineChoice): EngineName {
  if (choice !== 'native') return 'wasm';
  const loaded = loadNative();
  if (typeof loaded !== 'string') return 'native';
  throw new UsageError(`--engine native: ${loaded}; install the optional packages, or use --engine wasm`);
}

const engines = new Map<EngineName, Promise<SyntaxEngine>>();

/** Loads an engine, once per thread. */
export function loadEngine(name: EngineName): Promise<SyntaxEngine> {
  let engine = engines.get(name);
  if (!engine) {
    engine = name === 'wasm' ? loadWasm() : loadAccelerated();
    engines.set(name, engine);
  }
  return engine;
}

/** The native engine recovers from errors in its own way, so that text with errors goes to the reference engine: see ADR 1. */
async function loadAccelerated(): Promise<SyntaxEngine> {
  const modules = loadNative();
  if (typeof modules === 'string') throw new Error(modules);
  return new AcceleratedEngine(new NativeEngine(modules), await loadEngine('wasm'));
}

let native: NativeModules | string | undefined;

/** The native modules, or the reason why there are none. Only our own installation is searched, never the audited workspace. */
function loadNative(): NativeModules | string {
  native ??= tryNative();
  return native;
}

function tryNative(): NativeModules | string {
  try {
    for (const [name, expected] of Object.entries(GRAMMAR_VERSIONS)) {
      const { version } = requireFrom(`${name}/package.json`) as { version: string };
      // Another grammar gives other trees, and findings must not depend on the engine.
      if (version !== expected) return `${name} ${version} is installed, but this build needs ${expected}`;
    }
    const typescript = requireFrom('tree-sitter-typescript') as { typescript: unknown; tsx: unknown };
    return {
      Parser: requireFrom('tree-sitter') as NativeModules['Parser'],
      grammars: {
        python: requireFrom('tree-sitter-python'),
        javascript: requireFrom('tree-sitter-javascript'),
        typescript: typescript.typescript,
        tsx: typescript.tsx,
      },
      collectGarbage: minorCollector(),
    };
  } catch (error) {
    const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `the native tree-sitter cannot be loaded (${firstLine.trim()})`;
  }
}

/** `gc()` is there only under a flag; a new context made after the flag is set has it, whatever the process was started with. */
function minorCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  return () => collect({ type: 'minor' });
}

async function loadWasm(): Promise<SyntaxEngine> {
  const [runtime, python, javascript, typescript, tsx] = await Promise.all([
    wasmFile('web-tree-sitter/web-tree-sitter.wasm'),
    wasmFile('tree-sitter-python/tree-sitter-python.wasm'),
    wasmFile('tree-sitter-javascript/tree-sitter-javascript.wasm'),
    wasmFile('tree-sitter-typescript/tree-sitter-typescript.wasm'),
    wasmFile('tree-sitter-typescript/tree-sitter-tsx.wasm'),
  ]);
  return WasmEngine.load({ runtime, grammars: { python, javascript, typescript, tsx } });
}

/** A module of a package: beside the bundle in a build, inside the package in a checkout. */
async function wasmFile(specifier: string): Promise<Uint8Array> {
  const base = specifier.slice(specifier.indexOf('/') + 1);
  try {
    return await readFile(join(HERE, base));
  } catch {
    return readFile(requireFrom.resolve(specifier));
  }
}
