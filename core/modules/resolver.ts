/** Says which files of the workspace an import means. */
export interface ModuleResolver {
  /**
   * @param importer file that imports, relative to the root
   * @param module as written
   * @returns files relative to the root: none for what is outside the workspace, several where it is ambiguous
   */
  resolve(importer: string, module: string): readonly string[];
  /**
   * The files of the import-time cycle that would be there if `importer` imported `target` at module level; undefined where there would
   * be none, or where cycles do no harm (TypeScript).
   */
  wouldCloseCycle(importer: string, target: string): readonly string[] | undefined;
}
