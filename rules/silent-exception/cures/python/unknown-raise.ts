import type { SyntaxNode } from '../../../../core/syntax/node';

/** The first piece of code of which it is not known what it raises. */
export class UnknownRaise extends Error {
  constructor(readonly node: SyntaxNode) {
    super(`unknown: ${node.type}`);
  }
}
