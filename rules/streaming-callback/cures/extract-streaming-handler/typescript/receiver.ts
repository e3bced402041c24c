import { ts } from 'ts-morph';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { lowerCamel } from './names';
import { type Callback, hasOwnThis, refusal, thisOwner } from './nodes';
import { prototypeOwner } from './seen';

/** What a callback wants of the object around it. */
export interface Receiver {
  /** It is handed over whole, under this name. */
  readonly whole?: { readonly name: string; readonly node: ts.Node };
  /** Members that only its own class can say, each handed over by itself. */
  readonly parts: readonly Part[];
  /** Every `this` of the callbacks that is the object around them. */
  readonly nodes: readonly ts.Node[];
  /** Accesses of such members by the name of the class. */
  readonly statics: readonly ts.PropertyAccessExpression[];
}

export interface Part {
  readonly name: string;
  /** The first access. */
  readonly node: ts.PropertyAccessExpression;
  /** A field that never changes is handed over as it is; one that does is asked for; a method is called through a function. */
  readonly kind: 'value' | 'getter' | 'method';
  /** How many arguments the method is called with. */
  readonly arity: number;
}

/**
 * `this` of the function around, as arrow functions see it, and the private members of classes that are named.
 * @param callbacks all of them
 * @param bound those whose `this` is that of the function around
 * @throws Refusal `outer-this`
 */
export function receiverOf(callbacks: readonly Callback[], bound: readonly Callback[], source: RecipeSource): Receiver {
  const nodes = bound.filter((one) => ts.isArrowFunction(one)).flatMap((one) => ownThis(one));
  const parts = new Map<string, Part>();
  const add = (part: Part): void => {
    const known = parts.get(part.name);
    const isSame = known && known.kind === part.kind && known.arity === part.arity;
    if (known && !(isSame && known.node.getText() === part.node.getText()))
      throw refusal('outer-this', source, part.node, { name: part.name });
    parts.set(part.name, known ?? part);
  };
  const statics = callbacks.flatMap((one) => ownOnlyStatics(one, source));
  for (const access of statics) add(partOf(access, declarationOf(access, source), source));
  let whole: ts.Node | undefined;
  let fixed: ts.PropertyAccessExpression[] = [];
  for (const node of nodes) {
    const access = node.parent;
    const isAccess = ts.isPropertyAccessExpression(access) && access.expression === node;
    const declaration = isAccess ? declarationOf(access, source) : undefined;
    if (!isAccess || !isOwnOnly(access, declaration)) {
      if (isAccess && declaration && isFixed(declaration, node)) fixed.push(access);
      else whole ??= node;
      continue;
    }
    add(partOf(access, declaration, source));
  }
  // One or two fields that never change say more than the object that has them.
  if (new Set(fixed.map((one) => one.name.text)).size > 2) whole ??= fixed[0]!.expression;
  if (whole) fixed = [];
  for (const access of fixed)
    if (!parts.has(access.name.text))
      parts.set(access.name.text, { name: access.name.text, node: access, kind: 'value', arity: 0 });
  return {
    ...(whole ? { whole: { name: objectName(whole), node: whole } } : {}),
    parts: [...parts.values()],
    nodes,
    statics,
  };
}

function declarationOf({ name }: ts.PropertyAccessExpression, { checker }: RecipeSource): ts.Declaration | undefined {
  return checker.getSymbolAtLocation(name)?.valueDeclaration;
}

/** `Archive.#limit`, `Archive.limitOf()`: members of a class that only it can say, by its name. */
function ownOnlyStatics(callback: Callback, source: RecipeSource): ts.PropertyAccessExpression[] {
  const found: ts.PropertyAccessExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) return;
    if (ts.isPropertyAccessExpression(node) && node.expression.kind !== ts.SyntaxKind.ThisKeyword) {
      if (isOwnOnly(node, declarationOf(node, source))) {
        const symbol = source.checker.getSymbolAtLocation(node.expression);
        if (!ts.isIdentifier(node.expression) || !symbol || !(symbol.flags & ts.SymbolFlags.Class))
          throw refusal('outer-this', source, node, { name: node.name.text });
        found.push(node);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(callback);
  return found;
}

/** The `this` of a function itself, in it and in the arrow functions in it. */
export function ownThis(callback: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isThisTypeNode(node)) found.push(node);
    if (!hasOwnThis(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(callback, visit);
  return found;
}

/** Whether only the class itself may name a member. */
function isOwnOnly({ name }: ts.PropertyAccessExpression, declaration: ts.Declaration | undefined): boolean {
  if (ts.isPrivateIdentifier(name)) return true;
  return (
    declaration !== undefined &&
    (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0
  );
}

function isFixed(declaration: ts.Declaration, node: ts.Node): boolean {
  return (
    (ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration)) &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0 &&
    ts.findAncestor(node, ts.isConstructorDeclaration) === undefined
  );
}

function partOf(
  access: ts.PropertyAccessExpression,
  declaration: ts.Declaration | undefined,
  source: RecipeSource,
): Part {
  const name = access.name.text.replace(/^#/, '');
  const call = access.parent;
  const isCalled = ts.isCallExpression(call) && call.expression === access && !call.questionDotToken;
  if (isCalled || (declaration && ts.isMethodDeclaration(declaration))) {
    const signatures = source.checker.getTypeAtLocation(access).getCallSignatures();
    const isPlain =
      isCalled &&
      !call.typeArguments &&
      !call.arguments.some(ts.isSpreadElement) &&
      (!needsType(source) || (signatures.length === 1 && !signatures[0]!.typeParameters));
    if (!isPlain) throw refusal('outer-this', source, access, { name });
    return { name, node: access, kind: 'method', arity: call.arguments.length };
  }
  if (isChanged(access)) throw refusal('outer-this', source, access, { name });
  const isValue = declaration !== undefined && isFixed(declaration, access) && !ts.isPrivateIdentifier(access.name);
  return { name, node: access, kind: isValue ? 'value' : 'getter', arity: 0 };
}

function isChanged(access: ts.Expression): boolean {
  const { parent } = access;
  if (ts.isBinaryExpression(parent) && parent.left === access)
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  return (
    ts.isDeleteExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === access)
  );
}

/** After its class, else what it is. */
const objectName = (node: ts.Node): string => lowerCamel(ownerName(node) ?? 'owner');

/** The class whose `this` a node is, also one that is written as a function: `Reader` in `Reader.prototype.open = function ...`. */
export function ownerName(node: ts.Node): string | undefined {
  const owner = thisOwner(node);
  if (owner && ts.isClassLike(owner.parent)) return owner.parent.name?.text;
  return owner && ts.isBinaryExpression(owner.parent) ? prototypeOwner(owner.parent.left.getText()) : undefined;
}

/** Whether two places see the same `this`. */
export function sharesThis(a: ts.Node, b: ts.Node): boolean {
  return thisOwner(a) === thisOwner(b);
}

export function needsType(source: RecipeSource): boolean {
  return !isJavaScript(source.file);
}
