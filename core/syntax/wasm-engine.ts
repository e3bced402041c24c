import { Language, Parser } from 'web-tree-sitter';
import { type EngineName, ParseFailure, type ParseOptions, type SyntaxEngine } from './engine';
import { LANGUAGES, type LanguageId } from './language';
import type { SyntaxTree } from './node';

/** The bytes of the WebAssembly modules; the caller reads them, because the core does not touch the disk. */
export interface WasmBinaries {
  readonly runtime: Uint8Array;
  readonly grammars: Readonly<Record<LanguageId, Uint8Array>>;
}

/** tree-sitter compiled to WebAssembly: runs wherever Node runs, and is all that the extension carries. */
export class WasmEngine implements SyntaxEngine {
  readonly name: EngineName = 'wasm';
  private readonly parsers = new Map<LanguageId, Parser>();

  private constructor(private readonly languages: Readonly<Record<LanguageId, Language>>) {}

  static async load(binaries: WasmBinaries): Promise<WasmEngine> {
    await Parser.init({ wasmBinary: binaries.runtime });
    const loaded = await Promise.all(
      LANGUAGES.map(async (id) => [id, await Language.load(binaries.grammars[id])] as const),
    );
    return new WasmEngine(Object.fromEntries(loaded) as Record<LanguageId, Language>);
  }

  parse(text: string, language: LanguageId, options: ParseOptions = {}): SyntaxTree {
    const parser = this.parserFor(language);
    const deadline = options.budgetMs === undefined ? undefined : performance.now() + options.budgetMs;
    try {
      const tree = parser.parse(
        text,
        options.oldTree as never,
        deadline === undefined ? undefined : { progressCallback: () => performance.now() > deadline },
      );
      if (tree) return tree as unknown as SyntaxTree;
    } catch (error) {
      // A trap inside WebAssembly leaves the parser in an unknown state: the next parse gets a new one.
      this.parsers.delete(language);
      throw new ParseFailure('engine', `the parser failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    parser.reset();
    throw new ParseFailure('timeout', `parsing took longer than ${options.budgetMs} ms`);
  }

  private parserFor(language: LanguageId): Parser {
    let parser = this.parsers.get(language);
    if (!parser) {
      parser = new Parser();
      parser.setLanguage(this.languages[language]);
      this.parsers.set(language, parser);
    }
    return parser;
  }
}
