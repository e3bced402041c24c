import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { ts } from 'ts-morph';
import type { FileSystemEntries } from './internals';

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
