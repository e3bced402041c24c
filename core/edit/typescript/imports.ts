import type { ImportedName } from '../../semantics/model';
import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Refusal } from '../refusal';
import type { Document } from '../snapshot';
import { typeScriptString } from './format';
import { TypeScriptLayout } from './layout';
import { appendNames, brokenList, hasLongLists, listedName } from './named-list';
import type { TextSpan } from './unused-imports';

/** A name that is to be imported. */
export interface TypeScriptImportName {
  /** The exported name, `default`, or `*` for the module as a whole. */
  readonly member: string;
  /** The name in the document. */
  readonly local: string;
  /** Only types are asked of it: the import is erased. */
  readonly typeOnly?: boolean;
}

/** What is to be imported. */
export interface TypeScriptImportRequest extends TypeScriptImportName {
  /** As the document would write it: `./logger`, `../logger.js`, `@/logger`, `pino`. */
  readonly specifier: string;
}

/**
 * Makes an exported name available at the top of a module: by an import that is there, by one more name in an import from the same
 * module, or by a new import behind the last one, in the file's own kind (`import` or `require`) and quotes.
 * @returns the local name
 * @throws Refusal `import-conflict` when the name means something else in the file
 */
export function ensureTypeScriptImport(
  document: Document,
  changes: ChangeBuilder,
  { specifier, ...name }: TypeScriptImportRequest,
): string {
  return ensureTypeScriptImports(document, changes, specifier, [name])[0]!;
}

/**
 * Makes several names of one module available: see {@link ensureTypeScriptImport}.
 * @param removed what the same change takes out of the file: no import is put there, and a name that is defined there is free
 */
export function ensureTypeScriptImports(
  document: Document,
  changes: ChangeBuilder,
  specifier: string,
  names: readonly TypeScriptImportName[],
  removed: readonly TextSpan[] = [],
): string[] {
  const isGone = ({ start, end }: TextSpan): boolean => removed.some((one) => one.start <= start && end <= one.end);
  const stays = ({ startIndex, endIndex }: SyntaxNode): boolean => !isGone({ start: startIndex, end: endIndex });
  const known = names.map((name) => knownImport(document, specifier, name));
  const missing = names.filter((_, at) => known[at] === undefined);
  for (const { local } of missing) refuseConflict(document, local, isGone);
  const isTypes = missing.every(({ typeOnly }) => typeOnly);
  const types = isTypes ? namedImports(document, specifier, stays, true) : undefined;
  const list = types ?? namedImports(document, specifier, stays, false) ?? namedRequires(document, specifier, stays);
  const listed = list ? missing.filter(({ member }) => !isWhole(member)) : [];
  if (list && listed.length > 0) {
    const stands = !removed.some(({ start, end }) => start < list.endIndex && list.startIndex < end);
    appendNames(document, changes, list, listed, { isTypeImport: list === types, stands });
  }
  const rest = missing.filter((name) => !listed.includes(name));
  if (rest.length > 0) {
    const usesRequire = isCommonJs(document);
    const statement = importStatement(document, specifier, rest, usesRequire);
    insertStatement(document, changes, statement, specifier, usesRequire, stays);
  }
  return names.map(({ local }, at) => known[at] ?? local);
}

function knownImport(
  { semantics }: Document,
  specifier: string,
  { member, typeOnly }: TypeScriptImportName,
): string | undefined {
  return semantics.imports.find(
    (one) =>
      one.module === specifier &&
      one.member === (member === '*' ? undefined : member) &&
      (typeOnly ? one.local !== '' : isUsable(one)),
  )?.local;
}

function refuseConflict(
  { semantics, source, file }: Document,
  local: string,
  isGone: (span: TextSpan) => boolean,
): void {
  const binding = semantics.root.bindings.get(local);
  const isTaken = binding !== undefined && !(binding.writes.length > 0 && binding.writes.every(isGone));
  if (isTaken || semantics.unresolved.some((at) => source.slice(at.start, at.end) === local))
    throw new Refusal('import-conflict', { name: local, file });
}

function importStatement(
  document: Document,
  specifier: string,
  names: readonly TypeScriptImportName[],
  usesRequire: boolean,
): string {
  const quoted = typeScriptString(specifier, { quote: importQuote(document) });
  const end = document.style.semicolons ? ';' : '';
  const isTypeImport = names.every(({ typeOnly }) => typeOnly);
  const whole = names.find(({ member }) => member === 'default')?.local;
  const spaces = names
    .filter(({ member }) => member === '*')
    .map(({ local }) => (usesRequire ? local : `* as ${local}`));
  const listed = names
    .filter(({ member }) => !isWhole(member))
    .map((name) => listedName(name, usesRequire, isTypeImport));
  const list = listed.length > 0 ? `{ ${listed.join(', ')} }` : undefined;
  const clause = [whole, list].filter((one) => one !== undefined);
  const width = `import ${clause.join(', ')} from ${quoted}${end}`.length;
  if (listed.length > 1 && width > document.style.lineLength && !hasLongLists(document))
    clause[clause.length - 1] = brokenList(listed, document);
  if (usesRequire) return [...spaces, ...clause].map((one) => `const ${one} = require(${quoted})${end}`).join('\n');
  return [...spaces, ...(clause.length > 0 ? [clause.join(', ')] : [])]
    .map((one) => `import ${isTypeImport ? 'type ' : ''}${one} from ${quoted}${end}`)
    .join('\n');
}

/** What stands outside of the braces of an import. */
const isWhole = (member: string): boolean => member === 'default' || member === '*';

function isUsable({ typeOnly, lazy, local }: ImportedName): boolean {
  return !typeOnly && !lazy && local !== '';
}

/** The `{ ... }` of an import from a module that has one: of values, or of types alone. */
function namedImports(
  { root, source }: Document,
  specifier: string,
  stays: (statement: SyntaxNode) => boolean,
  isTypeImport: boolean,
): SyntaxNode | undefined {
  for (const statement of root.namedChildren) {
    if (
      statement.type !== 'import_statement' ||
      !stays(statement) ||
      /^import\s+type\b/.test(source.slice(statement.startIndex, statement.endIndex)) !== isTypeImport
    )
      continue;
    const from = statement.childForFieldName('source');
    if (!from || source.slice(from.startIndex + 1, from.endIndex - 1) !== specifier) continue;
    const list = statement.descendantsOfType('named_imports')[0];
    if (list?.namedChildren.some(({ type }) => type === 'import_specifier')) return list;
  }
  return undefined;
}

/** The `{ ... }` of `const { ... } = require(module)`. */
function namedRequires(
  document: Document,
  specifier: string,
  stays: (statement: SyntaxNode) => boolean,
): SyntaxNode | undefined {
  for (const statement of document.root.namedChildren) {
    if (!stays(statement) || requiredModule(statement, document) !== specifier || statement.namedChildCount !== 1)
      continue;
    const list = statement.firstNamedChild?.childForFieldName('name');
    const names = list?.type === 'object_pattern' ? list.namedChildren : [];
    if (names.length > 0 && names.every(({ type }) => type !== 'rest_pattern')) return list ?? undefined;
  }
  return undefined;
}

/** Whether the modules that a file needs are asked for with `require`. */
export function isCommonJs({ root, source, file }: Document): boolean {
  if (/\.cjs$/.test(file)) return true;
  if (
    !/\.jsx?$/.test(file) ||
    root.namedChildren.some(({ type }) => type === 'import_statement' || type === 'export_statement')
  )
    return false;
  return /\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(source.text);
}

/** The quotes of the file's imports, which need not be those of its other strings. */
function importQuote({ root, source, style }: Document): '"' | "'" {
  const from = root.namedChildren.find(({ type }) => type === 'import_statement')?.childForFieldName('source');
  const quote = from ? source.slice(from.startIndex, from.startIndex + 1) : undefined;
  return quote === '"' || quote === "'" ? quote : style.quote;
}

function insertStatement(
  document: Document,
  changes: ChangeBuilder,
  statement: string,
  specifier: string,
  usesRequire: boolean,
  stays: (statement: SyntaxNode) => boolean,
): void {
  const { root, source } = document;
  const imports = root.namedChildren.filter(stays).flatMap((node) => {
    const module = usesRequire ? requiredModule(node, document) : importedModule(node, document);
    return module === undefined ? [] : [{ node, module }];
  });
  const near = nearest(imports, specifier);
  if (!near) {
    const first = root.namedChildren.find((node) => !isPreamble(node, document));
    changes.insert(document, first?.startIndex ?? root.endIndex, `${statement}\n\n`);
    return;
  }
  if (near.isBefore) {
    changes.insert(document, near.node.startIndex, `${statement}\n`);
    return;
  }
  // Behind the comment at the end of its line.
  const end = new TypeScriptLayout(document).lineEnd(near.node.endIndex);
  const rest = source.slice(near.node.endIndex, end);
  const isAlone = /^[ \t]*;?[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)?$/.test(rest);
  changes.insert(document, isAlone ? end : near.node.endIndex, `\n${statement}`);
}

interface Written {
  readonly node: SyntaxNode;
  readonly module: string;
}

/** The import beside which a new one belongs: among those of its kind, in their order where they have one; else the last of all. */
function nearest(imports: readonly Written[], specifier: string): { node: SyntaxNode; isBefore: boolean } | undefined {
  const last = imports.at(-1);
  if (!last) return undefined;
  const kin = imports.filter(({ module }) => headOf(module) === headOf(specifier));
  const behind = kin.at(-1);
  if (!behind)
    return { node: (isRelative(specifier) ? undefined : lastPackage(imports)?.node) ?? last.node, isBefore: false };
  const isSorted = kin.every(({ module }, at) => at === 0 || kin[at - 1]!.module.toLowerCase() <= module.toLowerCase());
  const next =
    isSorted && kin.length > 1 ? kin.find(({ module }) => module.toLowerCase() > specifier.toLowerCase()) : undefined;
  // In front of the first of them may stand the comment about the file.
  if (next && next !== imports[0]) return { node: next.node, isBefore: true };
  return { node: behind.node, isBefore: false };
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.');

/** The last import of a package in front of those of the project's own files. */
function lastPackage(imports: readonly Written[]): Written | undefined {
  const own = imports.findIndex(({ module }) => isRelative(module));
  return own < 0 ? undefined : imports[own - 1];
}

/** What imports are grouped by: `../..`, `@server`, `~`, `node:`. */
function headOf(specifier: string): string {
  return /^(?:(?:\.\.?\/)+|node:|[@~]?[^/]*)/.exec(specifier)![0];
}

function importedModule(node: SyntaxNode, { source }: Document): string | undefined {
  const from = node.type === 'import_statement' ? node.childForFieldName('source') : undefined;
  return from ? source.slice(from.startIndex + 1, from.endIndex - 1) : undefined;
}

function requiredModule(node: SyntaxNode, { source }: Document): string | undefined {
  if (!/declaration$/.test(node.type)) return undefined;
  return /=\s*require\s*\(\s*["']([^"']+)["']\s*\)/.exec(source.slice(node.startIndex, node.endIndex))?.[1];
}

/** `#!`, directives (`'use strict'`, `'use client'`) and the comments at the head of a file come before its first import. */
function isPreamble(node: SyntaxNode, { source }: Document): boolean {
  if (node.type === 'hash_bang_line') return true;
  if (node.type === 'expression_statement') return node.firstNamedChild?.type === 'string';
  if (node.type !== 'comment') return false;
  const behind = source.text.slice(node.endIndex);
  // A comment with a blank line behind it, or one about the whole file, stands for itself.
  return (
    /^[ \t]*\r?\n[ \t]*\r?\n/.test(behind) ||
    /@license|copyright|eslint-disable(?!-)|@ts-/i.test(source.slice(node.startIndex, node.endIndex))
  );
}
