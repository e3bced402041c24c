import { isStandardLibrary } from '../modules/python/standard-library';
import type { LanguageFamily } from '../syntax/language';

/**
 * The path by which a file is imported, without its extension: `app/core/run.py` is `app/core/run`, and an `__init__.py` or `index.ts`
 * stands for its folder.
 */
export function modulePath(file: string): string {
  return stripIndex(file.replace(/\.(?:py|[cm]?[jt]sx?)$/, ''));
}

/** The last component of a module path, by which importers and modules find each other. */
export function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Where an import points, as far as its text and the importing file tell.
 * `exact`: a module path relative to the root. `suffix`: the module's path ends with it (Python's absolute names, path aliases).
 * Undefined for packages from outside and for assets.
 */
export interface ImportTarget {
  readonly kind: 'exact' | 'suffix';
  readonly path: string;
}

/** Resolves a module as written (`..pkg.mod`, `./view`, `@/lib/api`) seen from `file`. */
export function importTarget(file: string, module: string, family: LanguageFamily): ImportTarget | undefined {
  return family === 'python' ? pythonTarget(file, module) : typeScriptTarget(file, module);
}

/** Whether a module, given by its {@link modulePath}, is what an import in `importer` points to. */
export function isTarget(path: string, target: ImportTarget, importer: string): boolean {
  if (path === target.path) return true;
  if (target.kind === 'exact') return false;
  if (!path.endsWith(`/${target.path}`)) {
    // `@scope/common/helper` is `libs/common/src/lib/helper` in many a workspace of packages.
    const short = withoutSourceFolders(`/${target.path}`);
    return short.lastIndexOf('/') > 0 && withoutSourceFolders(`/${path}`).endsWith(short);
  }
  if (target.path.includes('/')) return true;
  // A single name is found in many places: only a folder around the importer, a source root or a folder of packages can be meant.
  const folder = path.slice(0, -target.path.length);
  return importer.startsWith(folder) || /(?:^|\/)(?:src|lib|packages|libs|apps)\/$/.test(folder);
}

/** `/common/src/lib/helper` -> `/common/helper` */
function withoutSourceFolders(path: string): string {
  return path.replace(/\/(?:src|lib)(?=\/)/g, '');
}

function pythonTarget(file: string, module: string): ImportTarget | undefined {
  const dots = /^\.*/.exec(module)![0].length;
  const rest = module.slice(dots).split('.').join('/');
  // `import logging` never means a module `app/logging.py`.
  if (dots === 0) return isStandardLibrary(module) ? undefined : { kind: 'suffix', path: rest };
  const folders = file.split('/').slice(0, -1);
  if (dots - 1 > folders.length) return undefined;
  const base = folders.slice(0, folders.length - (dots - 1)).join('/');
  return { kind: 'exact', path: [base, rest].filter((part) => part !== '').join('/') };
}

function typeScriptTarget(file: string, specifier: string): ImportTarget | undefined {
  const bare = specifier.replace(/\?.*$/, '');
  const asset = /\.([a-z0-9]+)$/i.exec(bare)?.[1];
  if (
    asset &&
    /^(?:css|scss|sass|less|json|svg|png|jpe?g|gif|webp|md|mdx|html|graphql|gql|vue|svelte|wasm|txt|ya?ml)$/i.test(
      asset,
    )
  ) {
    return undefined;
  }
  const clean = stripIndex(bare.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/+$/, ''));
  if (bare.startsWith('.')) {
    const path = join(file.split('/').slice(0, -1), clean.split('/'));
    return path === undefined ? undefined : { kind: 'exact', path: stripIndex(path) };
  }
  if (!bare.includes('/') || /^(?:node:|https?:|\/)/.test(bare)) return undefined;
  // `@/x`, `~/x`, `#lib/x`, `@scope/package/x`: the alias stands for a folder that its name need not tell. `src/x` stands for itself.
  const path = /^[@~#$]/.test(clean) ? clean.slice(clean.indexOf('/') + 1) : clean;
  return { kind: 'suffix', path };
}

function join(folders: string[], parts: readonly string[]): string | undefined {
  const path = [...folders];
  for (const part of parts) {
    if (part === '..') {
      if (path.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/');
}

function stripIndex(path: string): string {
  return path.replace(/(?:^|\/)(?:__init__|index)$/, '');
}
