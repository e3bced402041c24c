import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { RULES } from '../../session/registry';
import { wasmEngine } from '../support/engine';
import { parseFixtures, runCase } from '../support/fixtures';

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

for (const rule of RULES) {
  const folder = new URL(`../../rules/${rule.meta.id}/`, import.meta.url);
  const fixtures = (await readdir(new URL('fixtures/', folder)))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `fixtures/${name}`);
  for (const page of ['README.md', ...fixtures]) {
    const cases = parseFixtures(await readFile(new URL(page, folder), 'utf8'));
    describe(`${rule.meta.id}/${page}`, () => {
      test.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
        const { expected, actual } = runCase(engine, rule, RULES, one);
        expect(actual).toEqual(expected);
      });
    });
  }
}
