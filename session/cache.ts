import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { COLLECTORS } from './collectors';
import type { DiscoveredFile, FileStamp } from './discovery';
import type { FileOutcome } from './examine';
import { replaceFile } from './replace-file';
import type { Scope } from './root';
import { BUILD_ID, GRAMMAR_VERSIONS, VERSION, WASM_RUNTIME_VERSION } from './versions';

/**
 * The records of a root's files, kept outside the repository in one file per root.
 *
 * A record belongs to a content: it is found by the hash of the bytes and the language. Size, times and inode spare the reading of files
 * that did not change, as in git's index. The file of the cache is written beside its place and renamed, and carries a checksum: what
 * cannot be read, is damaged or was written by another version counts as no cache at all, and never as an error.
 *
 * Layout: a line `{version, root, checksum}` and one line per file, `JSON of the stamp <tab> JSON of the record`.
 */
export class FactsCache {
  private readonly entries = new Map<string, Entry>();
  /** Files that moved are recognised by their inode, and not parsed again. */
  private readonly byInode = new Map<number, Entry>();
  private isChanged = false;

  private constructor(
    private readonly path: string | undefined,
    private readonly root: string,
  ) {}

  /** A cache that knows nothing and keeps nothing. */
  static none(): FactsCache {
    return new FactsCache(undefined, '');
  }

  /** @param version what the records depend on besides the content; replaced in tests only */
  static async open(root: string, version = RECORD_VERSION): Promise<FactsCache> {
    const cache = new FactsCache(cachePath(root), root);
    await cache.load(version);
    cache.version = version;
    return cache;
  }

  private version = RECORD_VERSION;

  /** The record of a file that has not changed since it was read. */
  lookup(file: DiscoveredFile): KnownRecord | undefined {
    const entry = this.entries.get(file.file);
    return entry && entry.language === file.language && isSameStamp(entry, file) && !isRacy(entry) ? entry : undefined;
  }

  /** Hashes with which a file that seems to have changed would be known after all. */
  knownHashes(file: DiscoveredFile): readonly string[] {
    return this.candidates(file).map((entry) => entry.hash);
  }

  /** Keeps what was found out about a file, and returns its record. */
  take(file: DiscoveredFile, outcome: FileOutcome): KnownRecord {
    const { record: fresh, hash, isLasting } = outcome;
    const record =
      fresh === undefined ? this.candidates(file).find((entry) => entry.hash === hash)?.record : () => fresh;
    if (record === undefined) throw new Error(`no record for ${file.file}`);
    if (this.path !== undefined) {
      this.isChanged = true;
      if (isLasting) this.entries.set(file.file, { ...stampOf(file), language: file.language, hash, record });
      else this.entries.delete(file.file);
    }
    return { hash: isLasting ? hash : undefined, record };
  }

  /**
   * Writes the cache if anything changed. Entries inside the scope whose files are gone are dropped; those outside it are kept.
   * A failure (no space, no rights) only means that the next audit is slower.
   */
  async save({ targets }: Pick<Scope, 'targets'>, files: readonly DiscoveredFile[]): Promise<void> {
    if (this.path === undefined) return;
    const present = new Set(files.map((file) => file.file));
    for (const file of this.entries.keys()) {
      const isInScope = targets.some(({ path }) => path === '' || file === path || file.startsWith(`${path}/`));
      if (isInScope && !present.has(file)) this.isChanged = this.entries.delete(file);
    }
    if (!this.isChanged) return;
    await replaceFile(this.path, (temporary) => this.write(temporary)).catch(() => undefined);
  }

  private candidates(file: DiscoveredFile): Entry[] {
    const moved = this.byInode.get(file.ino);
    const found = [this.entries.get(file.file), moved?.size === file.size ? moved : undefined];
    return found.filter((entry) => entry !== undefined && entry.language === file.language) as Entry[];
  }

  private async load(version: string): Promise<void> {
    try {
      const bytes = await readFile(this.path!);
      const headEnd = bytes.indexOf(LF);
      const head = JSON.parse(bytes.toString('utf8', 0, headEnd)) as Head;
      const body = bytes.subarray(headEnd + 1);
      if (head.version !== version || head.checksum !== checksumOf(body)) return;
      for (let start = 0; start < body.length; ) {
        const tab = body.indexOf(TAB, start);
        const end = body.indexOf(LF, tab);
        const [file, entry] = readEntry(body, start, tab, end);
        this.entries.set(file, entry);
        this.byInode.set(entry.ino, entry);
        start = end + 1;
      }
    } catch {
      this.entries.clear();
      this.byInode.clear();
    }
  }

  private async write(path: string): Promise<void> {
    const handle = await open(path, 'wx', 0o600);
    try {
      const hash = createHash('sha1');
      const head = (checksum: string) =>
        `${JSON.stringify({ version: this.version, root: this.root, checksum } satisfies Head)}\n`;
      // The head is written twice, the second time with the checksum: the body is never held as a whole.
      let at = (await handle.write(head(hash.copy().digest('hex')), 0)).bytesWritten;
      let chunk: string[] = [];
      let size = 0;
      const flush = async () => {
        const bytes = Buffer.from(chunk.join(''), 'utf8');
        hash.update(bytes);
        at += (await handle.write(bytes, 0, bytes.length, at)).bytesWritten;
        chunk = [];
        size = 0;
      };
      for (const [file, entry] of this.entries) {
        const line = `${JSON.stringify(lineOf(file, entry))}\t${entry.record()}\n`;
        chunk.push(line);
        size += line.length;
        if (size > CHUNK) await flush();
      }
      await flush();
      await handle.write(head(hash.digest('hex')), 0);
    } finally {
      await handle.close();
    }
  }
}

/** What is known of one file's content. */
export interface KnownRecord {
  /** Hash of the content; undefined where the record may not hold for it next time. */
  readonly hash: string | undefined;
  /** JSON of the record; cut out of the cache's bytes only when it is asked for. */
  readonly record: () => string;
}

interface Entry extends FileStamp, KnownRecord {
  readonly language: string;
  readonly hash: string;
  /** When the stamp was taken. */
  readonly checkedAt: number;
}

interface Head {
  readonly version: string;
  /** Absolute; tells whether anybody can still use the file. */
  readonly root: string;
  readonly checksum: string;
}

type Line = [
  file: string,
  language: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  checkedAt: number,
  hash: string,
];

const LF = 10;
const TAB = 9;
const CHUNK = 1 << 20;

/** File systems keep times in steps of up to two seconds: an edit within the same step leaves no trace in the stamp. */
const RACY_MS = 2_000;

/** Everything but the content that decides what a record says. */
const RECORD_VERSION = createHash('sha256')
  .update(
    JSON.stringify([
      VERSION,
      BUILD_ID,
      WASM_RUNTIME_VERSION,
      GRAMMAR_VERSIONS,
      COLLECTORS.map(({ id, version }) => [id, version]).sort(),
    ]),
  )
  .digest('hex');

/** Where the cache of a root lies. */
export function cachePath(root: string): string {
  const folder = process.env.SEAMLINE_CACHE_DIR || envPaths('seamline', { suffix: '' }).cache;
  return join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.facts`);
}

function readEntry(body: Buffer, start: number, tab: number, end: number): [file: string, entry: Entry] {
  const [file, language, size, mtimeMs, ctimeMs, ino, checkedAt, hash] = JSON.parse(
    body.toString('utf8', start, tab),
  ) as Line;
  const record = () => body.toString('utf8', tab + 1, end);
  return [file, { language, size, mtimeMs, ctimeMs, ino, checkedAt, hash, record }];
}

function lineOf(file: string, entry: Entry): Line {
  const { language, size, mtimeMs, ctimeMs, ino, checkedAt, hash } = entry;
  return [file, language, size, mtimeMs, ctimeMs, ino, checkedAt, hash];
}

function stampOf({ size, mtimeMs, ctimeMs, ino, checkedAt }: DiscoveredFile): FileStamp & { checkedAt: number } {
  return { size, mtimeMs, ctimeMs, ino, checkedAt };
}

function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

/** Whether the file could have been changed after it was read, in the same step of the clock; as git treats its index. */
function isRacy({ mtimeMs, ctimeMs, checkedAt }: Entry): boolean {
  return Math.max(mtimeMs, ctimeMs) > checkedAt - RACY_MS;
}

function checksumOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
