import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { Project, ts } from 'ts-morph';
import { type FileSystemEntries, matchFiles } from './internals';

/** Where the compiler believes its lib.*.d.ts to be. No such folder exists: ts-morph carries the files in memory. */
export const LIB_FOLDER = '/seamline-typescript-lib';

const TS_MORPH_LIB_FOLDER = '/node_modules/typescript/lib';

/** Sees nothing but these files. */
const libHost = new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();

/** The text of a file of {@link LIB_FOLDER}. */
export function libText(path: string): string | undefined {
  const inMemory = `${TS_MORPH_LIB_FOLDER}/${basename(path)}`;
  return libHost.fileExists(inMemory) ? libHost.readFile(inMemory) : undefined;
}

export const isLib = (path: string): boolean => path.startsWith(`${LIB_FOLDER}/`);

/** One way of writing each path on this machine, so that two writings of a file are one key. */
export const canonical = (path: string): string => (ts.sys.useCaseSensitiveFileNames ? path : path.toLowerCase());

interface Entries extends FileSystemEntries {
  readonly canonicalFiles: ReadonlySet<string>;
}

interface Listing {
  /** Undefined where there is no such folder, or none that is ours to read. */
  readonly entries: Entries | undefined;
  /** The folder's own time and number when it was listed. */
  readonly stamp: string | undefined;
  /** Whether the stamp tells of every later change: none may have come in the same tick of the disk's clock. */
  readonly isSettled: boolean;
}

/** Milliseconds within which a disk may give two changes of a folder one time. */
const TICK_MS = 2_500;

/**
 * The disk as it is during one request: folders are listed once, which is cheaper than asking for each path that a specifier may mean.
 * What was listed is known for later requests where nothing has changed.
 */
export class Disk {
  private readonly listed = new Map<string, Listing & { readonly folder: string }>();
  private readonly real = new Map<string, string>();
  private readonly versions = new Map<string, string | undefined>();
  /** JSON that was read, by path: it may say which file a name leads to. */
  private readonly json = new Map<string, { readonly path: string; readonly version: string | undefined }>();

  /**
   * Looks at the disk anew, as a request begins.
   * @returns whether files came or went, or JSON has changed: names may lead elsewhere since
   */
  refresh(): boolean {
    this.versions.clear();
    let hasChanged = false;
    for (const [key, known] of this.listed) {
      const stat = known.isSettled ? statOf(known.folder) : undefined;
      if (known.isSettled && (stat && stampOf(stat)) === known.stamp) continue;
      const fresh = { folder: known.folder, ...list(known.folder) };
      this.listed.set(key, fresh);
      hasChanged ||= !areSame(known.entries, fresh.entries);
    }
    for (const { path, version } of this.json.values()) hasChanged ||= this.version(path) !== version;
    if (hasChanged) {
      this.real.clear();
      this.json.clear();
    }
    return hasChanged;
  }

  fileExists(path: string): boolean {
    return this.entries(posix.dirname(path))?.canonicalFiles.has(canonical(basename(path))) ?? false;
  }

  entries(folder: string): Entries | undefined {
    const key = canonical(folder);
    let known = this.listed.get(key);
    if (!known) {
      known = { folder, ...list(folder) };
      this.listed.set(key, known);
    }
    return known.entries;
  }

  readFile(path: string): string | undefined {
    if (path.endsWith('.json')) this.json.set(canonical(path), { path, version: this.version(path) });
    return ts.sys.readFile(path);
  }

  /** Names the content of a file without reading it; undefined where it is not there. */
  version(path: string): string | undefined {
    const key = canonical(path);
    if (!this.versions.has(key)) {
      const stat = this.fileExists(path) ? statOf(path) : undefined;
      this.versions.set(key, stat && `${stat.mtimeMs} ${stat.size} ${stat.ino}`);
    }
    return this.versions.get(key);
  }

  realpath(path: string): string {
    let known = this.real.get(path);
    if (known === undefined) {
      known = ts.sys.realpath?.(path) ?? path;
      this.real.set(path, known);
    }
    return known;
  }
}

function list(folder: string): Listing {
  const stat = statOf(folder);
  const isSettled = !stat || Date.now() - stat.mtimeMs > TICK_MS;
  return { entries: stat && entriesOf(folder), stamp: stat && stampOf(stat), isSettled };
}

const stampOf = ({ mtimeMs, ino }: Stats): string => `${mtimeMs} ${ino}`;

/** Undefined for what is not there, or not ours to look at. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Entries | undefined {
  const files: string[] = [];
  const directories: string[] = [];
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const kind = entry.isSymbolicLink() ? statSync(posix.join(folder, entry.name), { throwIfNoEntry: false }) : entry;
      if (kind?.isFile()) files.push(entry.name);
      else if (kind?.isDirectory()) directories.push(entry.name);
    }
  } catch {
    // Not there, no folder, or not ours to read: the compiler sees nothing in any of these cases.
    return undefined;
  }
  files.sort();
  directories.sort();
  return { files, directories, canonicalFiles: new Set(files.map(canonical)) };
}

const areSame = (a: Entries | undefined, b: Entries | undefined): boolean =>
  a?.files.join('/') === b?.files.join('/') && a?.directories.join('/') === b?.directories.join('/');

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
