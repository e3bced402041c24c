import type { Parser } from './parser';
import { parseStrings } from './strings';

const LITERALS = new Set(['NUMBER', '-', 'STRING', 'FSTRING_START', 'None', 'True', 'False']);

export function isLiteral(p: Parser): boolean {
  return LITERALS.has(p.type);
}

/**
 * Grammar: `literal_pattern`.
 * @param complaint message for f-strings, which the grammar allows and the compiler does not
 */
export function parseLiteral(p: Parser, complaint: string): void {
  const first = p.at;
  if (p.is('STRING') || p.is('FSTRING_START')) {
    if (parseStrings(p).kind !== 'literal') p.fail('fstring-in-pattern', complaint, first, p.at - 1);
  } else if (p.is('NUMBER') || p.is('-')) parseNumber(p);
  else p.at++;
}

function parseNumber(p: Parser): void {
  p.eat('-');
  const real = p.at;
  p.expect('NUMBER');
  if (!p.is('+') && !p.is('-')) return;
  if (isImaginary(p, real)) p.fail('complex-pattern', 'real number required in complex literal', real);
  p.at++;
  if (!isImaginary(p, p.at)) p.fail('complex-pattern', 'imaginary number required in complex literal');
  p.expect('NUMBER');
}

function isImaginary(p: Parser, token: number): boolean {
  return p.tokens.types[token] === 'NUMBER' && /j$/i.test(p.tokens.textOf(token));
}

/** Equal for literals of equal value, as far as that is told without evaluating escapes and complex numbers. */
export function keyOfLiteral(p: Parser, first: number): string {
  const { types } = p.tokens;
  const texts = Array.from({ length: p.at - first }, (_, index) => p.tokens.textOf(first + index));
  if (types[first] === 'STRING')
    return texts
      .map(stringKey)
      .join('')
      .replace(/^/, /^[rR]?[bB]/.test(texts[0]!) ? 'b:' : 's:');
  if (texts[0] === 'True') return '1';
  if (texts[0] === 'False') return '0';
  const text = texts.join('').replaceAll('_', '');
  const digits = text.replace(/^-/, '');
  if (/j$/i.test(text) || Number.isNaN(Number(digits))) return text;
  const isInteger = /^(\d+|0[xXoObB][\da-fA-F]+)$/.test(digits);
  const value = isInteger ? BigInt(digits).toString() : String(Number(digits));
  return text.startsWith('-') && value !== '0' ? `-${value}` : value;
}

function stringKey(literal: string): string {
  return literal.replace(/^[A-Za-z]*('''|"""|'|")([\s\S]*)\1$/, '$2');
}
