import { ts } from 'ts-morph';

/**
 * What we use of the compiler beyond its published types. The bundle holds one version of it, the one that ts-morph pins, and ts-morph
 * itself builds on these; the tests would notice a version without them.
 */
interface Internals {
  /** The files below a folder that `include`, `exclude` and extensions of a tsconfig select. */
  matchFiles(
    path: string,
    extensions: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    useCaseSensitiveFileNames: boolean,
    currentDirectory: string,
    depth: number | undefined,
    getFileSystemEntries: (path: string) => FileSystemEntries,
    realpath: (path: string) => string,
  ): string[];
}

export interface FileSystemEntries {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

export const { matchFiles } = ts as unknown as Internals;

/** Lets imports of a referenced project's outputs lead to its sources, as editors do: nothing needs to be built. */
export interface RedirectingHost {
  useSourceOfProjectReferenceRedirect(): boolean;
}

/** The tree itself, where a program shows that of the same file of another copy of its package instead. */
export function ownSource(source: ts.SourceFile): ts.SourceFile {
  const { redirectInfo } = source as unknown as { readonly redirectInfo?: { readonly unredirected: ts.SourceFile } };
  return redirectInfo?.unredirected ?? source;
}

/** The specifiers of all imports, re-exports, `import()` and, in JavaScript, `require()` of a file that is part of a program. */
export function specifiersOf(source: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return (source as unknown as { readonly imports?: readonly ts.StringLiteralLike[] }).imports ?? [];
}

/** Whether a specifier leads to a file, be it one without types. */
export function leadsToFile(program: ts.Program, specifier: ts.StringLiteralLike, source: ts.SourceFile): boolean {
  const { getResolvedModuleFromModuleSpecifier } = program as unknown as {
    getResolvedModuleFromModuleSpecifier(
      specifier: ts.StringLiteralLike,
      source: ts.SourceFile,
    ): { readonly resolvedModule?: ts.ResolvedModuleFull } | undefined;
  };
  return getResolvedModuleFromModuleSpecifier(specifier, source)?.resolvedModule !== undefined;
}

/** What is wrong with the JSON of a configuration. */
export function grammarErrors(config: ts.TsConfigSourceFile): readonly ts.Diagnostic[] {
  return (config as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
}

/**
 * The declarations of a file, whatever the options say and whatever errors it has; nothing reaches the disk. Undefined where the compiler
 * cannot write them down in full, as with types that have no name outside their module.
 */
export function declarationsOf(program: ts.Program, source: ts.SourceFile): string | undefined {
  const { emit } = program as unknown as {
    emit(
      source: ts.SourceFile,
      write: ts.WriteFileCallback,
      cancellation: undefined,
      declarationsOnly: true,
      transformers: undefined,
      isForced: true,
    ): ts.EmitResult;
  };
  let declarations: string | undefined;
  const write: ts.WriteFileCallback = (_, text) => {
    declarations = text;
  };
  return emit(source, write, undefined, true, undefined, true).diagnostics.length > 0 ? undefined : declarations;
}

/**
 * The semantic diagnostics that come up when nodes of a file are checked, and nothing else of it; the editor's language service shows the
 * part of a large file that is on the screen first in this way. Where the file was checked before, all that it has.
 */
export function diagnosticsOfNodes(
  program: ts.Program,
  source: ts.SourceFile,
  nodes: readonly ts.Node[],
): readonly ts.Diagnostic[] {
  const { getSemanticDiagnostics } = program as unknown as {
    getSemanticDiagnostics(
      source: ts.SourceFile,
      cancellation: undefined,
      nodes: readonly ts.Node[],
    ): readonly ts.Diagnostic[];
  };
  return getSemanticDiagnostics(source, undefined, nodes);
}
