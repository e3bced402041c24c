import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import { commonJsExports } from '../../../../../core/edit/typescript/new-module/common-js';
import {
  askedTarget,
  CODE,
  type CodeTarget,
  cycleOf,
  packageOf,
  sharesNoKind,
} from '../../../../../core/edit/typescript/new-module/target';
import { compareText } from '../../../../../core/rule/finding';
import { isTestPath } from '../../../../../core/rule/test-path';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { Cluster } from '../unify';
import { runsWhenImported } from './effects';
import { endingOf, namesLike } from './module-names';
import { refuseUnexported } from './packages';
import type { Unit } from './unit';

/** The module that the shared code goes to. */
export type Target = CodeTarget;

/** What holds validators of any kind: one of a single topic (`order-validation`) is no place for others. */
const VALIDATORS =
  /(?:^|\/)(?:(?:shared|common)[.-]?)?(?:validat(?:e|ors?|ions?))(?:[.-]?utils?|[.-]?helpers?|Utils?|Helpers?)?(?:\/index)?\.[cm]?[jt]s$/;
const UTILITIES = /(?:^|\/)(?:utils?|helpers?|common|shared)(?:\/index)?\.[cm]?[jt]s$/;
const SHARED_FOLDERS = ['utils', 'util', 'lib', 'common', 'shared', 'helpers'];

/**
 * The file that was asked for; else their one file; else a module near them that holds validators already; else a new module beside the nearest common folder, named as its neighbours are.
 *
 * @param documents the files of the places, which will import it
 * @param home the package that it is to be in
 * @throws Refusal `no-common-package`, `not-exported`, `import-cycle`, `file-exists`, `not-typescript`, `unreachable-module`
 */
export async function targetOf(
  documents: readonly Document[],
  into: string | undefined,
  home: string,
  snapshot: Snapshot,
): Promise<Target> {
  const found = await targetIn(documents, into, home, snapshot);
  const homes = await Promise.all(documents.map(({ file }) => packageOf(file, snapshot)));
  if (homes.some((one) => one !== home)) await refuseUnexported(found.file, home, snapshot);
  return found;
}

async function targetIn(
  documents: readonly Document[],
  into: string | undefined,
  home: string,
  snapshot: Snapshot,
): Promise<Target> {
  const files = documents.map(({ file }) => file);
  if (into !== undefined) return askedTarget(into, files, home, snapshot);
  const [only, other] = documents;
  if (only && !other) return { file: only.file, document: only };
  const homes = await Promise.all(files.map((file) => packageOf(file, snapshot)));
  const own = documents.filter((_, at) => homes[at] === home);
  const ownFiles = own.map(({ file }) => file);
  const common = codeFolder(commonFolder(ownFiles), home, snapshot);
  for (const file of existing(ownFiles, common, snapshot)) {
    if ((await packageOf(file, snapshot)) !== home) continue;
    if (files.some((site) => site !== file && cycleOf(file, site, snapshot))) continue;
    const document = await snapshot.open(file);
    if (isFit(document, documents)) return { file, document };
  }
  return newModule(own, common, home, snapshot);
}

/** Modules of validators in a folder around the files, or in a folder of shared code beside them: the nearest first. */
function existing(files: readonly string[], common: string, snapshot: Snapshot): string[] {
  const found = snapshot.files.filter((file) => {
    if (!CODE.test(file) || isTestPath(file) || !(VALIDATORS.test(file) || UTILITIES.test(file))) return false;
    if (sharesNoKind(file, files)) return false;
    // Where one of the places is about validation already, the others ask there.
    if (files.includes(file) && VALIDATORS.test(file)) return true;
    const own = folderOf(file.replace(/\/index\.\w+$/, ''));
    if (isAround(own, common)) return true;
    const last = own.slice(own.lastIndexOf('/') + 1);
    return SHARED_FOLDERS.includes(last) && isAround(folderOf(own), common);
  });
  const rank = (file: string): number => Number(!files.includes(file)) * 2 + Number(!VALIDATORS.test(file));
  return found.sort((a, b) => rank(a) - rank(b) || depthOf(b) - depthOf(a) || compareText(a, b));
}

const isAround = (folder: string, inner: string): boolean =>
  folder === inner || folder === '' || inner.startsWith(`${folder}/`);
const depthOf = (file: string): number => file.split('/').length;

/** Whether a module holds checks that others call: functions at its top, exported one by one. */
function isFit(document: Document, sites: readonly Document[]): boolean {
  const { source, file, root } = document;
  const isSite = sites.some((one) => one.file === file);
  if (!sites.every((one) => isCommonJs(one) === isCommonJs(document)) && !isSite) return false;
  if (/^\s*['"]use (?:client|server)['"]/.test(source.text)) return false;
  if (runsWhenImported(document)) return false;
  if (isCommonJs(document)) return commonJsExports(document) !== undefined;
  const { exports } = document.semantics as TypeScriptModel;
  const own = exports.filter(
    ({ module, typeOnly, exported }) => module === undefined && !typeOnly && exported !== 'default',
  );
  // A module that only hands on is no home.
  if (exports.some(({ module }) => module !== undefined) && own.length === 0) return false;
  const checks = [...source.text.matchAll(/export\s+(?:async\s+)?(?:function|const|let)\s+(\w+)/g)].filter(([, name]) =>
    /^(?:is|has|validate|check|ensure|assert|verify|matches)[A-Z]/.test(name!),
  );
  if (UTILITIES.test(file) && !VALIDATORS.test(file)) return checks.length > 0;
  const functions = root.namedChildren.filter((one) =>
    /^export\s+(?:async\s+)?(?:function|const\s+\w+\s*=\s*(?:async\s*)?\()/.test(
      source.slice(one.startIndex, one.startIndex + 200),
    ),
  );
  return checks.length > 0 || (own.length > 0 && functions.length * 2 >= own.length);
}

async function newModule(
  documents: readonly Document[],
  common: string,
  home: string,
  snapshot: Snapshot,
): Promise<Target> {
  const files = documents.map(({ file }) => file);
  const folder = sharedFolder(common, codeFolder(home, home, snapshot), files, snapshot);
  const ending = endingOf(files);
  const neighbours = snapshot.files.filter((file) => folderOf(file) === folder && CODE.test(file) && !isTestPath(file));
  for (const name of namesLike(neighbours, folder, files)) {
    const file = `${folder === '' ? '' : `${folder}/`}${name}${ending}`;
    const stem = file.slice(0, -ending.length);
    const others = [
      stem,
      ...['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.d.ts'].map((one) => stem + one),
    ];
    const isTaken = await Promise.all(others.map((one) => snapshot.exists(one)));
    if (!isTaken.includes(true)) return { file, document: undefined };
  }
  throw new Refusal('file-exists', { file: `${folder === '' ? '' : `${folder}/`}validators${ending}` });
}

/**
 * The folder for shared code where the project has one directly below the common folder, or below one around it where the common one has
 * folders alone.
 * @param root the folder of the package's code
 */
function sharedFolder(common: string, root: string, files: readonly string[], snapshot: Snapshot): string {
  if (files.some((file) => folderOf(file) === common)) return common;
  const isCode = (folder: string): boolean =>
    snapshot.files.some((file) => folderOf(file) === folder && CODE.test(file));
  for (let folder = common; isAround(root, folder); folder = folderOf(folder)) {
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const one of SHARED_FOLDERS) if (isCode(prefix + one)) return prefix + one;
    if (isCode(folder) || folder === root) break;
  }
  return common;
}

/** Whether a file lies in the folder of another one, or beside that folder: farther off nobody looks for what is shared. */
export function isNear(file: string, home: string): boolean {
  return isAround(folderOf(folderOf(home)), folderOf(file));
}

/**
 * Whether what a validator names is of a module that lies deeper than the one which it would go to, as the errors of one feature do below the code
 * of all of them.
 */
export function asksBelow({ units: [unit] }: Cluster<Unit>, { file }: Target, snapshot: Snapshot): boolean {
  const { document } = unit!.site;
  const own = folderOf(file).split('/');
  return unit!.free.some((one) => {
    const imported = document.semantics.bindingAt(one.startIndex)?.imported;
    const [home] = imported ? snapshot.modules.resolve(document.file, imported.module) : [];
    if (home === undefined || document.file === file) return false;
    const other = folderOf(home).split('/');
    return other.length > own.length && own.slice(0, -1).every((part, at) => part === other[at]);
  });
}

export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** The root of a package holds its settings: its code is below `src` where there is one. */
function codeFolder(common: string, home: string, snapshot: Snapshot): string {
  const inner = home === '' ? 'src' : `${home}/src`;
  return common === home && snapshot.files.some((file) => folderOf(file) === inner && CODE.test(file)) ? inner : common;
}

function commonFolder(files: readonly string[]): string {
  const [first, ...rest] = files.map((file) => folderOf(file).split('/'));
  let count = 0;
  while (count < first!.length && rest.every((list) => list[count] === first![count])) count++;
  return first!.slice(0, count).join('/');
}
