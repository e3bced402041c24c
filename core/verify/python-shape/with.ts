import { parseExpression } from './expressions';
import type { Parser } from './parser';
import { parseBlock } from './statements';
import { checkTarget, parseTarget } from './targets';

/** Grammar: `with_stmt`. Returns how many blocks are nested in it: each item is one. */
export function parseWith(p: Parser): number {
  p.expect('with');
  // With an `as` directly in them, parentheses enclose items; else what they enclose is an expression, which reads the same.
  const isEnclosed = p.is('(') && hasAlias(p);
  if (isEnclosed) p.at++;
  let items = 0;
  do {
    if (isEnclosed && items > 0 && p.is(')')) break;
    if (p.is(':') && items > 0) p.fail('with-trailing-comma', "the last 'with' item has a trailing comma", p.at - 1);
    parseItem(p);
    items++;
  } while (p.eat(','));
  if (isEnclosed) p.expect(')');
  return items + parseBlock(p, "'with' statement");
}

function parseItem(p: Parser): void {
  parseExpression(p);
  if (!p.eat('as')) return;
  checkTarget(p, parseTarget(p), 'assign to');
  if (!p.is(',') && !p.is(')') && !p.is(':')) p.fail('syntax', 'invalid syntax');
}

/** Does an `as` stand directly in the parentheses that open here? */
function hasAlias(p: Parser): boolean {
  let depth = 0;
  for (let at = p.at; ; at++) {
    const type = p.tokens.types[at]!;
    if ('([{'.includes(type)) depth++;
    else if (')]}'.includes(type)) depth--;
    else if (type === 'as' && depth === 1) return true;
    if (depth === 0 || type === 'END') return false;
  }
}
