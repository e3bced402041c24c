import { ts } from 'ts-morph';
import { canonical } from './disk';
import type { KeptProject } from './kept';
import type { Project } from './project';
import type { View } from './view';

/** What a look at a file's text, without parsing it, tells of names that others see without importing it. */
interface Scan {
  readonly declaresGlobals: boolean;
  /** Specifiers of packages, or of what may be some. */
  readonly packages: readonly string[];
}

/** Scans that outlive a request, by path and version. */
export type ScanCache = Map<string, { readonly version: string; readonly scan: Scan }>;

/**
 * The files of a project that must be part of every program of it, absolute: those that declare something that others see without
 * importing them, and such declarations of packages that any file imports (one test that imports `mocha` gives `describe` to all). A
 * file too many costs its parse alone.
 */
export function ambientFiles(project: Project, view: View, cache: ScanCache, kept: KeptProject): string[] {
  const { fileNames, options } = project;
  const found: string[] = [];
  const importers = new Map<string, string>();
  for (const path of fileNames) {
    const { declaresGlobals, packages } = scan(path, view, cache);
    if (declaresGlobals) found.push(path);
    for (const specifier of packages) if (!importers.has(specifier)) importers.set(specifier, path);
  }
  const resolutions = kept.resolutionCache(project);
  for (const [specifier, importer] of importers) {
    const look = () => ts.resolveModuleName(specifier, importer, options, view, resolutions);
    const { resolvedModule } = kept.resolve(specifier, importer, view, look, 'ambient');
    if (!resolvedModule?.isExternalLibraryImport || !isDeclaration(resolvedModule.resolvedFileName)) continue;
    if (scan(resolvedModule.resolvedFileName, view, cache).declaresGlobals) found.push(resolvedModule.resolvedFileName);
  }
  return found;
}

function scan(path: string, view: View, cache: ScanCache): Scan {
  const overlay = view.overlay(path);
  if (overlay !== undefined) return scanText(overlay, path, view);
  const version = view.version(path);
  if (version === undefined) return { declaresGlobals: false, packages: [] };
  const key = canonical(path);
  const known = cache.get(key);
  if (known?.version === version) return known.scan;
  const fresh = scanText(view.readFile(path) ?? '', path, view);
  cache.set(key, { version, scan: fresh });
  return fresh;
}

const IS_MODULE = /^[ \t]*(?:import|export)\b|\bmodule\.exports\b|\bexports\.\w|\brequire\s*\(/m;
const AUGMENTS = /\bdeclare\s+(?:global|module)\b|^\/\/\/\s*<reference\b/m;
const PACKAGE = /\b(?:from|import|require)\s*\(?\s*['"]([^'".\n][^'"\n]*)['"]/g;

const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$|\.d\.[^./]+\.ts$/i.test(path);

function scanText(text: string, path: string, view: View): Scan {
  const isOwnDeclaration = isDeclaration(path) && !view.realpath(path).includes('/node_modules/');
  return {
    declaresGlobals: isOwnDeclaration || !IS_MODULE.test(text) || AUGMENTS.test(text),
    packages: [...new Set([...text.matchAll(PACKAGE)].map((match) => match[1]!))],
  };
}
