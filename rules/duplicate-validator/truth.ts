import type { SyntaxNode } from '../../core/syntax/node';

/** An expression whose truth says whether a check passed. */
export interface Truth {
  readonly node: SyntaxNode;
  /** The expression is true where the original one is not. */
  readonly negated: boolean;
  /** It is `True` or `False` (`true` or `false`) and no longer a match. */
  readonly isBoolean: boolean;
}
