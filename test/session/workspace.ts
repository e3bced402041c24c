import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { type AuditRequest, type AuditResult, audit } from '../../session/index';

export type Content = string | Uint8Array;

/** A folder on disk with a cache of its own; both vanish after the test. */
export interface Workspace {
  readonly root: string;
  path(file: string): string;
  write(file: string, content: Content): Promise<void>;
  audit(request?: Partial<AuditRequest>): Promise<AuditResult>;
}

const open: string[] = [];

afterEach(async () => {
  delete process.env.SEAMLINE_CACHE_DIR;
  for (const folder of open.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** Makes a folder with these files and, so that it is a root, an empty `.git`. */
export async function workspace(files: Readonly<Record<string, Content>>): Promise<Workspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'seamline-test-')));
  const cache = await mkdtemp(join(tmpdir(), 'seamline-cache-'));
  open.push(root, cache);
  process.env.SEAMLINE_CACHE_DIR = cache;
  const path = (file: string) => join(root, file);
  const write = async (file: string, content: Content) => {
    await mkdir(dirname(path(file)), { recursive: true });
    await writeFile(path(file), content);
  };
  await mkdir(path('.git'));
  for (const [file, content] of Object.entries(files)) await write(file, content);
  return {
    root,
    path,
    write,
    audit: (request = {}) => audit({ paths: [], cwd: root, engine: 'wasm', useCache: false, jobs: 1, ...request }),
  };
}

export const filesOf = (result: AuditResult): string[] => result.modules.map((row) => row.file);

/** `file: reason` and, where asked for, the detail. */
export function skippedOf(result: AuditResult, withDetail = false): string[] {
  return result.skipped.map(
    ({ file, reason, detail }) => `${file}: ${reason}${withDetail && detail ? ` (${detail})` : ''}`,
  );
}

/** All of a result that must not depend on jobs, engine and cache. */
export function comparable({ stats, readText, ...rest }: AuditResult): string {
  return JSON.stringify(rest);
}
