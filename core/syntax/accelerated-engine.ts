import type { EngineName, ParseOptions, SyntaxEngine } from './engine';
import type { LanguageId } from './language';
import type { SyntaxTree } from './node';

/**
 * A fast engine for text that parses, and the reference engine for text that does not. Two releases of tree-sitter give equal trees
 * for valid text but recover from errors differently, and findings may not depend on the engine.
 */
export class AcceleratedEngine implements SyntaxEngine {
  readonly name: EngineName;

  constructor(
    private readonly fast: SyntaxEngine,
    private readonly reference: SyntaxEngine,
  ) {
    this.name = fast.name;
  }

  /** Incremental parsing stays with the reference engine: an old tree belongs to the engine that made it. */
  parse(text: string, language: LanguageId, options: ParseOptions = {}): SyntaxTree {
    if (options.oldTree) return this.reference.parse(text, language, options);
    const tree = this.fast.parse(text, language, options);
    if (!tree.rootNode.hasError) return tree;
    tree.delete();
    return this.reference.parse(text, language, options);
  }
}
