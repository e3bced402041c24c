import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import { commonJsExports } from '../../../../../core/edit/typescript/new-module/common-js';
import { askedTarget, CODE, packageOf } from '../../../../../core/edit/typescript/new-module/target';
import { isTestPath } from '../../../../../core/rule/test-path';

/** The module that adapters go to, where it is another one than that of their class. */
export interface Elsewhere {
  readonly file: string;
  /** Undefined for a file that is made. */
  readonly document: Document | undefined;
  /** Both modules ask for others by `require`. */
  readonly isCommonJs: boolean;
}

/**
 * The module that was asked for; undefined for the class's own. A path without an ending is a folder: the module in it is named after
 * that of the class, in its manner.
 * @throws Refusal `not-typescript`, `no-common-package`, `unreachable-module`, `import-cycle`, `file-exists`
 */
export async function elsewhereOf(
  document: Document,
  into: string | undefined,
  snapshot: Snapshot,
): Promise<Elsewhere | undefined> {
  const { file } = document;
  if (into === undefined || into === file) return undefined;
  const wanted = /\.\w+$/.test(into) ? into : `${into.replace(/\/+$/, '')}/${moduleName(document, into, snapshot)}`;
  const target = await askedTarget(wanted, [file], await packageOf(file, snapshot), snapshot);
  const usesRequire = isCommonJs(document);
  const { document: known } = target;
  const differs = known && isCommonJs(known) !== usesRequire && known.source.text.trim() !== '';
  const isClosed = known && usesRequire && !commonJsExports(known);
  if (differs || isClosed || !(usesRequire || isModule(document)))
    throw new Refusal('unreachable-module', { module: target.file, file });
  return { ...target, isCommonJs: usesRequire };
}

/** A file that neither imports nor exports would become a module by its first import. */
function isModule({ root }: Document): boolean {
  return root.namedChildren.some(({ type }) => type === 'import_statement' || type === 'export_statement');
}

/** `order-service-adapters.ts` for `order-service.ts`, `OrderServiceAdapters.ts`, `orders.adapters.ts` for `orders.service.ts`. */
function moduleName({ file }: Document, folder: string, snapshot: Snapshot): string {
  const path = file.split('/');
  const ending = CODE.exec(file)![0].replace('x', '');
  const own = path.at(-1)!.replace(CODE, '');
  const stem = own === 'index' ? (path.at(-2) ?? 'shared') : own;
  if (/^[A-Z]/.test(stem)) return `${stem}Adapters${ending}`;
  if (/^[\w-]+\.[a-z-]+$/.test(stem)) return `${stem.slice(0, stem.indexOf('.'))}.adapters${ending}`;
  if (stem.includes('_')) return `${stem}_adapters${ending}`;
  const neighbours = snapshot.files.filter(
    (one) => CODE.test(one) && !isTestPath(one) && (isIn(one, folder) || isIn(one, path.slice(0, -1).join('/'))),
  );
  const isCamel = /[a-z][A-Z]/.test(stem) || (!stem.includes('-') && hasMoreCamel(neighbours));
  return `${stem}${isCamel ? 'Adapters' : '-adapters'}${ending}`;
}

const isIn = (file: string, folder: string): boolean =>
  file.slice(0, Math.max(0, file.lastIndexOf('/'))) === folder.replace(/\/+$/, '');

function hasMoreCamel(files: readonly string[]): boolean {
  const names = files.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const count = (pattern: RegExp): number => names.filter((name) => pattern.test(name)).length;
  return count(/^[a-z]\w*[A-Z]/) > count(/-/);
}
