import { type EngineName, ParseFailure, type ParseOptions, type SyntaxEngine } from './engine';
import type { LanguageId } from './language';
import type { SyntaxTree } from './node';

/** What we use of the npm package `tree-sitter`; declared here because the package is optional. */
export interface NativeParser {
  setLanguage(language: unknown): void;
  parse(
    input: string,
    oldTree?: unknown,
    options?: { bufferSize?: number; progressCallback?: (index: number, hasError: boolean) => boolean },
  ): Omit<SyntaxTree, 'delete'> | null;
  reset(): void;
}

export interface NativeModules {
  readonly Parser: new () => NativeParser;
  readonly grammars: Readonly<Record<LanguageId, unknown>>;
  /** Runs a minor garbage collection: native trees are freed by nothing else. */
  readonly collectGarbage: () => void;
}

/** Characters of source after which a minor collection is worth its millisecond. */
const COLLECT_EVERY = 300_000;

/** The native npm package `tree-sitter`: an optional accelerator of the command line. */
export class NativeEngine implements SyntaxEngine {
  readonly name: EngineName = 'native';
  private readonly parsers = new Map<LanguageId, NativeParser>();
  private sinceCollection = 0;

  constructor(private readonly modules: NativeModules) {}

  parse(text: string, language: LanguageId, options: ParseOptions = {}): SyntaxTree {
    this.sinceCollection += text.length;
    if (this.sinceCollection > COLLECT_EVERY) {
      this.sinceCollection = 0;
      this.modules.collectGarbage();
    }
    const deadline = options.budgetMs === undefined ? undefined : performance.now() + options.budgetMs;
    const parser = this.parserFor(language);
    let tree: Omit<SyntaxTree, 'delete'> | null;
    try {
      tree = parser.parse(
        text,
        options.oldTree,
        deadline === undefined ? {} : { progressCallback: () => performance.now() > deadline },
      );
    } catch (error) {
      this.parsers.delete(language);
      const timedOut = deadline !== undefined && performance.now() > deadline;
      const detail = error instanceof Error ? error.message : String(error);
      throw new ParseFailure(
        timedOut ? 'timeout' : 'engine',
        timedOut ? `parsing took longer than ${options.budgetMs} ms` : `the parser failed: ${detail}`,
      );
    }
    if (!tree?.rootNode) {
      parser.reset();
      throw new ParseFailure('timeout', `parsing took longer than ${options.budgetMs} ms`);
    }
    return Object.assign(tree, { delete: () => undefined }) as SyntaxTree;
  }

  private parserFor(language: LanguageId): NativeParser {
    let parser = this.parsers.get(language);
    if (!parser) {
      parser = new this.modules.Parser();
      parser.setLanguage(this.modules.grammars[language]);
      this.parsers.set(language, parser);
    }
    return parser;
  }
}
