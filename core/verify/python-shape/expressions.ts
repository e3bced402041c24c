import { parseAtom, parseTrailers } from './atoms';
import { type Expression, expression } from './expression';
import { parseParameters } from './parameters';
import type { Parser } from './parser';

/** Lambdas in lambdas that CPython's own stack survives anywhere. */
const MAX_LAMBDAS = 1000;

const BINARY = new Set(['|', '^', '&', '<<', '>>', '+', '-', '*', '/', '//', '%', '@']);
const COMPARISONS = new Set(['==', '!=', '<>', '<', '<=', '>', '>=', 'in', 'is']);
/** What may follow a list of expressions: a comma before it is a trailing one. */
const LIST_ENDS = new Set(['NEWLINE', 'END', ')', ']', '}', '=', ':', ';', '!', 'in', 'FSTRING_END']);

/** Grammar: `yield_expr | star_expressions`. */
export function parseRightSide(p: Parser): Expression {
  return p.is('yield') ? parseYield(p) : parseValues(p);
}

/** `star_expressions` whose value is used: a lone starred one is an error. */
export function parseValues(p: Parser): Expression {
  const value = parseStarExpressions(p);
  if (value.kind === 'starred') failStarred(p, value);
  return value;
}

export function failStarred(p: Parser, value: Expression): void {
  p.failCompiled('starred-outside-list', "can't use starred expression here", value.first);
}

/** Grammar: `star_expressions`. */
export function parseStarExpressions(p: Parser): Expression {
  return parseList(p, (one) => (one.is('*') ? parseStarred(one) : parseExpression(one)));
}

/** One expression, or a tuple of what commas separate. */
export function parseList(p: Parser, parseOne: (p: Parser) => Expression): Expression {
  const first = p.at;
  const value = parseOne(p);
  if (!p.is(',')) return value;
  const items = [value];
  while (p.eat(',')) {
    if (LIST_ENDS.has(p.type) || isAugmented(p.type)) break;
    items.push(parseOne(p));
  }
  return expression('tuple', first, p.at - 1, items);
}

/** `+=` and the like. */
export function isAugmented(type: string): boolean {
  const operator = type.endsWith('=') ? type.slice(0, -1) : '';
  return operator === '**' || BINARY.has(operator);
}

/** Grammar: `'*' bitwise_or`. */
export function parseStarred(p: Parser): Expression {
  const first = p.at;
  p.expect('*');
  const value = parseOperators(p);
  return expression('starred', first, p.at - 1, [value]);
}

/** Grammar: `star_named_expression`. */
export function parseStarNamed(p: Parser): Expression {
  return p.is('*') ? parseStarred(p) : parseNamed(p);
}

/** Grammar: `named_expression`. */
export function parseNamed(p: Parser): Expression {
  const first = p.at;
  if (p.is('NAME') && p.peek() === ':=') {
    const name = p.boundName();
    p.at++;
    if (p.iterables > 0) {
      const message = 'assignment expression cannot be used in a comprehension iterable expression';
      p.fail('walrus-in-iterable', message, first);
    }
    parseExpression(p);
    p.frame.marks.push({ token: first, what: 'walrus', name });
    return expression('named expression', first, p.at - 1);
  }
  const value = parseExpression(p);
  if (p.is(':=')) p.fail('walrus-target', `cannot use assignment expressions with ${value.kind}`, first);
  return value;
}

export function parseYield(p: Parser): Expression {
  const first = p.at;
  p.expect('yield');
  p.frame.marks.push({ token: first, what: 'yield' });
  p.frame.isGenerator = true;
  if (p.eat('from')) {
    if (p.frame.kind === 'async-function') {
      p.fail('yield-from-in-async', "'yield from' inside async function", first);
    }
    parseExpression(p);
  } else if (!LIST_ENDS.has(p.type)) parseValues(p);
  return expression('yield expression', first, p.at - 1);
}

/** Grammar: `expression`, so a conditional one or a lambda. */
export function parseExpression(p: Parser): Expression {
  const first = p.at;
  if (p.is('lambda')) return parseLambda(p);
  const value = parseDisjunction(p);
  if (!p.is('if')) return value;
  while (p.eat('if')) {
    parseDisjunction(p);
    p.expect('else', "expected 'else' after 'if' expression", 'conditional-without-else');
    if (p.is('lambda')) {
      parseLambda(p);
      break;
    }
    parseDisjunction(p);
  }
  return expression('conditional expression', first, p.at - 1);
}

function parseLambda(p: Parser): Expression {
  const first = p.at;
  p.expect('lambda');
  if (++p.lambdas > MAX_LAMBDAS) p.fail('too-deep', 'too many nested lambdas', first);
  parseParameters(p, ':');
  if (p.is(':') && p.peek() === 'FSTRING_MIDDLE') {
    p.fail('lambda-in-fstring', 'f-string: lambda expressions are not allowed without parentheses', first);
  }
  p.expect(':');
  p.inFrame('lambda', '', () => parseExpression(p));
  p.lambdas--;
  return expression('lambda', first, p.at - 1);
}

/** Grammar: `disjunction`: `or`, `and`, `not` and comparisons; their order of precedence changes nothing here. */
export function parseDisjunction(p: Parser): Expression {
  const first = p.at;
  let value = parseComparison(p);
  let isChain = false;
  while (p.eat('or') || p.eat('and')) {
    parseComparison(p);
    isChain = true;
  }
  if (isChain) value = expression('expression', first, p.at - 1);
  return value;
}

function parseComparison(p: Parser): Expression {
  const first = p.at;
  while (p.eat('not'));
  const isNegated = p.at > first;
  let value = parseOperators(p);
  let isComparison = false;
  while (eatComparison(p)) {
    parseOperators(p);
    isComparison = true;
  }
  if (isNegated) value = expression('expression', first, p.at - 1);
  else if (isComparison) value = expression('comparison', first, p.at - 1);
  return value;
}

function eatComparison(p: Parser): boolean {
  if (p.is('not') && p.peek() === 'in') {
    p.at += 2;
    return true;
  }
  if (!COMPARISONS.has(p.type)) return false;
  if (p.is('<>') && !p.isFlufl) p.fail('syntax', 'invalid syntax');
  if (p.is('!=') && p.isFlufl) p.fail('flufl', "with Barry as BDFL, use '<>' instead of '!='");
  if (p.eat('is')) p.eat('not');
  else p.at++;
  return true;
}

/** Grammar: `bitwise_or`: all binary and unary operators but comparisons. */
export function parseOperators(p: Parser): Expression {
  const first = p.at;
  for (let isLone = true; ; isLone = false) {
    while (p.is('+') || p.is('-') || p.is('~')) {
      p.at++;
      isLone = false;
    }
    const value = parseAwaited(p);
    if (p.is('**') || BINARY.has(p.type)) p.at++;
    else return isLone ? value : expression('expression', first, p.at - 1);
  }
}

function parseAwaited(p: Parser): Expression {
  const first = p.at;
  const isAwait = p.eat('await');
  if (isAwait) p.frame.marks.push({ token: first, what: 'await' });
  const value = parseTrailers(p, parseAtom(p), first);
  return isAwait ? expression('await expression', first, p.at - 1) : value;
}
