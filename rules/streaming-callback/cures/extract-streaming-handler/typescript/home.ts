import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { FOR_EACH } from './joined';
import { enclosing, isIn, isWritten, refusal } from './nodes';
import type { Variable } from './variables';

/** The block that declares the state: each time that it runs, there is one object. */
export interface Home {
  readonly block: ts.Block;
  readonly fn: ts.SignatureDeclaration;
}

/**
 * The block of a variable that is bound anew.
 * @throws Refusal `binding-form`
 */
export function homeOf({ declaration, name }: Variable, source: RecipeSource): Home {
  const fn = enclosing(declaration);
  const parameter = ts.findAncestor(declaration, ts.isParameter);
  if (fn && parameter && parameter.parent === fn) {
    const { body } = fn as ts.FunctionLikeDeclaration;
    if (body && ts.isBlock(body)) return { block: body, fn };
  }
  const statement = ts.findAncestor(declaration, ts.isVariableStatement);
  if (fn && statement && enclosing(statement) === fn && ts.isBlock(statement.parent) && declaresOnce(declaration))
    return { block: statement.parent, fn };
  throw refusal('binding-form', source, declaration, { name });
}

/** `var` may be declared twice, and a parameter again as a variable. */
function declaresOnce(declaration: ts.Declaration): boolean {
  const { symbol } = declaration as ts.Declaration & { readonly symbol?: ts.Symbol };
  return (symbol?.declarations?.length ?? 1) === 1;
}

/** The order in which a block's statements run, as far as it decides where the object must be there. */
export class Timeline {
  private readonly known = new Map<ts.Node, number>();

  /** @param uses the names of local functions, wherever they stand */
  constructor(
    private readonly home: Home,
    private readonly usesOf: (fn: ts.Node) => readonly ts.Identifier[] | undefined,
    /** Functions that become methods: nobody calls them before there is an object. */
    private readonly members: readonly ts.Node[],
  ) {}

  /** The index of the block's statement that holds a node; -1 for what stands outside, such as a parameter. */
  indexOf(node: ts.Node): number {
    return this.home.block.statements.findIndex((one) => isIn(node, one));
  }

  /** Whether a node runs with the statement of the block that holds it, and not when a function in it is called. */
  isStraight(node: ts.Node): boolean {
    return enclosing(node) === this.home.fn;
  }

  /** The first statement of the block from which on a node may run; infinite for what cannot run before the object is there. */
  earliest(node: ts.Node): number {
    const fn = this.outermost(node);
    return fn === undefined ? this.indexOf(node) : this.earliestOf(fn);
  }

  private outermost(node: ts.Node): ts.SignatureDeclaration | undefined {
    let found: ts.SignatureDeclaration | undefined;
    for (let at = enclosing(node); at && at !== this.home.fn; at = enclosing(at)) found = at;
    return found;
  }

  private earliestOf(fn: ts.SignatureDeclaration): number {
    if (this.members.includes(fn)) return Number.POSITIVE_INFINITY;
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    // While it is asked for: what only calls itself is never called.
    this.known.set(fn, Number.POSITIVE_INFINITY);
    const uses = this.usesOf(fn);
    const found = uses
      ? Math.min(...uses.filter((use) => !isIn(use, fn)).map((use) => this.earliest(use)))
      : isDeferred(fn)
        ? this.nextWait(this.indexOf(fn))
        : this.indexOf(fn);
    this.known.set(fn, found);
    return found;
  }

  /** The first statement from one on that lets others have their turn, or that may leave the block, so that nothing below it is there. */
  private nextWait(from: number): number {
    const { statements } = this.home.block;
    const at = statements.findIndex((one, index) => index >= from && (waits(one) || leaves(one)));
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}

const LATER =
  /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|nextTick|then|catch|finally)$/;

/** Whether a function is given to what calls it in a later turn. */
function isDeferred(fn: ts.Node): boolean {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.expression === fn) return false;
  const callee = call.expression;
  const name = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  return name !== undefined && LATER.test(name.text);
}

function waits(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => waits(child) || undefined) ?? false;
}

/** Whether a statement may go elsewhere than to the next one; a loop of its own that it leaves or goes on with is as good. */
function leaves(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => leaves(child) || undefined) ?? false;
}

/** Whether a function around a callback runs exactly once, and at once: the executor of a promise, or a function called on the spot. */
function isRunOnce(fn: ts.Node): boolean {
  let at = fn;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isNewExpression(parent))
    return ts.isIdentifier(parent.expression) && parent.expression.text === 'Promise' && parent.arguments?.[0] === at;
  return ts.isCallExpression(parent) && parent.expression === at;
}

/** Whether one object may see a callback made more than once, or not at once: in a loop, or in a function called later. */
export function isMadeAgain(callback: ts.Node, { block }: Home): boolean {
  for (let at = callback.parent; at !== block; at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true;
    if (ts.isFunctionLike(at) && !isRunOnce(at)) return true;
  }
  return false;
}

/** Whether a callback is made more than once because the home block goes over something: in a loop, or in what an array calls for each item. */
export function isMadeEachRound(callback: ts.Node, { block }: Home): boolean {
  let isRound = false;
  for (let at = callback.parent; at !== block; at = at.parent) {
    if (ts.isFunctionLike(at) && !isRunOnce(at) && !isForEach(at)) return false;
    isRound ||= ts.isIterationStatement(at, false) || isForEach(at);
  }
  return isRound;
}

function isForEach(fn: ts.Node): boolean {
  const { parent } = fn;
  const callee = ts.isCallExpression(parent) && parent.expression !== fn ? parent.expression : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && FOR_EACH.test(callee.name.text);
}

/** Whether every change of a variable comes before a place, in the same run of the same function. */
export function isSettledBefore(variable: Variable, place: number, home: Home): boolean {
  const { declaration, uses } = variable;
  const writes = uses.filter(isWritten);
  if (writes.length === 0) return true;
  const owner = enclosing(declaration);
  return writes.every((one) => {
    if (enclosing(one) !== home.fn || owner !== home.fn || one.end > place) return false;
    const loop = ts.findAncestor(one, (node) => ts.isIterationStatement(node, false));
    // A loop around the place comes to the write again, unless the variable is made anew with each round.
    return !loop || enclosing(loop) !== home.fn || !isAround(loop, home.block) || isIn(declaration, loop);
  });
}

const isAround = (outer: ts.Node, inner: ts.Node): boolean => isIn(inner, outer);

/** Whether the declaration of a variable has been carried out at a place in the home block. */
export function isBoundAt(
  { declaration }: Variable,
  place: number,
  { block, fn }: Home,
  usesOf: (fn: ts.Node) => readonly ts.Identifier[] | undefined,
): boolean {
  if (ts.isFunctionDeclaration(declaration)) return true;
  const parameter = ts.findAncestor(declaration, ts.isParameter);
  const owner = enclosing(declaration);
  if (parameter && parameter.parent === owner) return isIn(block, owner!);
  const list = ts.findAncestor(declaration, ts.isVariableDeclarationList);
  if (!list) return ts.findAncestor(declaration, ts.isCatchClause) !== undefined;
  const container = ts.isVariableStatement(list.parent) ? list.parent.parent : list.parent;
  if (list.end > place || !isIn(block, container)) return false;
  // A function that is declared further down can be called before.
  for (let at: ts.Node | undefined = fn; at && at !== owner; at = enclosing(at))
    if (ts.isFunctionDeclaration(at) && usesOf(at)?.some((use) => use.end < list.end)) return false;
  return true;
}

/** Whether a name can be said in the home block. */
export function isVisibleIn({ declaration }: Variable, { block }: Home): boolean {
  if (ts.isFunctionDeclaration(declaration)) return isIn(block, declaration.parent);
  const parameter = ts.findAncestor(declaration, ts.isParameter);
  const owner = enclosing(declaration);
  if (parameter && parameter.parent === owner) return isIn(block, owner!);
  const list = ts.findAncestor(declaration, ts.isVariableDeclarationList);
  if (!list) {
    const clause = ts.findAncestor(declaration, ts.isCatchClause);
    return clause !== undefined && isIn(block, clause);
  }
  if ((ts.getCombinedNodeFlags(list) & ts.NodeFlags.BlockScoped) === 0)
    return owner !== undefined && isIn(block, owner);
  return isIn(block, ts.isVariableStatement(list.parent) ? list.parent.parent : list.parent);
}
