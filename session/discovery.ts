import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { compareText } from '../core/rule/finding';
import { type LanguageId, languageOfPath } from '../core/syntax/language';
import type { Config } from './config/schema';
import type { FolderConfig } from './config/settings';
import { CONFIG_FILES, type ConfigSource, readFolderConfig } from './config/source';
import { validateConfig } from './config/validate';
import { isGeneratedName, isVendoredFolder } from './generated';
import { gitignoreOf, IgnoreStack, ignoresAbove, type PatternList, patternList } from './ignores';
import { folderOf, relativePath, type Scope, type Target } from './root';
import { type SkippedFile, UsageError } from './types';
import { systemCode, systemReason } from './write/files';

/** What tells whether a file changed without reading it, as in git. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

export interface DiscoveredFile extends FileStamp {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly language: LanguageId;
  /** When the stamp was taken, by this machine's clock. */
  readonly checkedAt: number;
}

export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly DiscoveredFile[];
  readonly skipped: readonly SkippedFile[];
  /** Every configuration that holds for a part of the scope, checked. */
  readonly configs: readonly FolderConfig[];
}

/** Larger files are data, whatever their name; and their trees would not fit the memory limit. */
export const MAX_FILE_SIZE = 4 * 1024 * 1024;

const NEVER = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  'site-packages',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.yarn',
]);

/** What holds inside a folder. */
interface Folder {
  readonly absolute: string;
  readonly ignores: IgnoreStack;
  /** Patterns of `exclude`, kept apart from git's: neither can take back what the other says. */
  readonly excludes: IgnoreStack;
}

/**
 * Finds the files of a scope, and the configurations that hold for them, in one walk.
 *
 * Symbolic links are never followed: what they point to inside the root is found under its own name, what lies outside is none of ours.
 * @param named the configuration that replaces all others (`--config`)
 * @param exclude patterns of an editor's settings, as if they stood in a configuration of the folder that is looked at
 * @throws UsageError when a configuration is wrong
 */
export async function discover(
  scope: Scope,
  named: ConfigSource | undefined,
  signal?: AbortSignal,
  exclude: readonly string[] = [],
): Promise<Discovery> {
  const walk = new Walk(scope.root, named, signal, patternList(join(scope.root, folderOf(scope)), exclude));
  await Promise.all(scope.targets.map((target) => walk.visitTarget(target)));
  return walk.result();
}

/**
 * What {@link discover} says of some files of a scope, without the walk: which of them it finds, and the configurations on the way to them.
 * @throws UsageError when a configuration on the way is wrong
 */
export async function discoverOnly(
  scope: Scope,
  files: readonly string[],
  exclude: readonly string[] = [],
): Promise<Discovery> {
  const folder = folderOf(scope);
  const walk = new Walk(scope.root, undefined, undefined, patternList(join(scope.root, folder), exclude));
  await Promise.all(files.map((file) => walk.visitOnly(file, folder === '' ? 0 : folder.split('/').length)));
  return walk.result();
}

class Walk {
  private readonly files = new Map<string, DiscoveredFile>();
  private readonly skipped = new Map<string, SkippedFile>();
  private readonly configs = new Map<string, FolderConfig>();
  private readonly folders = new Map<string, Promise<Folder>>();
  private readonly visited = new Set<string>();
  /** Earlier than every stamp of this walk, which is the safe side. */
  private readonly startedAt = Date.now();
  private readonly usageErrors: UsageError[] = [];
  /** Bounds the files that are open at once; a monorepo has thousands of small ones to look into. */
  private readonly limit = pLimit(32);

  constructor(
    private readonly root: string,
    private readonly named: ConfigSource | undefined,
    private readonly signal: AbortSignal | undefined,
    private readonly exclude: PatternList,
  ) {}

  result(): Discovery {
    // The first by name, so that every run tells of the same one.
    const [error] = this.usageErrors.sort((a, b) => compareText(a.message, b.message));
    if (error) throw error;
    const byFile = (a: { file: string }, b: { file: string }) => compareText(a.file, b.file);
    return {
      files: [...this.files.values()].sort(byFile),
      skipped: [...this.skipped.values()].sort(byFile),
      configs: [...this.configs.values()].sort((a, b) => compareText(a.folder, b.folder)),
    };
  }

  async visitTarget({ path, isFolder }: Target): Promise<void> {
    const steps = path === '' ? [] : path.split('/');
    const own = isFolder ? undefined : steps.pop();
    let above: Folder | undefined;
    let absolute = this.root;
    for (const step of steps) {
      above = await this.enter(absolute, above);
      absolute = join(absolute, step);
    }
    if (own === undefined) return this.visitFolder(absolute, above, { isVendored: false, isTarget: true });
    await this.enter(absolute, above);
    // A file that is named is audited even where it is ignored, excluded or vendored.
    await this.visitFile(join(absolute, own), false);
  }

  /** @param depth of the folder that is looked at, which is not passed over, whatever it is called */
  async visitOnly(file: string, depth: number): Promise<void> {
    const steps = file.split('/');
    const name = steps.pop()!;
    let absolute = this.root;
    let folder = await this.enter(absolute, undefined);
    for (const [index, step] of steps.entries()) {
      absolute = join(absolute, step);
      if (index >= depth) {
        if (NEVER.has(step) || isVendoredFolder(step) || isIgnored(folder, absolute, true)) return;
        if (await isRegularFile(join(absolute, 'pyvenv.cfg'))) return;
      }
      folder = await this.enter(absolute, folder);
    }
    const path = join(absolute, name);
    if (!isIgnored(folder, path, false) && (await isRegularFile(path))) await this.visitFile(path, true);
  }

  private async visitFolder(
    absolute: string,
    above: Folder | undefined,
    { isVendored, isTarget }: { readonly isVendored: boolean; readonly isTarget: boolean },
  ): Promise<void> {
    this.signal?.throwIfAborted();
    if (this.visited.has(absolute)) return;
    this.visited.add(absolute);
    let entries: Dirent[];
    try {
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      this.skip(absolute, 'unreadable', reasonOf(error));
      return;
    }
    const names = new Set(entries.map((entry) => entry.name));
    if (names.has('pyvenv.cfg') && !isTarget) return;
    const folder = await this.enter(absolute, above, names);
    await Promise.all(
      entries.map((entry) => {
        const path = join(absolute, entry.name);
        if (!entry.isDirectory()) return this.visitEntry(entry, path, folder, isVendored);
        if (NEVER.has(entry.name) || isIgnored(folder, path, true)) return undefined;
        return this.visitFolder(path, folder, {
          isVendored: isVendored || isVendoredFolder(entry.name),
          isTarget: false,
        });
      }),
    );
  }

  private async visitEntry(entry: Dirent, path: string, folder: Folder, isVendored: boolean): Promise<void> {
    if (languageOfPath(entry.name) === undefined || isIgnored(folder, path, false)) return;
    if (isVendored) return this.skip(path, 'vendored');
    if (entry.isFile()) return this.visitFile(path, true);
    if (!entry.isSymbolicLink()) return this.skip(path, 'unreadable', 'not a regular file');
    try {
      await stat(path);
    } catch (error) {
      this.skip(
        path,
        'unreadable',
        systemCode(error) === 'ELOOP' ? 'symbolic links in a circle' : 'broken symbolic link',
      );
    }
  }

  /** @param isKnownFile whether the folder's listing already said that this is a regular file */
  private async visitFile(absolute: string, isKnownFile: boolean): Promise<void> {
    const language = languageOfPath(absolute);
    if (language === undefined) return;
    if (isGeneratedName(absolute)) return this.skip(absolute, 'generated', 'by its name');
    let stats: Stats;
    try {
      stats = await stat(absolute);
    } catch (error) {
      return this.skip(absolute, 'unreadable', reasonOf(error));
    }
    if (!isKnownFile && !stats.isFile()) return this.skip(absolute, 'unreadable', 'not a regular file');
    if (stats.size > MAX_FILE_SIZE)
      return this.skip(absolute, 'too-large', `${stats.size} bytes, the limit is ${MAX_FILE_SIZE}`);
    const file = relativePath(this.root, absolute);
    const { size, mtimeMs, ctimeMs, ino } = stats;
    this.files.set(file, { file, language, size, mtimeMs, ctimeMs, ino, checkedAt: this.startedAt });
  }

  private skip(absolute: string, reason: SkippedFile['reason'], detail?: string): void {
    const file = relativePath(this.root, absolute) || '.';
    this.skipped.set(file, detail === undefined ? { file, reason } : { file, reason, detail });
  }

  /**
   * Reads what a folder says about what lies below it, once.
   * @param names its entries, where they are known
   */
  private enter(absolute: string, above: Folder | undefined, names?: ReadonlySet<string>): Promise<Folder> {
    let folder = this.folders.get(absolute);
    if (!folder) {
      folder = this.read(absolute, above, names);
      this.folders.set(absolute, folder);
    }
    return folder;
  }

  private async read(
    absolute: string,
    above: Folder | undefined,
    names: ReadonlySet<string> | undefined,
  ): Promise<Folder> {
    let ignores = above?.ignores ?? (await ignoresAbove(this.root));
    let excludes = above?.excludes ?? IgnoreStack.empty.with(this.exclude);
    if (names?.has('.gitignore') ?? true) ignores = ignores.with(await this.limit(() => gitignoreOf(absolute)));
    if (names === undefined || CONFIG_FILES.some(({ base }) => names.has(base)) || absolute === this.root) {
      const config = await this.limit(() => this.configOf(absolute, names));
      if (config?.exclude) excludes = excludes.with(patternList(absolute, config.exclude));
    }
    return { absolute, ignores, excludes };
  }

  private async configOf(absolute: string, names: ReadonlySet<string> | undefined): Promise<Config | undefined> {
    if (this.named && absolute !== this.root) return undefined;
    try {
      const source = this.named ?? (await readFolderConfig(absolute, (path) => relativePath(this.root, path), names));
      if (!source) return undefined;
      const config = validateConfig(source);
      const folder = relativePath(this.root, absolute);
      this.configs.set(folder, { folder, config, origin: source.name });
      return config;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.usageErrors.push(error);
      return undefined;
    }
  }
}

/** Whether a folder of that name is never looked into. */
export const isNeverEntered = (name: string): boolean => NEVER.has(name);

function isRegularFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

function isIgnored({ ignores, excludes }: Folder, path: string, isFolder: boolean): boolean {
  return ignores.ignores(path, isFolder) || excludes.ignores(path, isFolder);
}

function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return code === undefined ? String(error) : systemReason(code);
}
