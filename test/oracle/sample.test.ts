import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sample, shuffle } from './sample';

const NUMBERS = [...Array(20).keys()];

test('a seed decides the order, and nothing is lost', () => {
  const first = shuffle(NUMBERS, 20261120);
  expect(shuffle(NUMBERS, 20261120)).toEqual(first);
  expect(shuffle(NUMBERS, 20261121)).not.toEqual(first);
  expect([...first].sort((a, b) => a - b)).toEqual(NUMBERS);
  // Pinned: the files of the bench are chosen by it, and its figures are compared over time.
  expect(first.slice(0, 6)).toEqual([4, 16, 0, 2, 14, 5]);
});

test('a sample keeps the order and knows no more than there is', () => {
  const chosen = sample(NUMBERS, 5, 7);
  expect(chosen).toHaveLength(5);
  expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
  expect(sample(NUMBERS, 50, 7)).toEqual(NUMBERS);
});

test('the bench draws its files with it and not with a generator of its own', async () => {
  const bench = await readFile(new URL('../../scripts/bench.mts', import.meta.url), 'utf8');
  expect(bench).toContain('shuffle(report.modules');
  expect(bench).not.toContain('Math.imul');
});
