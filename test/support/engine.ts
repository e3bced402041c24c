import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { collectFacts, type FileFacts } from '../../core/facts/collect';
import { parsedFile } from '../../core/facts/parse';
import type { FactCollector } from '../../core/facts/parsed-file';
import type { Json } from '../../core/rule/finding';
import { AcceleratedEngine } from '../../core/syntax/accelerated-engine';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { LanguageId } from '../../core/syntax/language';
import { NativeEngine } from '../../core/syntax/native-engine';
import { WasmEngine } from '../../core/syntax/wasm-engine';
import { SourceFile } from '../../core/text/source-file';

const require = createRequire(import.meta.url);
const bytes = async (specifier: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(require.resolve(specifier)));

let loading: Promise<WasmEngine> | undefined;

/** The WebAssembly engine, loaded once per test process from the packages that ship it. */
export function wasmEngine(): Promise<WasmEngine> {
  loading ??= (async () =>
    WasmEngine.load({
      runtime: await bytes('web-tree-sitter/web-tree-sitter.wasm'),
      grammars: {
        python: await bytes('tree-sitter-python/tree-sitter-python.wasm'),
        javascript: await bytes('tree-sitter-javascript/tree-sitter-javascript.wasm'),
        typescript: await bytes('tree-sitter-typescript/tree-sitter-typescript.wasm'),
        tsx: await bytes('tree-sitter-typescript/tree-sitter-tsx.wasm'),
      },
    }))();
  return loading;
}

/** Parses a text and computes its facts, as an audit does. */
export function factsOf(
  engine: SyntaxEngine,
  text: string,
  language: LanguageId,
  collectors: readonly FactCollector<Json>[],
): FileFacts {
  const tree = engine.parse(text, language);
  try {
    return collectFacts(parsedFile(tree.rootNode, new SourceFile(text), language), collectors);
  } finally {
    tree.delete();
  }
}

/** The native engine as the command line uses it, or undefined where its optional packages are not installed. A package that is there must load. */
export async function nativeEngine(): Promise<SyntaxEngine | undefined> {
  try {
    require.resolve('tree-sitter/package.json');
  } catch {
    return undefined;
  }
  const typescript = require('tree-sitter-typescript');
  const native = new NativeEngine({
    Parser: require('tree-sitter'),
    grammars: {
      python: require('tree-sitter-python'),
      javascript: require('tree-sitter-javascript'),
      typescript: typescript.typescript,
      tsx: typescript.tsx,
    },
    collectGarbage: () => undefined,
  });
  return new AcceleratedEngine(native, await wasmEngine());
}
