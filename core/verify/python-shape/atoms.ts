import { parseArguments } from './arguments';
import { isComprehension, parseComprehension } from './comprehensions';
import { type Expression, expression } from './expression';
import { parseExpression, parseNamed, parseOperators, parseStarNamed, parseYield } from './expressions';
import type { Parser } from './parser';
import { parseStrings } from './strings';

/** Grammar: `atom`. */
export function parseAtom(p: Parser): Expression {
  const first = p.at;
  switch (p.type) {
    case 'NAME':
      p.at++;
      return expression('name', first, first);
    case 'NUMBER':
      p.at++;
      return expression('literal', first, first);
    case 'True':
    case 'False':
    case 'None': {
      const kind = p.type;
      p.at++;
      return expression(kind, first, first);
    }
    case '...':
      p.at++;
      return expression('ellipsis', first, first);
    case 'STRING':
    case 'FSTRING_START':
      return parseStrings(p);
    case '(':
      return parseParenthesised(p);
    case '[':
      return parseListDisplay(p);
    case '{':
      return parseBraces(p);
    case 'INDENT':
      return p.fail('unexpected-indent', 'unexpected indent');
    default:
      return p.fail('syntax', 'invalid syntax');
  }
}

/** Calls, subscripts and attributes behind an atom. */
export function parseTrailers(p: Parser, atom: Expression, first: number): Expression {
  let value = atom;
  for (;;) {
    if (p.eat('.')) {
      if (!p.is('NAME')) p.fail('syntax', 'invalid syntax');
      p.at++;
      value = expression('attribute', first, p.at - 1);
    } else if (p.eat('(')) {
      parseArguments(p, true);
      value = expression('function call', first, p.at - 1);
    } else if (p.eat('[')) {
      parseSubscript(p);
      value = expression('subscript', first, p.at - 1);
    } else return value;
  }
}

function parseSubscript(p: Parser): void {
  do {
    if (p.is(']') && p.tokens.types[p.at - 1] === ',') break;
    if (p.eat('*')) parseExpression(p);
    else parseSlice(p);
  } while (p.eat(','));
  p.expect(']');
}

function parseSlice(p: Parser): void {
  if (!p.is(':')) {
    const value = parseNamed(p);
    if (value.kind === 'named expression' && !value.isGrouped) return;
  }
  for (let colons = 0; colons < 2 && p.eat(':'); colons++) {
    if (!p.is(':') && !p.is(']') && !p.is(',')) parseExpression(p);
  }
}

function parseParenthesised(p: Parser): Expression {
  const first = p.at;
  p.expect('(');
  if (p.eat(')')) return expression('tuple', first, p.at - 1, undefined, true);
  if (p.is('yield')) {
    parseYield(p);
    p.expect(')');
    return expression('yield expression', first, p.at - 1, undefined, true);
  }
  const value = parseStarNamed(p);
  if (isComprehension(p)) {
    if (value.kind === 'starred') failUnpacking(p, value);
    parseComprehension(p, first + 1, 'generator expression');
    p.expect(')');
    return expression('generator expression', first, p.at - 1, undefined, true);
  }
  if (p.eat(')')) {
    if (value.kind === 'starred') p.fail('starred-in-group', 'cannot use starred expression here', value.first);
    return { ...value, first, last: p.at - 1, isGrouped: true };
  }
  const items = parseItems(p, value, ')');
  return expression('tuple', first, p.at - 1, items, true);
}

function parseListDisplay(p: Parser): Expression {
  const first = p.at;
  p.expect('[');
  if (p.eat(']')) return expression('list', first, p.at - 1);
  const value = parseStarNamed(p);
  if (isComprehension(p)) {
    if (value.kind === 'starred') failUnpacking(p, value);
    parseComprehension(p, first + 1, 'list comprehension');
    p.expect(']');
    return expression('list comprehension', first, p.at - 1);
  }
  return expression('list', first, p.at, parseItems(p, value, ']'));
}

/** The rest of a display: what follows its first element, with the closing bracket. */
function parseItems(p: Parser, first: Expression, close: string): Expression[] {
  const items = [first];
  while (p.eat(',')) {
    if (p.is(close)) break;
    items.push(parseStarNamed(p));
  }
  if (isComprehension(p) && items.length > 1) {
    p.fail(
      'comprehension-target',
      'did you forget parentheses around the comprehension target?',
      first.first,
      p.at - 1,
    );
  }
  p.expect(close, 'invalid syntax. Perhaps you forgot a comma?');
  return items;
}

function failUnpacking(p: Parser, value: Expression): never {
  p.fail('unpacking-in-comprehension', 'iterable unpacking cannot be used in comprehension', value.first);
}

function parseBraces(p: Parser): Expression {
  const first = p.at;
  p.expect('{');
  if (p.eat('}')) return expression('dict literal', first, p.at - 1);
  if (p.is('**')) return parseDict(p, first);
  const value = parseStarNamed(p);
  const mayBeKey = value.kind !== 'starred' && (value.kind !== 'named expression' || value.isGrouped);
  if (p.is(':') && mayBeKey) return parseDict(p, first, value);
  if (isComprehension(p)) {
    if (value.kind === 'starred') failUnpacking(p, value);
    parseComprehension(p, first + 1, 'set comprehension');
    p.expect('}');
    return expression('set comprehension', first, p.at - 1);
  }
  parseItems(p, value, '}');
  return expression('set display', first, p.at - 1);
}

/** @param key first key, when it was read already */
function parseDict(p: Parser, first: number, key?: Expression): Expression {
  let isKeyRead = key !== undefined;
  do {
    if (p.is('}')) break;
    if (!isKeyRead && p.eat('**')) {
      parseOperators(p);
      if (isComprehension(p)) {
        p.fail('unpacking-in-comprehension', 'dict unpacking cannot be used in dict comprehension', first + 1);
      }
      continue;
    }
    if (!isKeyRead) parseExpression(p);
    p.expect(':', "':' expected after dictionary key", 'dict-without-value');
    if (p.is('}') || p.is(',')) p.fail('dict-without-value', "expression expected after dictionary key and ':'");
    if (p.is('*')) p.fail('starred-in-dict', 'cannot use a starred expression in a dictionary value');
    parseExpression(p);
    if (isKeyRead && isComprehension(p)) {
      parseComprehension(p, first + 1, 'dict comprehension');
      p.expect('}');
      return expression('dict comprehension', first, p.at - 1);
    }
    isKeyRead = false;
  } while (p.eat(','));
  p.expect('}');
  return expression('dict literal', first, p.at - 1);
}
