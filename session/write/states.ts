import { dirname, join } from 'node:path';
import { type Files, ignoring, readIfThere, removeFile, syncFolderOf, writeDurably } from './files';
import { bytesHash, type JournalContent, type JournalEntry } from './journal';
import { isInside, isSame } from './plan';

/** What a file of a change is now: as before it, as after it, or something that neither knows. */
export type FileState = 'old' | 'new' | 'other';

export async function stateOf(files: Files, root: string, entry: JournalEntry): Promise<FileState> {
  const path = join(root, entry.target);
  if (!(await isWhereItWas(files, root, path))) return 'other';
  const bytes = await readIfThere(files, path).catch(ignoring('EISDIR', 'EACCES', 'ELOOP'));
  if (isSame(bytes, entry.before)) return 'old';
  return (bytes && bytesHash(bytes)) === entry.after ? 'new' : 'other';
}

/** A folder on the path may have become a link since, so that the same path is another file, perhaps outside the workspace. */
async function isWhereItWas(files: Files, root: string, path: string): Promise<boolean> {
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    if (!isInside(root, folder)) return false;
    const stats = await files.lstat(folder).catch(ignoring('ENOENT', 'ENOTDIR'));
    if (stats?.isSymbolicLink()) return false;
  }
  const stats = await files.lstat(path).catch(ignoring('ENOENT', 'ENOTDIR'));
  return stats === undefined || stats.isFile();
}

/** Somebody has changed a file in the meantime, and so it is not touched. */
export class ForeignState extends Error {
  constructor(readonly file: string) {
    super(`${file} has been changed in the meantime`);
    this.name = 'ForeignState';
  }
}

/**
 * Makes the files of these entries old again, the last written first.
 * @throws ForeignState when one is neither old nor new, and whatever the file system throws; then the journal must stay
 */
export async function takeBack(files: Files, root: string, entries: readonly JournalEntry[]): Promise<void> {
  for (const entry of [...entries].reverse()) {
    const state = await stateOf(files, root, entry);
    if (state === 'other') throw new ForeignState(entry.file);
    if (state === 'new') await restore(files, root, entry);
  }
}

/** Removes what a change that was not carried out has left besides the files themselves. */
export async function sweep(files: Files, root: string, content: JournalContent): Promise<void> {
  await removeTemporaries(files, root, content);
  // Folders that the change has made, unless somebody has put something into them.
  for (const folder of [...content.folders].reverse()) {
    await files.rmdir(join(root, folder)).catch(ignoring('ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'));
  }
}

/** Removes the temporary files of a change; their names are nobody else's. */
export async function removeTemporaries(files: Files, root: string, { entries }: JournalContent): Promise<void> {
  for (const { temporary } of entries) await removeFile(files, join(root, temporary));
}

async function restore(files: Files, root: string, entry: JournalEntry): Promise<void> {
  const path = join(root, entry.target);
  if (entry.before === undefined) await files.unlink(path);
  else {
    const temporary = join(root, entry.temporary);
    // One from before may be there, perhaps half-written.
    await writeDurably(files, temporary, entry.before, 'w', entry.attributes);
    if ((await stateOf(files, root, entry)) !== 'new') throw new ForeignState(entry.file);
    await files.rename(temporary, path);
  }
  await syncFolderOf(files, path);
}
