import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';

/** Settings of a linter, as far as they are declared and not computed. */
export interface LinterSettings {
  /** @param file relative to the root, with `/` */
  isOn(check: string, file: string): Promise<boolean>;
}

/** The folders and small files that settings may stand in, each read once. Nothing outside the root is looked at. */
export class LinterFiles {
  private readonly names = new Map<string, Promise<ReadonlySet<string>>>();
  private readonly texts = new Map<string, Promise<string | undefined>>();

  constructor(private readonly root: string) {}

  /** Names in a folder (relative to the root, the root itself is empty); none where it cannot be read. */
  namesIn(folder: string): Promise<ReadonlySet<string>> {
    return memo(this.names, folder, async () => new Set(await readdir(join(this.root, folder)).catch(() => [])));
  }

  /** The text of a file, without a byte order mark; undefined where it cannot be read. */
  text(file: string): Promise<string | undefined> {
    return memo(this.texts, file, () =>
      readFile(join(this.root, file), 'utf8').then(
        (text) => text.replace(/^\uFEFF/, ''),
        () => undefined,
      ),
    );
  }
}

function memo<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** The folders from that of a file up to the root, nearest first. */
export function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let at = file; at !== ''; ) {
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    folders.push(at);
  }
  return folders;
}

export const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Patterns of linters are short; what is longer is not worth a slow match. */
const MAX_PATTERN = 200;

/**
 * Whether one of a linter's patterns takes in a file. They are read as in .gitignore, with braces, which is how linters read what people
 * write: a name alone counts in every folder, a folder for all below it.
 * @param isDeep `*` stands for any number of folders too, as in Ruff
 */
export function matchesAny(patterns: readonly string[], folder: string, file: string, isDeep = false): boolean {
  const local = folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined;
  if (local === undefined) return false;
  const all = patterns.filter((one) => one.length <= MAX_PATTERN).flatMap((one) => braces(one.replace(/^\.\//, '')));
  const deep = isDeep ? all.map((one) => one.replace(/\/([^/]*\*[^/]*)$/, '/**/$1')) : [];
  return ignore()
    .add([...all, ...deep])
    .ignores(local);
}

/** `*.{ts,tsx}` as two patterns; nested braces are left as they are. */
function braces(pattern: string): string[] {
  const [all, before, inner, after] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (all === undefined || pattern.split('{').length > 4) return [pattern];
  return inner!.split(',').flatMap((one) => braces(before! + one + after!));
}

export function asTable(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** The strings of a list, or of a single one. */
export function asStrings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
