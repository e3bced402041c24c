import { IMPORTS_ID, type ImportFact } from '../../../facts/imports';
import { Refusal } from '../../refusal';
import type { Document, Snapshot } from '../../snapshot';

/** The module that new code goes to. */
export interface CodeTarget {
  readonly file: string;
  /** Undefined for a file that is made. */
  readonly document: Document | undefined;
}

/** Code of TypeScript and JavaScript; declarations alone are none. */
export const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/**
 * The file that was asked for.
 * @param files those that the code comes from, which will import it
 * @param home the package that it is to be in
 * @throws Refusal `unreachable-module`, `import-cycle`, `file-exists`, and the cure's own `not-typescript` ({file}) and
 *     `no-common-package` ({file}, {other})
 */
export async function askedTarget(
  into: string,
  files: readonly string[],
  home: string,
  snapshot: Snapshot,
): Promise<CodeTarget> {
  if (!CODE.test(into)) throw new Refusal('not-typescript', { file: into });
  if ((await packageOf(into, snapshot)) !== home)
    throw new Refusal('no-common-package', { file: files[0]!, other: into });
  const stranger = files.find((site) => site !== into && sharesNoKind(into, [site]));
  if (stranger !== undefined) throw new Refusal('unreachable-module', { module: into, file: stranger });
  if (snapshot.files.includes(into)) {
    for (const site of files) {
      const cycle = site === into ? undefined : cycleOf(into, site, snapshot);
      if (cycle) throw new Refusal('import-cycle', { module: into, file: site, cycle: [site, ...cycle].join(' > ') });
    }
    return { file: into, document: await snapshot.open(into) };
  }
  if (await snapshot.exists(into)) throw new Refusal('file-exists', { file: into });
  return { file: into, document: undefined };
}

/** The imports that lead from one file to another when they are loaded; undefined where none do. */
export function cycleOf(from: string, to: string, snapshot: Snapshot): string[] | undefined {
  const paths = new Map<string, string[]>([[from, [from]]]);
  for (const [file, path] of paths) {
    for (const { module, typeOnly, lazy } of importsOf(file, snapshot)) {
      if (typeOnly || lazy) continue;
      for (const target of snapshot.modules.resolve(file, module)) {
        if (target === to) return [...path, to];
        if (!paths.has(target)) paths.set(target, [...path, target]);
      }
    }
  }
  return undefined;
}

function importsOf(file: string, snapshot: Snapshot): readonly ImportFact[] {
  return (snapshot.facts(file)?.byCollector[IMPORTS_ID] ?? []) as unknown as readonly ImportFact[];
}

/** A TypeScript module for JavaScript, or one with JSX for others, is no usual thing to import. */
export function sharesNoKind(file: string, files: readonly string[]): boolean {
  const isTyped = (one: string): boolean => /\.[cm]?tsx?$/.test(one);
  const hasJsx = (one: string): boolean => /x$/.test(one);
  return (
    !files.includes(file) &&
    (files.some((one) => isTyped(one) !== isTyped(file)) || (hasJsx(file) && !files.every(hasJsx)))
  );
}

/** The nearest folder with a package.json: what lies in another one is imported by its name, if at all. */
export async function packageOf(file: string, snapshot: Snapshot): Promise<string> {
  for (let folder = above(file); folder !== ''; folder = above(folder))
    if (await snapshot.exists(`${folder}/package.json`)) return folder;
  return '';
}

const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
