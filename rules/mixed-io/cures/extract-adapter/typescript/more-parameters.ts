import type { Document } from '../../../../../core/edit/snapshot';
import { finalComma } from '../../../../../core/edit/typescript/format';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Code, Span } from './blueprint';
import { indentationAt } from './code';

/** What comes into the place of a part of a file. */
export interface Edit extends Span {
  readonly code: readonly Code[];
}

/**
 * Adds fields to the parameters of a constructor, behind all others, so that no caller's arguments change their meaning. Formatters give
 * each of several such parameters a line of its own; a list of several that stands on one line stays there while it fits.
 * @param list the parameters, of which there are some
 */
export function moreParameters(list: SyntaxNode, items: readonly string[], document: Document): Edit {
  const old = list.namedChildren.filter(({ type }) => type !== 'comment');
  const last = old.at(-1)!;
  const outer = indentationAt(document, list.startIndex);
  const { text } = document.source;
  const start = text.lastIndexOf('\n', last.startIndex - 1) + 1;
  if (/^[ \t]*$/.test(text.slice(start, last.startIndex)) || textOf(document, list).includes('\n')) {
    const indentation = indentationAt(document, last.startIndex);
    // What stands behind the last one stays with it.
    const [rest, comma = '', comment = ''] = /^(\s*,)?([ \t]*\/\/[^\n\r]*)?/.exec(
      text.slice(last.endIndex, list.endIndex - 1),
    )!;
    const end = last.endIndex + rest.length;
    const lines = items.map((one) => `\n${indentation}${one}`).join(',');
    return { start: last.endIndex, end, code: [`,${comment}${lines}${comma === '' ? '' : ','}`] };
  }
  const flat = `${outer}${text.slice(list.startIndex, last.endIndex)}, ${items.join(', ')}) {`;
  const isBroken = old.length === 1 || flat.length > document.style.lineLength;
  if (!isBroken) return { start: last.endIndex, end: last.endIndex, code: items.map((one) => `, ${one}`) };
  const inner = `\n${outer}${document.style.indent}`;
  const kept = old.flatMap(({ startIndex, endIndex }): Code[] => [inner, { start: startIndex, end: endIndex }, ',']);
  const added = items.map((one) => `${inner}${one}`).join(',');
  return {
    start: list.startIndex,
    end: list.endIndex,
    code: ['(', ...kept, `${added}${finalComma(document.style)}\n${outer})`],
  };
}
