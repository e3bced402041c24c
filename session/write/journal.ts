import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cachePath } from '../cache';
import { type Attributes, type Files, ignoring, removeFile, syncFolderOf, writeDurably } from './files';
import type { Plan } from './plan';

/** What must be known to take a change back, or to see that it is complete. */
export interface JournalEntry {
  readonly file: string;
  readonly target: string;
  readonly temporary: string;
  /** Undefined where there was no file. */
  readonly before: Uint8Array | undefined;
  /** {@link bytesHash} of the new bytes; undefined where the file is deleted. */
  readonly after: string | undefined;
  readonly attributes: Attributes | undefined;
}

export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** Folders that the change makes, outer ones first. */
  readonly folders: readonly string[];
}

/** Of runs of this process: their journals are not those of a dead process that had the same id, as is usual in containers. */
const active = new Set<string>();

/**
 * The record of one change that is being written, kept outside the repository. It is on disk before the first file of the workspace is
 * touched, and is removed when all files are new or all are old again: whoever finds one whose run is dead takes the change back.
 * Its name tells who writes; runs do not overwrite each other's.
 */
export class Journal {
  private constructor(
    private readonly files: Files,
    readonly path: string,
  ) {}

  /** Puts the record of a change on disk, as a whole or not at all. */
  static async create(files: Files, root: string, content: JournalContent): Promise<Journal> {
    const path = `${prefixOf(root)}${hostId()}-${process.pid}-${randomBytes(6).toString('hex')}${SUFFIX}`;
    const temporary = `${path}${TEMPORARY}`;
    await files.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    active.add(basename(path));
    try {
      const body = bodyOf(root, content);
      const attributes = { mode: 0o600, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      await writeDurably(files, temporary, Buffer.from(`${bytesHash(Buffer.from(body))}\n${body}`), 'wx', attributes);
      await files.rename(temporary, path);
      await syncFolderOf(files, path);
      return new Journal(files, path);
    } catch (error) {
      active.delete(basename(path));
      await removeFile(files, temporary).catch(() => undefined);
      await removeFile(files, path).catch(() => undefined);
      throw error;
    }
  }

  /**
   * The journals of a root that dead runs have left. Half-written ones, whose runs had not begun to write, are removed.
   * @param now milliseconds since 1970
   */
  static async abandoned(files: Files, root: string, now = Date.now()): Promise<Journal[]> {
    const found: Journal[] = [];
    for (const path of await journalsOf(files, root)) {
      if (await isAlive(files, path, now)) continue;
      if (path.endsWith(TEMPORARY)) await removeFile(files, path);
      else found.push(new Journal(files, path));
    }
    return found;
  }

  /**
   * Whether no other change is being written in the root, or waits to be taken back. Of two runs that begin at the same time at least
   * one sees the other, as each puts its own journal on disk before it looks.
   */
  async isOnly(root: string): Promise<boolean> {
    const paths = await journalsOf(this.files, root);
    return paths.every((path) => path === this.path || path.endsWith(TEMPORARY));
  }

  /** What it says; `gone` where another run has dealt with it. */
  async read(): Promise<JournalContent | 'damaged' | 'gone'> {
    const bytes = await this.files.readFile(this.path).catch(ignoring('ENOENT'));
    return bytes === undefined ? 'gone' : (decoded(bytes) ?? 'damaged');
  }

  /** The change is complete, or taken back. */
  async remove(): Promise<void> {
    await removeFile(this.files, this.path);
    await syncFolderOf(this.files, this.path);
    this.release();
  }

  /** Leaves the record to the next run. */
  release(): void {
    active.delete(basename(this.path));
  }
}

/** The root that a journal is about; undefined where there is none, or it is damaged. */
export async function rootOfJournal(files: Pick<Files, 'readFile'>, path: string): Promise<string | undefined> {
  const bytes = await files.readFile(path).catch(ignoring('ENOENT'));
  return bytes && decoded(bytes)?.root;
}

/** What a journal has to say about a plan. */
export function contentOf({ steps, folders }: Plan): JournalContent {
  const entries = steps.map(({ after, ...step }) => ({
    ...step,
    after: after === undefined ? undefined : bytesHash(after),
  }));
  return { entries, folders };
}

export function bytesHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const SUFFIX = '.journal';
const TEMPORARY = '.tmp';

/** `<key of the root>.<host>-<process id>-<random>.journal`, and what is written before it is renamed to that. */
const NAME = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.journal(?:\.tmp)?$/;

function prefixOf(root: string): string {
  return cachePath(root).replace(/facts$/, '');
}

async function journalsOf(files: Files, root: string): Promise<string[]> {
  const prefix = prefixOf(root);
  const names = (await files.readdir(dirname(prefix)).catch(ignoring('ENOENT', 'ENOTDIR'))) ?? [];
  const start = basename(prefix);
  return names
    .filter((name) => name.startsWith(start) && NAME.test(name.slice(start.length)))
    .sort()
    .map((name) => join(dirname(prefix), name));
}

/** No change takes that long: a process that still has the id is another one. */
const LONGEST_RUN_MS = 10 * 60 * 1000;

async function isAlive(files: Files, path: string, now: number): Promise<boolean> {
  const name = basename(path);
  const [, host, id] = NAME.exec(name.slice(name.indexOf('.') + 1))!;
  if (host === hostId() && Number(id) === process.pid) return active.has(name.replace(/\.tmp$/, ''));
  if (host === hostId() && !isRunning(Number(id))) return false;
  const stats = await files.stat(path).catch(ignoring('ENOENT'));
  return stats !== undefined && now - stats.mtimeMs < LONGEST_RUN_MS;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Names this machine: a cache folder may be shared by several, whose process ids mean nothing to each other. */
function hostId(): string {
  return bytesHash(Buffer.from(hostname())).slice(0, 8);
}

/** Undefined where it was not written as a whole. */
function decoded(bytes: Buffer): ReturnType<typeof contentOfBody> | undefined {
  const end = bytes.indexOf('\n');
  const body = bytes.subarray(end + 1);
  const isWhole = end > 0 && bytes.toString('latin1', 0, end) === bytesHash(body);
  return isWhole ? contentOfBody(body.toString('utf8')) : undefined;
}

interface Stored extends Pick<JournalContent, 'folders'> {
  /** Tells who prunes the folder of journals whether the workspace still exists. */
  readonly root: string;
  readonly entries: readonly StoredEntry[];
}

type StoredEntry = Omit<JournalEntry, 'before'> & { readonly before: string | undefined };

function bodyOf(root: string, { entries, folders }: JournalContent): string {
  const stored = entries.map(({ before, ...rest }): StoredEntry => {
    return { ...rest, before: before && Buffer.from(before).toString('base64') };
  });
  return JSON.stringify({ root, entries: stored, folders } satisfies Stored);
}

function contentOfBody(body: string): JournalContent & Pick<Stored, 'root'> {
  const { root, entries, folders } = JSON.parse(body) as Stored;
  // An empty file is an empty string here, which is not the same as no file.
  const read = (before: string | undefined) => (before === undefined ? undefined : Buffer.from(before, 'base64'));
  return { root, entries: entries.map(({ before, ...rest }) => ({ ...rest, before: read(before) })), folders };
}
