import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { TypeScriptDiagnostic } from '../../core/verify/typescript';
import { leadsToFile, specifiersOf } from './internals';
import type { Project } from './project';
import type { View } from './view';

/** What the compiler would need to know and that is not installed. */

export const NODE_TYPES = '@types/node';

/** "Cannot find name 'process'. Do you need to install type definitions for node?" */
const NEEDS_NODE_TYPES = new Set([2580, 2591]);

/** "Cannot find name 'console'. ... Try changing the 'lib' compiler option to include 'dom'.", which Node's types have as well. */
const NEEDS_DOM = 2584;

/** Whether a name is unknown only because the types of Node, which declare it, are not installed. */
export function isMissingGlobal(
  { code, message }: TypeScriptDiagnostic,
  { config, options }: Project,
  view: View,
): boolean {
  if (!NEEDS_NODE_TYPES.has(code) && !(code === NEEDS_DOM && message.includes("'console'"))) return false;
  return !hasTypes('node', config, options, view);
}

/** Packages of global types that a tsconfig asks for and that are not there. */
export function missingTypes({ config, options }: Project, view: View): string[] {
  return (options.types ?? []).filter((name) => name !== '*' && !hasTypes(name, config, options, view));
}

function hasTypes(name: string, config: string | undefined, options: ts.CompilerOptions, view: View): boolean {
  const from = config ?? posix.join(view.getCurrentDirectory(), 'tsconfig.json');
  return ts.resolveTypeReferenceDirective(name, from, options, view).resolvedTypeReferenceDirective !== undefined;
}

/** Specifiers of a file that lead to no module. One that brings no names, or leads to a file that is no code, hides no types. */
export function unresolvedOf(program: ts.Program, path: string, view: View): string[] {
  const source = program.getSourceFile(path);
  if (!source) return [];
  const checker = program.getTypeChecker();
  return specifiersOf(source)
    .filter((specifier) => {
      if (ts.isImportDeclaration(specifier.parent) && !specifier.parent.importClause) return false;
      if (leadsToFile(program, specifier, source) || checker.getSymbolAtLocation(specifier)) return false;
      const isRelative = specifier.text.startsWith('.');
      return !(isRelative && view.fileExists(posix.join(posix.dirname(path), specifier.text)));
    })
    .map(({ text }) => text);
}
