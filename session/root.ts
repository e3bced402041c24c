import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
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

/** The one folder that a scope is about, relative to the root; the root itself where it is about several paths or a file. */
export function folderOf({ targets }: Scope): string {
  const [only, ...others] = targets;
  return only?.isFolder && others.length === 0 ? only.path : '';
}

/**
 * A path that the user gave, relative to the working directory or to the root, as output writes it. It need not exist.
 * @throws UsageError when it lies outside the root
 */
export async function pathInRoot(path: string, cwd: string, root: string): Promise<string> {
  const found = (await existing(resolve(cwd, path))) ?? (await existing(resolve(root, path)));
  const local = relativePath(root, found ?? resolve((await existing(cwd)) ?? cwd, path));
  if (!isOutside(local)) return local;
  throw new UsageError(`${path}: lies outside the root ${root}`);
}

/** A path as it is written in output: relative to the root, with `/`. */
export function relativePath(root: string, path: string): string {
  const local = relative(root, path);
  return sep === '/' ? local : local.replaceAll(sep, '/');
}

async function resolveTarget(path: string, cwd: string, root: string): Promise<Target> {
  const absolute = (await existing(resolve(cwd, path))) ?? (await existing(resolve(root, path)));
  if (absolute === undefined) {
    throw new UsageError(`${path}: no such file or folder${await searched(path, cwd, root)}; check the path`);
  }
  const local = relativePath(root, absolute);
  if (isOutside(local) || resolve(root, local) !== absolute) {
    throw new UsageError(`${path}: lies outside the root ${root}; audit it in a run of its own`);
  }
  return { path: local, isFolder: (await stat(absolute)).isDirectory() };
}

const isOutside = (local: string): boolean => local === '..' || local.startsWith('../') || isAbsolute(local);

/** Where a path was looked for, each folder once; nothing for an absolute path, which says it itself. */
async function searched(path: string, cwd: string, root: string): Promise<string> {
  if (isAbsolute(path)) return '';
  return (await existing(cwd)) === root ? ` below ${root}` : `, neither below ${cwd} nor below ${root}`;
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
    if (await isRoot(at)) return at;
    if (dirname(at) === at) return folder;
  }
}

/** Whether a folder is where a repository or a configuration begins. */
export async function isRoot(folder: string): Promise<boolean> {
  return (await existing(join(folder, '.git'))) !== undefined || hasFolderConfig(folder);
}
