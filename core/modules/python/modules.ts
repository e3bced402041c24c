import type { ImportFact } from '../../facts/imports';
import { ImportGraph } from './graph';
import { folderOf, PythonLayout } from './layout';
import { isStandardLibrary } from './standard-library';

/** One import of a module by another file. */
export interface Importer {
  readonly file: string;
  readonly fact: ImportFact;
  /** The names that it takes out of the module, `*` for all; undefined where it takes the module itself. */
  readonly names: readonly string[] | undefined;
  /** False where the import could mean another file as well. */
  readonly certain: boolean;
}

/** The file and name that an imported name is defined under. */
export interface Definition {
  readonly file: string;
  readonly name: string;
}

/** `isort`'s sections, in their order. */
export type ImportGroup = 'future' | 'standard' | 'third' | 'first' | 'local';

/** Names of an `__init__.py` are followed through so many others; `from . import a` in a circle must end. */
const REEXPORT_DEPTH = 10;

const NO_IMPORTS: readonly ImportFact[] = [];

/**
 * Which file a Python import means, for a list of files without a look at the disk. Files are relative to the root, with `/`.
 * Everything is computed when it is first asked for; a change of the files needs a new object.
 */
export class PythonModules {
  private readonly layout: PythonLayout;
  private readonly resolved = new Map<string, readonly string[]>();
  private importerIndex: Map<string, Importer[]> | undefined;
  private importGraph: ImportGraph | undefined;

  /**
   * @param files every analysed file of the workspace; only `.py` and `.pyi` are looked at
   * @param importsOf what a file imports: the facts of `base:imports`. They decide where the layout alone leaves several readings
   */
  constructor(
    files: readonly string[],
    readonly importsOf: (file: string) => readonly ImportFact[] = () => NO_IMPORTS,
  ) {
    this.files = files.filter((file) => /\.pyi?$/.test(file));
    this.layout = new PythonLayout(this.files, importsOf);
  }

  readonly files: readonly string[];

  /** The dotted name under which a file is imported, the likeliest; undefined where its path cannot be written as one. */
  nameOf(file: string): string | undefined {
    return this.namesOf(file)[0];
  }

  /** Every dotted name under which a file could be imported, the likeliest first. */
  namesOf(file: string): readonly string[] {
    const path = file.replace(/(?:\/__init__)?\.pyi?$/, '');
    return this.layout
      .rootsOf(file)
      .map((root) => path.slice(root === '' ? 0 : root.length + 1).replaceAll('/', '.'))
      .filter((name) => !isStandardLibrary(name));
  }

  /**
   * The file that a module (as written, with leading dots) means when it is imported by a file. Empty for packages from outside, for
   * namespace packages and for what is not there; more than one where it cannot be told which is meant.
   */
  resolve(importer: string, module: string): readonly string[] {
    const dots = /^\.*/.exec(module)![0].length;
    if (dots === 0 && isStandardLibrary(module)) return [];
    const key = `${dots === 0 ? importer : folderOf(importer)}\0${module}`;
    const known = this.resolved.get(key);
    if (known) return known;
    const found = dots === 0 ? this.layout.resolve(importer, module) : this.resolveRelative(importer, dots, module);
    this.resolved.set(key, found);
    return found;
  }

  /** `from module import name`: the file of the submodule of that name, else the module's own file. */
  resolveMember(importer: string, module: string, name: string): readonly string[] {
    const own = this.resolve(importer, module);
    // A name that the package binds itself hides the submodule.
    if (own.length === 1 && this.bindsByImport(own[0]!, name)) return own;
    const submodule = this.resolve(importer, submoduleName(module, name));
    return submodule.length > 0 ? submodule : own;
  }

  /** Whether `from module import name` takes a submodule. */
  isSubmodule(importer: string, module: string, name: string): boolean {
    const submodule = this.resolve(importer, submoduleName(module, name));
    return submodule.length > 0 && this.resolveMember(importer, module, name)[0] === submodule[0];
  }

  /** The section that an import belongs to: by its text, the standard library, and the workspace's own packages. */
  groupOf(importer: string, module: string): ImportGroup {
    if (module === '__future__') return 'future';
    if (module.startsWith('.')) return 'local';
    if (isStandardLibrary(module)) return 'standard';
    if (this.resolve(importer, module).length > 0 || this.layout.isOwn(module)) return 'first';
    // A module that is about to be made belongs to the package that is there.
    const parent = module.slice(0, Math.max(0, module.lastIndexOf('.')));
    return parent !== '' && (this.resolve(importer, parent).length > 0 || this.layout.isOwn(parent))
      ? 'first'
      : 'third';
  }

  /** The file and name that `name` of a file is defined under: re-exports of `__init__.py` files are followed. */
  definitionOf(file: string, name: string): Definition {
    let at: Definition = { file, name };
    for (let depth = 0; depth < REEXPORT_DEPTH; depth++) {
      const next = this.reexported(at);
      if (!next) break;
      at = next;
    }
    return at;
  }

  /** Every import of a file by others, in the order of the files; what only hands names on counts too. */
  importersOf(file: string): readonly Importer[] {
    this.importerIndex ??= this.indexImporters();
    return this.importerIndex.get(file) ?? [];
  }

  /**
   * The files that would import each other if `importer` imported `target` when it is loaded: importer, target, ..., importer;
   * undefined when there is no such circle. Imports that run at call time or for type checkers only do not count.
   */
  wouldCloseCycle(importer: string, target: string): readonly string[] | undefined {
    this.importGraph ??= new ImportGraph(this.importsOf, this, this.layout);
    return this.importGraph.cycleBy(importer, target);
  }

  /** The number of dots with which one file names another relatively, and the rest; undefined without a common package. */
  relativeName(importer: string, target: string): { readonly dots: number; readonly rest: string } | undefined {
    const path = target.replace(/(?:(?:^|\/)__init__)?\.pyi?$/, '');
    let folder = folderOf(importer);
    for (let dots = 1; ; dots++) {
      if (folder === path || folder === '' || path.startsWith(`${folder}/`)) {
        const rest = folder === path ? '' : path.slice(folder === '' ? 0 : folder.length + 1);
        return this.isInPackage(importer, folder) ? { dots, rest: rest.replaceAll('/', '.') } : undefined;
      }
      folder = folderOf(folder);
    }
  }

  /** Relative imports reach only up to the topmost package, so a folder counts when the importer's own name goes through it. */
  private isInPackage(importer: string, folder: string): boolean {
    const root = this.layout.rootsOf(importer)[0];
    return root !== undefined && folder.length > root.length && (root === '' || folder.startsWith(`${root}/`));
  }

  private resolveRelative(importer: string, dots: number, module: string): readonly string[] {
    let folder = folderOf(importer);
    for (let up = 1; up < dots; up++) {
      if (folder === '') return [];
      folder = folderOf(folder);
    }
    const file = this.layout.fileAt(folder, module.slice(dots).replaceAll('.', '/'));
    return file ? [file] : [];
  }

  private bindsByImport(file: string, name: string): boolean {
    return this.importsOf(file).some(
      (fact) =>
        !fact.typeOnly &&
        !fact.lazy &&
        fact.names.some((one) => (fact.aliases?.[one] ?? one) === name) &&
        // `from . import name` binds the submodule itself.
        !(fact.aliases?.[name] === undefined && this.resolve(file, fact.module)[0] === file),
    );
  }

  private reexported({ file, name }: Definition): Definition | undefined {
    if (!/(?:^|\/)__init__\.pyi?$/.test(file)) return undefined;
    const found: Definition[] = [];
    for (const fact of this.importsOf(file)) {
      if (fact.typeOnly || fact.lazy) continue;
      const member = fact.names.find((one) => one !== '*' && (fact.aliases?.[one] ?? one) === name);
      if (member === undefined) continue;
      const [target, other] = this.resolve(file, fact.module);
      if (!target || other || target === file) return undefined;
      found.push({ file: target, name: member });
    }
    // Bound twice (in a `try`, say): which one it is cannot be told.
    return found.length === 1 ? found[0] : undefined;
  }

  private indexImporters(): Map<string, Importer[]> {
    const index = new Map<string, Importer[]>();
    const add = (target: string, importer: Importer): void => {
      const known = index.get(target);
      if (known) known.push(importer);
      else index.set(target, [importer]);
    };
    for (const file of this.files) {
      for (const fact of this.importsOf(file)) {
        const targets = this.resolve(file, fact.module);
        if (fact.names.length === 0) {
          for (const target of targets) add(target, { file, fact, names: undefined, certain: targets.length === 1 });
          continue;
        }
        const submodules = fact.names.filter((name) => name !== '*' && this.isSubmodule(file, fact.module, name));
        for (const name of submodules) {
          const found = this.resolveMember(file, fact.module, name);
          for (const target of found) add(target, { file, fact, names: undefined, certain: found.length === 1 });
        }
        const names = fact.names.filter((name) => !submodules.includes(name));
        if (names.length === 0) continue;
        for (const target of targets)
          if (target !== file) add(target, { file, fact, names, certain: targets.length === 1 });
      }
    }
    return index;
  }
}

/** `pkg` + `x` -> `pkg.x`, `.` + `x` -> `.x` */
export function submoduleName(module: string, name: string): string {
  return module.endsWith('.') ? module + name : `${module}.${name}`;
}
