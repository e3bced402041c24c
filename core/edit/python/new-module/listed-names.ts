import type { SyntaxNode } from '../../../syntax/node';
import { pythonStringValue } from '../../../syntax/python';
import type { ChangeBuilder } from '../../change-builder';
import type { Document } from '../../snapshot';

/**
 * Adds public names to the `__all__` of a module that writes one as a plain list or tuple of strings: in their place where it is sorted,
 * else at its end, in its quotes and on a line of their own where its names have one. Names with an underscore stay out.
 *
 * @param names new names, none of which is listed yet
 */
export function listNames(document: Document, names: readonly string[], changes: ChangeBuilder): void {
  const { source } = document;
  const list = listOf(document);
  const items = list?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  const values = items.map((one) => (one.type === 'string' ? pythonStringValue(one, source)?.value : undefined));
  if (!list || items.length === 0 || values.includes(undefined)) return;
  const known = values as readonly string[];
  const isSorted = known.length > 1 && known.every((one, at) => at === 0 || known[at - 1]! <= one);
  const quote = source.slice(items[0]!.startIndex, items[0]!.startIndex + 1);
  const added = names.filter((one) => !one.startsWith('_')).sort();
  for (const name of added) {
    const at = isSorted ? known.findIndex((one) => one > name) : -1;
    const next = at < 0 ? undefined : items[at]!;
    const text = `${quote}${name}${quote}`;
    if (next) changes.insert(document, next.startIndex, `${text},${separator(document, next)}`);
    else changes.insert(document, items.at(-1)!.endIndex, `,${separator(document, items.at(-1)!)}${text}`);
  }
}

/** What stands between two names: a new line with the same indentation where this one begins its line. */
function separator({ source: { text } }: Document, { startIndex }: SyntaxNode): string {
  const line = text.lastIndexOf('\n', startIndex - 1) + 1;
  const before = text.slice(line, startIndex);
  return line > 0 && /^[ \t]+$/.test(before) ? `\n${before}` : ' ';
}

/** The display of the only statement that binds `__all__`. */
function listOf({ root, source }: Document): SyntaxNode | undefined {
  const found = root.namedChildren.flatMap((statement) => {
    const one = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
    const left = /assignment$/.test(one?.type ?? '') ? one!.childForFieldName('left') : null;
    return left && source.slice(left.startIndex, left.endIndex) === '__all__' ? [one!] : [];
  });
  const right = found.length === 1 && found[0]!.type === 'assignment' ? found[0]!.childForFieldName('right') : null;
  return right && /^(?:list|tuple)$/.test(right.type) ? right : undefined;
}
