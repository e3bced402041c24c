import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All Python files in a folder and the folders in it, sorted. */
export async function pythonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A file's text without byte order mark; what is not UTF-8 is read as Latin-1, which cannot fail. */
export async function readPython(path: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
