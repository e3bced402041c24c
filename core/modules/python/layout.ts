import type { ImportFact } from '../../facts/imports';
import { compareText } from '../../rule/finding';
import { isStandardLibrary } from './standard-library';

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The folder of a path, empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

const joined = (folder: string, rest: string): string => [folder, rest].filter((part) => part !== '').join('/');

const isInside = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/**
 * Where packages begin: which folders Python would have to search so that the workspace's own imports work. A folder with an
 * `__init__.py` never is such a root, any other folder may be one (PEP 420), and the imports themselves decide which are.
 */
export class PythonLayout {
  private readonly files: ReadonlySet<string>;
  /** Every folder with a Python file somewhere below it. */
  private readonly folders = new Set<string>();
  /** Folders in which a first component of a dotted name stands, by that component. */
  private readonly rootsOfTop = new Map<string, string[]>();
  /** How many imports mean a first component in a folder and nothing else: `src` + `app`. */
  private readonly evidence = new Map<string, number>();

  constructor(files: readonly string[], importsOf: (file: string) => readonly ImportFact[]) {
    this.files = new Set(files);
    for (const file of files) {
      for (let folder = folderOf(file); folder !== '' && !this.folders.has(folder); folder = folderOf(folder))
        this.folders.add(folder);
    }
    this.folders.add('');
    for (const file of files) this.addTop(file.replace(/\.pyi?$/, ''));
    for (const folder of this.folders) if (folder !== '') this.addTop(folder);
    this.gatherEvidence(files, importsOf);
  }

  /** The file of a module below a folder, `rest` with `/`: a package before a module, as Python looks. */
  fileAt(folder: string, rest: string): string | undefined {
    const path = joined(folder, rest);
    const inside = path === '' ? '' : `${path}/`;
    const candidates = [`${inside}__init__.py`, `${path}.py`, `${inside}__init__.pyi`, `${path}.pyi`];
    return candidates.find((one) => this.files.has(one));
  }

  /** Whether a folder is a package, so that no search begins in it; a stray `__init__.py` in the workspace's root makes none. */
  private isInnerPackage(folder: string): boolean {
    if (folder === '') return false;
    return this.files.has(joined(folder, '__init__.py')) || this.files.has(joined(folder, '__init__.pyi'));
  }

  /** The `__init__.py` files of the packages around a file, the innermost first; those above a plain folder count too (PEP 420). */
  packagesAround(file: string): string[] {
    const found: string[] = [];
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) {
      const init = this.fileAt(folder, '__init__');
      if (init && init !== file) found.push(init);
    }
    return found;
  }

  /** The folders from which a file may be imported with the dotted name below them, the likeliest first. */
  rootsOf(file: string): string[] {
    const path = file.replace(/(?:\/__init__)?\.pyi?$/, '');
    const roots: string[] = [];
    let folder = file;
    do {
      folder = folderOf(folder);
      if (!this.isInnerPackage(folder) && isDotted(below(path, folder))) roots.push(folder);
    } while (folder !== '' && IDENTIFIER.test(folder.slice(folder.lastIndexOf('/') + 1)));
    const nearest = roots[0];
    const rank = (root: string): number => {
      if (/(?:^|\/)(?:src|lib)$/.test(root)) return 0;
      return root === nearest ? 1 : 2;
    };
    const proof = (root: string): number => this.proofOf(root, below(path, root));
    return roots.sort((a, b) => proof(b) - proof(a) || rank(a) - rank(b) || b.length - a.length);
  }

  /** The files that an absolute module means for an importer: those around it before all others. */
  resolve(importer: string, module: string): string[] {
    const rest = module.replaceAll('.', '/');
    const roots = this.rootsWith(rest);
    const found = new Map<string, string>();
    for (const root of this.meant(roots, importer, rest)) {
      const file = this.fileAt(root, rest);
      if (file) found.set(file, root);
    }
    return [...found.keys()].sort(compareText);
  }

  /**
   * Whether an absolute module is one of the workspace; a mere folder of that name counts when imports mean it,
   * and at the top or in `src`, where isort and Ruff take it for one.
   */
  isOwn(module: string): boolean {
    const rest = module.replaceAll('.', '/');
    const top = rest.split('/', 1)[0]!;
    return this.rootsWith(rest).some(
      (root) => root === '' || root === 'src' || this.fileAt(root, top) !== undefined || this.proofOf(root, top) > 0,
    );
  }

  /** Of the folders that hold a module those that an importer's name is searched in. */
  private meant(roots: readonly string[], importer: string, rest: string): readonly string[] {
    if (roots.length < 2) return roots;
    const around = roots.filter((root) => isInside(importer, root));
    const pool = around.length > 0 ? around : roots;
    const own = around.length > 1 ? this.rootsOf(importer).find((root) => around.includes(root)) : undefined;
    const proven = pool.filter((root) => this.proofOf(root, rest) > 0);
    if (proven.length > 0 && proven.length < pool.length) return proven;
    return own === undefined ? pool : [own];
  }

  private rootsWith(rest: string): string[] {
    const top = rest.split('/', 1)[0]!;
    const roots = this.rootsOfTop.get(top) ?? [];
    const holding = roots.filter(
      (root) => this.fileAt(root, rest) !== undefined || this.folders.has(joined(root, rest)),
    );
    return holding.filter((root) => !this.isRefuted(root, top));
  }

  /** `supervisor/` is no root for `docker` when imports call that package `supervisor.docker`. */
  private isRefuted(root: string, top: string): boolean {
    const own = this.proofOf(root, top);
    for (let outer = root; outer !== ''; ) {
      outer = folderOf(outer);
      const proof = this.proofOf(outer, below(root, outer));
      if (proof > 0 && proof >= own) return true;
    }
    return false;
  }

  private proofOf(root: string, rest: string): number {
    return this.evidence.get(`${root}\0${rest.split('/', 1)[0]!}`) ?? 0;
  }

  private addTop(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const root = folderOf(path);
    if (name === '__init__' || !IDENTIFIER.test(name) || this.isInnerPackage(root)) return;
    const known = this.rootsOfTop.get(name);
    if (!known) this.rootsOfTop.set(name, [root]);
    else if (!known.includes(root)) known.push(root);
  }

  private gatherEvidence(files: readonly string[], importsOf: (file: string) => readonly ImportFact[]): void {
    const holders = new Map<string, readonly string[]>();
    for (const file of files) {
      for (const { module, names } of importsOf(file)) {
        if (module.startsWith('.') || isStandardLibrary(module)) continue;
        const rest = module.replaceAll('.', '/');
        let roots = holders.get(module);
        if (!roots) {
          const top = rest.split('/', 1)[0]!;
          roots = (this.rootsOfTop.get(top) ?? []).filter(
            (root) => this.fileAt(root, rest) !== undefined || this.folders.has(joined(root, rest)),
          );
          holders.set(module, roots);
        }
        const certain = roots.filter(
          (root) => this.fileAt(root, rest) || names.some((name) => this.fileAt(root, `${rest}/${name}`)),
        );
        const around = certain.filter((root) => isInside(file, root));
        const only = certain.length === 1 ? certain[0] : around.length === 1 ? around[0] : undefined;
        if (only === undefined) continue;
        const key = `${only}\0${rest.split('/', 1)[0]!}`;
        this.evidence.set(key, (this.evidence.get(key) ?? 0) + 1);
      }
    }
  }
}

const below = (path: string, folder: string): string => (folder === '' ? path : path.slice(folder.length + 1));

function isDotted(path: string): boolean {
  return path !== '' && path.split('/').every((part) => IDENTIFIER.test(part));
}
