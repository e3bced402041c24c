import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptStringValue } from '../../../../../core/syntax/typescript';
import type { Hole } from '../shape';
import { textOf } from './site';

/** A number in which copies may differ, named after what it bounds. */
export function numberHole(node: SyntaxNode, document: Document): Hole {
  const operator = node.parent?.type === 'binary_expression' ? textOf(document, node.parent.child(1) ?? node) : '';
  const isRight = node.parent?.lastNamedChild?.id === node.id;
  const bound = /^>/.test(operator) === isRight ? 'max' : 'min';
  const other = isRight ? node.parent?.firstNamedChild : node.parent?.lastNamedChild;
  const isLength = other != null && /\.length$/.test(textOf(document, other));
  const hint = /^[<>]/.test(operator) ? `${bound}${isLength ? '_length' : ''}` : 'limit';
  const { startIndex: start, endIndex: end } = node;
  return { kind: 'number', hint, value: textOf(document, node), start, end, isPiece: false, isPlain: true };
}

/** A text in which copies may differ. */
export function textHole(node: SyntaxNode, document: Document): Hole {
  const value = typeScriptStringValue(node, document.source) ?? '';
  const { startIndex: start, endIndex: end } = node;
  const isPlain = !/\\/.test(textOf(document, node));
  return { kind: 'text', hint: 'value', value, start, end, isPiece: false, isPlain };
}

/** A stretch of a template. */
export function pieceHole(value: string, start: number, end: number): Hole {
  return { kind: 'text', hint: 'value', value, start, end, isPiece: true, isPlain: !value.includes('\\') };
}
