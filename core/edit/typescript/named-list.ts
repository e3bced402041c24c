import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import type { Document } from '../snapshot';
import { memberComma } from './format';
import type { TypeScriptImportName } from './imports';
import { TypeScriptLayout } from './layout';

export interface NamedList {
  /** Only types are asked of it. */
  readonly isTypeImport: boolean;
  /** Nothing else of it changes. */
  readonly stands: boolean;
}

/** Puts names into the `{ ... }` of an import or `require`: in their order where it has one, each on a line of its own where it is so or does not fit. */
export function appendNames(
  document: Document,
  changes: ChangeBuilder,
  list: SyntaxNode,
  names: readonly TypeScriptImportName[],
  { isTypeImport, stands }: NamedList,
): void {
  const members = list.namedChildren.filter(({ type }) => type !== 'comment');
  const last = members.at(-1)!;
  const layout = new TypeScriptLayout(document);
  const isFlat = layout.areOnOneLine(list.startIndex, list.endIndex);
  const gap = isFlat ? ' ' : `\n${layout.indentationAt(last.startIndex)}`;
  const isPattern = list.type === 'object_pattern';
  const isSorted = members.length > 1 ? isInOrder(members, layout) : sortsLists(document, layout);
  const written = names.map((name) => listedName(name, isPattern, isTypeImport));
  const width = layout.lineEnd(list.startIndex) - layout.lineStart(list.startIndex) + `, ${written.join(', ')}`.length;
  if (isFlat && stands && width > document.style.lineLength && !hasLongLists(document)) {
    const all = [...members.map((one) => layout.textOf(one)), ...written];
    const sorted = isSorted ? [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) : all;
    changes.replace(document, list.startIndex, list.endIndex, brokenList(sorted, document));
    return;
  }
  for (const [at, name] of names.entries()) {
    const next = isSorted ? members.find((one) => keyOf(layout.textOf(one)) > keyOf(name.member)) : undefined;
    if (next) changes.insert(document, next.startIndex, `${written[at]},${gap}`);
    else changes.insert(document, last.endIndex, `,${gap}${written[at]}`);
  }
}

/** A list that does not fit its line, as formatters break it. */
export function brokenList(names: readonly string[], { style }: Document): string {
  return `{\n${names.map((one) => `${style.indent}${one}`).join(',\n')}${memberComma(style)}\n}`;
}

/** Whether the file leaves lists of imports in lines that are longer than they should be. */
export function hasLongLists({ root, source, style }: Document): boolean {
  return root.namedChildren.some((one) => {
    const text = source.slice(one.startIndex, one.endIndex);
    return /^(?:import|const)\b[^{\n]*\{[^}\n]*,[^}\n]*\}[^\n]*$/.test(text) && text.length > style.lineLength;
  });
}

function isInOrder(members: readonly SyntaxNode[], layout: TypeScriptLayout): boolean {
  return members.every((one, at) => at === 0 || compare(members[at - 1]!, one, layout) < 0);
}

/** Whether the other lists of a file are in order, so that one of a single name is to be. */
function sortsLists({ root }: Document, layout: TypeScriptLayout): boolean {
  const lists = root
    .descendantsOfType('named_imports')
    .map(({ namedChildren }) => namedChildren.filter(({ type }) => type === 'import_specifier'))
    .filter(({ length }) => length > 1);
  return lists.length > 1 && lists.every((one) => isInOrder(one, layout));
}

/** Lists are sorted as linters sort them by default: without regard to case. */
function compare(a: SyntaxNode, b: SyntaxNode, layout: TypeScriptLayout): number {
  return keyOf(layout.textOf(a)) < keyOf(layout.textOf(b)) ? -1 : 1;
}

const keyOf = (name: string): string => name.replace(/^type\s+/, '').toLowerCase();

/** A name as a list writes it. */
export function listedName(
  { member, local, typeOnly }: TypeScriptImportName,
  isPattern: boolean,
  isTypeImport: boolean,
): string {
  if (isPattern) return member === local ? local : `${member}: ${local}`;
  return `${typeOnly && !isTypeImport ? 'type ' : ''}${member === local ? local : `${member} as ${local}`}`;
}
