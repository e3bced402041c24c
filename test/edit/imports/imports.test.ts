import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SyntaxEngine } from '../../../core/syntax/engine';
import { type CPython, loadCPython } from '../../oracle/cpython';
import { wasmEngine } from '../../support/engine';
import { parseImportCases, runImportCase } from './cases';

const FOLDER = new URL('.', import.meta.url);
const pages = (await readdir(FOLDER)).filter((name) => name.endsWith('.md')).sort();
const topics = await Promise.all(
  pages.map(async (name) => [name, parseImportCases(await readFile(new URL(name, FOLDER), 'utf8'))] as const),
);

let engine: SyntaxEngine;
let python: CPython;
const codes = new Set<string>();

beforeAll(async () => {
  engine = await wasmEngine();
  python = await loadCPython();
});

for (const [page, cases] of topics) {
  describe(page, () => {
    test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
      const { actual, expected, codes: refused } = await runImportCase(engine, one);
      for (const code of refused) codes.add(code);
      expect(actual).toEqual(expected);
      for (const text of one.results.values()) expect(python.symtable(text)).toHaveProperty('table');
    });
  });
}

test('every refusal of an import has a case', () => {
  expect([...codes].sort()).toEqual([
    'import-conditional',
    'import-conflict',
    'import-cycle',
    'import-too-late',
    'import-type-only',
  ]);
});
