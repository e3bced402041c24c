import { parseArguments } from './arguments';
import { parseExpression, parseNamed } from './expressions';
import { GENERIC } from './frame';
import { parseParameters } from './parameters';
import type { Parser } from './parser';
import { checkHeight, parseBlock } from './statements';
import { parseTypeParameters } from './type-parameters';

/** Decorators with the definition below them. */
export function parseDecorated(p: Parser): number {
  while (p.eat('@')) {
    parseNamed(p);
    p.expect('NEWLINE');
  }
  if (p.is('class')) return parseClass(p);
  const isAsync = p.eat('async');
  return parseFunction(p, isAsync);
}

/** Grammar: `function_def_raw`, its `async` read before. What it holds are blocks of its own. */
export function parseFunction(p: Parser, isAsync: boolean): number {
  p.expect('def');
  p.boundName();
  const isGeneric = p.is('[');
  if (isGeneric) parseTypeParameters(p);
  p.expect('(', "expected '('");
  parseParameters(p, ')', isGeneric);
  p.expect(')');
  if (p.eat('->')) p.annotation(isGeneric, true, () => parseExpression(p));
  p.inFrame(isAsync ? 'async-function' : 'function', '', () => {
    checkHeight(p, parseBlock(p, 'function definition'));
  });
  return 0;
}

/** Grammar: `class_def_raw`. */
export function parseClass(p: Parser): number {
  p.expect('class');
  p.boundName();
  const isGeneric = p.is('[');
  if (isGeneric) parseTypeParameters(p);
  if (p.eat('(')) {
    if (isGeneric) p.deferred(GENERIC, () => parseArguments(p, false));
    else parseArguments(p, false);
  }
  p.inFrame('class', '', () => checkHeight(p, parseBlock(p, 'class definition')));
  return 0;
}
