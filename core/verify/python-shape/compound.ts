import { parseClass, parseDecorated, parseFunction } from './definitions';
import { parseNamed, parseValues } from './expressions';
import { parseMatch } from './match';
import type { Parser } from './parser';
import { parseBlock } from './statements';
import { parseTargets } from './targets';
import { parseTry } from './try';
import { parseWith } from './with';

/** Reads a block and returns how many blocks are nested in it. */
export type Block = (p: Parser, owner: string) => number;

/**
 * Grammar: `compound_stmt`.
 * @returns how many blocks are nested in the statement; undefined when it is no compound one
 */
export function parseCompound(p: Parser): number | undefined {
  const parse = COMPOUND[p.type];
  if (parse) {
    p.futures = 'closed';
    return parse(p);
  }
  return p.isWord('match') ? parseMatch(p) : undefined;
}

const COMPOUND: Readonly<Record<string, ((p: Parser) => number) | undefined>> = {
  def: (p) => parseFunction(p, false),
  '@': parseDecorated,
  class: parseClass,
  async: parseAsync,
  if: parseIf,
  for: parseFor,
  while: parseWhile,
  with: parseWith,
  try: parseTry,
};

function parseAsync(p: Parser): number {
  const first = p.at++;
  if (p.is('def')) return parseFunction(p, true);
  if (!p.is('for') && !p.is('with')) p.fail('syntax', 'invalid syntax');
  if (p.frame.kind !== 'async-function') {
    p.fail('async-outside-async', `'async ${p.type}' outside async function`, first, p.at);
  }
  return p.is('for') ? parseFor(p) : parseWith(p);
}

function parseIf(p: Parser): number {
  let height = 0;
  let keyword = 'if';
  do {
    p.expect(keyword);
    parseNamed(p);
    height = Math.max(height, parseBlock(p, `'${keyword}' statement`));
    keyword = 'elif';
  } while (p.is(keyword));
  return Math.max(height, parseElse(p));
}

/** An `else` and its block, when there is one. */
export function parseElse(p: Parser): number {
  return p.eat('else') ? parseBlock(p, "'else' statement") : 0;
}

function parseWhile(p: Parser): number {
  p.expect('while');
  parseNamed(p);
  return parseLoop(p, "'while' statement");
}

function parseFor(p: Parser): number {
  p.expect('for');
  parseTargets(p);
  p.expect('in');
  parseValues(p);
  return parseLoop(p, "'for' statement");
}

function parseLoop(p: Parser, owner: string): number {
  p.frame.blocks.push('loop');
  const height = 1 + parseBlock(p, owner);
  p.frame.blocks.pop();
  return Math.max(height, parseElse(p));
}
