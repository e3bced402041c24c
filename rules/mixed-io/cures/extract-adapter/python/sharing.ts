import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { shapeOf } from './method-code';
import { movedRanges } from './moved-ranges';
import type { Input, Piece } from './piece';

/** Constants whose text says what they are. */
const LITERAL = /^(?:integer|float|true|false|none|string|unary_operator)$/;

/** Keywords that make another call of it. */
const TELLING = /^(?:mode|method|url|shell)$/;

/**
 * Pieces that can be one method: those of equal code, but for the values that they hand over and constants that have a name at their
 * place (`timeout=10`), which are handed over as well where they differ.
 */
export function shared(pieces: readonly Piece[], document: Document): Piece[][] {
  const byShape = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const shape = shapeOf(withConstants(piece, document), document);
    byShape.set(shape, [...(byShape.get(shape) ?? []), piece]);
  }
  return [...byShape.values()]
    .flatMap((alike) => byComments(alike, document))
    .map((alike) => (alike.length === 1 ? alike : unified(alike, document)));
}

/** The method has the comments of its first piece: others have the same ones, or none. */
function byComments(alike: readonly Piece[], document: Document): Piece[][] {
  const groups = new Map<string, Piece[]>();
  const silent: Piece[] = [];
  for (const piece of alike) {
    const said = commentsIn(piece, document).join('\n');
    if (said === '') silent.push(piece);
    else groups.set(said, [...(groups.get(said) ?? []), piece]);
  }
  const [first, ...others] = [...groups.values()];
  return first ? [[...first, ...silent], ...others] : [silent];
}

function commentsIn(piece: Piece, document: Document): string[] {
  const nodes = piece.expression ? [piece.expression] : piece.statements;
  const comments = nodes.flatMap((one) => one.descendantsOfType('comment'));
  return comments.filter(({ endIndex }) => endIndex <= piece.end).map((one) => textOf(document, one));
}

/** Everything that can differ, in the order in which it stands there; whether the value is wanted makes no difference. */
function withConstants(piece: Piece, document: Document): Piece {
  return { ...piece, inputs: holesOf(piece, document), result: piece.expression ? 'value' : piece.result };
}

function holesOf(piece: Piece, document: Document): Input[] {
  const start = ({ places }: Input): number => Math.min(...places.map((one) => one.startIndex));
  return [...piece.inputs, ...constantsOf(piece, document)].sort((a, b) => start(a) - start(b));
}

/** Constants of keyword arguments, and what is written to a file. */
function constantsOf(piece: Piece, document: Document): Input[] {
  const ranges = movedRanges(piece);
  const isMoved = ({ startIndex, endIndex }: SyntaxNode): boolean =>
    ranges.some(({ start, end }) => start <= startIndex && endIndex <= end);
  const nodes = piece.expression ? [piece.expression] : piece.statements;
  const found: Input[] = [];
  for (const argument of nodes.flatMap((one) => one.descendantsOfType('keyword_argument'))) {
    const value = argument.childForFieldName('value')!;
    const name = textOf(document, argument.childForFieldName('name')!);
    if (isMoved(value) && isLiteral(value, document) && !TELLING.test(name) && !isExplained(value, document))
      found.push(constant(name, value));
  }
  const written = /\.write_(?:text|bytes)$/.test(piece.site.call.path)
    ? piece.site.callee.parent?.childForFieldName('arguments')?.namedChildren[0]
    : undefined;
  if (written && isMoved(written) && isLiteral(written, document)) found.push(constant('content', written));
  return found.filter(({ name }) => !piece.names.has(name) || piece.inputs.some((one) => one.name === name));
}

const constant = (name: string, node: SyntaxNode): Input => ({ name, node, places: [node], isConstant: true });

function isLiteral(node: SyntaxNode, document: Document): boolean {
  if (node.type === 'unary_operator') return /^-\s*[\d.]+$/.test(textOf(document, node));
  return LITERAL.test(node.type) && node.descendantsOfType('interpolation').length === 0;
}

/** A comment beside a constant is about its value. */
function isExplained({ endIndex }: SyntaxNode, { source: { text } }: Document): boolean {
  return /^[^\n]*#/.test(text.slice(endIndex));
}

/** The same inputs for all: constants that are equal everywhere stay in the method. */
function unified(pieces: readonly Piece[], document: Document): Piece[] {
  const holes = pieces.map((piece) => holesOf(piece, document));
  const wanted = holes[0]!.flatMap((_, at) => {
    const column = holes.map((row) => row[at]!);
    const texts = new Set(column.map(({ node }) => textOf(document, node)));
    return column.every((one) => one.isConstant) && texts.size === 1 ? [] : [at];
  });
  // Constants that everybody says come last, because they are said with their names.
  const isConstant = (at: number): boolean => holes.every((row) => row[at]!.isConstant);
  const order = [...wanted.filter((at) => !isConstant(at)), ...wanted.filter(isConstant)];
  const isValue = pieces.some(({ result }) => result === 'value');
  return pieces.map((piece, row) => {
    const inputs = order.map((at) => {
      const hole = holes[row]![at]!;
      // Among values a constant is handed over as one of them.
      return isConstant(at) ? hole : { name: hole.name, node: hole.node, places: hole.places };
    });
    return { ...piece, inputs, ...(isValue && piece.expression ? { result: 'value' as const } : {}) };
  });
}
