import type { Parser } from './parser';
import { joined, type Pattern, parseCapture, parsePattern } from './patterns';
import { MAX_BEFORE_STAR } from './targets';

/**
 * Sequences, and groups, which look like one until their end.
 * @param close closing bracket; undefined for a sequence without brackets, behind `case`
 */
export function parseSequence(p: Parser, close: ')' | ']' | undefined): Pattern {
  const parts: Pattern[] = [];
  let stars = 0;
  let hasComma = false;
  if (close) p.at++;
  do {
    if (parts.length > 0) hasComma = true;
    const isEnd = close ? p.is(close) : p.is(':') || p.is('if');
    if (isEnd && (parts.length > 0 || close)) break;
    if (p.is('*')) {
      if (parts.length >= MAX_BEFORE_STAR) {
        p.fail('too-many-targets', 'too many expressions in star-unpacking sequence pattern');
      }
      if (++stars > 1) p.fail('two-starred-patterns', 'multiple starred names in sequence pattern');
      parts.push(parseStar(p));
    } else parts.push(parsePattern(p));
  } while (p.eat(','));
  if (close) p.expect(close);
  const isSequence = hasComma || close === ']' || parts.length === 0;
  if (isSequence)
    return {
      names: joined(
        p,
        parts.map((part) => part.names),
      ),
    };
  if (stars > 0) p.fail('starred-pattern-alone', 'invalid syntax', p.at - 1);
  return parts[0]!;
}

function parseStar(p: Parser): Pattern {
  p.expect('*');
  if (!p.isWord('_')) return { names: [parseCapture(p)] };
  p.at++;
  return { names: [] };
}
