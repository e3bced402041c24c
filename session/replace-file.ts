import { randomBytes } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts a file in its place as a whole: written beside it, then renamed, so that a reader sees the old content or the new, never half.
 * A link stays a link to what is replaced, and what is no file (a device, a pipe) is written to, never replaced.
 * @param write writes the content to the path that it is given
 * @throws whatever `write` or the file system throws; nothing is left behind then
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const kind = await stat(target).catch(() => undefined);
  if (kind && !kind.isFile() && !kind.isDirectory()) return write(target);
  const temporary = `${target}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await write(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
