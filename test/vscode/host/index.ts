import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runMocha } from '../run-mocha';

/** What VS Code calls in its extension host; it rejects when a test fails. */
export async function run(): Promise<void> {
  const files = readdirSync(__dirname)
    .filter((name) => name.endsWith('.suite.cjs'))
    .sort()
    .map((name) => join(__dirname, name));
  const failed = await runMocha(files, 30_000);
  if (failed > 0) throw new Error(`${failed} failed`);
}
