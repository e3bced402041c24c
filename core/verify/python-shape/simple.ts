import type { Expression } from './expression';
import {
  failStarred,
  isAugmented,
  parseExpression,
  parseList,
  parseOperators,
  parseRightSide,
  parseStarExpressions,
  parseStarred,
  parseValues,
} from './expressions';
import { parseFrom, parseImport } from './imports';
import type { Parser } from './parser';
import { checkTarget, isSingleTarget } from './targets';
import { parseTypeParameters } from './type-parameters';

/** Grammar: `simple_stmt`. */
export function parseSimple(p: Parser): void {
  if (p.is('from')) {
    parseFrom(p);
    return;
  }
  const isFirst = p.futures === 'start';
  p.futures = 'closed';
  const parse = STATEMENTS[p.type];
  if (parse) parse(p);
  // Two names in a row are no expression.
  else if (p.isWord('type') && p.peek() === 'NAME') parseTypeAlias(p);
  else {
    const value = parseExpressionStatement(p);
    if (isFirst && isDocstring(p, value)) p.futures = 'open';
  }
}

const STATEMENTS: Readonly<Record<string, ((p: Parser) => void) | undefined>> = {
  import: parseImport,
  pass: (p) => p.expect('pass'),
  return: parseReturn,
  raise: parseRaise,
  del: parseDelete,
  assert: parseAssert,
  break: parseJump,
  continue: parseJump,
  global: parseDeclaration,
  nonlocal: parseDeclaration,
};

function parseRaise(p: Parser): void {
  p.expect('raise');
  if (p.is('NEWLINE') || p.is(';')) return;
  parseExpression(p);
  if (p.eat('from')) parseExpression(p);
}

function parseAssert(p: Parser): void {
  p.expect('assert');
  parseExpression(p);
  if (p.eat(',')) parseExpression(p);
}

function isDocstring(p: Parser, value: Expression | undefined): boolean {
  if (value?.kind !== 'literal') return false;
  for (let at = value.first; at <= value.last; at++) {
    const type = p.tokens.types[at];
    if (type !== '(' && type !== ')' && (type !== 'STRING' || /^[rR]?[bB]/.test(p.tokens.textOf(at)))) return false;
  }
  return true;
}

/** Expressions and all kinds of assignment. Returns a lone expression. */
function parseExpressionStatement(p: Parser): Expression | undefined {
  const first = p.is('yield') ? parseRightSide(p) : parseStarExpressions(p);
  if (p.is(':') && !first.kind.startsWith('yield')) {
    parseAnnotated(p, first);
    return undefined;
  }
  if (isAugmented(p.type)) {
    if (!isSingleTarget(first)) {
      const message = `'${first.kind}' is an illegal expression for augmented assignment`;
      p.fail('invalid-target', message, first.first, first.last);
    }
    checkTarget(p, first, 'assign to');
    p.at++;
    parseRightSide(p);
    return undefined;
  }
  if (!p.is('=')) {
    if (first.kind === 'starred') failStarred(p, first);
    return first;
  }
  let value = first;
  while (p.eat('=')) {
    if (value.kind === 'yield expression' && !value.isGrouped) {
      p.fail('invalid-target', 'assignment to yield expression not possible', value.first, value.last);
    }
    checkTarget(p, value, 'assign to');
    value = p.is('yield') ? parseRightSide(p) : parseStarExpressions(p);
  }
  if (value.kind === 'starred') failStarred(p, value);
  return undefined;
}

function parseAnnotated(p: Parser, target: Expression): void {
  if (!isSingleTarget(target)) {
    const isList = target.kind === 'list' || target.kind === 'tuple';
    const message = isList
      ? `only single target (not ${target.kind}) can be annotated`
      : 'illegal target for annotation';
    p.fail('invalid-target', message, target.first, target.last);
  }
  checkTarget(p, target, 'assign to');
  p.expect(':');
  const isKept = target.kind === 'name' && !target.isGrouped && !p.frame.isFunction;
  p.annotation(false, isKept, () => parseExpression(p));
  if (p.eat('=')) parseRightSide(p);
}

function parseReturn(p: Parser): void {
  const { frame } = p;
  const first = p.at++;
  if (frame.kind !== 'function' && frame.kind !== 'async-function') {
    p.fail('return-outside-function', "'return' outside function", first);
  }
  if (frame.blocks.includes('except-star')) failJump(p, first);
  if (p.is('NEWLINE') || p.is(';')) return;
  frame.valuedReturn ??= first;
  parseValues(p);
}

function parseJump(p: Parser): void {
  const first = p.at++;
  const isBreak = p.tokens.types[first] === 'break';
  const around = p.frame.blocks.at(-1);
  if (around === 'except-star') failJump(p, first);
  if (around === 'loop') return;
  if (isBreak) p.fail('break-outside-loop', "'break' outside loop", first);
  p.fail('continue-outside-loop', "'continue' not properly in loop", first);
}

function failJump(p: Parser, first: number): never {
  const message = "'break', 'continue' and 'return' cannot appear in an except* block";
  p.fail('jump-in-except-star', message, first);
}

function parseDelete(p: Parser): void {
  p.expect('del');
  const targets = parseList(p, (one) => (one.is('*') ? parseStarred(one) : parseOperators(one)));
  checkTarget(p, targets, 'delete');
}

function parseDeclaration(p: Parser): void {
  const first = p.at++;
  if (p.tokens.types[first] === 'nonlocal' && p.frame.kind === 'module') {
    p.fail('nonlocal-at-module-level', 'nonlocal declaration not allowed at module level', first);
  }
  p.hasDeclarations = true;
  do p.name();
  while (p.eat(','));
}

function parseTypeAlias(p: Parser): void {
  p.at++;
  p.boundName();
  if (p.is('[')) parseTypeParameters(p);
  p.expect('=');
  p.deferred('a type alias', () => parseExpression(p));
}
