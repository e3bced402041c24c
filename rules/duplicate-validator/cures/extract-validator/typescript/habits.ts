import type { Document } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import type { HeldConstant } from './check';
import { topLevelStart } from './site';
import { commonJsExports } from './target';

/** Whether a file asks for modules with `require`, and where it lists what it exports itself. */
export function commonJsHabit(
  document: Document,
): { readonly exports: ReturnType<typeof commonJsExports> } | undefined {
  return isCommonJs(document) ? { exports: commonJsExports(document) } : undefined;
}

/** Whether the functions at the top of a file are arrow functions held by constants. */
export function exportsArrows({ source: { text } }: Document): boolean {
  const arrows =
    text.match(/^export\s+const\s+\w+(?:\s*:[^=\n]+)?\s*=\s*(?:async\s*)?(?:<[^>\n]*>)?\([^;{]*=>/gm)?.length ?? 0;
  const functions = text.match(/^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/gm)?.length ?? 0;
  return arrows > functions;
}

/** The licence and the directive that all of some files begin with, as a new file is to begin. */
export function headerOf(documents: readonly Document[]): string {
  const heads = documents.map(({ source: { text } }) => {
    const comment = /^\s*(\/\*(?:(?!\*\/)[\s\S])*\*\/|(?:\/\/[^\n]*\n)+)/.exec(text)?.[1]?.trim();
    return comment !== undefined && /copyright|licen[sc]e|SPDX/i.test(comment) ? comment : undefined;
  });
  const isStrict = documents.every(({ source: { text } }) =>
    /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*['"]use strict['"]/.test(text),
  );
  const [first] = heads;
  const licence =
    first !== undefined && heads.every((one) => one === first) ? `${first.replace(/\r\n/g, '\n')}\n\n` : '';
  const directive = isStrict ? /['"]use strict['"];?/.exec(documents[0]!.source.text)![0] : '';
  return licence + (directive === '' ? '' : `${directive}\n\n`);
}

/**
 * Where new code goes in a file: above the first statement that uses it, but below the constant that it uses; else at the end, above
 * what lists the exports.
 */
export function insertionPoint(
  document: Document,
  uses: readonly number[],
  uses_: HeldConstant | undefined,
): { offset: number; isBefore: boolean } {
  const { root, source } = document;
  const constant = uses_?.declarator.parent;
  if (uses.length > 0) {
    const first = topLevelStart(document, Math.min(...uses));
    if (!constant || constant.startIndex < first) return { offset: first, isBefore: true };
    const outer = constant.parent?.type === 'export_statement' ? constant.parent : constant;
    const line = source.text.indexOf('\n', outer.endIndex);
    return {
      offset: line < 0 ? source.text.length : source.text[line - 1] === '\r' ? line - 1 : line,
      isBefore: false,
    };
  }
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
