import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { languageOfPath } from '../session/index';

/** The schemes whose documents are looked at: not `git:`, `output:` or the cells of notebooks. */
const SCHEMES = /^(?:file|untitled):/;

const EXTENSIONS: Readonly<Record<string, string>> = {
  python: '.py',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
};

/** Where a document lies: an absolute path, which for an untitled one is made up. */
export interface DocumentPath {
  readonly path: string;
  readonly isUntitled: boolean;
}

/**
 * The path of a document; undefined for what is none of ours: other schemes, other languages.
 * @param languageId as the client names it; decides for documents without a file name of their own
 */
export function pathOfDocument(uri: string, languageId?: string): DocumentPath | undefined {
  if (!SCHEMES.test(uri)) return undefined;
  if (uri.startsWith('file:')) {
    const path = pathOfUri(uri);
    return path !== undefined && languageOfPath(path) ? { path, isUntitled: false } : undefined;
  }
  const extension = EXTENSIONS[languageId ?? ''];
  if (extension === undefined) return undefined;
  const name = uri.slice('untitled:'.length).replace(/[^\w.-]+/g, '_') || 'untitled';
  return {
    path: join(tmpdir(), 'seamline-untitled', languageOfPath(name) ? name : `${name}${extension}`),
    isUntitled: true,
  };
}

export function pathOfUri(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export const uriOfPath = (path: string): string => pathToFileURL(path).toString();

/** A path relative to a folder, with `/`; undefined where it lies outside. */
export function within(folder: string, path: string): string | undefined {
  const local = relative(folder, path);
  if (local === '' || local === '..' || local.startsWith(`..${sep}`)) return undefined;
  return sep === '/' ? local : local.replaceAll(sep, '/');
}
