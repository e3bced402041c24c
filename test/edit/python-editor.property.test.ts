import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { applyEdits, invertEdits, type TextEdit } from '../../core/edit/text-edit';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { Point, SyntaxNode, SyntaxTree } from '../../core/syntax/node';
import { wasmEngine } from '../support/engine';
import { commentsOf } from './python-comments';
import { PYTHON_PROGRAMS } from './python-programs';
import { editsOfChoice, randomEdits } from './python-random';

const RUNS = { numRuns: 600, seed: 20_261_120 };

let engine: SyntaxEngine;

beforeAll(async () => {
  engine = await wasmEngine();
});

it('reads the programs', () => {
  for (const text of PYTHON_PROGRAMS) {
    const tree = engine.parse(text, 'python');
    expect(tree.rootNode.hasError, text).toBe(false);
    tree.delete();
  }
});

it('an edit and its inverse restore the text', () => {
  fc.assert(
    fc.property(randomEdits, (choice) => {
      const result = editsOfChoice(choice, engine);
      fc.pre(result !== undefined);
      const { before, edits } = result;
      const after = applyEdits(before, edits);
      expect(applyEdits(after, invertEdits(before, edits))).toBe(before);
    }),
    RUNS,
  );
});

it('a tree that follows the edits equals a new one, and neither has an error', () => {
  fc.assert(
    fc.property(randomEdits, (choice) => {
      const result = editsOfChoice(choice, engine);
      fc.pre(result !== undefined);
      const { before, edits } = result;
      const after = applyEdits(before, edits);
      const old = engine.parse(before, 'python');
      follow(old, before, edits);
      const followed = engine.parse(after, 'python', { oldTree: old });
      const fresh = engine.parse(after, 'python');
      expect(dump(followed.rootNode)).toBe(dump(fresh.rootNode));
      expect(fresh.rootNode.hasError, after).toBe(false);
      for (const tree of [old, followed, fresh]) tree.delete();
    }),
    RUNS,
  );
});

it('no comment is lost but those within code that is taken away', () => {
  fc.assert(
    fc.property(randomEdits, (choice) => {
      const result = editsOfChoice(choice, engine);
      fc.pre(result !== undefined);
      const { before, edits, removed } = result;
      const after = countOf(commentsOf(applyEdits(before, edits), engine));
      const kept = countOf(commentsOutside(before, removed));
      for (const [comment, count] of kept) expect(after.get(comment) ?? 0, comment).toBeGreaterThanOrEqual(count);
    }),
    RUNS,
  );
});

function commentsOutside(text: string, removed: readonly (readonly [number, number])[]): string[] {
  const tree = engine.parse(text, 'python');
  const comments = tree.rootNode
    .descendantsOfType('comment')
    .filter(({ startIndex }) => !removed.some(([start, end]) => start <= startIndex && startIndex < end))
    .map(({ startIndex, endIndex }) => text.slice(startIndex, endIndex).trimEnd());
  tree.delete();
  return comments;
}

function countOf(list: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** Tells a tree of the edits, from the last to the first, so that the offsets of each are those of the old text. */
function follow(tree: SyntaxTree, text: string, edits: readonly TextEdit[]): void {
  for (const { start, end, newText } of [...edits].reverse()) {
    const startPosition = pointAt(text, start);
    const newEnd = pointAt(text.slice(0, start) + newText, start + newText.length);
    tree.edit({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: start + newText.length,
      startPosition,
      oldEndPosition: pointAt(text, end),
      newEndPosition: newEnd,
    });
  }
}

function pointAt(text: string, offset: number): Point {
  const before = text.slice(0, offset);
  return { row: before.split('\n').length - 1, column: offset - (before.lastIndexOf('\n') + 1) };
}

function dump(node: SyntaxNode): string {
  const own = `${node.type} ${node.startIndex}-${node.endIndex}${node.isMissing ? ' missing' : ''}`;
  return node.childCount === 0 ? own : `(${own} ${node.children.map(dump).join(' ')})`;
}
