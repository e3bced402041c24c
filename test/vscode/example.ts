import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of an example workspace, which a test may change. */
export interface Example {
  readonly folder: string;
  readonly remove: () => void;
}

/** @param examples the repository's `examples/` */
export function copyExample(examples: string, name: string): Example {
  const parent = mkdtempSync(join(tmpdir(), 'seamline-example-'));
  const folder = join(parent, name);
  cpSync(join(examples, name), folder, { recursive: true });
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 3 }) };
}
