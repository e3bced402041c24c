import type { Document } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import { appendPoint, topLevelStart } from '../../../../../core/edit/typescript/new-module/append-point';
import { commonJsExports } from '../../../../../core/edit/typescript/new-module/common-js';
import type { HeldConstant } from './check';

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

/**
 * Where new code goes in a file: above the first statement that uses it, but below the constant that it uses; else at the end, above
 * what lists the exports.
 */
export function insertionPoint(
  document: Document,
  uses: readonly number[],
  uses_: HeldConstant | undefined,
): { offset: number; isBefore: boolean } {
  const { source } = document;
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
  return appendPoint(document);
}
