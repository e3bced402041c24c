import type { FileFacts } from '../facts/collect';
import { IMPORTS_ID, type ImportFact } from '../facts/imports';
import { PythonModules } from './python/modules';
import type { ModuleResolver } from './resolver';
import { TypeScriptModules } from './typescript';

/** Resolves imports of both languages over the files of a workspace. */
export class WorkspaceModules implements ModuleResolver {
  readonly python: PythonModules;
  private readonly typescript: TypeScriptModules;

  /**
   * @param files all analysed files, relative to the root, with `/`
   * @param factsOf what is known of each
   */
  constructor(files: readonly string[], factsOf: (file: string) => FileFacts | undefined) {
    const importsOf = (file: string) =>
      (factsOf(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
    this.python = new PythonModules(files.filter(isPython), importsOf);
    this.typescript = new TypeScriptModules(files.filter((file) => !isPython(file)));
  }

  resolve(importer: string, module: string): readonly string[] {
    return isPython(importer) ? this.python.resolve(importer, module) : this.typescript.resolve(importer, module);
  }

  wouldCloseCycle(importer: string, target: string): readonly string[] | undefined {
    return isPython(importer) ? this.python.wouldCloseCycle(importer, target) : undefined;
  }
}

const isPython = (file: string): boolean => /\.pyi?$/.test(file);
