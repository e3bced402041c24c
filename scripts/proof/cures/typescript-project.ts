import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** One thing that the compiler says, as text that does not change when code moves. */
export interface Remark {
  readonly check: 'compile' | 'names';
  readonly text: string;
}

export interface Config {
  readonly options: ts.CompilerOptions;
  readonly names: ReadonlySet<string>;
}

/** What is never used, as TypeScript tells it whether or not a tsconfig asks for it. */
const UNUSED = new Set([6133, 6192, 6196, 6198, 6199]);

/** Of a JavaScript file that no project checks, only names are believed: types are guessed there. */
const NAMES = new Set([2300, 2304, 2448, 2451, 2552, 2588, 18004]);

/** The options that TypeScript 5 had by default and 6 has not: projects that say nothing mean those. */
const DEFAULTS: ts.CompilerOptions = { types: ['*'], strict: false };
const FIXED: ts.CompilerOptions = {
  noEmit: true,
  composite: undefined,
  incremental: undefined,
  tsBuildInfoFile: undefined,
  plugins: undefined,
  skipLibCheck: true,
  ignoreDeprecations: '6.0',
};
const LOOSE: ts.CompilerOptions = {
  allowJs: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
};

/** One program that is asked again and again, with other texts for a few of its files. */
export class CompilerProject {
  private readonly service: ts.LanguageService;
  private readonly roots: Set<string>;
  private readonly options: ts.CompilerOptions;
  private readonly opinions = new Map<string, readonly Remark[]>();
  private readonly versions = new Map<string, number>();
  private texts: ReadonlyMap<string, string> = new Map();
  private importing: Map<string, Set<string>> | undefined;

  /**
   * @param root absolute
   * @param config a tsconfig; without one the program holds what is added to it
   */
  constructor(
    private readonly root: string,
    config: string | undefined,
  ) {
    const read = config === undefined ? undefined : readConfig(config);
    const { declaration, composite } = read?.options ?? {};
    this.options = { ...DEFAULTS, ...(read?.options ?? LOOSE), ...FIXED, declaration: declaration ?? composite };
    // Names that nobody defines show in unchecked JavaScript as well.
    if (!read || !this.options.checkJs) this.options.checkJs = true;
    this.roots = new Set(read?.names);
    this.service = ts.createLanguageService(this.host());
  }

  /** Makes files part of the program, absolute. */
  add(paths: readonly string[]): void {
    const news = paths.filter((path) => !this.roots.has(path));
    if (news.length === 0) return;
    for (const path of news) this.roots.add(path);
    this.importing = undefined;
    // What more files declare changes what there is to say of the others.
    this.opinions.clear();
  }

  /** Lets some files have other texts from now on; an empty map takes all back. */
  overlay(texts: ReadonlyMap<string, string>): void {
    for (const path of new Set([...this.texts.keys(), ...texts.keys()]))
      this.versions.set(path, (this.versions.get(path) ?? 0) + 1);
    this.texts = texts;
  }

  /** What the compiler says of a file without any overlay; asked once. */
  known(path: string): readonly Remark[] {
    let opinion = this.opinions.get(path);
    if (!opinion) {
      opinion = ts.sys.fileExists(path) ? this.opinion(path) : [];
      this.opinions.set(path, opinion);
    }
    return opinion;
  }

  /** Whether the program has the file: of another one the compiler says nothing. */
  holds(path: string): boolean {
    return this.service.getProgram()?.getSourceFile(path) !== undefined;
  }

  opinion(path: string): readonly Remark[] {
    if (!this.holds(path)) return [];
    const isLoose = /\.[cm]?jsx?$/.test(path);
    const syntactic = this.service.getSyntacticDiagnostics(path);
    const semantic = this.service
      .getSemanticDiagnostics(path)
      .filter(({ code, category }) => category === ts.DiagnosticCategory.Error && (!isLoose || NAMES.has(code)));
    const program = this.service.getProgram();
    const declared = this.options.declaration ? program?.getDeclarationDiagnostics(program.getSourceFile(path)) : [];
    const unused = this.service.getSuggestionDiagnostics(path).filter(({ code }) => UNUSED.has(code));
    const remark = (check: Remark['check']) => (one: ts.Diagnostic) => ({ check, text: this.textOf(path, one) });
    return [...[...syntactic, ...semantic, ...(declared ?? [])].map(remark('compile')), ...unused.map(remark('names'))];
  }

  /** Files of the workspace that import any of the given ones. */
  importers(paths: readonly string[]): string[] {
    this.importing ??= this.readImports();
    const found = new Set(paths.flatMap((path) => [...(this.importing!.get(path) ?? [])]));
    for (const path of paths) found.delete(path);
    return [...found].sort();
  }

  dispose(): void {
    this.service.dispose();
  }

  private readImports(): Map<string, Set<string>> {
    const importing = new Map<string, Set<string>>();
    const cache = ts.createModuleResolutionCache(this.root, (name) => name, this.options);
    for (const file of this.service.getProgram()?.getSourceFiles() ?? []) {
      if (file.isDeclarationFile || file.fileName.includes('/node_modules/')) continue;
      for (const { fileName } of ts.preProcessFile(file.text, true, true).importedFiles) {
        const { resolvedModule } = ts.resolveModuleName(fileName, file.fileName, this.options, ts.sys, cache);
        if (!resolvedModule || resolvedModule.isExternalLibraryImport) continue;
        const target = resolvedModule.resolvedFileName;
        importing.set(target, (importing.get(target) ?? new Set()).add(file.fileName));
      }
    }
    return importing;
  }

  private textOf(path: string, { code, messageText }: ts.Diagnostic): string {
    const message = ts.flattenDiagnosticMessageText(messageText, ' ').replaceAll(`${this.root}/`, '');
    return `${posix.relative(this.root, path)}: TS${code} ${message}`;
  }

  private host(): ts.LanguageServiceHost {
    const read = (path: string) => this.texts.get(path) ?? ts.sys.readFile(path);
    return {
      getCompilationSettings: () => this.options,
      getScriptFileNames: () => [...new Set([...this.roots, ...this.texts.keys()])],
      getScriptVersion: (path) => String(this.versions.get(path) ?? 0),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => this.root,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: (path) => this.texts.has(path) || ts.sys.fileExists(path),
      readFile: read,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: ts.sys.realpath,
    };
  }
}

/** Every tsconfig of the folders above a file, nearest first, `tsconfig.json` before others of its folder. */
export function configsAbove(root: string, path: string): string[] {
  const found: string[] = [];
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const names = listed(folder);
    found.push(...names.map((name) => posix.join(folder, name)));
    if (folder === root || posix.dirname(folder) === folder) return found;
  }
}

const folders = new Map<string, readonly string[]>();

function listed(folder: string): readonly string[] {
  let names = folders.get(folder);
  if (!names) {
    names = readdirSync(folder)
      .filter((name) => /^[jt]sconfig.*\.json$/.test(name))
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    folders.set(folder, names);
  }
  return names;
}

const configs = new Map<string, Config>();

export function readConfig(config: string): Config {
  let read = configs.get(config);
  if (!read) {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host);
    read = { options: parsed?.options ?? {}, names: new Set(parsed?.fileNames) };
    configs.set(config, read);
  }
  return read;
}
