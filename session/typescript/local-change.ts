import { ts } from 'ts-morph';
import { placesOfName } from '../../core/text/names';
import { isSpare, lastHandler } from './last-handler';
import { isNewDeclaration } from './new-declaration';
import { isTyped } from './outline';
import { withStack } from './too-deep';

/**
 * What came into a file, where nothing else of it can mean anything else than before: calls that stand as statements, imports, and a
 * `throw` at the end of what a function does. Empty where only comments and blanks differ, undefined where the change may be felt elsewhere
 * in the file, and for JavaScript, where a call may declare. So a compiler that finds nothing in these statements would find nothing new in
 * the file, and importing files see no difference.
 *
 * Why calls: as statements they give no value, declare no name and end no block, unless a call never returns or asserts something about
 * its arguments; {@link changesFlow} asks the checker for that.
 */
export function insertedStatements(before: ts.SourceFile, after: ts.SourceFile): readonly ts.Statement[] | undefined {
  if (!isTyped(after) || directivesOf(before.text) !== directivesOf(after.text)) return undefined;
  return withStack(after.fileName, () => {
    const comparison = new Comparison(before, after);
    return comparison.isSame(before, after) ? comparison.inserted : undefined;
  });
}

/** Whether the code behind a statement may be another one for the compiler than without it. */
export function changesFlow(statement: ts.Statement, checker: ts.TypeChecker): boolean {
  const call = callOf(statement);
  if (!call) return false;
  const signature = checker.getResolvedSignature(call);
  if (!signature) return true;
  const asserts = checker.getTypePredicateOfSignature(signature);
  return asserts !== undefined || (signature.getReturnType().flags & ts.TypeFlags.Never) !== 0;
}

/** Whether a file may declare what others see that do not import it. */
export const declaresForOthers = (source: ts.SourceFile): boolean =>
  !ts.isExternalModule(source) || /\bdeclare\s+(?:global|module)\b/.test(source.text);

/** The comments that the compiler reads, each with the line that it is for. */
const directivesOf = (text: string): string => (text.match(DIRECTIVE) ?? []).join('\n');

const DIRECTIVE =
  /(?:@ts-(?:ignore|expect-error|check|nocheck)|@jsx|^\s*\/\/\/\s*<)[^\n]*\n(?:\s*\/\/[^\n]*\n)*[^\n]*/gm;

class Comparison {
  readonly inserted: ts.Statement[] = [];
  /** Handlers behind which a function does nothing more that says what it returns, or returns nothing; with the blocks that they guard. */
  private readonly last = new Map<ts.CatchClause, ts.Block>();

  constructor(
    private readonly before: ts.SourceFile,
    private readonly after: ts.SourceFile,
  ) {}

  /** Whether two nodes have the same tokens in the same tree, but for what was inserted. */
  isSame(old: ts.Node, now: ts.Node): boolean {
    if (old.kind !== now.kind) return false;
    const handled = lastHandler(old);
    if (handled) this.last.set(handled.handler, handled.guarded);
    if (ts.isCatchClause(old) && ts.isCatchClause(now)) return this.isSameClause(old, now);
    if (ts.isExpressionStatement(old) && ts.isExpressionStatement(now) && this.isSameHandling(old, now)) {
      this.inserted.push(now);
      return true;
    }
    const [first, second] = [old.getChildren(this.before), now.getChildren(this.after)];
    if (first.length === 0 && second.length === 0) return old.getText(this.before) === now.getText(this.after);
    return second.some(ts.isStatement) || first.some(ts.isStatement)
      ? this.isExtended(first, second)
      : first.length === second.length && first.every((one, index) => this.isSame(one, second[index]!));
  }

  /** Whether a list has all of an earlier one in its order, and beside it only what may come. */
  private isExtended(old: readonly ts.Node[], now: readonly ts.Node[]): boolean {
    const left = [...old];
    for (const one of now) {
      const count = this.inserted.length;
      if (left[0] && this.isSame(left[0], one)) {
        left.shift();
        continue;
      }
      // What a comparison that failed has met does not count.
      this.inserted.length = count;
      if (!this.mayCome(one)) return false;
      this.inserted.push(one);
    }
    return left.length === 0;
  }

  private mayCome(node: ts.Node): node is ts.Statement {
    if (ts.isImportDeclaration(node)) {
      const isFirst = !ts.isExternalModule(this.before);
      return !isFirst && node.importClause !== undefined && isNewDeclaration(node, this.before.text);
    }
    const call = ts.isStatement(node) ? callOf(node) : undefined;
    return call !== undefined && isCalm(call);
  }

  /** A variable that nothing uses may have come, gone or got another name. */
  private isSameClause(old: ts.CatchClause, now: ts.CatchClause): boolean {
    const [first, second] = [old.variableDeclaration, now.variableDeclaration];
    if (!(first && second && this.isSame(first, second))) {
      if (!this.isUnused(first?.name, old.block) || !this.isUnused(second?.name, old.block)) return false;
    }
    return this.throwsInstead(old, now) || this.isSame(old.block, now.block);
  }

  /**
   * Whether a handler ends by throwing the error where it ended before, or returned nothing or a literal. Behind it there is no code that
   * could be reached in fewer ways, and the function returns what it did; if that is a value, its `try` block still returns one.
   */
  private throwsInstead(old: ts.CatchClause, now: ts.CatchClause): boolean {
    const guarded = this.last.get(old);
    const [before, after] = [[...old.block.statements], [...now.block.statements]];
    const [end, thrown] = [before.at(-1), after.pop()];
    if (!guarded || !thrown || !ts.isThrowStatement(thrown) || !ts.isIdentifier(thrown.expression)) return false;
    if (end && ts.isReturnStatement(end)) {
      if (!isSpare(end, guarded)) return false;
      before.pop();
    }
    const count = this.inserted.length;
    if (!this.isExtended(before, after)) {
      this.inserted.length = count;
      return false;
    }
    this.inserted.push(thrown);
    return true;
  }

  /** `x.catch(() => {})` and `x.catch((error: unknown) => {})`, where nobody waits for what comes of it. */
  private isSameHandling(old: ts.ExpressionStatement, now: ts.ExpressionStatement): boolean {
    const [first, second] = [handlerOf(old), handlerOf(now)];
    if (!first || !second || first.parameters.length > 0 || first.modifiers || second.modifiers) return false;
    const { parameters } = second;
    return (
      parameters.length > 0 &&
      parameters.every(({ name, type }) => type !== undefined && this.isUnused(name, first.body)) &&
      this.isSame((old.expression as ts.CallExpression).expression, (now.expression as ts.CallExpression).expression) &&
      this.isSame(first.body, second.body)
    );
  }

  /** Whether the code of a block before means no name of a variable. */
  private isUnused(name: ts.BindingName | undefined, old: ts.Node): boolean {
    if (!name) return true;
    return ts.isIdentifier(name) && placesOfName(old.getText(this.before), name.text).next().done === true;
  }
}

/** The arrow function of a statement `x.catch(() => {})`. */
function handlerOf(statement: ts.ExpressionStatement): ts.ArrowFunction | undefined {
  const { expression: call } = statement;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const [handler, more] = call.arguments;
  const isHandler = call.expression.name.text === 'catch' && handler && !more && ts.isArrowFunction(handler);
  return isHandler && !handler.typeParameters && !handler.type ? handler : undefined;
}

function callOf(statement: ts.Statement): ts.CallExpression | undefined {
  return ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression)
    ? statement.expression
    : undefined;
}

/** Whether an expression assigns nothing and waits for nothing, which the code around it would feel. */
function isCalm(node: ts.Node): boolean {
  const isStep = (operator: ts.SyntaxKind): boolean =>
    operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
  const isFelt =
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isDeleteExpression(node) ||
    (ts.isPrefixUnaryExpression(node) && isStep(node.operator)) ||
    ts.isPostfixUnaryExpression(node) ||
    (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) ||
    // Where an array is filled decides what type it has, if it was made empty.
    (ts.isPropertyAccessExpression(node) && /^(?:push|unshift)$/.test(node.name.text));
  return !isFelt && ts.forEachChild(node, (child) => !isCalm(child) || undefined) === undefined;
}

const isAssignment = (operator: ts.SyntaxKind): boolean =>
  operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
