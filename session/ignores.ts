import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Patterns and the folder (absolute) that they are relative to. */
export interface PatternList {
  readonly folder: string;
  readonly patterns: Ignore;
}

/**
 * Pattern lists from the outermost to the innermost, as git reads them: the innermost list that has an opinion about a path decides.
 * Immutable: each folder adds its own list to those of the folder above.
 */
export class IgnoreStack {
  private constructor(private readonly lists: readonly PatternList[]) {}

  static readonly empty = new IgnoreStack([]);

  with(list: PatternList | undefined): IgnoreStack {
    return list ? new IgnoreStack([...this.lists, list]) : this;
  }

  /** Whether an entry of a folder that is itself not ignored is. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let index = this.lists.length - 1; index >= 0; index--) {
      const { folder, patterns } = this.lists[index]!;
      const local = below(folder, path);
      const { ignored, unignored } = patterns.test(isFolder ? `${local}/` : local);
      if (unignored) return false;
      if (!ignored) continue;
      // The library also answers "ignored" because a folder above is. That folder was let in, by name or by a nearer `!pattern`, so
      // this list has no say in what lies below it.
      const above = local.slice(0, Math.max(0, local.lastIndexOf('/')));
      if (above !== '' && patterns.test(`${above}/`).ignored) continue;
      return true;
    }
    return false;
  }
}

export function patternList(folder: string, patterns: string | readonly string[]): PatternList {
  return { folder, patterns: ignore().add(typeof patterns === 'string' ? patterns : [...patterns]) };
}

/** The `.gitignore` of a folder. */
export async function gitignoreOf(folder: string): Promise<PatternList | undefined> {
  const text = await textOf(join(folder, '.gitignore'));
  return text === undefined ? undefined : patternList(folder, text.replace(/^\uFEFF/, ''));
}

/**
 * What git ignores at the root itself: `.git/info/exclude` and the `.gitignore` files of the folders above, up to the repository's top.
 * The user's global list is left out: an audit says the same on every machine.
 */
export async function ignoresAbove(root: string): Promise<IgnoreStack> {
  const above: string[] = [];
  for (let at = root; ; at = dirname(at)) {
    const exclude = await excludeFileOf(at);
    if (exclude !== undefined) {
      const text = await textOf(exclude);
      let stack = text === undefined ? IgnoreStack.empty : IgnoreStack.empty.with(patternList(at, text));
      for (const folder of above.reverse()) stack = stack.with(await gitignoreOf(folder));
      return stack;
    }
    if (dirname(at) === at) return IgnoreStack.empty;
    // The root's own `.gitignore` is read when the root is walked.
    above.push(dirname(at));
  }
}

/** Path of `info/exclude` where the folder is a repository's top; in a worktree or submodule `.git` is a file that points there. */
async function excludeFileOf(folder: string): Promise<string | undefined> {
  const git = join(folder, '.git');
  const pointer = await textOf(git);
  if (pointer !== undefined) {
    const target = /^gitdir:\s*(.+)$/m.exec(pointer)?.[1];
    if (target === undefined) return undefined;
    const gitdir = resolve(folder, target.trim());
    const common = await textOf(join(gitdir, 'commondir'));
    return join(common === undefined ? gitdir : resolve(gitdir, common.trim()), 'info', 'exclude');
  }
  return (await exists(git)) ? join(git, 'info', 'exclude') : undefined;
}

/** The part of a path below a folder above it, with `/`: cheaper than `path.relative`, which knows no such thing. */
function below(folder: string, path: string): string {
  const local = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
  return sep === '/' ? local : local.replaceAll(sep, '/');
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
