import type { SyntaxEngine } from '../../../core/syntax/engine';

const MAX_LENGTH = 700;
const COUNT = 1500;

/** Short statements from the top of real modules: the ground for variants that nobody thought of. */
export function realStatements(modules: readonly string[], engine: SyntaxEngine): string[] {
  const found = new Set<string>();
  for (const text of modules) {
    const tree = engine.parse(text, 'python');
    for (const { startIndex, endIndex, type } of tree.rootNode.namedChildren) {
      const isCode = type !== 'comment' && type !== 'import_statement' && type !== 'import_from_statement';
      if (isCode && endIndex - startIndex <= MAX_LENGTH) found.add(`${text.slice(startIndex, endIndex)}\n`);
    }
    tree.delete();
  }
  return [...found].slice(0, COUNT);
}
