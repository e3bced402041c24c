import { type Block, parseCompound } from './compound';
import type { Parser } from './parser';
import { parseSimple } from './simple';

/** Grammar: `file`. */
export function parseFile(p: Parser): void {
  const height = parseStatements(p, 'END');
  checkHeight(p, height);
  p.leave(p.frame);
}

/** `for`, `with` and `try` in each other within one function (`CO_MAXBLOCKS`). */
const MAX_BLOCKS = 21;

/** Rejects code in which too many blocks are nested. */
export function checkHeight(p: Parser, height: number): void {
  // Generators and coroutines are wrapped in a block that handles StopIteration.
  const own = p.frame.isGenerator || p.frame.kind === 'async-function' ? 1 : 0;
  if (height + own > MAX_BLOCKS) p.fail('too-deep', 'too many statically nested blocks', p.at - 1);
}

function parseStatements(p: Parser, end: string): number {
  let height = 0;
  while (!p.is(end)) height = Math.max(height, parseStatement(p));
  return height;
}

/** @returns how many blocks are nested in the statement */
function parseStatement(p: Parser): number {
  const height = parseCompound(p);
  if (height !== undefined) return height;
  parseSimpleLine(p);
  return 0;
}

function parseSimpleLine(p: Parser): void {
  do {
    if (p.is('NEWLINE') && p.tokens.types[p.at - 1] === ';') break;
    parseSimple(p);
  } while (p.eat(';'));
  if (p.eat('NEWLINE')) return;
  const legacy = /^(print|exec)$/.exec(p.tokens.textOf(p.at - 1))?.[1];
  if (legacy) {
    const message = `Missing parentheses in call to '${legacy}'. Did you mean ${legacy}(...)?`;
    p.fail('missing-parentheses', message, p.at - 1, p.at);
  }
  p.fail('syntax', 'invalid syntax');
}

/**
 * Grammar: `':' block`.
 * @param owner what the block belongs to, for the message
 * @returns how many blocks are nested in it
 */
export const parseBlock: Block = (p, owner) => {
  p.expect(':', "expected ':'", 'missing-colon');
  if (!p.eat('NEWLINE')) {
    parseSimpleLine(p);
    return 0;
  }
  if (!p.eat('INDENT')) p.fail('missing-block', `expected an indented block after ${owner}`);
  const height = parseStatements(p, 'DEDENT');
  p.expect('DEDENT');
  return height;
};
