// Runs the browser suite: what a person does in the real workbench.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackExtension } from './extension.mjs';
import { runMocha } from './run-mocha';

const SUITES = fileURLToPath(new URL('./browser/', import.meta.url));

await unpackExtension();
const files = readdirSync(SUITES)
  .filter((name) => name.endsWith('.suite.mts'))
  .sort()
  .map((name) => join(SUITES, name));
process.exit((await runMocha(files, 120_000)) === 0 ? 0 : 1);
