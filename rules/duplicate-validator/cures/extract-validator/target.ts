import { ImportHabits } from '../../../../core/edit/python/imports/habits';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import { folderOf } from '../../../../core/modules/python/layout';
import { compareText } from '../../../../core/rule/finding';
import { isTestPath } from '../../../../core/rule/test-path';
import type { PythonModel } from '../../../../core/semantics/python/index';

/** Where the shared function goes. */
export interface Target {
  readonly file: string;
  /** Undefined for a file that is made. */
  readonly document: Document | undefined;
}

const VALIDATORS = /(?:^|\/)(?:\w+_)?(?:validators?|validations?)(?:\.py|\/__init__\.py)$/;
const NEW_NAMES = ['validators.py', 'validation.py', 'shared_validators.py'];

/**
 * The file that was asked for; else a module of validators near the sites; else the file of the sites, where it is one; else a new
 * module in their nearest common package.
 * @throws Refusal `import-cycle`, `no-common-package`, `file-exists`, `not-python`
 */
export async function targetFor(
  files: readonly string[],
  into: string | undefined,
  snapshot: Snapshot,
): Promise<Target> {
  const { python } = snapshot.modules;
  if (into !== undefined) return asked(into, files, snapshot);
  const folder = commonFolder(files);
  for (const file of existing(folder, files, snapshot)) {
    if (files.some((site) => site !== file && (python.wouldCloseCycle(site, file) || !canImport(site, file, snapshot))))
      continue;
    const document = await snapshot.open(file);
    if (validates(document)) return { file, document };
  }
  const [only, other] = files;
  if (other === undefined) return { file: only!, document: await snapshot.open(only!) };
  for (const name of NEW_NAMES) {
    const file = folder === '' ? name : `${folder}/${name}`;
    if ((await snapshot.exists(file)) || (await snapshot.exists(file.replace(/\.py$/, '')))) continue;
    if (!files.every((site) => canImport(site, file, snapshot)))
      throw new Refusal('no-common-package', { file: files[0]!, other });
    return { file, document: undefined };
  }
  throw new Refusal('file-exists', { file: `${folder === '' ? '' : `${folder}/`}${NEW_NAMES[0]}` });
}

async function asked(into: string, files: readonly string[], snapshot: Snapshot): Promise<Target> {
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

/** Modules whose names say that they validate, in the package of the sites or one around it: the nearest first. */
function existing(folder: string, files: readonly string[], snapshot: Snapshot): string[] {
  const { files: all } = snapshot;
  const near = new Set(files.map(folderOf));
  const found = all.filter((file) => {
    if (!VALIDATORS.test(file) || isTestPath(file)) return false;
    const own = folderOf(file.replace(/\/__init__\.py$/, ''));
    if (own === folder || own === '' || folder.startsWith(`${own}/`)) return true;
    return near.has(folderOf(file)) && files.every((site) => knows(site, file, snapshot));
  });
  const isExact = (file: string): number => Number(/(?:^|\/)validat(?:ors?|ions?)(?:\.py|\/)/.test(file));
  const isSite = (file: string): number => Number(files.includes(file));
  return found.sort(
    (a, b) =>
      isSite(b) - isSite(a) || folderOf(b).length - folderOf(a).length || isExact(b) - isExact(a) || compareText(a, b),
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

/** Whether a module holds functions of its own, or nothing yet. */
function validates(document: Document): boolean {
  const bindings = [...(document.semantics as PythonModel).root.bindings.values()];
  return bindings.length === 0 || bindings.some(({ kind }) => kind === 'function');
}

/** Whether both are found from the same folder, so that one can name the other. */
function canImport(site: string, target: string, { modules: { python } }: Snapshot): boolean {
  const own = rootOf(site, python.nameOf(site));
  const other = rootOf(target, python.nameOf(target));
  return own !== undefined && own === other;
}

function rootOf(file: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const path = file.replace(/(?:\/__init__)?\.pyi?$/, '');
  return path.slice(0, path.length - name.length);
}

/** How a site names the target: with dots where its neighbours do so, else by the dotted name. */
export function moduleFor(site: string, { file, document }: Target, snapshot: Snapshot): string {
  const { python } = snapshot.modules;
  const name = python.nameOf(file)!;
  if (document) return name;
  const relative = python.relativeName(site, file);
  if (relative && relative.rest !== '' && new ImportHabits(python).isRelative(site, relative.dots))
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
