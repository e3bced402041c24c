import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../esbuild.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of a fresh build of the command line. */
    cliFolder: string;
  }
}

/**
 * Builds the command line once for all tests, so that no stale build is tested. Inside the checkout, where the optional native packages
 * are found as in an installation.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = fileURLToPath(new URL('../../node_modules/.seamline-test/', import.meta.url));
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'cli-'));
  await bundle(folder);
  project.provide('cliFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
