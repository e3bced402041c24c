import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { defaultOf } from './left-out';
import { shapeOf } from './method-code';
import { movedRanges } from './moved-ranges';
import type { Added, Input, Piece } from './piece';
import { placeComments } from './place-comments';

/** Constants whose text says what they are. */
const LITERAL = /^(?:integer|float|true|false|none|string|unary_operator)$/;

/** Keywords that make another call of it. */
const TELLING = /^(?:mode|method|url)$/;

/** A keyword argument that other calls may leave out. */
interface Extra {
  readonly name: string;
  readonly otherwise: string;
  readonly value: SyntaxNode;
  /** With the comma in front of it, where there is one. */
  readonly start: number;
  readonly end: number;
}

/**
 * Pieces that can be one method: those of equal code, but for the values that they hand over, constants that have a name at their place
 * (`timeout=10`), which are handed over as well where they differ, and arguments that only some of them say.
 */
export function shared(pieces: readonly Piece[], document: Document): Piece[][] {
  const byShape = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const shape = shapeOf(withHoles(piece, document), document, extrasOf(piece, document));
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
  const staying = placeComments(piece, document).map(({ id }) => id);
  const comments = nodes.flatMap((one) => one.descendantsOfType('comment')).filter(({ id }) => !staying.includes(id));
  return comments
    .filter(
      ({ endIndex, startIndex }) =>
        endIndex <= piece.end &&
        !piece.inputs.some(({ places }) =>
          places.some((one) => one.startIndex <= startIndex && endIndex <= one.endIndex),
        ),
    )
    .map((one) => textOf(document, one));
}

/** The arguments of a piece's calls that may be left out, in their order. */
function extrasOf(piece: Piece, document: Document): Extra[] {
  const found: Extra[] = [];
  for (const { call, path } of callsOf(piece, document)) {
    const list = call.childForFieldName('arguments');
    if (
      list?.type !== 'argument_list' ||
      /#/.test(textOf(document, list)) ||
      list.namedChildren.some(({ type }) => /splat/.test(type))
    )
      continue;
    for (const [at, argument] of list.namedChildren.entries()) {
      const before = list.namedChildren[at - 1];
      if (argument.type !== 'keyword_argument' || (!before && list.namedChildren.length > 1)) continue;
      const name = textOf(document, argument.childForFieldName('name')!);
      const value = argument.childForFieldName('value')!;
      const otherwise = defaultOf(path, name);
      const isBusy = piece.calls.some(({ start, end }) => start >= value.startIndex && end <= value.endIndex);
      const isOrdered = !mayAct(value) || list.namedChildren.slice(at + 1).every((one) => !mayAct(one));
      if (otherwise === undefined || isBusy || !isOrdered || piece.names.has(name)) continue;
      const start = before ? before.endIndex : argument.startIndex;
      found.push({ name, otherwise, value, start, end: argument.endIndex });
    }
  }
  return found.length === new Set(found.map(({ name }) => name)).size ? found : [];
}

const mayAct = (node: SyntaxNode): boolean => node.descendantsOfType(['call', 'await', 'named_expression']).length > 0;

/** The call that does the I/O, and the one that writes a format, with their qualified names. */
function callsOf(piece: Piece, document: Document): { call: SyntaxNode; path: string }[] {
  const own = piece.site.callee.parent!;
  const found = own.type === 'call' ? [{ call: own, path: piece.site.call.path }] : [];
  if (piece.expression || piece.site.call.kind !== 'file') return found;
  for (const call of piece.statements.flatMap((one) => one.descendantsOfType('call'))) {
    const path = textOf(document, call.childForFieldName('function')!);
    if (/^json\.dumps?$/.test(path) && call.endIndex <= piece.end) found.push({ call, path });
  }
  return found;
}

/** Everything that can differ, in the order in which it stands there; whether the value is wanted makes no difference. */
function withHoles(piece: Piece, document: Document): Piece {
  return {
    ...piece,
    inputs: holesOf(piece, extrasOf(piece, document), document),
    result: piece.expression ? 'value' : piece.result,
  };
}

/** @param extras what is dealt with on its own */
function holesOf(piece: Piece, extras: readonly Extra[], document: Document): Input[] {
  const start = ({ places }: Input): number => Math.min(...places.map((one) => one.startIndex));
  const isExtra = ({ places }: Input): boolean =>
    places.every((one) =>
      extras.some(({ value }) => value.startIndex <= one.startIndex && one.endIndex <= value.endIndex),
    );
  return [...piece.inputs, ...constantsOf(piece, document)]
    .filter((one) => !isExtra(one))
    .sort((a, b) => start(a) - start(b));
}

/** Constants of keyword arguments. */
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
      found.push(named(name, value));
  }
  return found.filter(({ name }) => !piece.names.has(name) || piece.inputs.some((one) => one.name === name));
}

const named = (name: string, node: SyntaxNode): Input => ({ name, node, places: [node], isConstant: true });

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
  const extras = pieces.map((piece) => extrasOf(piece, document));
  const holes = pieces.map((piece, row) => holesOf(piece, extras[row]!, document));
  const wanted = holes[0]!.flatMap((_, at) => {
    const column = holes.map((row) => row[at]!);
    const texts = new Set(column.map(({ node }) => textOf(document, node)));
    return column.every((one) => one.isConstant) && texts.size === 1 ? [] : [at];
  });
  // Constants that everybody says come last, because they are said with their names.
  const isConstant = (at: number): boolean => holes.every((row) => row[at]!.isConstant);
  const order = [...wanted.filter((at) => !isConstant(at)), ...wanted.filter(isConstant)];
  const isValue = pieces.some(({ result }) => result === 'value');
  const passed = passedOn(pieces, extras, document);
  return pieces.map((piece, row) => {
    const inputs = order.map((at) => {
      const hole = holes[row]![at]!;
      // Among values a constant is handed over as one of them.
      return isConstant(at) ? hole : { name: hole.name, node: hole.node, places: hole.places };
    });
    return {
      ...piece,
      inputs: [...inputs, ...passed.inputs[row]!],
      added: row === 0 ? passed.added : [],
      ...(isValue && piece.expression ? { result: 'value' as const } : {}),
    };
  });
}

/** What each piece hands over of the arguments that may be left out, and those that the first one, whose code the method has, must say. */
function passedOn(
  pieces: readonly Piece[],
  extras: readonly (readonly Extra[])[],
  document: Document,
): { inputs: Input[][]; added: Added[] } {
  const names = [...new Set(extras.flatMap((row) => row.map(({ name }) => name)))];
  const inputs: Input[][] = pieces.map(() => []);
  const added: Added[] = [];
  for (const name of names) {
    const column = extras.map((row) => row.find((one) => one.name === name));
    const texts = new Set(column.map((one) => one && textOf(document, one.value)));
    const isMoved = column.every((one, row) => one && !pieces[row]!.inputs.some((input) => isIn(input, one)));
    if (texts.size === 1 && isMoved) continue;
    const isOptional = column.some((one) => !one);
    for (const [row, one] of column.entries()) {
      if (one) inputs[row]!.push({ ...named(name, one.value), ...(isOptional ? { otherwise: one.otherwise } : {}) });
    }
    if (column[0]) continue;
    const call = callsOf(pieces[0]!, document).find(({ path }) => defaultOf(path, name) !== undefined)!.call;
    const list = call.childForFieldName('arguments')!;
    const last = list.namedChildren.filter(({ type }) => type !== 'comment').at(-1);
    added.push({ at: last?.endIndex ?? list.startIndex + 1, name, isFirst: !last && added.length === 0 });
  }
  // What everybody says comes before what may be left out.
  return {
    inputs: inputs.map((row) => [...row].sort((a, b) => Number('otherwise' in a) - Number('otherwise' in b))),
    added,
  };
}

function isIn({ places }: Input, { value }: Extra): boolean {
  return places.some(({ startIndex, endIndex }) => value.startIndex <= startIndex && endIndex <= value.endIndex);
}
