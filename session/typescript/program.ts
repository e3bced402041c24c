import { ts } from 'ts-morph';
import type { ScanCache } from './ambient';
import { canonical, LIB_FOLDER, type View } from './disk';
import type { RedirectingHost } from './internals';
import type { Project, Projects } from './project';
import { withStack } from './too-deep';

/** By format and path. */
type Sources = Map<string, { readonly version: string; readonly value: ts.SourceFile }>;

/** Parsed files that outlive a request; whoever asks gets what is on disk now. */
export class SourceCache {
  private readonly sources = new Map<string, Sources>();
  /** See {@link ambientFiles}. */
  readonly scans: ScanCache = new Map();
  private readonly registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames);

  /** Forgets everything: the next request pays for it. */
  clear(): void {
    this.sources.clear();
    this.scans.clear();
  }

  /** Reads and parses files as these options want it. Trees are shared by programs whose options let them look alike. */
  reader(options: ts.CompilerOptions, view: View): ts.CompilerHost['getSourceFile'] {
    const key = this.registry.getKeyForCompilationSettings(options);
    const sources: Sources = this.sources.get(key) ?? new Map();
    this.sources.set(key, sources);
    return (path, format) => source(sources, path, withJSDoc(format), view);
  }
}

/** The tree of a file, undefined where it is not there. */
function source(
  sources: Sources,
  path: string,
  format: ts.CreateSourceFileOptions,
  view: View,
): ts.SourceFile | undefined {
  const key = `${format.impliedNodeFormat ?? ''} ${canonical(path)}`;
  const known = sources.get(key);
  const overlay = view.overlay(path);
  if (overlay !== undefined) {
    return known?.value.text === overlay ? known.value : parsed(path, overlay, format);
  }
  const version = view.version(path);
  if (version === undefined) return undefined;
  if (known?.version === version) return known.value;
  const text = view.readFile(path);
  if (text === undefined) return undefined;
  const value = parsed(path, text, format);
  sources.set(key, { version, value });
  return value;
}

function parsed(path: string, text: string, format: ts.CreateSourceFileOptions): ts.SourceFile {
  return withStack(path, () => ts.createSourceFile(path, text, format));
}

export interface ProgramRequest {
  readonly project: Project;
  readonly projects: Projects;
  readonly view: View;
  readonly root: string;
  /** The files that it starts from, absolute. */
  readonly files: readonly string[];
  readonly cache: SourceCache;
  /** A program of another state of the same files: what both have in common is taken from it. */
  readonly sibling?: ts.Program;
  /** False where files come or go between the sibling and this one. */
  readonly hasSameFiles?: boolean;
}

/** A program of the files and all that they import. It never writes. */
export function createProgram(request: ProgramRequest): ts.Program {
  const { project, projects, view, root, cache, sibling } = request;
  const { options } = project;
  const host: ts.CompilerHost & RedirectingHost = {
    getSourceFile: cache.reader(options, view),
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
    hasInvalidatedResolutions: () => !request.hasSameFiles,
    useSourceOfProjectReferenceRedirect: () => true,
  };
  return ts.createProgram({
    rootNames: [...request.files],
    options,
    projectReferences: project.references,
    host,
    oldProgram: sibling,
  });
}

/** Of doc comments only those are parsed that carry types: the others cost time and memory and change no diagnostic. */
function withJSDoc(format: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  const options = typeof format === 'object' ? format : { languageVersion: format };
  return { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors };
}
