import type { ImportedName } from '../../semantics/model';
import type { SyntaxNode } from '../../syntax/node';
import type { Document } from '../snapshot';

/** Part of a text by UTF-16 offsets, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * What to take out of a file's imports when some code goes: the names that only this code reads, and whole statements, with their line
 * break, of which nothing is left. Both `import` and `require` at the top of the file count.
 *
 * @param gone the code that goes
 * @param keeps imports that are needed all the same, by what is written instead
 */
export function unusedImportSpans(
  document: Document,
  gone: readonly TextSpan[],
  keeps: (imported: ImportedName) => boolean = () => false,
): TextSpan[] {
  const { root, semantics } = document;
  const isGone = (start: number): boolean => gone.some((range) => range.start <= start && start < range.end);
  const found: TextSpan[] = [];
  /** Where statements that stood alone, and are gone as a whole, have ended. */
  let open = 0;
  for (const statement of root.namedChildren) {
    const own = semantics.imports.filter(
      ({ start, local }) => local !== '' && statement.startIndex <= start && start < statement.endIndex,
    );
    const unused = own.filter((one) => {
      const reads = semantics.root.bindings.get(one.local)?.reads ?? [];
      // The factory of JSX is read where nobody sees it.
      if (reads.length === 0 || keeps(one) || /^(?:React|h)$/.test(one.local)) return false;
      return reads.every(({ start }) => isGone(start));
    });
    if (unused.length === 0) continue;
    if (unused.length === own.length) {
      const span = wholeStatement(statement, document, statement.startIndex === open);
      if (span.isOpen) open = span.end;
      found.push({ start: span.start, end: span.end });
    } else found.push(...partsOf(statement, own, unused));
  }
  return found;
}

/** With its line break, and the blank line behind it where one stands in front as well, or nothing, or what is gone too. */
function wholeStatement(
  { startIndex, endIndex }: SyntaxNode,
  { source: { text } }: Document,
  isNext: boolean,
): TextSpan & { readonly isOpen: boolean } {
  const behind = /^[ \t]*;?[ \t]*(?:\r?\n|$)/.exec(text.slice(endIndex));
  const end = endIndex + (behind?.[0].length ?? 0);
  const isOpen = isNext || /\n[ \t]*\r?\n$/.test(text.slice(0, startIndex));
  const blank = isOpen && behind ? /^[ \t]*\r?\n/.exec(text.slice(end)) : null;
  return { start: startIndex, end: end + (blank?.[0].length ?? 0), isOpen };
}

/** Names of a statement that keeps others, each with the comma that parts it from its neighbour. */
function partsOf(statement: SyntaxNode, own: readonly ImportedName[], unused: readonly ImportedName[]): TextSpan[] {
  const isUnused = (node: SyntaxNode): boolean =>
    unused.some(({ start }) => node.startIndex <= start && start < node.endIndex);
  const found: TextSpan[] = [];
  const list = statement.descendantsOfType(['named_imports', 'object_pattern'])[0];
  const members = list?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  const clause = list?.parent;
  if (list && clause?.type === 'import_clause' && members.every(isUnused)) {
    // `a, { b }` keeps `a`.
    const whole = list.previousNamedSibling;
    return whole ? [{ start: whole.endIndex, end: list.endIndex }] : [];
  }
  const first = clause?.type === 'import_clause' ? clause.firstNamedChild : undefined;
  if (list && first && first.id !== list.id && isUnused(first))
    found.push({ start: first.startIndex, end: list.startIndex });
  for (const [at, member] of members.entries()) {
    if (!isUnused(member)) continue;
    const next = members[at + 1];
    const keptBefore = members.slice(0, at).findLast((one) => !isUnused(one));
    if (next) found.push({ start: member.startIndex, end: next.startIndex });
    else if (keptBefore) found.push({ start: keptBefore.endIndex, end: member.endIndex });
  }
  return own.length > unused.length ? merged(found) : [];
}

/** Spans that touch or overlap as one. */
function merged(spans: readonly TextSpan[]): TextSpan[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}
