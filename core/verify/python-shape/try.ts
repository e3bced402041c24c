import { parseElse } from './compound';
import { parseExpression, parseList } from './expressions';
import type { Parser } from './parser';
import { parseBlock } from './statements';

/** Grammar: `try_stmt`. Returns how many blocks are nested in it, counted as CPython's compiler does. */
export function parseTry(p: Parser): number {
  p.expect('try');
  const body = parseBlock(p, "'try' statement");
  if (!p.is('except') && !p.is('finally')) {
    p.fail('try-without-except', "expected 'except' or 'finally' block");
  }
  let height = body;
  if (p.is('except')) height = Math.max(1 + body, parseHandlers(p), parseElse(p));
  if (p.eat('finally')) height = 1 + Math.max(height, parseBlock(p, "'finally' statement"));
  return height;
}

function parseHandlers(p: Parser): number {
  const isStar = p.peek() === '*';
  let height = 0;
  let bare: number | undefined;
  while (p.is('except')) {
    const first = p.at++;
    if (bare !== undefined) p.fail('bare-except-not-last', "default 'except:' must be last", bare);
    if (p.eat('*') !== isStar) {
      const message = "cannot have both 'except' and 'except*' on the same 'try'";
      p.fail('mixed-except', message, first);
    }
    if (p.is(':')) {
      if (isStar) p.fail('except-star-without-type', 'expected one or more exception types');
      bare = first;
    } else parseCaught(p);
    if (isStar) p.frame.blocks.push('except-star');
    height = Math.max(height, 2 + parseBlock(p, `'except${isStar ? '*' : ''}' statement`));
    if (isStar) p.frame.blocks.pop();
  }
  return height;
}

/** The types of a handler, and the name that it binds. */
function parseCaught(p: Parser): void {
  const first = p.at;
  const types = parseList(p, parseExpression);
  if (!p.is('as')) return;
  if (types.kind === 'tuple' && !types.isGrouped) {
    const message = "multiple exception types must be parenthesized when using 'as'";
    p.fail('except-types-with-as', message, first, p.at - 1);
  }
  p.at++;
  p.boundName();
  if (!p.is(':')) p.fail('invalid-except-target', 'cannot use except statement with this target', first, p.at - 1);
}
