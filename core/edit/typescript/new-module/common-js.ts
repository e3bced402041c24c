import type { Document } from '../../snapshot';

/** Where a CommonJS module lists what it exports: the `{ ... }` of `module.exports = { ... }`. */
export function commonJsExports({
  root,
  source,
}: Document): { start: number; end: number; last: number | undefined } | undefined {
  for (const statement of root.namedChildren) {
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : undefined;
    const left = assignment?.childForFieldName('left');
    const right = assignment?.childForFieldName('right');
    if (!left || right?.type !== 'object' || source.slice(left.startIndex, left.endIndex) !== 'module.exports')
      continue;
    const members = right.namedChildren.filter(({ type }) => type !== 'comment');
    return { start: statement.startIndex, end: right.endIndex, last: members.at(-1)?.endIndex };
  }
  return undefined;
}

/** The insertion that adds names to the exports of a CommonJS module; undefined where it does not list them. */
export function moreExports(
  document: Document,
  names: readonly string[],
): { readonly at: number; readonly code: string } | undefined {
  const list = commonJsExports(document);
  if (!list) return undefined;
  const { text } = document.source;
  if (list.last === undefined) return { at: list.end - 1, code: ` ${names.join(', ')} ` };
  const isLong = text.slice(list.last, list.end).includes('\n');
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', list.last - 1) + 1))![0];
  return { at: list.last, code: names.map((name) => (isLong ? `,\n${indent}${name}` : `, ${name}`)).join('') };
}
