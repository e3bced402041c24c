import { lstat, mkdir, open, readdir, readFile, realpath, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What writing a change asks of the file system: a test puts a failing one in its place. */
export interface Files {
  readonly lstat: typeof lstat;
  readonly mkdir: typeof mkdir;
  readonly open: typeof open;
  readonly readdir: typeof readdir;
  readonly readFile: typeof readFile;
  readonly realpath: typeof realpath;
  readonly rename: typeof rename;
  readonly rmdir: typeof rmdir;
  readonly stat: typeof stat;
  readonly unlink: typeof unlink;
}

export const DISK: Files = { lstat, mkdir, open, readdir, readFile, realpath, rename, rmdir, stat, unlink };

/** Who a file belongs to and what may be done with it. */
export interface Attributes {
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Writes a file so that it is on the disk, not only in memory, when the promise resolves.
 * @param flags `wx` where there must be none yet
 * @param attributes of the file whose place it will take; without, the process's own
 */
export async function writeDurably(
  files: Files,
  path: string,
  bytes: Uint8Array,
  flags: 'w' | 'wx',
  attributes?: Attributes,
): Promise<void> {
  // Until its attributes are set, nobody reads what the original may keep from them.
  const handle = await files.open(path, flags, attributes ? 0o600 : 0o666);
  try {
    if (bytes.length > 0) await handle.writeFile(bytes);
    if (attributes) {
      await handle.chown(attributes.uid, attributes.gid).catch(ignoring('EPERM', 'ENOSYS', 'EINVAL'));
      await handle.chmod(attributes.mode);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes renames and removals in a folder durable; where the system cannot do this for folders, it has no need or no means. */
export async function syncFolderOf(files: Files, path: string): Promise<void> {
  const ignored = ignoring('EACCES', 'EINVAL', 'EISDIR', 'ENOENT', 'ENOSYS', 'ENOTSUP', 'EPERM');
  const handle = await files.open(dirname(path), 'r').catch(ignored);
  try {
    await handle?.sync().catch(ignored);
  } finally {
    await handle?.close();
  }
}

/** The bytes of a file; undefined where there is none. */
export function readIfThere(files: Files, path: string): Promise<Uint8Array | undefined> {
  return files.readFile(path).catch(ignoring('ENOENT', 'ENOTDIR'));
}

/** Removes a file, if it is there. */
export async function removeFile(files: Files, path: string): Promise<void> {
  await files.unlink(path).catch(ignoring('ENOENT', 'ENOTDIR'));
}

/** The code of a failure of the system, such as `ENOSPC`; undefined for every other error. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** What a failure of the system means, in words. */
export function systemReason(code: string): string {
  const words = REASONS[code];
  return words === undefined ? code : `${words} (${code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk failed',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist any more',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
};

/** For `catch`: undefined for these failures of the system, every other error is thrown on. */
export function ignoring(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.includes(systemCode(error) ?? '')) throw error;
    return undefined;
  };
}
