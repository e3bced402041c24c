import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { TextEdit } from '../../../core/edit/text-edit';
import { familyOf, languageOfPath } from '../../../core/syntax/language';
import { decodeText } from '../../../core/text/decode';
import { encodeText } from '../../../core/text/encode';
import type { VerifiedChange } from '../../../core/verify/index';
import { unifiedDiff } from '../../../report/diff';
import { writeChange } from '../../../session/write-change';
import type { Failure, ProvedFile } from './types';

const UTF8 = { encoding: 'utf-8', hasBom: false };

/**
 * The files of a change with the bytes on disk now and those that it would leave.
 * @throws Error when a file cannot be read, or the new text cannot be spelt in the encoding of the old one
 */
export async function provedFiles(root: string, { files }: VerifiedChange): Promise<ProvedFile[]> {
  const proved: ProvedFile[] = [];
  for (const { file, before, after } of files) {
    const bytesBefore = before === undefined ? undefined : await readFile(join(root, file));
    const decoded = bytesBefore && decodeText(bytesBefore, familyOf(languageOfPath(file)!));
    if (decoded && !decoded.ok) throw new Error(`${file}: ${decoded.detail}`);
    const bytesAfter = encodeText(after, decoded ?? UTF8);
    if ('unencodable' in bytesAfter) throw new Error(`${file}: ${bytesAfter.unencodable} cannot be spelt`);
    proved.push({ file, before, after, bytesBefore, bytesAfter });
  }
  return proved;
}

/** The edits lead from the old text to the new one, their inverse back again, and the old text to the bytes that are on disk. */
export function checkInverse({ changeSet }: VerifiedChange, files: readonly ProvedFile[]): Failure[] {
  const failures: Failure[] = [];
  const fail = (file: string, what: string) => failures.push({ check: 'inverse', message: `${file}: ${what}` });
  for (const { file, before, after, bytesBefore } of files) {
    const edits = changeSet.changes.find((one) => one.file === file)?.edits;
    if (before === undefined || bytesBefore === undefined) continue;
    if (!edits) {
      if (before !== after) fail(file, 'changed without an edit');
      continue;
    }
    if (spliced(before, edits) !== after) fail(file, 'the edits do not lead to the new text');
    const restored = spliced(after, inverse(before, edits));
    if (restored !== before) fail(file, 'the inverse edits do not lead back to the old text');
    const decoded = decodeText(bytesBefore, familyOf(languageOfPath(file)!));
    const bytes = decoded.ok && encodeText(restored, decoded);
    if (!(bytes instanceof Uint8Array) || !isEqual(bytes, bytesBefore)) fail(file, 'the old bytes do not come back');
  }
  return failures;
}

/** Edits from the last to the first, so that no place moves before its turn: another way than the core's. */
function spliced(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { start, end, newText } of [...edits].reverse()) {
    result = `${result.slice(0, start)}${newText}${result.slice(end)}`;
  }
  return result;
}

function inverse(text: string, edits: readonly TextEdit[]): TextEdit[] {
  return edits.map(({ start, end, newText }, index) => {
    const grown = edits.slice(0, index).reduce((sum, one) => sum + one.newText.length - (one.end - one.start), 0);
    return { start: start + grown, end: start + grown + newText.length, newText: text.slice(start, end) };
  });
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * The real writer writes what the diff says, and takes it back: a copy of the touched files is changed by the writer, another one by
 * `git apply` with the diff that a user sees.
 */
export async function checkDisk(files: readonly ProvedFile[]): Promise<Failure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'seamline-proof-'));
  const failures: Failure[] = [];
  const fail = (file: string, what: string) => failures.push({ check: 'disk', message: `${file}: ${what}` });
  const [written, patched] = [join(folder, 'written'), join(folder, 'patched')];
  try {
    for (const { file, before, bytesBefore } of files) {
      await place(join(written, file), bytesBefore);
      // A patch holds text; what the bytes are is the writer's business.
      await place(join(patched, file), before === undefined ? undefined : Buffer.from(before, 'utf8'));
    }
    await writeChange(written, files);
    await writeFile(join(folder, 'diff.patch'), unifiedDiff(files));
    const options = { cwd: patched, env: { ...process.env, GIT_CEILING_DIRECTORIES: folder } };
    await promisify(execFile)('git', ['-c', 'core.autocrlf=false', 'apply', '../diff.patch'], options);
    for (const { file, after, bytesAfter } of files) {
      if (!isEqual(await readFile(join(written, file)), bytesAfter)) fail(file, 'the writer wrote something else');
      if ((await readFile(join(patched, file), 'utf8')) !== after) fail(file, 'the diff leads to something else');
    }
    await writeChange(
      written,
      files.map(({ file, before, after }) => ({ file, before: after, after: before })),
    );
    for (const { file, bytesBefore } of files) {
      const restored = await readFile(join(written, file)).catch(() => undefined);
      const isSame = restored && bytesBefore ? isEqual(restored, bytesBefore) : restored === bytesBefore;
      if (!isSame) fail(file, 'the old bytes are not back on disk');
    }
  } catch (error) {
    fail(files.map(({ file }) => file).join(', '), String(error).slice(0, 500));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return failures;
}

async function place(path: string, bytes: Uint8Array | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (bytes) await writeFile(path, bytes);
}
