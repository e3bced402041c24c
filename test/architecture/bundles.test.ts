import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';

const textOf = (name: string) => readFile(join(inject('cliFolder'), `${name}.js`), 'utf8');

/** A function that no code but the compiler's own defines. */
const COMPILER = /function getSemanticDiagnostics\b|getSemanticDiagnostics\(/;

test('the process of its own, and no other, carries the TypeScript compiler', async () => {
  expect(COMPILER.test(await textOf('typescript-child'))).toBe(true);
  for (const name of ['cli', 'worker', 'server', 'client'])
    expect([name, COMPILER.test(await textOf(name))]).toEqual([name, false]);
});
