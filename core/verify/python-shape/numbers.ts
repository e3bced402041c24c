import { reject } from './rejection';

/** Decimal digits that CPython converts to an integer by default (`sys.int_info.default_max_str_digits`). */
const MAX_DIGITS = 4300;

const RADIX: Readonly<Record<string, { readonly name: string; readonly digits: RegExp }>> = {
  x: { name: 'hexadecimal', digits: /(?:_?[0-9a-fA-F])+/y },
  o: { name: 'octal', digits: /(?:_?[0-7])+/y },
  b: { name: 'binary', digits: /(?:_?[01])+/y },
};

const DIGITS = /[0-9](?:_?[0-9])*/y;
const EXPONENT = /[eE][+-]?[0-9]/y;
const SIGNED_NOTHING = /[eE][+-](?![0-9])/y;

/** Keywords may follow a number without a blank (a warning only); `tokenizer.c` looks at these first letters alone. */
const KEYWORD_NEXT = /and|else|for|i[fns]|or|not/y;

/**
 * Reads a number as CPython's tokenizer does.
 * @param at offset of its first character, a digit or a `.` with a digit behind it
 * @returns the offset behind it
 */
export function lexNumber(text: string, at: number): number {
  const radix = text[at] === '0' ? RADIX[text[at + 1]?.toLowerCase() ?? ''] : undefined;
  if (radix) return lexRadix(text, at, radix.name, radix.digits);
  let end = matchEnd(DIGITS, text, at) ?? at;
  if (text[end] === '_') reject('invalid-number', 'invalid decimal literal', at, end + 1);
  let isInteger = true;
  if (text[end] === '.') {
    isInteger = false;
    end = matchEnd(DIGITS, text, end + 1) ?? end + 1;
    if (text[end] === '_') reject('invalid-number', 'invalid decimal literal', at, end + 1);
  }
  if (matchEnd(EXPONENT, text, end) !== undefined) {
    isInteger = false;
    const digits = /[+-]/.test(text[end + 1]!) ? end + 2 : end + 1;
    end = matchEnd(DIGITS, text, digits)!;
    if (text[end] === '_') reject('invalid-number', 'invalid decimal literal', at, end + 1);
  } else if (matchEnd(SIGNED_NOTHING, text, end) !== undefined) {
    reject('invalid-number', 'invalid decimal literal', at, end + 2);
  }
  const isImaginary = text[end] === 'j' || text[end] === 'J';
  if (isImaginary) end++;
  else if (isInteger) checkInteger(text, at, end);
  return checkEnd(text, at, end, isImaginary ? 'imaginary' : 'decimal');
}

function lexRadix(text: string, at: number, name: string, digits: RegExp): number {
  const end = matchEnd(digits, text, at + 2);
  const next = text[end ?? at + 2] ?? '';
  if (/[0-9]/.test(next))
    reject('invalid-number', `invalid digit '${next}' in ${name} literal`, at, (end ?? at + 2) + 1);
  if (end === undefined || next === '_') reject('invalid-number', `invalid ${name} literal`, at, (end ?? at + 2) + 1);
  return checkEnd(text, at, end, name);
}

function checkInteger(text: string, at: number, end: number): void {
  if (text[at] === '0' && /[1-9]/.test(text.slice(at, end))) {
    const message = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
    reject('leading-zeros', message, at, end);
  }
  if (end - at > MAX_DIGITS && text.slice(at, end).replaceAll('_', '').length > MAX_DIGITS) {
    reject('integer-too-long', `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`, at, end);
  }
}

function checkEnd(text: string, at: number, end: number, kind: string): number {
  if (/[A-Za-z0-9_]/.test(text[end] ?? '') && matchEnd(KEYWORD_NEXT, text, end) === undefined) {
    reject('invalid-number', `invalid ${kind} literal`, at, end + 1);
  }
  return end;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
