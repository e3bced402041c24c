import { patchesOf } from '../../../facts/patched-names';
import type { ImportedName } from '../../../semantics/model';
import type { PythonModel } from '../../../semantics/python/index';
import type { SyntaxNode } from '../../../syntax/node';
import { pythonStringValue } from '../../../syntax/python';
import { literalPattern } from '../../../text/pattern';
import type { Document, Snapshot } from '../../snapshot';
import { importAround, importStatement, lineEnd } from './statement';

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether anything names an import once some ranges of its document are gone: code, `__all__`, a string that is a type, another file
 * that takes the name from here, a test that replaces it; or whether it should stay for what a comment says.
 */
export async function isStillNamed(
  document: Document,
  imported: ImportedName,
  removedRanges: readonly TextRange[],
  snapshot: Snapshot,
): Promise<boolean> {
  const model = document.semantics as PythonModel;
  const binding = model.occurrenceAt(imported.start)?.symbol.binding;
  const isRemoved = (at: { readonly start: number }): boolean =>
    removedRanges.some((range) => range.start <= at.start && at.start < range.end);
  if (!binding || imported.local === '' || imported.module === '__future__') return true;
  // Never read: it is imported for its effect, or for others.
  if (binding.reads.length === 0 || !binding.reads.every(isRemoved)) return true;
  // Where the same is imported twice, neither is needed any more.
  const isSame = (other: ImportedName | undefined): boolean =>
    other?.module === imported.module && other.member === imported.member;
  if (!binding.writes.every((write) => isSame(write.imported) || isRemoved(write))) return true;
  if (isTypeInString(document, imported.local, isRemoved) || hasOwnComment(document, imported)) return true;
  return isUsedOutside(document.file, imported.local, snapshot);
}

/** Strings that name things: items of `__all__`, quoted annotations, first arguments of `cast` and the like; and type comments. */
export function isTypeInString(
  { root, source }: Pick<Document, 'root' | 'source'>,
  name: string,
  isRemoved: (at: { readonly start: number }) => boolean = () => false,
): boolean {
  const word = new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'u');
  if (new RegExp(`#\\s*type:(?!\\s*ignore).*${word.source}`, 'u').test(source.text)) return true;
  return root.descendantsOfType('string').some((string) => {
    if (isRemoved({ start: string.startIndex }) || !word.test(source.slice(string.startIndex, string.endIndex)))
      return false;
    const value = pythonStringValue(string, source)?.value;
    return value !== undefined && word.test(value) && isNameContext(string, source.text);
  });
}

const TYPE_CALL = /(?:^|\.)(?:cast|TypeVar|NewType|ForwardRef|TypeAliasType|NamedTuple|TypedDict)$/;

function isNameContext(string: SyntaxNode, text: string): boolean {
  for (let at = string.parent; at; at = at.parent) {
    const slice = (node: SyntaxNode | null): string => (node ? text.slice(node.startIndex, node.endIndex) : '');
    if (at.type === 'type' || at.type === 'subscript' || at.type === 'type_alias_statement') return true;
    if (at.type === 'call' && TYPE_CALL.test(slice(at.childForFieldName('function')))) return true;
    if (at.type === 'call' && /^__all__\b/.test(slice(at))) return true;
    if (/assignment$/.test(at.type)) return slice(at.childForFieldName('left')) === '__all__';
    if (/_(?:statement|definition)$/.test(at.type)) return false;
  }
  return false;
}

/** A comment of linters and type checkers goes with its import, unless it says that the import is wanted though unused. */
const PRAGMA = /^#\s*(?:noqa|type:\s*ignore|pylint:|pyright:|mypy:|isort:|ruff:|nosec)/;
const WANTED_UNUSED = /noqa(?!\s*:)|noqa\s*:[^#]*F401|unused-import/i;

/** Whether a comment at an import tells linters that it is wanted though nothing uses it. */
export function isWantedUnused(
  { root, source: { text } }: Pick<Document, 'root' | 'source'>,
  { start }: ImportedName,
): boolean {
  const node = importAround(root, start);
  return (
    node !== undefined &&
    WANTED_UNUSED.test(text.slice(node.startIndex, lineEnd(text, node.endIndex)).replace(/^[^#]*/, ''))
  );
}

/** Whether a comment stands beside an import that must not go with it, or asks for it to stay. */
export function hasOwnComment({ root, source }: Document, imported: ImportedName): boolean {
  const { text } = source;
  const node = importAround(root, imported.start);
  if (!node) return true;
  const { items, start, end } = importStatement(node, source);
  const item = items.find((one) => one.start <= imported.start && imported.start < one.end);
  const comments = [text.slice(start, end), text.slice(end, lineEnd(text, end))].map((part, index) =>
    index === 0 && items.length > 1 && item
      ? text.slice(item.end, lineEnd(text, item.end)).replace(/^\s*,?[^#]*/, '')
      : part.replace(/^[^#]*/, ''),
  );
  // The comment at the end of a statement with other names stays with them, unless it is on the item's own line.
  const own = items.length > 1 && text.slice(start, end).includes('\n') ? comments.slice(0, 1) : comments;
  return own.some(
    (comment) =>
      comment !== '' &&
      (WANTED_UNUSED.test(comment) ||
        (items.length === 1 && !PRAGMA.test(comment)) ||
        (items.length > 1 && own.length === 1 && !PRAGMA.test(comment))),
  );
}

/**
 * Whether another file takes a name from this one, or a test replaces it.
 * @param counts which files are asked
 */
export async function isUsedOutside(
  file: string,
  name: string,
  snapshot: Snapshot,
  counts: (file: string) => boolean = () => true,
): Promise<boolean> {
  if (patchesOf(snapshot, file, name).length > 0) return true;
  const importers = snapshot.modules.python.importersOf(file).filter((one) => one.file !== file && counts(one.file));
  if (importers.some(({ names }) => names?.some((one) => one === name || one === '*'))) return true;
  // Who has the module itself may take the name as its attribute.
  const whole = new Set(importers.filter(({ names }) => names === undefined).map((one) => one.file));
  for (const other of whole) if (isTakenAsAttribute(name, file, (await snapshot.open(other)).source.text)) return true;
  return false;
}

/**
 * Whether a text takes a name from a module that it has as a whole: under the module's own name, under another one, or as a string. Where
 * the module itself is handed on, any attribute may be one of it.
 * @param file of the module
 */
export function isTakenAsAttribute(name: string, file: string, text: string): boolean {
  const path = file
    .replace(/(?:(?:^|\/)__init__)?\.pyi?$/, '')
    .split('/')
    .map(literalPattern);
  const own = path.at(-1)!;
  const aliases = [...text.matchAll(new RegExp(`\\b${own}\\s+as\\s+(\\w+)`, 'gu'))].map(([, alias]) => alias!);
  const isBound = new RegExp(
    `^[ \\t]*(?:from\\s+\\S+\\s+)?import\\s(?:\\s*\\([^)]*|[^\\n]*[,\\s])?${own}\\b(?!\\.)`,
    'mu',
  ).test(text);
  const names = [
    ...(isBound ? [`(?<![\\w.])${own}`] : []),
    `\\b${path.at(-2)}\\s*\\.\\s*${own}`,
    ...aliases.map((one) => `\\b${one}`),
  ];
  const module = `(?:${names.join('|')})`;
  const code = text.replace(/#.*|^[ \t]*(?:from|import)\b.*/gm, '');
  const isHandedOn = path.length < 2 || new RegExp(`${module}(?!\\s*\\.|\\w)`, 'u').test(code);
  const before = isHandedOn ? '' : module;
  return new RegExp(`${before}\\s*\\.\\s*${name}(?!\\w)|["']${name}["']`, 'u').test(text);
}
