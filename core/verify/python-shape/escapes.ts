import { reject } from './rejection';

/** A backslash with what it escapes; digits that are missing show as a shorter match. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{0,2})|(u)([0-9a-fA-F]{0,4})|(U)([0-9a-fA-F]{0,8})|(N)(\{[^{}]+\})?|[\s\S])/g;

/**
 * Checks the escapes of a literal that is not raw. Names in `\N{...}` are taken on trust: that they exist only CPython's own
 * database can tell.
 * @param from,to range of the literal's content
 */
export function checkEscapes(text: string, from: number, to: number, isBytes: boolean): void {
  const content = text.slice(from, to);
  if (!content.includes('\\')) return;
  for (const match of content.matchAll(ESCAPE)) {
    const [whole, hex, small, smallDigits, large, largeDigits, named, name] = match;
    const fail = (message: string): never =>
      reject('invalid-escape', message, from + match.index, from + match.index + whole.length);
    if (hex !== undefined && hex.length < 2) {
      if (isBytes) fail(`(value error) invalid \\x escape at position ${match.index}`);
      fail(unicodeError(match.index, whole, 'truncated \\xXX escape'));
    }
    if (isBytes) continue;
    if (small && smallDigits!.length < 4) fail(unicodeError(match.index, whole, 'truncated \\uXXXX escape'));
    if (large && largeDigits!.length < 8) fail(unicodeError(match.index, whole, 'truncated \\UXXXXXXXX escape'));
    if (large && Number.parseInt(largeDigits!, 16) > 0x10ffff)
      fail(unicodeError(match.index, whole, 'illegal Unicode character'));
    if (named && name === undefined) fail(unicodeError(match.index, whole, 'malformed \\N character escape'));
  }
}

function unicodeError(position: number, sequence: string, reason: string): string {
  const end = position + sequence.length - 1;
  return `(unicode error) 'unicodeescape' codec can't decode bytes in position ${position}-${end}: ${reason}`;
}
