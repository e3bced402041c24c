import type { SyntaxNode } from '../../syntax/node';
import { Fragment } from '../fragment';
import { Refusal } from '../refusal';
import type { PythonLayout } from './layout';
import { expressionShape, needsParentheses, type Precedence } from './precedence';
import { type Code, indentExpression } from './reindent';

/** Nodes that break lines freely between their brackets. */
const BRACKETED: ReadonlySet<string> = new Set([
  ...[
    'argument_list',
    'parenthesized_expression',
    'tuple',
    'list',
    'set',
    'dictionary',
    'generator_expression',
    'list_comprehension',
  ],
  ...['set_comprehension', 'dictionary_comprehension', 'parameters'],
]);

const WORD = /[\w\u0080-\uffff]/;

/**
 * An expression as it must be written to stand in the place of a node: in parentheses where it would bind less tightly than the place
 * asks for or would end a line outside of brackets, and set off by blanks from the words around.
 * @param precedence how tightly the code binds; read off its tokens when not given
 * @throws Refusal `shape-error`, `not-verifiable` within an f-string that cannot hold the code in every Python
 */
export function fitExpression(node: SyntaxNode, code: Code, layout: PythonLayout, precedence?: Precedence): Fragment {
  const { file } = layout.document;
  const text = code.toString();
  const shape = expressionShape(text, file);
  const indent = layout.indentationAt(node.startIndex);
  checkString(node, text, layout);
  const isLoose =
    needsParentheses(node, precedence ?? shape.precedence) ||
    (shape.isInteger && node.parent?.type === 'attribute') ||
    (shape.breaksLine && !isWithinBrackets(node));
  let written = indentExpression(code, indent, file);
  if (shape.endsWithComment) written = Fragment.of('(', written, `\n${indent})`);
  else if (isLoose) written = Fragment.of('(', written, ')');
  return spaced(node, written, layout);
}

/** Words must not run together when a replaced node had brackets: `return(x)`, `1 if(a)else b`. */
function spaced(node: SyntaxNode, code: Fragment, { text }: PythonLayout): Fragment {
  const written = code.toString();
  const before = text[node.startIndex - 1] ?? '';
  const after = text[node.endIndex] ?? '';
  const isBefore = WORD.test(before) && /[\w\u0080-\uffff"']/.test(written[0] ?? '');
  // `{{` in an f-string is a brace, not the start of a set.
  const isBrace = before === '{' && written.startsWith('{');
  const isAfter = WORD.test(after) && WORD.test(written.at(-1) ?? '');
  return Fragment.of(isBefore || isBrace ? ' ' : '', code, isAfter ? ' ' : '');
}

/** Whether line breaks next to a node are of no meaning. */
function isWithinBrackets(node: SyntaxNode): boolean {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (BRACKETED.has(at.type)) return true;
    if (at.type === 'subscript' && at.childForFieldName('value')?.id !== child.id) return true;
    if (at.type === 'block' || at.type === 'module' || at.type === 'interpolation') return false;
  }
  return false;
}

/** Before Python 3.12 a replacement field holds neither the quote of its string, nor a backslash, nor a comment, nor, mostly, a line break. */
function checkString(node: SyntaxNode, code: string, { document, text }: PythonLayout): void {
  for (let at = node.parent; at && at.type !== 'block'; at = at.parent) {
    if (at.type !== 'interpolation') continue;
    const start = at.parent?.firstChild;
    const opening = start ? text.slice(start.startIndex, start.endIndex) : '';
    const quote = opening.replace(/^[A-Za-z]*/, '');
    if (quote !== '' && (code.includes(quote[0]!) || /[\\#\n]/.test(code))) {
      throw new Refusal(
        'not-verifiable',
        { reason: `not every Python reads ${code} within an f-string` },
        {
          file: document.file,
          range: document.source.rangeOf(node),
        },
      );
    }
  }
}
