import type { OpenFString } from './brackets';
import { reject } from './rejection';

/** Fields within format specifiers within fields. */
const MAX_NESTED_FIELDS = 3;

interface TextPart {
  /** Offset behind the text. */
  readonly end: number;
  /** Where the lexer goes on. */
  readonly next: number;
  readonly follows: 'text' | 'code' | 'end';
}

/**
 * Reads the text of an f- or t-string up to the next brace or its end, as CPython's tokenizer does.
 * @returns undefined when the literal does not end
 */
export function lexFStringText(text: string, from: number, inside: OpenFString): TextPart | undefined {
  const { quote } = inside;
  const inSpecifier = inside.inSpecifier && inside.fields.length > 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (quote.length === 1 && (character === '\n' || character === '\r')) {
      if (!inSpecifier) return undefined;
      const message = `${inside.kind}: newlines are not allowed in format specifiers for single quoted ${inside.kind}s`;
      reject('newline-in-format', message, at, at + 1);
    }
    if (character === quote[0] && text.startsWith(quote, at))
      return { end: at, next: at + quote.length, follows: 'end' };
    if (character === '{') {
      if (text[at + 1] === '{' && !inSpecifier) return { end: at + 1, next: at + 2, follows: 'text' };
      if (inside.fields.length >= MAX_NESTED_FIELDS) {
        reject('too-deep', `${inside.kind}: expressions nested too deeply`, at, at + 1);
      }
      inside.fields.push(inside.depth);
      return { end: at, next: at, follows: 'code' };
    }
    if (character === '}') {
      const isDoubled = text[at + 1] === '}' && !inSpecifier && inside.depth === 0;
      return isDoubled ? { end: at + 1, next: at + 2, follows: 'text' } : { end: at, next: at, follows: 'code' };
    }
    if (character === '\\') at = escaped(text, at, inside.isRaw);
  }
  return undefined;
}

/** The last offset that belongs to a backslash's escape; a brace behind it keeps its meaning. */
function escaped(text: string, at: number, isRaw: boolean): number {
  const next = text[at + 1];
  if (next === '{' || next === '}') return at;
  if (!isRaw && next === 'N' && text[at + 2] === '{') {
    const end = text.slice(at, at + 200).search(/[}'"\n]/);
    return end < 0 || text[at + end] !== '}' ? at + 2 : at + end;
  }
  return text.startsWith('\r\n', at + 1) ? at + 2 : at + 1;
}
