import type { SyntaxNode } from '../../../syntax/node';
import type { Document } from '../../snapshot';
import { lineEnd, lineStart } from './statement';

/** Comments that speak of the whole file, so that nothing may come before them. */
const FILE_COMMENT =
  /^#!|^#.*coding[:=]|copyright|licen[cs]e|SPDX|^#\s*-\*-|^#\s*(?:pylint|mypy|pyright|ruff|flake8|type|isort|fmt|nosec)\b|vim?:|all rights reserved/i;

/** What stands at the top of a module that has no import yet. */
export interface Header {
  /** End of the docstring, the header's comments or `from __future__`; 0 when nothing of that is there. */
  readonly end: number;
  /** Where the first code behind it begins; the text's length when there is none. */
  readonly nextCode: number;
  /** Whether that is a definition, which two blank lines set off. */
  readonly nextIsDefinition: boolean;
}

/** Finds the place for the first import of a module: below shebang, coding, licence and docstring. */
export function headerOf({ root, source }: Document): Header {
  const { text } = source;
  const nodes = root.namedChildren;
  let at = 0;
  let end = 0;
  const first = nodes.findIndex((node) => node.type !== 'comment');
  if (isDocstring(nodes[first], text)) {
    end = nodes[first]!.endIndex;
    at = first + 1;
  } else {
    // The comments at the very top belong to the file if one of them says so, or a blank line sets them off from the code.
    const comments = nodes.slice(0, first < 0 ? nodes.length : first);
    const code = nodes[first];
    for (const [index, comment] of comments.entries()) {
      const below = comments[index + 1] ?? code;
      const isSetOff = !below || /\n[ \t]*\r?\n/.test(text.slice(comment.endIndex, below.startIndex));
      const paragraph = comments.slice(at, index + 1);
      if (!isSetOff && below !== code) continue;
      const isFirst = at === 0;
      const speaksOfFile = paragraph.some((one) => FILE_COMMENT.test(text.slice(one.startIndex, one.endIndex)));
      if (!(speaksOfFile || (isFirst && isSetOff))) break;
      // `#!/bin/x` and right below it a comment about the code: only what speaks of the file is the header.
      const last = isSetOff
        ? paragraph.length - 1
        : paragraph.findLastIndex((one) => FILE_COMMENT.test(text.slice(one.startIndex, one.endIndex)));
      end = paragraph[last]!.endIndex;
      at = at + last + 1;
      if (last < paragraph.length - 1) break;
    }
  }
  const next = nodes.slice(at).find((node) => node.startIndex >= end);
  const definition = nodes.slice(at).find((node) => node.type !== 'comment');
  // A comment that blank lines set off from the definition stands for itself.
  const isDirect = next && definition && !/\n[ \t]*\r?\n/.test(text.slice(next.startIndex, definition.startIndex));
  return {
    end: end === 0 ? 0 : Math.max(end, lineEnd(text, end)),
    nextCode: next ? lineStart(text, next.startIndex) : text.length,
    nextIsDefinition: isDirect ? /^(?:class|function|decorated)_definition$/.test(definition.type) : false,
  };
}

function isDocstring(node: SyntaxNode | undefined, text: string): boolean {
  const value = node?.type === 'expression_statement' && node.namedChildCount === 1 ? node.firstNamedChild : undefined;
  if (!value || (value.type !== 'string' && value.type !== 'concatenated_string')) return false;
  return !/^\w*[fbt]/i.test(text.slice(value.startIndex, value.startIndex + 2).replace(/['"].*/s, ''));
}
