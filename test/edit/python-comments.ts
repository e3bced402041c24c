import type { SyntaxEngine } from '../../core/syntax/engine';

/** All comments of a Python text, sorted. */
export function commentsOf(text: string, engine: SyntaxEngine): string[] {
  const tree = engine.parse(text, 'python');
  try {
    return tree.rootNode
      .descendantsOfType('comment')
      .map(({ startIndex, endIndex }) => text.slice(startIndex, endIndex).trimEnd())
      .sort();
  } finally {
    tree.delete();
  }
}
