import { PythonLayout } from '../../../../../core/edit/python/layout';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';

/**
 * The expression at the first place of an input, as an argument: brackets that only let it go on in the next line are left out.
 * @param nested calls within it that move as well
 */
export function argumentText(
  node: SyntaxNode,
  document: Document,
  nested: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  const inner = withoutBrackets(node);
  let text = '';
  let from = inner.startIndex;
  for (const one of [...nested].sort((a, b) => a.start - b.start)) {
    text += document.source.slice(from, one.start) + one.text;
    from = one.end;
  }
  text = lined(dedented(text + document.source.slice(from, inner.endIndex), inner, document), inner, document);
  return /^(?:named_expression|yield)$/.test(inner.type) ? `(${text})` : text;
}

/** An argument of several lines as it would stand at the start of a line. */
function dedented(text: string, node: SyntaxNode, document: Document): string {
  if (!text.includes('\n') || /("|')\1\1/.test(text)) return text;
  const layout = new PythonLayout(document);
  const base = isAligned(node, document)
    ? ' '.repeat(node.startIndex - layout.lineStart(node.startIndex))
    : layout.indentationAt(node.startIndex);
  const lines = text.split('\n');
  const isDeep = lines.slice(1).every((one) => one.trim() === '' || one.startsWith(base));
  return isDeep ? lines.map((one, at) => (at === 0 ? one : one.slice(base.length))).join('\n') : text;
}

/** Whether the lines of an expression behind its first one stand under what is in its brackets, and so move with them. */
export function isAligned(node: SyntaxNode, document: Document): boolean {
  const text = textOf(document, node);
  const column = node.startIndex - new PythonLayout(document).lineStart(node.startIndex);
  const inside = ' '.repeat(column + 1);
  const [, ...lines] = text.split('\n').filter((one) => one.trim() !== '');
  return lines.length > 0 && !/("|')\1\1/.test(text) && lines.every((one) => one.startsWith(inside));
}

/** Columns of `x = self._files.read_text()`. */
const CALL_LENGTH = 28;

/** An argument that was aligned with what stood in front of it, in one line where that is long enough. */
function lined(text: string, node: SyntaxNode, { style }: Document): string {
  const isBare =
    !/#|\\\n|("|')\1\1|,\s*\n\s*[)\]}]/.test(text) && /^(?:call|binary_operator|attribute|subscript)$/.test(node.type);
  if (!text.includes('\n') || !isBare) return text;
  const line = text.replace(/(?<=[([{])\s*\n\s*|\s*\n\s*(?=[)\]}])/g, '').replace(/\s*\n\s*/g, ' ');
  // With the call around it, and what its value goes to.
  return line.length + style.indent.length * 3 + CALL_LENGTH <= style.lineLength ? line : text;
}

/** What is in brackets that only let it go on in the next line. */
export function withoutBrackets(node: SyntaxNode): SyntaxNode {
  return node.type === 'parenthesized_expression' && node.namedChildCount === 1 ? node.firstNamedChild! : node;
}
