import { folderOf } from '../../../modules/python/layout';
import { compareText } from '../../../rule/finding';
import { isTestPath } from '../../../rule/test-path';
import { Refusal } from '../../refusal';
import type { Document, Snapshot } from '../../snapshot';
import { ImportHabits } from '../imports/habits';

/** The module that new code goes to. */
export interface CodeTarget {
  readonly file: string;
  /** Undefined for a file that is made. */
  readonly document: Document | undefined;
}

/** What kind of module a cure looks for. */
export interface TargetKind {
  /** Paths of modules whose names say that they hold such code; undefined where none is reused. */
  readonly existing?: RegExp;
  /** Of those the ones that say it best. */
  readonly best?: RegExp;
  /** Whether a module that has such a name holds such code indeed. */
  readonly fits?: (document: Document) => boolean;
  /** Code that stands in one file stays in it. */
  readonly staysInOneFile?: boolean;
  /** Names of files that may be made, the best first. */
  readonly newNames: readonly string[];
}

/**
 * The file that was asked for; else a fitting module near the files that will import from it; else their one file, where the kind says
 * so; else a new module in their nearest common package.
 *
 * @param files the files that the code comes from, which will import it
 * @throws Refusal `import-cycle`, `file-exists`, and the cure's own `no-common-package` ({file}, {other}) and `not-python` ({file})
 */
export async function targetFor(
  files: readonly string[],
  into: string | undefined,
  kind: TargetKind,
  snapshot: Snapshot,
): Promise<CodeTarget> {
  if (into !== undefined) return asked(into, files, snapshot);
  const { python } = snapshot.modules;
  const folder = commonFolder(files);
  for (const file of existing(folder, files, kind, snapshot)) {
    if (files.some((site) => site !== file && (python.wouldCloseCycle(site, file) || !canImport(site, file, snapshot))))
      continue;
    const document = await snapshot.open(file);
    if (kind.fits?.(document) ?? true) return { file, document };
  }
  const [only, other] = files;
  if (other === undefined && kind.staysInOneFile) return { file: only!, document: await snapshot.open(only!) };
  for (const name of kind.newNames) {
    const file = folder === '' ? name : `${folder}/${name}`;
    if ((await snapshot.exists(file)) || (await snapshot.exists(file.replace(/\.py$/, '')))) continue;
    const outsider = files.find((site) => !canImport(site, file, snapshot));
    if (outsider !== undefined)
      throw new Refusal('no-common-package', { file: files[0]!, other: files.find((one) => one !== files[0]) ?? file });
    return { file, document: undefined };
  }
  throw new Refusal('file-exists', { file: `${folder === '' ? '' : `${folder}/`}${kind.newNames[0]}` });
}

async function asked(into: string, files: readonly string[], snapshot: Snapshot): Promise<CodeTarget> {
  if (!into.endsWith('.py')) throw new Refusal('not-python', { file: into });
  const outsider = files.find((site) => site !== into && !canImport(site, into, snapshot));
  if (outsider !== undefined) throw new Refusal('no-common-package', { file: outsider, other: into });
  if (snapshot.files.includes(into)) {
    for (const site of files) {
      const cycle = site === into ? undefined : snapshot.modules.python.wouldCloseCycle(site, into);
      if (cycle) throw new Refusal('import-cycle', { module: into, file: site, cycle: cycle.join(' > ') });
    }
    return { file: into, document: await snapshot.open(into) };
  }
  if (await snapshot.exists(into)) throw new Refusal('file-exists', { file: into });
  return { file: into, document: undefined };
}

/** Modules of the kind in the package of the files or one around it: the nearest first. */
function existing(
  folder: string,
  files: readonly string[],
  { existing: pattern, best }: TargetKind,
  snapshot: Snapshot,
): string[] {
  if (!pattern) return [];
  const near = new Set(files.map(folderOf));
  const found = snapshot.files.filter((file) => {
    if (!pattern.test(file) || isTestPath(file)) return false;
    const own = folderOf(file.replace(/\/__init__\.py$/, ''));
    if (own === folder || own === '' || folder.startsWith(`${own}/`)) return true;
    return near.has(folderOf(file)) && files.every((site) => knows(site, file, snapshot));
  });
  const isBest = (file: string): number => Number(best?.test(file) ?? false);
  const isSite = (file: string): number => Number(files.includes(file));
  return found.sort(
    (a, b) =>
      isSite(b) - isSite(a) || folderOf(b).length - folderOf(a).length || isBest(b) - isBest(a) || compareText(a, b),
  );
}

/** Whether files beside a site import from the target's package already: a package that does not is not made to depend on it. */
function knows(site: string, target: string, { modules: { python } }: Snapshot): boolean {
  const folder = folderOf(site);
  const wanted = folderOf(target);
  if (folder === wanted) return true;
  return python.files.some(
    (file) =>
      folderOf(file) === folder &&
      python.importsOf(file).some(({ module }) => python.resolve(file, module).some((one) => folderOf(one) === wanted)),
  );
}

/** Whether both files are found from the same folder, so that one can name the other. Either may be a file that is not there yet. */
export function canImport(file: string, target: string, { modules: { python } }: Snapshot): boolean {
  const own = rootOf(file, python.nameOf(file));
  const other = rootOf(target, python.nameOf(target));
  return own !== undefined && own === other;
}

/** Folders that Python's grammar keeps out of a dotted name. */
const KEYWORD =
  /(?:^|\.)(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)(?:\.|$)/;

function rootOf(file: string, name: string | undefined): string | undefined {
  if (name === undefined || KEYWORD.test(name)) return undefined;
  const path = file.replace(/(?:\/__init__)?\.pyi?$/, '');
  return path.slice(0, path.length - name.length);
}

/** How a file names the target in an import: with dots where its neighbours do so, else by the dotted name. */
export function moduleFor(file: string, target: CodeTarget, snapshot: Snapshot): string {
  const { python } = snapshot.modules;
  const name = python.nameOf(target.file)!;
  // The import manager spells what is there already.
  if (target.document) return name;
  const relative = python.relativeName(file, target.file);
  if (relative && relative.rest !== '' && new ImportHabits(python).isRelative(file, relative.dots))
    return '.'.repeat(relative.dots) + relative.rest;
  return name;
}

function commonFolder(files: readonly string[]): string {
  const lists = files.map((file) => folderOf(file).split('/'));
  const [first, ...rest] = lists;
  let count = 0;
  while (count < first!.length && rest.every((list) => list[count] === first![count])) count++;
  return first!.slice(0, count).join('/');
}
