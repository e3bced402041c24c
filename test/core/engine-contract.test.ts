import { beforeAll, describe, expect, test } from 'vitest';
import { ParseFailure, type SyntaxEngine } from '../../core/syntax/engine';
import type { SyntaxNode } from '../../core/syntax/node';
import { nativeEngine, wasmEngine } from '../support/engine';
import { SAMPLES } from '../support/samples';

/**
 * What every engine must do, and that both do the same. The native engine is optional on a user's machine; here it must either run or
 * be absent as a package: a package that is there and does not load fails the test.
 */
const engines: { name: string; load: () => Promise<SyntaxEngine | undefined> }[] = [
  { name: 'wasm', load: wasmEngine },
  { name: 'native', load: nativeEngine },
];

/** Everything that rules read, as one line a node: iterative, because samples are deep. */
function outline(root: SyntaxNode): string[] {
  const lines: string[] = [];
  const open: { node: SyntaxNode; field: string | null; depth: number }[] = [{ node: root, field: null, depth: 0 }];
  while (open.length > 0) {
    const { node, field, depth } = open.pop()!;
    const flags = [
      node.isNamed && 'named',
      node.isError && 'error',
      node.isMissing && 'missing',
      node.hasError && 'has-error',
    ];
    lines.push(
      `${depth} ${field ?? '-'} ${node.type} ${node.startIndex}-${node.endIndex} ${flags.filter(Boolean).join(',')}`,
    );
    const children = node.children;
    expect(node.childCount).toBe(children.length);
    for (let index = children.length - 1; index >= 0; index--) {
      open.push({ node: children[index]!, field: node.fieldNameForChild(index), depth: depth + 1 });
    }
  }
  return lines;
}

function withTree<T>(engine: SyntaxEngine, sample: (typeof SAMPLES)[number], use: (root: SyntaxNode) => T): T {
  const tree = engine.parse(sample.text, sample.language);
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

describe.each(engines)('$name engine', ({ load }) => {
  let engine: SyntaxEngine | undefined;
  beforeAll(async () => {
    engine = await load();
  });

  test.each(SAMPLES)('offsets are UTF-16 and cover the text: $name', (sample) => {
    if (!engine) return;
    withTree(engine, sample, (root) => {
      for (const node of root.descendantsOfType(['identifier', 'property_identifier', 'string'])) {
        const text = sample.text.slice(node.startIndex, node.endIndex);
        if (node.type === 'string') expect(text).toMatch(/^[a-zA-Z]*["'][\s\S]*["']$/);
        else expect(text).toMatch(/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u);
        const smallest = root.descendantForIndex(node.startIndex, node.endIndex);
        expect(smallest?.startIndex).toBe(node.startIndex);
      }
    });
  });

  test('descendantsOfType gives document order and includes nested nodes', () => {
    if (!engine) return;
    withTree(engine, SAMPLES[0]!, (root) => {
      const starts = root.descendantsOfType(['function_definition', 'class_definition']).map((node) => node.startIndex);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(starts).toHaveLength(3);
    });
  });

  test('a tree can be edited and parsed again', async () => {
    if (!engine) return;
    const before = 'x = 1\ny = 2\n';
    const after = 'x = 100\ny = 2\n';
    const tree = (await wasmEngine()).parse(before, 'python');
    tree.edit({
      startIndex: 4,
      oldEndIndex: 5,
      newEndIndex: 7,
      startPosition: { row: 0, column: 4 },
      oldEndPosition: { row: 0, column: 5 },
      newEndPosition: { row: 0, column: 7 },
    });
    const incremental = engine.parse(after, 'python', { oldTree: tree });
    const fresh = engine.parse(after, 'python');
    expect(outline(incremental.rootNode)).toEqual(outline(fresh.rootNode));
    for (const one of [tree, incremental, fresh]) one.delete();
  });

  test('a spent budget is a ParseFailure, and the engine goes on', () => {
    if (!engine) return;
    const parse = () => engine!.parse('f(a, b, [c for c in d])\n'.repeat(60_000), 'python', { budgetMs: 1 });
    expect(parse).toThrow(ParseFailure);
    withTree(engine, SAMPLES[0]!, (root) => expect(root.hasError).toBe(false));
  });
});

test.each(SAMPLES)('both engines give equal trees: $name', async (sample) => {
  const native = await nativeEngine();
  if (!native) return;
  const ours = withTree(await wasmEngine(), sample, outline);
  expect(withTree(native, sample, outline)).toEqual(ours);
});
