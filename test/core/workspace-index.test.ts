import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KeyedEntry, WorkspaceIndex } from '../../core/index/workspace-index';

/** The index against a model that is recomputed from scratch. */
const file = fc.constantFrom('a.py', 'b.py', 'c.ts', 'd.ts');
const entries: fc.Arbitrary<KeyedEntry[]> = fc.array(
  fc.record({
    key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
    value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({ x: 1 })),
  }),
  { maxLength: 6 },
);
const step = fc.oneof(
  fc.record({ op: fc.constant('replace' as const), file, entries }),
  fc.record({ op: fc.constant('remove' as const), file }),
);

const contentOf = (index: WorkspaceIndex) => index.keys().map((key) => [key, index.get(key)]);

const valuesOf = (list: readonly KeyedEntry[], key: string) =>
  JSON.stringify(list.filter((entry) => entry.key === key).map((entry) => entry.value));

function symmetricDifference(before: readonly KeyedEntry[], after: readonly KeyedEntry[]): string[] {
  const keys = new Set([...before, ...after].map((entry) => entry.key));
  return [...keys].filter((key) => valuesOf(before, key) !== valuesOf(after, key)).sort();
}

describe('WorkspaceIndex', () => {
  test('any order of add, replace and remove equals a fresh build, and each step names exactly the keys that changed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (steps, random) => {
        const index = new WorkspaceIndex();
        const state = new Map<string, KeyedEntry[]>();
        for (const one of steps) {
          const before = state.get(one.file) ?? [];
          const after = one.op === 'replace' ? one.entries : [];
          const changed = one.op === 'replace' ? index.replace(one.file, one.entries) : index.remove(one.file);
          expect([...changed].sort()).toEqual(symmetricDifference(before, after));
          if (after.length > 0) state.set(one.file, after);
          else state.delete(one.file);
        }
        const fresh = new WorkspaceIndex();
        const shuffled = [...state]
          .map((pair) => ({ pair, rank: random.next().value as number }))
          .sort((a, b) => a.rank - b.rank);
        for (const { pair } of shuffled) fresh.replace(pair[0], pair[1]);
        expect(contentOf(index)).toEqual(contentOf(fresh));
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });

  test('entries of a key come sorted by file, then in the order of contribution', () => {
    const index = new WorkspaceIndex();
    index.replace('b.py', [
      { key: 'k', value: 2 },
      { key: 'k', value: 1 },
    ]);
    index.replace('a.py', [{ key: 'k', value: 3 }]);
    expect(index.get('k').map(({ file: name, value }) => [name, value])).toEqual([
      ['a.py', 3],
      ['b.py', 2],
      ['b.py', 1],
    ]);
  });
});
