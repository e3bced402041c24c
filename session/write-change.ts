import { dirname, join } from 'node:path';
import { Refusal } from '../core/edit/refusal';
import { cachePath } from './cache';
import { DISK, type Files, ignoring, syncFolderOf, systemCode, systemReason, writeDurably } from './write/files';
import { contentOf, Journal, type JournalContent, type JournalEntry } from './write/journal';
import { type FileWrite, notWritable, type Plan, planWrites, type Step } from './write/plan';
import { type FileState, removeTemporaries, stateOf, sweep, takeBack } from './write/states';

export type { FileWrite } from './write/plan';

export interface WriteOptions {
  /** The file system; another one in tests. */
  readonly files?: Files;
}

/**
 * Writes all files of one change or none. Each file is replaced by a rename, so that at any moment it is the old one or the new one; a
 * journal outside the repository lets the next run take back a change whose run was killed between two renames.
 *
 * Encoding, byte order mark, permissions and owner of a file stay; a symbolic link stays one, and the file that it leads to is written.
 * Files are compared with what the change was made for before anything is written, and once more right before each rename.
 * @param root absolute
 * @throws Refusal `file-changed`, `file-exists`, `not-encodable`, `unreadable`, `not-writable` or `write-in-progress`: every file is as
 * it was. `write-interrupted`: some are new, and could not be taken back now; the next run does it.
 */
export async function writeChange(
  root: string,
  writes: readonly FileWrite[],
  { files = DISK }: WriteOptions = {},
): Promise<void> {
  const home = await files.realpath(root);
  const plan = await planWrites(files, home, writes);
  if (plan.steps.length === 0) return;
  const content = contentOf(plan);
  const journal = await openJournal(files, home, content);
  const written: JournalEntry[] = [];
  try {
    if (!(await attempt(folderOfJournals(home), () => journal.isOnly(home)))) throw new Refusal('write-in-progress');
    await prepare(files, home, plan, content);
    await replaceAll(files, home, plan, content, written);
  } catch (error) {
    await undo(files, home, content, written, journal, error);
    throw error;
  }
  // The change is complete. A journal that cannot be removed says just that to the next run.
  await journal.remove().catch(() => journal.release());
}

/**
 * Deals with what interrupted runs have left in a root: a change that was written in part is taken back, and temporary files are removed.
 * To be called before files are read for a change. Where somebody has edited a file of such a change since, nothing is touched.
 * @param root absolute
 * @returns one sentence for each change that had been written in part, or could not be dealt with; nothing in the usual case
 */
export async function recoverInterrupted(
  root: string,
  { files = DISK }: WriteOptions = {},
): Promise<readonly string[]> {
  const home = await files.realpath(root);
  const told: string[] = [];
  for (const journal of await Journal.abandoned(files, home)) {
    const message = await recover(files, home, journal);
    if (message !== undefined) told.push(message);
  }
  return told;
}

function openJournal(files: Files, root: string, content: JournalContent): Promise<Journal> {
  return attempt(folderOfJournals(root), () => Journal.create(files, root, content));
}

const folderOfJournals = (root: string): string => dirname(cachePath(root));

/** Makes folders and temporary files: whatever can fail for want of space or rights should fail here, where nothing is written yet. */
async function prepare(files: Files, root: string, { steps, folders }: Plan, content: JournalContent): Promise<void> {
  for (const folder of folders) {
    await attempt(folder, () => files.mkdir(join(root, folder)).catch(ignoring('EEXIST')));
  }
  for (const { file, temporary, after, attributes } of steps) {
    if (after === undefined) continue;
    await attempt(file, () => writeDurably(files, join(root, temporary), after, 'wx', attributes));
  }
  for (const [index, step] of steps.entries()) await demandOld(files, root, step, content, index);
}

/** @param written receives each file as soon as it is new */
async function replaceAll(
  files: Files,
  root: string,
  { steps }: Plan,
  content: JournalContent,
  written: JournalEntry[],
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    await demandOld(files, root, step, content, index);
    const target = join(root, step.target);
    await attempt(step.file, async () => {
      if (step.after === undefined) await files.unlink(target);
      else await files.rename(join(root, step.temporary), target);
      written.push(content.entries[index]!);
      await syncFolderOf(files, target);
    });
  }
}

/** @throws Refusal when somebody has changed, created or removed the file since it was read */
async function demandOld(
  files: Files,
  root: string,
  step: Step,
  content: JournalContent,
  index: number,
): Promise<void> {
  const state = await attempt(step.file, () => stateOf(files, root, content.entries[index]!));
  if (state === 'old') return;
  throw new Refusal(step.before === undefined ? 'file-exists' : 'file-changed', { file: step.file });
}

/**
 * Leaves every file as it was, after a failure.
 * @throws Refusal `write-interrupted` when that fails as well
 */
async function undo(
  files: Files,
  root: string,
  content: JournalContent,
  written: readonly JournalEntry[],
  journal: Journal,
  cause: unknown,
): Promise<void> {
  try {
    await takeBack(files, root, written);
  } catch (error) {
    journal.release();
    const reason = `${reasonOf(cause)}; it could not be taken back: ${reasonOf(error)}`;
    throw new Refusal('write-interrupted', { file: written.at(-1)!.file, reason });
  }
  try {
    await sweep(files, root, content);
    await journal.remove();
  } catch {
    // All files are as they were; the next run sees to what is left beside them.
    journal.release();
  }
}

async function recover(files: Files, root: string, journal: Journal): Promise<string | undefined> {
  const content = await journal.read();
  if (content === 'gone') return undefined;
  if (content === 'damaged') {
    await journal.remove();
    return 'The record of an interrupted change is damaged: compare the workspace with its repository.';
  }
  const names = content.entries.map(({ file }) => file).join(', ');
  try {
    const message = await settle(files, root, content, names);
    await journal.remove();
    return message;
  } catch (error) {
    return `A change was interrupted while it was written (${names}), and cannot be taken back yet: ${reasonOf(error)}.`;
  }
}

/** Brings an interrupted change to an end: all files old or all new, or untouched where somebody has edited one. */
async function settle(files: Files, root: string, content: JournalContent, names: string): Promise<string | undefined> {
  const states: FileState[] = [];
  for (const entry of content.entries) states.push(await stateOf(files, root, entry));
  if (states.every((state) => state === 'new')) {
    await removeTemporaries(files, root, content);
    return `A change was interrupted right after it had been written as a whole: ${names}.`;
  }
  // Files are written in their order: while the first is old and none is new, nothing has happened to the others either.
  if (states[0] === 'old' && !states.includes('new')) {
    await sweep(files, root, content);
    return undefined;
  }
  if (states.includes('other')) {
    await removeTemporaries(files, root, content);
    const listed = content.entries.map(({ file }, index) => `${file} (${STATES[states[index]!]})`).join(', ');
    return `A change was interrupted while it was written, and files have been edited since, so nothing was taken back: ${listed}.`;
  }
  await takeBack(files, root, content.entries);
  await sweep(files, root, content);
  return `A change was interrupted while it was written, and has been taken back: ${names}.`;
}

const STATES: Readonly<Record<FileState, string>> = { old: 'not written', new: 'written', other: 'edited since' };

/** Makes a refusal of a failure of the file system; other errors are defects and stay what they are. */
async function attempt<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = systemCode(error);
    throw code === undefined ? error : notWritable(file, systemReason(code));
  }
}

function reasonOf(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined) return systemReason(code);
  if (error instanceof Refusal && typeof error.args.reason === 'string') return error.args.reason;
  return error instanceof Error ? error.message : String(error);
}
