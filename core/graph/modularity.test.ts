import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greedyModularity, type WeightedEdge } from './modularity';

const edge = (a: string, b: string, weight = 1): WeightedEdge => ({ a, b, weight });

/** All pairs of the given nodes. */
function clique(...nodes: string[]): WeightedEdge[] {
  return nodes.flatMap((a, index) => nodes.slice(index + 1).map((b) => edge(a, b)));
}

describe('known communities', () => {
  test('two cliques on one bridge', () => {
    const edges = [...clique('a', 'b', 'c', 'd'), ...clique('p', 'q', 'r', 's'), edge('d', 'p')];
    expect(greedyModularity('abcdpqrs', edges)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['p', 'q', 'r', 's'],
    ]);
  });

  test('a ring of triangles keeps its triangles', () => {
    const triangles = [0, 1, 2, 3, 4].map((n) => [`${n}a`, `${n}b`, `${n}c`]);
    const edges = triangles.flatMap((nodes, n) => [...clique(...nodes), edge(nodes[2]!, triangles[(n + 1) % 5]![0]!)]);
    expect(greedyModularity(triangles.flat(), edges)).toEqual(triangles);
  });

  test("Zachary's karate club falls into the three communities of the paper's method", () => {
    const clusters = greedyModularity(
      Array.from({ length: 34 }, (_, n) => name(n + 1)),
      KARATE.map(([a, b]) => edge(name(a!), name(b!))),
    );
    expect(clusters.map((members) => members.length).sort((a, b) => a - b)).toEqual([8, 9, 17]);
  });

  test('nodes without edges stay alone; loops, unknown ends and empty weights are ignored', () => {
    const edges = [edge('a', 'a', 9), edge('a', 'nobody'), edge('b', 'c', 0)];
    expect(greedyModularity(['c', 'a', 'b', 'a'], edges)).toEqual([['a'], ['b'], ['c']]);
    expect(greedyModularity([], [])).toEqual([]);
  });

  test('a lower resolution makes fewer communities', () => {
    const edges = [...clique('a', 'b', 'c'), ...clique('d', 'e', 'f'), edge('c', 'd'), edge('b', 'e')];
    expect(greedyModularity('abcdef', edges, 1)).toHaveLength(2);
    expect(greedyModularity('abcdef', edges, 0.3)).toHaveLength(1);
  });

  test('weights decide, and parallel edges add up', () => {
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('b', 'c'), edge('c', 'b', 3)];
    expect(greedyModularity('abcd', edges)).toContainEqual(expect.arrayContaining(['b', 'c']));
  });

  test('ties are broken by name', () => {
    const square = [edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('d', 'a')];
    expect(greedyModularity('abcd', square)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('properties', () => {
  const graph = fc.integer({ min: 1, max: 24 }).chain((size) => {
    const node = fc.integer({ min: 0, max: size - 1 }).map((n) => `n${n}`);
    const weight = fc.constantFrom(1, 1, 1, 0.1, 0.2, 0.3, 1 / 3, 1.5 / Math.SQRT2, 7);
    return fc.record({
      nodes: fc.constant(Array.from({ length: size }, (_, n) => `n${n}`)),
      edges: fc.array(fc.record({ a: node, b: node, weight }), { maxLength: 80 }),
      resolution: fc.constantFrom(0.5, 0.7, 1, 1.4),
    });
  });

  test('any order of nodes, edges and ends gives the same communities', () => {
    const shuffled = graph.chain((one) =>
      fc.record({
        one: fc.constant(one),
        nodes: fc.shuffledSubarray(one.nodes, { minLength: one.nodes.length }),
        order: fc.shuffledSubarray([...one.edges.keys()], { minLength: one.edges.length }),
        flips: fc.array(fc.boolean(), { minLength: one.edges.length, maxLength: one.edges.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ one, nodes, order, flips }) => {
        const edges = order.map((n) => one.edges[n]!).map((e, n) => (flips[n] ? edge(e.b, e.a, e.weight) : e));
        expect(greedyModularity(nodes, edges, one.resolution)).toEqual(
          greedyModularity(one.nodes, one.edges, one.resolution),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('every node is in exactly one community, and no union of two would raise modularity', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges, resolution }) => {
        const communities = greedyModularity(nodes, edges, resolution);
        expect(communities.flat().sort()).toEqual([...nodes].sort());
        const before = modularity(communities, edges, resolution);
        for (const [n, one] of communities.entries()) {
          for (const other of communities.slice(n + 1)) {
            const merged = [...communities.filter((each) => each !== one && each !== other), [...one, ...other]];
            expect(modularity(merged, edges, resolution)).toBeLessThan(before + 1e-6);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('300 nodes with 6,000 edges take less than 50 ms', () => {
  const random = (n: number) => Math.abs(Math.sin(n * 12.9898) * 43758.5453) % 1;
  const nodes = Array.from({ length: 300 }, (_, n) => `n${n}`);
  const edges = Array.from({ length: 6000 }, (_, n) =>
    edge(nodes[Math.floor(random(n) * 300)]!, nodes[Math.floor(random(n + 0.5) * 300)]!, random(n + 0.25)),
  );
  greedyModularity(nodes, edges, 0.5);
  const runs = [1, 2, 3, 4, 5].map(() => {
    const start = process.cpuUsage();
    greedyModularity(nodes, edges, 0.5);
    return process.cpuUsage(start).user / 1000;
  });
  expect(Math.min(...runs)).toBeLessThan(50);
});

function modularity(communities: readonly string[][], edges: readonly WeightedEdge[], resolution: number): number {
  const of = new Map(communities.flatMap((members, n) => members.map((node) => [node, n] as const)));
  const real = edges.filter((one) => one.a !== one.b);
  const total = real.reduce((sum, one) => sum + one.weight, 0);
  if (total === 0) return 0;
  const inside = communities.map(() => 0);
  const degree = communities.map(() => 0);
  for (const { a, b, weight } of real) {
    degree[of.get(a)!]! += weight;
    degree[of.get(b)!]! += weight;
    if (of.get(a) === of.get(b)) inside[of.get(a)!]! += weight;
  }
  return communities.reduce((sum, _, n) => sum + inside[n]! / total - resolution * (degree[n]! / (2 * total)) ** 2, 0);
}

function name(n: number): string {
  return String(n).padStart(2, '0');
}

/** W. W. Zachary, "An information flow model for conflict and fission in small groups", 1977. */
const KARATE = (
  '1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20 2-22 2-31 3-4 3-8 3-9 3-10 ' +
  '3-14 3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33 9-34 10-34 14-34 15-33 15-34 16-33 16-34 19-33 19-34 ' +
  '20-34 21-33 21-34 23-33 23-34 24-26 24-28 24-30 24-33 24-34 25-26 25-28 25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 ' +
  '31-33 31-34 32-33 32-34 33-34'
)
  .split(' ')
  .map((pair) => pair.split('-').map(Number));
