import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { hasFolderConfig } from './config/source';
import { UsageError } from './types';

/** One of the paths to audit. */
export interface Target {
  /** Relative to the root, with `/`; the root itself is the empty string. */
  readonly path: string;
  readonly isFolder: boolean;
}

export interface Scope {
  /** Absolute, with symbolic links resolved. */
  readonly root: string;
  /** Sorted, without repetitions. */
  readonly targets: readonly Target[];
}

/**
 * Finds the root and the paths below it.
 * @throws UsageError when a path does not exist or lies outside the root
 */
export async function resolveScope(paths: readonly string[], cwd: string): Promise<Scope> {
  const [first] = paths;
  const start = first === undefined ? undefined : await existing(resolve(cwd, first));
  const root = await findRoot(start ?? (await realpath(cwd)));
  const targets = new Map<string, Target>();
  for (const path of paths.length > 0 ? paths : [cwd]) {
    const target = await resolveTarget(path, cwd, root);
    targets.set(target.path, target);
  }
  return { root, targets: [...targets.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** A path as it is written in output: relative to the root, with `/`. */
export function relativePath(root: string, path: string): string {
  const local = relative(root, path);
  return sep === '/' ? local : local.replaceAll(sep, '/');
}

async function resolveTarget(path: string, cwd: string, root: string): Promise<Target> {
  const absolute = (await existing(resolve(cwd, path))) ?? (await existing(resolve(root, path)));
  if (absolute === undefined) {
    throw new UsageError(`${path}: no such file or folder, neither below ${cwd} nor below ${root}; check the path`);
  }
  const local = relativePath(root, absolute);
  if (local === '..' || local.startsWith('../') || resolve(root, local) !== absolute) {
    throw new UsageError(`${path}: lies outside the root ${root}; audit it in a run of its own`);
  }
  return { path: local, isFolder: (await stat(absolute)).isDirectory() };
}

/** The path with its symbolic links resolved, so that no file is audited under two names; undefined if there is nothing. */
async function existing(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}

async function findRoot(start: string): Promise<string> {
  const folder = (await stat(start)).isDirectory() ? start : dirname(start);
  for (let at = folder; ; at = dirname(at)) {
    if ((await existing(join(at, '.git'))) !== undefined || (await hasFolderConfig(at))) return at;
    if (dirname(at) === at) return folder;
  }
}
