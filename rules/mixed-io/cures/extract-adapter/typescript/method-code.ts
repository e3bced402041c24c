import type { Document } from '../../../../../core/edit/snapshot';
import type { Input } from '../piece';
import { textOf } from '../subject';
import type { Code } from './blueprint';
import { copied, onOneLine, type Replacement, textOfCode } from './code';
import type { Piece } from './piece';

/** The body of the method that a piece becomes, without the `return` of a single expression. */
export function methodBody(piece: Piece, document: Document): readonly Code[] {
  const { indent, lineLength, semicolons } = document.style;
  const code = bodyWith(piece, document, ({ name }) => name);
  if (piece.last) return code;
  return onOneLine(code, lineLength - indent.length * 2 - 'return '.length - (semicolons ? 1 : 0), document);
}

/** The same with numbers for the names of its parameters: equal for pieces that do the same with other values. */
export function shapeOf(piece: Piece, document: Document): string {
  const numbers = new Map(piece.inputs.map((one, at) => [one, `_${at}_`]));
  const text = textOfCode(
    bodyWith(piece, document, (one) => numbers.get(one)!),
    document,
  );
  // A function of Node's is one by whatever name it was imported.
  const { callee, call } = piece.site;
  const said = textOf(document, callee);
  const isByName = call.kind === 'file' && !piece.last && text.startsWith(`${said}(`);
  const whole = isByName ? `${call.path.replace(/^fs\.promises\b/, 'fs/promises')}${text.slice(said.length)}` : text;
  return `${piece.isAsync} ${whole
    .replace(/,?\s*([)\]}])/g, '$1')
    .replace(/([([{])\s+/g, '$1')
    .replace(/\s+/g, ' ')}`;
}

function bodyWith(piece: Piece, document: Document, nameOf: (input: Input) => string): Code[] {
  const replacements: Replacement[] = piece.inputs.flatMap((input) =>
    input.places.map((node) => {
      const name = nameOf(input);
      const text = textOf(document, node);
      const pair = node.parent?.type === 'pair' ? node.parent : undefined;
      const key = pair?.childForFieldName('key');
      // `{ model: model }` is said by a name alone.
      if (pair && key?.type === 'property_identifier' && textOf(document, key) === name && key.id !== node.id)
        return { start: pair.startIndex, end: pair.endIndex, code: [name] };
      const code = node.type === 'shorthand_property_identifier' && text !== name ? `${text}: ${name}` : name;
      return { start: node.startIndex, end: node.endIndex, code: [code] };
    }),
  );
  if (piece.last) replacements.push({ start: piece.last.startIndex, end: piece.value.startIndex, code: ['return '] });
  return copied(document, piece, replacements, document.style.indent.repeat(2));
}
