import { open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { rootOfJournal } from './write/journal';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A root that nobody audited for so long is audited anew as fast as it is worth. */
const UNUSED_MS = 30 * DAY_MS;

/** Its time says when the folder was looked through last. */
const MARKER = 'last.pruned';

/** Of one root: `<hash of its path>.facts`, the verdict beside it, and what a run left behind that was killed while it wrote. */
const OURS = /^([0-9a-f]{32})\.(?:facts|result)(?:\.\d+\.[0-9a-f]+\.tmp)?$/;

/** What the writer keeps of a change until it is complete, and what it has written of that when it was killed: see `write/journal.ts`. */
const JOURNAL = /^[0-9a-f]{32}\.[0-9a-f]{8}-\d+-[0-9a-f]{12}\.journal(\.tmp)?$/;

/** The head of a cache holds the path of its root, and no path is longer. */
const HEAD_BYTES = 8192;

/**
 * Notes that a root's cache is in use and, once a day at most, removes the caches of roots that no longer exist or that nobody audited
 * for thirty days. The journal of an interrupted change stays as long as its workspace may come back. Touches files with our own names only. Never fails: what cannot be removed stays.
 * @param path the root's file of facts, which need not exist
 * @param now milliseconds since 1970
 */
export async function tendCaches(path: string, now = Date.now()): Promise<void> {
  try {
    // A day's precision is enough, and a warm audit writes nothing else.
    if (!(await isRecent(path, now))) await utimes(path, now / 1000, now / 1000).catch(() => undefined);
    const folder = dirname(path);
    const marker = join(folder, MARKER);
    if (await isRecent(marker, now)) return;
    // Before the work, so that runs beside this one leave it alone.
    await writeFile(marker, '', { mode: 0o600 });
    await utimes(marker, now / 1000, now / 1000);
    await prune(folder, now);
  } catch {
    // A cache folder that is missing, or not ours to write in, is not worth a word.
  }
}

async function prune(folder: string, now: number): Promise<void> {
  const roots = new Map<string, string[]>();
  const names = await readdir(folder);
  for (const name of names) {
    const id = OURS.exec(name)?.[1];
    if (id !== undefined) roots.set(id, [...(roots.get(id) ?? []), join(folder, name)]);
  }
  // One after the other: nobody waits for it, and the audit beside it wants the disk.
  for (const paths of roots.values()) {
    const times = await Promise.all(paths.map((path) => modified(path)));
    const isIdle = now - Math.max(...times) > UNUSED_MS;
    const facts = paths.find((path) => path.endsWith('.facts'));
    const isDead = isIdle || (await isGone(facts && (await rootOf(facts))));
    const doomed = paths.filter(
      (path, index) => isDead || (basename(path).endsWith('.tmp') && now - times[index]! > DAY_MS),
    );
    for (const path of doomed) await remove(path);
  }
  for (const name of names) await tendJournal(join(folder, name), JOURNAL.exec(name), now);
}

/**
 * Where the root exists, its next run takes the change back, however late. A root that is gone may lie on a disk that is not there now, so
 * that its journal waits as long as a cache would. One that was never finished says nothing, and no run takes a day to finish it.
 */
async function tendJournal(path: string, name: RegExpExecArray | null, now: number): Promise<void> {
  if (!name) return;
  const age = now - (await modified(path));
  if (name[1] !== undefined) {
    if (age > DAY_MS) await remove(path);
  } else if (age > UNUSED_MS && (await isGone(await rootOfJournal({ readFile }, path).catch(() => undefined)))) {
    await remove(path);
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { force: true }).catch(() => undefined);
}

/** Only what is certainly not there counts: a folder that may not be looked at, or a disk that does not answer, is still somebody's. */
async function isGone(root: string | undefined): Promise<boolean> {
  if (root === undefined) return false;
  try {
    await stat(root);
    return false;
  } catch (error) {
    return /^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** The root that the head of a file of facts names; undefined where it is damaged. */
async function rootOf(facts: string): Promise<string | undefined> {
  try {
    const handle = await open(facts);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const [head = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
      const { root } = JSON.parse(head) as { readonly root?: unknown };
      return typeof root === 'string' ? root : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function isRecent(path: string, now: number): Promise<boolean> {
  return Math.abs(now - (await modified(path))) < DAY_MS;
}

/** Milliseconds since 1970; 0 where there is no such file. */
function modified(path: string): Promise<number> {
  return stat(path).then(
    (stats) => stats.mtimeMs,
    () => 0,
  );
}
