import { parseList, parseNamed, parseStarNamed } from './expressions';
import type { Parser } from './parser';
import { parsePatterns } from './patterns';
import { parseBlock } from './statements';

/**
 * Grammar: `match_stmt`.
 * @returns undefined when `match` is a mere name here, and nothing was read
 */
export function parseMatch(p: Parser): number | undefined {
  if (!opensBlock(p)) return undefined;
  p.futures = 'closed';
  p.at++;
  const subject = parseList(p, parseStarNamed);
  if (subject.kind === 'starred') p.fail('syntax', 'invalid syntax', subject.first);
  p.expect(':', "expected ':'", 'missing-colon');
  p.expect('NEWLINE');
  if (!p.eat('INDENT')) p.fail('missing-block', "expected an indented block after 'match' statement");
  let height = 0;
  while (!p.eat('DEDENT')) height = Math.max(height, parseCase(p));
  return height;
}

/** A line that ends in a colon is no simple statement. */
function opensBlock(p: Parser): boolean {
  let at = p.at + 1;
  if (p.tokens.types[at] === 'NEWLINE' || p.tokens.types[at] === ':') return false;
  while (p.tokens.types[at] !== 'NEWLINE' && p.tokens.types[at] !== 'END') at++;
  return p.tokens.types[at - 1] === ':';
}

function parseCase(p: Parser): number {
  if (!p.isWord('case')) p.fail('syntax', 'invalid syntax');
  p.at++;
  const first = p.at;
  const pattern = parsePatterns(p);
  const last = p.at - 1;
  const isGuarded = p.eat('if');
  if (isGuarded) parseNamed(p);
  const height = parseBlock(p, "'case' statement");
  if (pattern.catchesAll && !isGuarded && !p.is('DEDENT')) {
    p.fail('unreachable-pattern', `${pattern.catchesAll} makes remaining patterns unreachable`, first, last);
  }
  return height;
}
