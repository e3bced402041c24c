import { randomBytes } from 'node:crypto';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Refusal } from '../../core/edit/refusal';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import { type DecodedText, decodeText, type TextEncoding } from '../../core/text/decode';
import { encodeText } from '../../core/text/encode';
import { relativePath } from '../root';
import { type Attributes, type Files, ignoring, readIfThere, systemCode, systemReason } from './files';

/** One file of a change, as texts. */
export interface FileWrite {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** The text that it must have now; undefined: it must not exist. */
  readonly before: string | undefined;
  /** The text that it gets; undefined: it is deleted. */
  readonly after: string | undefined;
}

/** One file of a change, as bytes, at its place on disk. */
export interface Step {
  /** As the change names it. */
  readonly file: string;
  /** The real file, symbolic links resolved: relative to the root, with `/`. */
  readonly target: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** Those of the file now; undefined where there is none. */
  readonly attributes: Attributes | undefined;
  /** Beside the target, so that a rename within one file system puts it in its place. */
  readonly temporary: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Folders that have to be made, outer ones first: relative to the root, with `/`. */
  readonly folders: readonly string[];
}

/**
 * Reads all files of a change again, demands that they are what the change was made for, and spells the new texts as bytes. Files that
 * stay as they are take part in the comparison only.
 * @param root absolute, symbolic links resolved
 * @throws Refusal
 */
export async function planWrites(files: Files, root: string, writes: readonly FileWrite[]): Promise<Plan> {
  const steps: Step[] = [];
  const folders = new Set<string>();
  const seen = new Map<string, string>();
  const token = randomBytes(6).toString('hex');
  for (const [index, write] of writes.entries()) {
    const place = await placeOf(files, root, write.file);
    const twin = seen.get(place.path);
    if (twin !== undefined) throw notWritable(write.file, `it is the same file as ${twin}`);
    seen.set(place.path, write.file);
    const bytes = await bytesOf(files, place, write);
    if (write.before === write.after) continue;
    for (const folder of place.missing) folders.add(relativePath(root, folder));
    steps.push({
      file: write.file,
      target: relativePath(root, place.path),
      ...bytes,
      temporary: relativePath(root, join(dirname(place.path), `.seamline-${token}-${index}.tmp`)),
    });
  }
  return { steps, folders: [...folders] };
}

interface Place {
  readonly path: string;
  /** Folders above it that do not exist yet, outer ones first. */
  readonly missing: readonly string[];
  readonly exists: boolean;
}

/** Where a file really lies. A link may lead to another file of the workspace, but not out of it. */
async function placeOf(files: Files, root: string, file: string): Promise<Place> {
  const path = resolve(root, file);
  if (!isInside(root, path)) throw notWritable(file, 'it lies outside the workspace');
  const missing: string[] = [];
  try {
    let existing = path;
    while ((await files.lstat(existing).catch(ignoring('ENOENT'))) === undefined) {
      if (existing !== path) missing.unshift(existing);
      existing = dirname(existing);
    }
    const real = await files.realpath(existing);
    if (!isInside(root, real) && real !== root)
      throw notWritable(file, 'a link on its path leads out of the workspace');
    const tail = relative(existing, path);
    const moved = missing.map((folder) => join(real, relative(existing, folder)));
    return { path: join(real, tail), missing: moved, exists: tail === '' };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw notWritable(file, code === 'ENOENT' ? 'it is a link to nothing' : systemReason(code));
  }
}

export function isInside(root: string, path: string): boolean {
  const local = relative(root, path);
  return local !== '' && local !== '..' && !local.startsWith(`..${sep}`) && !isAbsolute(local);
}

async function bytesOf(
  files: Files,
  { path, exists }: Place,
  { file, before, after }: FileWrite,
): Promise<Pick<Step, 'before' | 'after' | 'attributes'>> {
  if (before === undefined) {
    if (exists) throw new Refusal('file-exists', { file });
    // A new file has the encoding that its language's tools expect when nothing else is said.
    const encoded = after === undefined ? undefined : spelling(file, after, { encoding: 'utf-8', hasBom: false });
    return { before: undefined, after: encoded, attributes: undefined };
  }
  const attributes = exists ? await attributesOf(files, path, file) : undefined;
  const bytes = await readIfThere(files, path).catch((error) => {
    throw systemCode(error) === undefined ? error : new Refusal('unreadable', { file });
  });
  if (bytes === undefined || attributes === undefined) throw new Refusal('file-changed', { file });
  const decoded = decode(file, bytes);
  if (decoded === undefined) throw new Refusal('unreadable', { file });
  if (decoded.text !== before) throw new Refusal('file-changed', { file });
  if (after === undefined) return { before: bytes, after: undefined, attributes };
  // Where a character has two spellings and the file uses the other one, lines that the change does not touch would not stay as they are.
  if (!isSame(bytes, spelling(file, before, decoded))) throw notEncodable(file, 'the present text', decoded);
  return { before: bytes, after: spelling(file, after, decoded), attributes };
}

async function attributesOf(files: Files, path: string, file: string): Promise<Attributes> {
  const stats = await files.stat(path).catch((error) => {
    throw systemCode(error) === undefined ? error : new Refusal('file-changed', { file });
  });
  const { mode, uid, gid, nlink } = stats;
  if (!stats.isFile()) throw new Refusal('unreadable', { file });
  // A rename would replace a read-only file just the same; but somebody has asked for it to stay as it is.
  if ((mode & 0o222) === 0) throw notWritable(file, 'it is read-only');
  // Its other names would keep the old text.
  if (nlink > 1) throw notWritable(file, 'it has several names (hard links)');
  return { mode: mode & 0o777, uid, gid };
}

/**
 * The bytes of a text, which must be read as the same text again: a change could bring a coding cookie that says otherwise.
 * @throws Refusal `not-encodable`
 */
function spelling(file: string, text: string, encoding: TextEncoding): Uint8Array {
  const encoded = encodeText(text, encoding);
  if (!(encoded instanceof Uint8Array)) throw notEncodable(file, encoded.unencodable, encoding);
  if (decode(file, encoded)?.text !== text) throw notEncodable(file, 'the new text', encoding);
  return encoded;
}

function decode(file: string, bytes: Uint8Array): DecodedText | undefined {
  const language = languageOfPath(file);
  const decoded = decodeText(bytes, language === undefined ? 'typescript' : familyOf(language));
  return decoded.ok ? decoded : undefined;
}

export function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

function notEncodable(file: string, text: string, { encoding }: TextEncoding): Refusal {
  return new Refusal('not-encodable', { file, text, encoding });
}

export function notWritable(file: string, reason: string): Refusal {
  return new Refusal('not-writable', { file, reason });
}
