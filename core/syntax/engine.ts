import type { LanguageId } from './language';
import type { SyntaxTree } from './node';

export type EngineName = 'wasm' | 'native';

/** Thrown when a text could not be parsed within the time budget, or when the engine itself broke on it. */
export class ParseFailure extends Error {
  constructor(
    readonly reason: 'timeout' | 'engine',
    message: string,
  ) {
    super(message);
    this.name = 'ParseFailure';
  }
}

export interface ParseOptions {
  /** The tree of the text before, already edited; makes the parse incremental. */
  readonly oldTree?: SyntaxTree;
  /** Wall-clock budget in milliseconds; unlimited when absent. */
  readonly budgetMs?: number;
}

/** Parses text; the only door to tree-sitter. */
export interface SyntaxEngine {
  readonly name: EngineName;
  /**
   * Parses `text` as `language`.
   * @throws ParseFailure when the budget is spent or the engine breaks; the engine stays usable afterwards.
   */
  parse(text: string, language: LanguageId, options?: ParseOptions): SyntaxTree;
}
