import type { Document } from '../../snapshot';
import { commonJsExports } from './common-js';

/** Where a module takes more code: above what lists its exports, where that is its end; else behind all else. */
export function appendPoint(document: Document): { readonly offset: number; readonly isBefore: boolean } {
  const { root, source } = document;
  const exports = commonJsExports(document);
  if (exports) return { offset: topLevelStart(document, exports.start), isBefore: true };
  const list = root.namedChildren.find(
    (one) =>
      one.type === 'export_statement' &&
      /^export\s*(?:default\b|\{)/.test(source.slice(one.startIndex, one.startIndex + 40)),
  );
  const isTail =
    list &&
    root.namedChildren.every(
      (one) => one.startIndex <= list.startIndex || one.type === 'comment' || one.type === 'export_statement',
    );
  if (isTail) return { offset: topLevelStart(document, list.startIndex), isBefore: true };
  return { offset: source.text.trimEnd().length, isBefore: false };
}

/** The statement of the file's top level around a node, with the comments that belong to it: where something new goes above it. */
export function topLevelStart(document: Document, offset: number): number {
  const { root, source } = document;
  const index = root.namedChildren.findIndex((one) => one.startIndex <= offset && offset < one.endIndex);
  if (index < 0) return offset;
  let start = root.namedChildren[index]!.startIndex;
  for (let at = index - 1; at >= 0; at--) {
    const above = root.namedChildren[at]!;
    if (above.type !== 'comment' || /\n[ \t]*\r?\n/.test(source.text.slice(above.endIndex, start))) break;
    // A comment behind code belongs to that code.
    const line = source.text.lastIndexOf('\n', above.startIndex - 1) + 1;
    if (source.text.slice(line, above.startIndex).trim() !== '') break;
    start = above.startIndex;
  }
  return start;
}
