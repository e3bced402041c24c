import { isComprehension, parseComprehension } from './comprehensions';
import { parseExpression, parseNamed } from './expressions';
import type { Parser } from './parser';

/**
 * Reads the arguments of a call or a class, with the closing parenthesis; the opening one was read.
 * @param mayBeGenerator a generator without parentheses of its own may be the one argument (not in `class C(...)`)
 */
export function parseArguments(p: Parser, mayBeGenerator: boolean): void {
  const keywords = new Set<string>();
  const open = p.at - 1;
  let unpacksDict = false;
  do {
    if (p.is(')')) break;
    const first = p.at;
    if (p.eat('**')) {
      unpacksDict = true;
      parseExpression(p);
    } else if (p.eat('*')) {
      if (unpacksDict) {
        const message = 'iterable argument unpacking follows keyword argument unpacking';
        p.fail('unpacking-after-dict', message, first);
      }
      parseExpression(p);
    } else if (p.is('NAME') && p.peek() === '=') {
      parseKeyword(p, keywords);
    } else {
      parsePositional(p, mayBeGenerator && first === open + 1);
      if (unpacksDict || keywords.size > 0) {
        const what = unpacksDict ? 'keyword argument unpacking' : 'keyword argument';
        p.fail('positional-after-keyword', `positional argument follows ${what}`, first, p.at - 1);
      }
    }
  } while (p.eat(','));
  p.expect(')', 'invalid syntax. Perhaps you forgot a comma?');
}

function parseKeyword(p: Parser, keywords: Set<string>): void {
  const first = p.at;
  const name = p.boundName();
  p.at++;
  if (p.is(',') || p.is(')')) p.fail('argument-without-value', 'expected argument value expression', first);
  parseExpression(p);
  if (isComprehension(p)) {
    p.fail('keyword-generator', "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", first);
  }
  if (keywords.has(name)) p.failCompiled('repeated-keyword', `keyword argument repeated: ${name}`, first);
  keywords.add(name);
}

function parsePositional(p: Parser, mayBeGenerator: boolean): void {
  const first = p.at;
  const value = parseNamed(p);
  if (isComprehension(p)) {
    parseComprehension(p, first, 'generator expression');
    if (!mayBeGenerator || !p.is(')')) {
      p.fail('bare-generator', 'Generator expression must be parenthesized', first, p.at - 1);
    }
  }
  if (!p.is('=')) return;
  const isConstant = value.kind === 'True' || value.kind === 'False' || value.kind === 'None';
  const message = isConstant
    ? `cannot assign to ${value.kind}`
    : 'expression cannot contain assignment, perhaps you meant "=="?';
  p.fail('expression-as-keyword', message, first);
}
