import type { SyntaxNode } from '../../syntax/node';
import type { Tokens } from '../../verify/python-shape/tokens';
import { expressionTokens } from './reindent';

/** How tightly an expression binds; higher binds tighter. */
export type Precedence = number;

/**
 * The operator table of the Python reference (6.17), from what binds least, with what only some places take without parentheses before it.
 */
export const PRECEDENCE = {
  /** A generator without its own parentheses. */
  generator: 0,
  yield: 1,
  /** `a, b` without parentheses, `*a`. */
  tuple: 2,
  named: 3,
  lambda: 4,
  conditional: 5,
  or: 6,
  and: 7,
  not: 8,
  comparison: 9,
  bitOr: 10,
  bitXor: 11,
  bitAnd: 12,
  shift: 13,
  sum: 14,
  product: 15,
  unary: 16,
  power: 17,
  await: 18,
  /** Names, literals, calls, subscripts, attributes, and what has brackets. */
  atom: 19,
} as const satisfies Record<string, Precedence>;

const BINARY: Readonly<Record<string, Precedence>> = {
  or: PRECEDENCE.or,
  and: PRECEDENCE.and,
  in: PRECEDENCE.comparison,
  is: PRECEDENCE.comparison,
  '<': PRECEDENCE.comparison,
  '<=': PRECEDENCE.comparison,
  '>': PRECEDENCE.comparison,
  '>=': PRECEDENCE.comparison,
  '!=': PRECEDENCE.comparison,
  '<>': PRECEDENCE.comparison,
  '==': PRECEDENCE.comparison,
  '|': PRECEDENCE.bitOr,
  '^': PRECEDENCE.bitXor,
  '&': PRECEDENCE.bitAnd,
  '<<': PRECEDENCE.shift,
  '>>': PRECEDENCE.shift,
  '+': PRECEDENCE.sum,
  '-': PRECEDENCE.sum,
  '*': PRECEDENCE.product,
  '/': PRECEDENCE.product,
  '//': PRECEDENCE.product,
  '%': PRECEDENCE.product,
  '@': PRECEDENCE.product,
  '**': PRECEDENCE.power,
};

/** What binds less than any binary operator, wherever it stands outside of brackets. */
const LOOSE: Readonly<Record<string, Precedence>> = {
  for: PRECEDENCE.generator,
  yield: PRECEDENCE.yield,
  ',': PRECEDENCE.tuple,
  ':=': PRECEDENCE.named,
  lambda: PRECEDENCE.lambda,
  if: PRECEDENCE.conditional,
};

/** What an expression's tokens tell. */
export interface ExpressionShape {
  readonly precedence: Precedence;
  /** Whether a line ends outside of all brackets, which only stands where brackets are around. */
  readonly breaksLine: boolean;
  /** Whether a comment ends the expression, so that nothing may follow on its line. */
  readonly endsWithComment: boolean;
  /** Whether it is a decimal integer alone, after which a dot would be read as its decimal point. */
  readonly isInteger: boolean;
}

/**
 * Reads how an expression binds off its tokens.
 * @throws Refusal `shape-error` for what cannot be split into tokens
 */
export function expressionShape(code: string, file: string): ExpressionShape {
  const tokens = expressionTokens(code, file);
  const { types, starts, ends } = tokens;
  let precedence: Precedence = PRECEDENCE.atom;
  let breaksLine = false;
  let depth = 0;
  let end = 1;
  const last = types.lastIndexOf(')');
  for (let at = 1; at < last; at++) {
    const type = types[at]!;
    // Within an f-string everything is the string's.
    if (type === 'FSTRING_END') depth--;
    if (depth === 0) {
      breaksLine ||= tokens.text.slice(end, starts[at]).includes('\n');
      precedence = Math.min(precedence, precedenceAt(tokens, at));
    }
    if (type === ')' || type === ']' || type === '}') depth--;
    if (type === '(' || type === '[' || type === '{' || type === 'FSTRING_START') depth++;
    end = ends[at]!;
  }
  const tail = tokens.text.slice(end, starts[last]);
  return {
    precedence,
    breaksLine: breaksLine || tail.slice(0, -1).includes('\n'),
    endsWithComment: tail.includes('#'),
    isInteger: last === 2 && types[1] === 'NUMBER' && /^[\d_]+$/.test(tokens.textOf(1)),
  };
}

function precedenceAt({ types }: Tokens, at: number): Precedence {
  const type = types[at]!;
  const loose = LOOSE[type];
  if (loose !== undefined) return loose;
  if (type === 'not') return types[at + 1] === 'in' || types[at - 1] === 'is' ? PRECEDENCE.comparison : PRECEDENCE.not;
  if (type === 'await') return PRECEDENCE.await;
  if (type === '~') return PRECEDENCE.unary;
  const binary = BINARY[type];
  if (binary === undefined) return PRECEDENCE.atom;
  if (at > 1 && endsOperand(types[at - 1]!)) return binary;
  // A sign, or the star of `*a`.
  return type === '*' || type === '**' ? PRECEDENCE.tuple : PRECEDENCE.unary;
}

const OPERAND_ENDS: ReadonlySet<string> = new Set([
  ...['NAME', 'NUMBER', 'STRING', 'FSTRING_END', ')', ']', '}', '...', 'None', 'True', 'False'],
]);

function endsOperand(type: string): boolean {
  return OPERAND_ENDS.has(type);
}

const P = PRECEDENCE;

/** What places take, by the type of the parent; those that depend on more are in {@link requiredPrecedence}. */
const PLACES: Readonly<Record<string, Precedence>> = {
  expression_statement: P.yield,
  assignment: P.yield,
  augmented_assignment: P.yield,
  parenthesized_expression: P.generator,
  interpolation: P.conditional,
  format_expression: P.conditional,
  return_statement: P.tuple,
  yield: P.tuple,
  for_statement: P.tuple,
  expression_list: P.lambda,
  argument_list: P.named,
  list: P.named,
  set: P.named,
  tuple: P.named,
  if_statement: P.named,
  elif_clause: P.named,
  while_statement: P.named,
  if_clause: P.or,
  for_in_clause: P.or,
  list_splat: P.bitOr,
  dictionary_splat: P.bitOr,
  await: P.atom,
  unary_operator: P.unary,
  not_operator: P.not,
  comparison_operator: P.bitOr,
  attribute: P.atom,
  concatenated_string: P.atom,
};

/** Where `:=` needs no parentheses: neither as a statement nor beside `=` and `return`, although those take a `yield` or a bare tuple. */
const NAMED_PLACES: ReadonlySet<string> = new Set([
  ...[
    'parenthesized_expression',
    'argument_list',
    'list',
    'set',
    'tuple',
    'if_statement',
    'elif_clause',
    'while_statement',
  ],
]);

/** Whether an expression that binds so tightly needs parentheses to stand in the place of a node. */
export function needsParentheses(node: SyntaxNode, precedence: Precedence): boolean {
  if (precedence === P.named) return !NAMED_PLACES.has(node.parent?.type ?? '');
  return precedence < requiredPrecedence(node);
}

function requiredPrecedence(node: SyntaxNode): Precedence {
  const { parent } = node;
  if (!parent) return P.atom;
  const isField = (name: string): boolean => parent.childForFieldName(name)?.id === node.id;
  switch (parent.type) {
    case 'call':
      return isField('function') ? P.atom : P.named;
    case 'subscript':
      return isField('value') ? P.atom : P.lambda;
    case 'conditional_expression':
      return parent.lastNamedChild?.id === node.id ? P.lambda : P.or;
    case 'boolean_operator':
    case 'binary_operator':
      return operandPrecedence(parent, isField('left'));
    default:
      return PLACES[parent.type] ?? P.lambda;
  }
}

function operandPrecedence(operator: SyntaxNode, isLeft: boolean): Precedence {
  const own = BINARY[operator.childForFieldName('operator')?.type ?? ''] ?? P.power;
  // `**` groups from the right, and its right side may have a sign.
  if (own === P.power) return isLeft ? P.await : P.unary;
  return isLeft ? own : own + 1;
}
