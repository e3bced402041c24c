import { ts } from 'ts-morph';
import { RecipeRefusal, type RecipeSource } from '../../../../../core/edit/typescript/recipe';
import type { MessageArgs } from '../../../../../core/rule/finding';

/** A function that can be a callback; methods are those of object literals. */
export type Callback = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

export function isCallback(node: ts.Node): node is Callback {
  return (
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    (ts.isFunctionDeclaration(node) && node.body !== undefined) ||
    (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(node.parent))
  );
}

/** The callback with exactly this text, by UTF-16 offsets. */
export function callbackAt(file: ts.SourceFile, start: number, end: number): Callback | undefined {
  let found: Callback | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.getEnd() < end) return;
    if (isCallback(node) && node.getStart(file) === start && node.getEnd() === end) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

export function isIn(node: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}

/** The function, method, accessor or constructor around a node. */
export function enclosing(node: ts.Node): ts.SignatureDeclaration | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike) as ts.SignatureDeclaration | undefined;
}

export function hasOwnThis(node: ts.Node): boolean {
  return (
    (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) ||
    ts.isClassLike(node) ||
    ts.isClassStaticBlockDeclaration(node) ||
    ts.isModuleDeclaration(node)
  );
}

/** What decides what `this` is at a node; undefined at the top of a module. */
export function thisOwner(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, (one) => hasOwnThis(one) || ts.isPropertyDeclaration(one));
}

/** The symbol of the variable that a name reads or writes. */
export function symbolAt(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
  return checker.getSymbolAtLocation(node);
}

/** Whether a name is bound anew, or a member given a value: assigned, counted, or set by a loop or a pattern. */
export function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === node;
  for (let child: ts.Node = node, at: ts.Node = parent; ; child = at, at = at.parent) {
    if (ts.isBinaryExpression(at)) {
      const { kind } = at.operatorToken;
      if (at.left !== child) return false;
      if (kind === ts.SyntaxKind.EqualsToken) return true;
      return child === node && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    }
    if (ts.isPropertyAssignment(at) && at.initializer !== child) return false;
    if (ts.isForOfStatement(at) || ts.isForInStatement(at)) return at.initializer === child;
    const isPattern =
      ts.isArrayLiteralExpression(at) ||
      ts.isObjectLiteralExpression(at) ||
      ts.isPropertyAssignment(at) ||
      ts.isShorthandPropertyAssignment(at) ||
      ts.isSpreadElement(at) ||
      ts.isSpreadAssignment(at) ||
      ts.isParenthesizedExpression(at) ||
      ts.isNonNullExpression(at);
    if (!isPattern) return false;
  }
}

/** A place as refusals name it. */
export function refusal(
  code: string,
  { node: file, file: name }: RecipeSource,
  at: ts.Node,
  args: MessageArgs = {},
): RecipeRefusal {
  const start = at.getStart(file);
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  return new RecipeRefusal(code, { ...args, line, file: name }, { file: name, start, end: at.getEnd() });
}

/** Where a node begins, with the comments that stand on it without a gap; those behind other code on its line stay there. */
export function startWithComments(node: ts.Node, text: string): number {
  let at = node.getStart();
  for (const { pos, end } of (ts.getLeadingCommentRanges(text, node.pos) ?? []).reverse()) {
    if (/\n[ \t]*\r?\n/.test(text.slice(end, at)) || !isLineStart(text, pos)) break;
    at = pos;
  }
  return at;
}

/** Where a node ends, with the comment behind it on its line. */
export function endWithComment(node: ts.Node, text: string): number {
  const behind = ts.getTrailingCommentRanges(text, node.end)?.at(-1);
  return behind && /^[ \t]*(?:\r?\n|$)/.test(text.slice(behind.end)) ? behind.end : node.end;
}

export function isLineStart(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}

/** The blanks that a line begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))![0];
}

export function isAsync(node: Callback): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}
