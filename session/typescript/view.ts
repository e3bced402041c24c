import { basename, posix } from 'node:path';
import { ts } from 'ts-morph';
import { canonical, type Disk } from './disk';
import { type FileSystemEntries, matchFiles } from './internals';
import { isLib, libText } from './lib';

/** The disk with some texts in place of those on it: what the compiler is shown of one state of the workspace. */
export class View implements ts.ParseConfigHost {
  readonly useCaseSensitiveFileNames = ts.sys.useCaseSensitiveFileNames;
  private readonly texts = new Map<string, string | undefined>();
  /** Names of overlaid files by folder, and names of folders that may exist for their sake alone. */
  private readonly overlaid = new Map<string, { files: Set<string>; directories: Set<string> }>();
  /** Files that are here and not on disk, or on disk and not here. */
  readonly others: readonly string[];

  /** @param texts by absolute path; undefined: not there */
  constructor(
    private readonly disk: Disk,
    private readonly root: string,
    texts: readonly (readonly [path: string, text: string | undefined])[],
  ) {
    for (const [path, text] of texts) {
      this.texts.set(canonical(path), text);
      if (text !== undefined) this.place(path);
    }
    this.others = [...texts].flatMap(([path, text]) => (disk.fileExists(path) === (text !== undefined) ? [] : [path]));
  }

  /** The text that stands in place of the one on disk; undefined also where the file is not to be there. */
  overlay(path: string): string | undefined {
    return this.texts.get(canonical(path));
  }

  /** Names the content of a file on disk; undefined where it is not to be there. */
  version(path: string): string | undefined {
    if (isLib(path)) return libText(path) === undefined ? undefined : 'lib';
    return this.texts.has(canonical(path)) ? undefined : this.disk.version(path);
  }

  readFile(path: string): string | undefined {
    if (isLib(path)) return libText(path);
    return this.texts.has(canonical(path)) ? this.overlay(path) : this.disk.readFile(path);
  }

  fileExists(path: string): boolean {
    if (isLib(path)) return libText(path) !== undefined;
    if (this.texts.has(canonical(path))) return this.overlay(path) !== undefined;
    return this.disk.fileExists(path) || this.linked(path) !== undefined;
  }

  directoryExists(path: string): boolean {
    if (this.overlaid.has(canonical(path)) || this.disk.entries(path) !== undefined) return true;
    return this.others.length > 0 && this.overlaid.has(canonical(realPath(path, this.disk)));
  }

  getCurrentDirectory(): string {
    return this.root;
  }

  getDirectories(path: string): string[] {
    return [...this.entries(path).directories];
  }

  realpath(path: string): string {
    return this.linked(path) ?? this.disk.realpath(path);
  }

  /** The file of {@link others} that a path leads to by a linked folder, as packages of a workspace are linked into node_modules. */
  private linked(path: string): string | undefined {
    return this.others.find(
      (one) => basename(one) === basename(path) && one !== path && realPath(path, this.disk) === one,
    );
  }

  readDirectory(
    folder: string,
    extensions: readonly string[],
    excludes: readonly string[] | undefined,
    includes: readonly string[],
    depth?: number,
  ): string[] {
    const { useCaseSensitiveFileNames, root } = this;
    return matchFiles(
      folder,
      extensions,
      excludes,
      includes,
      useCaseSensitiveFileNames,
      root,
      depth,
      (path) => this.entries(path),
      (path) => this.realpath(path),
    );
  }

  private entries(folder: string): FileSystemEntries {
    const onDisk = this.disk.entries(folder);
    const added = this.overlaid.get(canonical(folder));
    const files = (onDisk?.files ?? []).filter((name) => this.fileExists(posix.join(folder, name)));
    if (!added) return { files, directories: onDisk?.directories ?? [] };
    return {
      files: [...new Set([...files, ...added.files])],
      directories: [...new Set([...(onDisk?.directories ?? []), ...added.directories])],
    };
  }

  /** Whether a name in an import may lead to one of {@link others}: it says the part of its path that no specifier can do without. */
  mayLeadToOther(specifier: string): boolean {
    return this.others.some((path) => specifier.includes(stemOf(path)));
  }

  /** Makes a file seen in its folder, and its folders up to one that is there anyway. */
  private place(path: string): void {
    if (this.disk.fileExists(path)) return;
    this.placed(posix.dirname(path)).files.add(basename(path));
    for (let folder = posix.dirname(path); this.disk.entries(folder) === undefined; ) {
      const parent = posix.dirname(folder);
      if (parent === folder) return;
      this.placed(parent).directories.add(basename(folder));
      folder = parent;
    }
  }

  private placed(folder: string): { files: Set<string>; directories: Set<string> } {
    const key = canonical(folder);
    const known = this.overlaid.get(key) ?? { files: new Set<string>(), directories: new Set<string>() };
    this.overlaid.set(key, known);
    return known;
  }
}

/** A path that need not be there, with the nearest linked folder above it followed. */
export function realPath(path: string, disk: { realpath(path: string): string }): string {
  for (let folder = posix.dirname(path); folder !== posix.dirname(folder); folder = posix.dirname(folder)) {
    const real = disk.realpath(folder);
    if (real !== folder) return posix.join(real, posix.relative(folder, path));
  }
  return path;
}

/** The part of a path that a specifier cannot do without. */
export function stemOf(path: string): string {
  const stem = posix.basename(path).replace(/(?:\.d)?\.[^.]+$/, '');
  return stem === 'index' ? posix.basename(posix.dirname(path)) : stem;
}
