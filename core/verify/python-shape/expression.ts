/** What an expression is, in the words of CPython's messages. */
export type ExpressionKind =
  | 'name'
  | 'attribute'
  | 'subscript'
  | 'starred'
  | 'list'
  | 'tuple'
  | 'function call'
  | 'expression'
  | 'comparison'
  | 'conditional expression'
  | 'lambda'
  | 'literal'
  | 'True'
  | 'False'
  | 'None'
  | 'ellipsis'
  | 'dict literal'
  | 'set display'
  | 'list comprehension'
  | 'set comprehension'
  | 'dict comprehension'
  | 'generator expression'
  | 'yield expression'
  | 'await expression'
  | 'named expression'
  | 'f-string expression'
  | 't-string expression';

/** An expression that was read: no more than what decides whether it may be assigned to. */
export interface Expression {
  readonly kind: ExpressionKind;
  /** Indices of its first and last token. */
  readonly first: number;
  readonly last: number;
  /** Of a tuple, list or starred expression. */
  readonly items: readonly Expression[];
  /** Stands in parentheses. */
  readonly isGrouped: boolean;
}

const NONE: readonly Expression[] = [];

export function expression(
  kind: ExpressionKind,
  first: number,
  last: number,
  items = NONE,
  isGrouped = false,
): Expression {
  return { kind, first, last, items, isGrouped };
}
