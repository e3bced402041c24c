import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { canonical } from './disk';
import { specifiersOf } from './internals';
import { realPath, type View } from './view';

/** How one import writes its way to a file of the project. */
interface Habit {
  readonly isRelative: boolean;
  /** `.js` where the code ends so, `` for none. */
  readonly ending: string;
  /** What it begins with: `..`, `@`, `src`. */
  readonly head: string;
}

/**
 * The specifier that an import of a file would use for another one: written as the file's other imports of the project are (an alias of
 * the tsconfig or a relative path; with an ending or without), and leading there by the compiler's own module resolution. Undefined
 * where no way of writing it does.
 * @param to absolute; need not exist yet
 */
export function specifierOf(
  from: ts.SourceFile,
  to: string,
  options: ts.CompilerOptions,
  view: View,
): string | undefined {
  const seen = new SeesFile(view, to);
  const habits = habitsOf(from, options, view);
  // A way that the tsconfig allows and nobody goes may be none when the program runs.
  const heads = new Set(habits.map(({ head }) => head));
  const other = otherPackage(from.fileName, to, view);
  const isOther = (stem: string): boolean => other !== undefined && `${stem}/`.startsWith(`${other.name}/`);
  const aliases = aliasesOf(to, options).filter((stem) => heads.has(headOf(stem)) || isOther(stem));
  if (other) {
    const endings = ['', emittedEnding(to), sourceEnding(to)];
    const ways = [...aliases.flatMap((stem) => endings.map((one) => stem + one)), ...specifiersIn(other, to)];
    return ways.find((way) => canonical(fileOf(way, from, options, seen) ?? '') === canonical(to));
  }
  const relative = relativePath(posix.dirname(from.fileName), withoutEnding(to));
  const climbs = relative.startsWith('../');
  const prefersAlias =
    habits.some(({ isRelative }) => !isRelative) && (climbs || habits.every(({ isRelative }) => !isRelative));
  const stems = prefersAlias ? [...aliases, relative] : [relative, ...aliases];
  const written = commonest(habits.map(({ ending }) => ending)) ?? '';
  const endings = [...new Set([written, '', emittedEnding(to), sourceEnding(to)])];
  for (const stem of stems) {
    for (const ending of endings) {
      const specifier = stem + ending;
      if (canonical(fileOf(specifier, from, options, seen) ?? '') === canonical(to)) return specifier;
    }
  }
  return undefined;
}

interface Package {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly exports: unknown;
}

/** The package of a file, where another one asks for it by its name. */
function otherPackage(from: string, to: string, view: View): Package | undefined {
  const [own, other] = [packageOf(from, view), packageOf(to, view)];
  return own && other && own.folder !== other.folder ? other : undefined;
}

function packageOf(file: string, view: View): Package | undefined {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, 'package.json');
    const text = view.fileExists(path) ? view.readFile(path) : undefined;
    const config: unknown = text === undefined ? undefined : ts.parseConfigFileTextToJson(path, text).config;
    const { name, exports } = (config ?? {}) as { readonly name?: unknown; readonly exports?: unknown };
    if (typeof name === 'string') return { name, folder, exports };
    if (folder === posix.dirname(folder) || folder === view.getCurrentDirectory()) return undefined;
  }
}

/** What its exports call a file, or its path where there are none. */
function specifiersIn({ name, folder, exports }: Package, to: string): string[] {
  const path = posix.relative(folder, to);
  if (typeof exports !== 'object' || exports === null)
    return [name, `${name}/${withoutEnding(path)}`, `${name}/${path}`];
  const keys = Object.keys(exports).filter((key) => key.startsWith('.'));
  return keys.flatMap((key) => {
    const [before, behind] = key.split('*');
    if (behind === undefined) return [posix.join(name, key)];
    // What the star stands for is the file's path behind that of the pattern's target.
    const targets = JSON.stringify((exports as Readonly<Record<string, unknown>>)[key]).match(/[^"]*\*[^"]*/g) ?? [];
    return targets.flatMap((target) => {
      const [lead, tail] = posix.join('.', target).split('*');
      const [stem, end] = [withoutEnding(path), withoutEnding(tail!)];
      if (!stem.startsWith(lead!) || !stem.endsWith(end)) return [];
      return [posix.join(name, `${before}${stem.slice(lead!.length, stem.length - end.length)}${behind}`)];
    });
  });
}

/** The file that a specifier leads to, absolute; undefined where it leads nowhere. */
export function fileOf(
  specifier: string,
  from: ts.SourceFile,
  options: ts.CompilerOptions,
  host: ts.ModuleResolutionHost,
): string | undefined {
  const mode = from.impliedNodeFormat;
  return ts.resolveModuleName(specifier, from.fileName, options, host, undefined, undefined, mode).resolvedModule
    ?.resolvedFileName;
}

/** The disk with one more file on it. */
class SeesFile implements ts.ModuleResolutionHost {
  readonly useCaseSensitiveFileNames: boolean;

  constructor(
    private readonly view: View,
    private readonly file: string,
  ) {
    this.useCaseSensitiveFileNames = view.useCaseSensitiveFileNames;
  }

  fileExists(path: string): boolean {
    return this.isFile(path) || this.view.fileExists(path);
  }

  readFile(path: string): string | undefined {
    return this.view.readFile(path);
  }

  directoryExists(path: string): boolean {
    const isAbove = (folder: string): boolean => canonical(this.file).startsWith(`${canonical(folder)}/`);
    return isAbove(path) || isAbove(realPath(path, this.view)) || this.view.directoryExists(path);
  }

  getDirectories(path: string): string[] {
    return this.view.getDirectories(path);
  }

  realpath(path: string): string {
    return this.isFile(path) ? this.file : this.view.realpath(path);
  }

  private isFile(path: string): boolean {
    if (canonical(path) === canonical(this.file)) return true;
    return posix.basename(path) === posix.basename(this.file) && realPath(path, this.view) === this.file;
  }
}

/** How the imports of a file reach other files of the project. */
function habitsOf(from: ts.SourceFile, options: ts.CompilerOptions, view: View): Habit[] {
  return specifiersOf(from).flatMap(({ text }) => {
    const isRelative = /^\.\.?(?:\/|$)/.test(text);
    const path = fileOf(text, from, options, view);
    if (path === undefined || path.includes('/node_modules/') || /\.d\.[cm]?ts$|\.json$/.test(path)) return [];
    return [{ isRelative, ending: /\.[cm]?[jt]sx?$/.exec(text)?.[0] ?? '', head: headOf(text) }];
  });
}

const headOf = (specifier: string): string => /^[^/]*/.exec(specifier)![0];

/** The file by the patterns of `paths`, and by `baseUrl`, without its ending. */
function aliasesOf(to: string, options: ts.CompilerOptions): string[] {
  const base = options.baseUrl ?? (options as { pathsBasePath?: string }).pathsBasePath;
  if (base === undefined) return [];
  const stem = withoutEnding(to);
  const found: string[] = [];
  for (const [pattern, targets] of Object.entries(options.paths ?? {})) {
    for (const target of targets) {
      const [before, after] = posix.resolve(base, target).split('*');
      if (!pattern.includes('*') || before === undefined || after === undefined) continue;
      const isBelow = stem.startsWith(before) && stem.endsWith(withoutEnding(after)) && stem.length > before.length;
      if (isBelow)
        found.push(pattern.replace('*', stem.slice(before.length, stem.length - withoutEnding(after).length)));
    }
  }
  if (options.baseUrl !== undefined && stem.startsWith(`${options.baseUrl}/`))
    found.push(stem.slice(options.baseUrl.length + 1));
  return found.sort((a, b) => a.length - b.length);
}

function relativePath(folder: string, path: string): string {
  const relative = posix.relative(folder, path);
  return relative.startsWith('../') ? relative : `./${relative}`;
}

const withoutEnding = (path: string): string => path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
const sourceEnding = (path: string): string => /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '';
/** What the file is called once it is compiled: `.mts` becomes `.mjs`. */
const emittedEnding = (path: string): string => sourceEnding(path).replace('t', 'j').replace(/x$/, '');

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
