import { ts } from 'ts-morph';
import type { ScanCache } from './ambient';
import { canonical } from './disk';
import { ownSource, type RedirectingHost, specifiersOf } from './internals';
import { Kept, type KeptProject, type ViewedProject } from './kept';
import { LIB_FOLDER } from './lib';
import { withStack } from './too-deep';
import type { View } from './view';

/** By format and path. */
type Sources = Map<string, { readonly version: string; readonly value: ts.SourceFile }>;

/** Parsed files that outlive a request; whoever asks gets what is on disk now. */
export class SourceCache {
  private readonly sources = new Map<string, Sources>();
  /** See {@link ambientFiles}. */
  readonly scans: ScanCache = new Map();
  private readonly registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames);
  private readonly versions = new WeakMap<ts.SourceFile, string>();
  /** Texts that are not those on disk, as parsed: most come again with the next request. */
  private readonly unsaved: { readonly key: string; readonly value: ts.SourceFile }[] = [];
  private readonly workspaces = new Map<string, Kept>();

  /** What is known of a workspace. */
  of(root: string): Kept {
    let known = this.workspaces.get(root);
    if (!known) {
      known = new Kept(root, this);
      this.workspaces.set(root, known);
    }
    return known;
  }

  /** Forgets the programs, but not the trees: the next request pays for it. */
  forgetPrograms(): void {
    for (const workspace of this.workspaces.values()) workspace.forget();
  }

  /** Forgets the programs of all projects but the latest of each workspace. */
  forgetOtherPrograms(): void {
    for (const workspace of this.workspaces.values()) workspace.forgetOthers();
  }

  /** Forgets the trees of files as these options want them. */
  forgetSources(options: ts.CompilerOptions): void {
    this.sources.delete(this.registry.getKeyForCompilationSettings(options));
  }

  /** Forgets everything: the next request pays dearly for it. */
  clear(): void {
    this.workspaces.clear();
    this.sources.clear();
    this.scans.clear();
    this.unsaved.length = 0;
  }

  /** Whether a tree is that of the text that a view shows. */
  isCurrent(source: ts.SourceFile, view: View): boolean {
    const own = ownSource(source);
    const overlay = view.overlay(own.fileName);
    return overlay === undefined
      ? view.version(own.fileName) === (this.versions.get(own) ?? null)
      : own.text === overlay;
  }

  /** Reads and parses files as these options want it. Trees are shared by programs whose options let them look alike. */
  reader(options: ts.CompilerOptions, view: View): ts.CompilerHost['getSourceFile'] {
    const key = this.registry.getKeyForCompilationSettings(options);
    const sources: Sources = this.sources.get(key) ?? new Map();
    this.sources.set(key, sources);
    return (path, format) => this.source(sources, key, path, withJSDoc(format), view);
  }

  /** The tree of a file, undefined where it is not there. */
  private source(
    sources: Sources,
    settings: string,
    path: string,
    format: ts.CreateSourceFileOptions,
    view: View,
  ): ts.SourceFile | undefined {
    const key = `${format.impliedNodeFormat ?? ''} ${canonical(path)}`;
    const known = sources.get(key);
    const overlay = view.overlay(path);
    if (overlay !== undefined) {
      return known?.value.text === overlay ? known.value : this.overlaid(`${settings} ${key}`, path, overlay, format);
    }
    const version = view.version(path);
    if (version === undefined) return undefined;
    if (known?.version === version) return known.value;
    const text = view.readFile(path);
    if (text === undefined) return undefined;
    const value = parsed(path, text, format);
    sources.set(key, { version, value });
    this.versions.set(value, version);
    return value;
  }

  private overlaid(key: string, path: string, text: string, format: ts.CreateSourceFileOptions): ts.SourceFile {
    const { unsaved } = this;
    const known = unsaved.find((one) => one.key === key && one.value.text === text);
    if (known) return known.value;
    const value = parsed(path, text, format);
    unsaved.unshift({ key, value });
    if (unsaved.length > MAX_UNSAVED) unsaved.pop();
    return value;
  }
}

/** More than one request has files. */
const MAX_UNSAVED = 32;

function parsed(path: string, text: string, format: ts.CreateSourceFileOptions): ts.SourceFile {
  return withStack(path, () => ts.createSourceFile(path, text, format));
}

export interface ProgramRequest extends ViewedProject {
  readonly root: string;
  /** The files that it starts from, absolute. */
  readonly files: readonly string[];
  readonly sources: SourceCache;
  readonly kept: KeptProject;
  /** A program of another state of the same files: what both have in common is taken from it. */
  readonly sibling: ts.Program | undefined;
}

/** A program of the files and all that they import. It never writes. */
export function createProgram(request: ProgramRequest): ts.Program {
  const { project, projects, view, root, sources, kept, files } = request;
  const { options } = project;
  // A program keeps its host, and with it all that the host's functions name: not the sibling, nor these caches.
  let { sibling } = request;
  let resolutions: ts.ModuleResolutionCache | undefined = kept.resolutionCache(project);
  /** What one import led to may be another file now. */
  const isInvalid = (path: ts.Path): boolean => {
    const source = view.others.length > 0 ? sibling?.getSourceFileByPath(path) : undefined;
    return source !== undefined && specifiersOf(source).some(({ text }) => view.mayLeadToOther(text));
  };
  const host: ts.CompilerHost & RedirectingHost = {
    getSourceFile: sources.reader(options, view),
    getDefaultLibFileName: (forOptions) => `${LIB_FOLDER}/${ts.getDefaultLibFileName(forOptions)}`,
    getDefaultLibLocation: () => LIB_FOLDER,
    writeFile: () => {},
    getCurrentDirectory: () => root,
    getCanonicalFileName: canonical,
    useCaseSensitiveFileNames: () => view.useCaseSensitiveFileNames,
    getNewLine: () => '\n',
    fileExists: (path) => view.fileExists(path),
    readFile: (path) => view.readFile(path),
    directoryExists: (path) => view.directoryExists(path),
    getDirectories: (path) => view.getDirectories(path),
    realpath: (path) => view.realpath(path),
    readDirectory: (folder, extensions, excludes, includes, depth) =>
      view.readDirectory(folder, extensions, excludes, includes, depth),
    getParsedCommandLine: (config) => projects.parsed(config),
    hasInvalidatedResolutions: isInvalid,
    getModuleResolutionCache: () => resolutions,
    resolveModuleNameLiterals: (literals, from, redirected, settings, source) =>
      literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(source, literal, settings);
        // The host is one that the compiler has wrapped, so that outputs of referenced projects lead to their sources.
        const look = () => ts.resolveModuleName(literal.text, from, settings, host, resolutions, redirected, mode);
        // What leads to outputs of another project is found in steps that the compiler keeps in mind for one program alone.
        return project.references ? look() : kept.resolve(literal.text, from, view, look, mode);
      }),
    useSourceOfProjectReferenceRedirect: () => true,
  };
  const program = ts.createProgram({
    rootNames: [...files],
    options,
    projectReferences: project.references,
    host,
    oldProgram: sibling,
  });
  sibling = undefined;
  resolutions = undefined;
  return program;
}

/** Of doc comments only those are parsed that carry types: the others cost time and memory and change no diagnostic. */
function withJSDoc(format: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  const options = typeof format === 'object' ? format : { languageVersion: format };
  return { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors };
}
