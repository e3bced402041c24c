import type { ImportFact } from '../../facts/imports';
import { folderOf, type PythonLayout } from './layout';

interface Resolver {
  resolve(importer: string, module: string): readonly string[];
  resolveMember(importer: string, module: string, name: string): readonly string[];
  isSubmodule(importer: string, module: string, name: string): boolean;
}

interface Edge {
  readonly target: string;
  /** The target is a package that is loaded because a module in it is. */
  readonly implied: boolean;
}

/** Which module is loaded because another one is: imports at module level, and the packages around what they name. */
export class ImportGraph {
  private readonly edges = new Map<string, readonly Edge[]>();

  constructor(
    private readonly importsOf: (file: string) => readonly ImportFact[],
    private readonly modules: Resolver,
    private readonly layout: PythonLayout,
  ) {}

  /**
   * The shortest circle that `importer` importing `target` would close, both ends named; undefined when there is none.
   *
   * The packages around the importer are being loaded already when it runs, so that being loaded for a module in them (an implied
   * edge) leads into no circle; naming such a package in an import does.
   */
  cycleBy(importer: string, target: string): readonly string[] | undefined {
    if (target === importer) return [importer, importer];
    const loading = new Set(this.layout.packagesAround(importer));
    const known = new Set(this.edgesOf(importer).map((edge) => edge.target));
    const starts = [target, ...this.layout.packagesAround(target).filter((one) => !loading.has(one))];
    const from = new Map<string, string>();
    const pending = starts.filter((one) => !known.has(one));
    for (const one of pending) from.set(one, importer);
    for (let next = 0; next < pending.length; next++) {
      const at = pending[next]!;
      for (const edge of this.edgesOf(at)) {
        if (edge.implied && (loading.has(edge.target) || edge.target === importer)) continue;
        if (edge.target === importer) return [...pathTo(at, from, importer), importer];
        if (from.has(edge.target)) continue;
        from.set(edge.target, at);
        pending.push(edge.target);
      }
    }
    return undefined;
  }

  private edgesOf(file: string): readonly Edge[] {
    const known = this.edges.get(file);
    if (known) return known;
    const explicit = new Set<string>();
    for (const fact of this.importsOf(file)) {
      if (fact.lazy || fact.typeOnly) continue;
      if (fact.names.length === 0) for (const target of this.modules.resolve(file, fact.module)) explicit.add(target);
      for (const name of fact.names) {
        // For a submodule the package is only on the way to it, and follows below.
        for (const target of this.modules.resolveMember(file, fact.module, name)) explicit.add(target);
      }
    }
    const edges: Edge[] = [...explicit].filter((one) => one !== file).map((target) => ({ target, implied: false }));
    const implied = new Set<string>();
    for (const one of [file, ...explicit]) {
      for (const init of this.layout.packagesAround(one)) {
        if (!explicit.has(init) && init !== file && !isAround(init, file, one)) implied.add(init);
      }
    }
    edges.push(...[...implied].map((target) => ({ target, implied: true })));
    this.edges.set(file, edges);
    return edges;
  }
}

/** A package around the importing file itself is loaded before it, whatever it imports. */
function isAround(init: string, file: string, target: string): boolean {
  return target !== file && file.startsWith(`${folderOf(init)}/`);
}

function pathTo(at: string, from: ReadonlyMap<string, string>, start: string): string[] {
  const path = [at];
  for (let one = at; one !== start; ) {
    one = from.get(one)!;
    path.unshift(one);
  }
  return path;
}
