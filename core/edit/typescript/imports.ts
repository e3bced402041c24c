import type { ImportedName } from '../../semantics/model';
import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Refusal } from '../refusal';
import type { Document } from '../snapshot';
import { typeScriptString } from './format';
import { TypeScriptLayout } from './layout';

/** What is to be imported. */
export interface TypeScriptImportRequest {
  /** As the document would write it: `./logger`, `../logger.js`, `@/logger`, `pino`. */
  readonly specifier: string;
  /** The exported name, or `default`. */
  readonly member: string;
  /** The name in the document. */
  readonly local: string;
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
  { specifier, member, local }: TypeScriptImportRequest,
): string {
  const { semantics } = document;
  const known = semantics.imports.find((one) => one.module === specifier && one.member === member && isUsable(one));
  if (known) return known.local;
  if (
    semantics.root.bindings.has(local) ||
    semantics.unresolved.some((at) => document.source.slice(at.start, at.end) === local)
  )
    throw new Refusal('import-conflict', { name: local, file: document.file });
  const name = member === local ? local : `${member} as ${local}`;
  const list =
    member === 'default' ? undefined : (namedImports(document, specifier) ?? namedRequires(document, specifier));
  if (list) {
    const last = list.namedChildren.filter(({ type }) => type !== 'comment').at(-1)!;
    const separator = new TypeScriptLayout(document).areOnOneLine(list.startIndex, list.endIndex)
      ? ', '
      : `,\n${new TypeScriptLayout(document).indentationAt(last.startIndex)}`;
    const written = list.type === 'object_pattern' && member !== local ? `${member}: ${local}` : name;
    changes.insert(document, last.endIndex, `${separator}${written}`);
    return local;
  }
  const usesRequire = isCommonJs(document);
  const quoted = typeScriptString(specifier, { quote: importQuote(document) });
  const end = document.style.semicolons ? ';' : '';
  const statement = usesRequire
    ? `const ${member === 'default' ? local : `{ ${member === local ? local : `${member}: ${local}`} }`} = require(${quoted})${end}`
    : `import ${member === 'default' ? local : `{ ${name} }`} from ${quoted}${end}`;
  insertStatement(document, changes, statement, specifier, usesRequire);
  return local;
}

function isUsable({ typeOnly, lazy, local }: ImportedName): boolean {
  return !typeOnly && !lazy && local !== '';
}

/** The `{ ... }` of an import of values from a module that has one. */
function namedImports({ root, source }: Document, specifier: string): SyntaxNode | undefined {
  for (const statement of root.namedChildren) {
    if (
      statement.type !== 'import_statement' ||
      /^import\s+type\b/.test(source.slice(statement.startIndex, statement.endIndex))
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
function namedRequires(document: Document, specifier: string): SyntaxNode | undefined {
  for (const statement of document.root.namedChildren) {
    if (requiredModule(statement, document) !== specifier || statement.namedChildCount !== 1) continue;
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
): void {
  const { root, source } = document;
  const imports = root.namedChildren.flatMap((node) => {
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
  if (!behind) return { node: last.node, isBefore: false };
  const isSorted = kin.every(({ module }, at) => at === 0 || kin[at - 1]!.module.toLowerCase() <= module.toLowerCase());
  const next =
    isSorted && kin.length > 1 ? kin.find(({ module }) => module.toLowerCase() > specifier.toLowerCase()) : undefined;
  // In front of the first of them may stand the comment about the file.
  if (next && next !== imports[0]) return { node: next.node, isBefore: true };
  return { node: behind.node, isBefore: false };
}

/** What imports are grouped by: `../..`, `@server`, `~`, `node:`. */
function headOf(specifier: string): string {
  return /^(?:(?:\.\.?\/)+|[@~]?[^/]*)/.exec(specifier)![0];
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
