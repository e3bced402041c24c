import { ts } from 'ts-morph';

export interface LastHandler {
  readonly handler: ts.CatchClause;
  /** The block of its `try`. */
  readonly guarded: ts.Block;
}

/** The handler behind which a function does nothing more, if the function says what it returns or returns nothing. */
export function lastHandler(node: ts.Node): LastHandler | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || !ts.isBlock(node.body)) return undefined;
  // A function that is a value would be one that never returns.
  const returnsNothing = (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && !returnsValue(node.body);
  const statement = node.type || returnsNothing ? node.body.statements.at(-1) : undefined;
  if (!statement || !ts.isTryStatement(statement) || statement.finallyBlock || !statement.catchClause) return undefined;
  return { handler: statement.catchClause, guarded: statement.tryBlock };
}

/** Whether a `return` of a handler may go without a trace: the function still returns a value at the end of what is guarded, if any. */
export function isSpare({ expression }: ts.ReturnStatement, { statements }: ts.Block): boolean {
  const end = statements.at(-1);
  return !expression || (isPlain(expression) && end !== undefined && ts.isReturnStatement(end));
}

/** Whether a function with this body returns a value somewhere. */
function returnsValue(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isReturnStatement(node)) return node.expression !== undefined;
  return ts.forEachChild(node, (child) => returnsValue(child) || undefined) ?? false;
}

/** Whether a value is written down with no name in it that could be unused without it. */
function isPlain(node: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    (ts.isArrayLiteralExpression(node) && node.elements.length === 0) ||
    (ts.isObjectLiteralExpression(node) && node.properties.length === 0)
  );
}
