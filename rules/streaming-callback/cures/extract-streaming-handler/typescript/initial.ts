import { ts } from 'ts-morph';
import type { Timeline } from './home';
import { isIn, isWritten, refusal } from './nodes';
import type { Role } from './plan';
import type { Site } from './site';
import type { Variable } from './variables';

/** What the constructor is given for a variable that does not begin with a constant. */
export type Initial =
  /** The variable stays and has its value so far. */
  | { readonly kind: 'kept'; readonly isBoundAgain: boolean }
  /** The value is worked out where the object is made, at the same moment as before. */
  | { readonly kind: 'inline'; readonly value: ts.Expression }
  /** It begins as another value that the object is given anyway. */
  | { readonly kind: 'copied'; readonly from: string };

interface Moment {
  readonly site: Site;
  readonly timeline: Timeline;
  readonly roles: ReadonlyMap<ts.Symbol, Role>;
}

/**
 * How a variable of the state begins.
 * @param before its places that run before the object is made, at `at`
 * @throws Refusal `state-may-be-unset`
 */
export function initialOf(
  { declaration, name }: Variable,
  before: readonly ts.Identifier[],
  at: number,
  { site, timeline, roles }: Moment,
): Initial | 'constant' {
  const { source, home } = site;
  const isPlainName = ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  const value = isPlainName ? declaration.initializer : undefined;
  if (isPlainName && before.length === 0 && (!value || isConstant(value) || isMemberOfEnum(value, site)))
    return 'constant';
  const index = ts.findAncestor(declaration, ts.isParameter) ? -1 : timeline.indexOf(declaration);
  if (index >= at) throw refusal('state-may-be-unset', source, declaration, { name });
  const kept: Initial = { kind: 'kept', isBoundAgain: before.some(isWritten) };
  if (!value || before.length > 0 || (declaration.parent as ts.VariableDeclarationList).declarations.length > 1)
    return kept;
  if (ts.isIdentifier(value)) {
    const symbol = source.checker.getSymbolAtLocation(value);
    if (symbol && roles.get(symbol)?.kind === 'value') return { kind: 'copied', from: value.text };
    if (symbol && isConstSymbol(symbol)) return { kind: 'inline', value };
  }
  const between = home.block.statements.slice(index + 1, at);
  return between.every((one) => isQuiet(one)) && isSelfContained(value, site) ? { kind: 'inline', value } : kept;
}

/** `Step.Idle`, which the whole module knows. */
function isMemberOfEnum(value: ts.Expression, { source: { checker }, args }: Site): boolean {
  if (!ts.isPropertyAccessExpression(value) || args.into !== undefined) return false;
  const { flags = 0, valueDeclaration } = checker.getSymbolAtLocation(value.name) ?? {};
  return (flags & ts.SymbolFlags.EnumMember) !== 0 && !ts.findAncestor(valueDeclaration, ts.isFunctionLike);
}

/** A number, a text, a pattern without a place of its own, or what is worked out of such: one is as good as another that is equal. */
export function isPrimitive(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node))
    return ARITHMETIC.has(node.operatorToken.kind) && isPrimitive(node.left) && isPrimitive(node.right);
  if (ts.isParenthesizedExpression(node)) return isPrimitive(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return isPrimitive(node.operand);
  // With `g` or `y` it goes on where it stopped, which is state.
  if (ts.isRegularExpressionLiteral(node)) return !/[gy]\w*$/.test(node.text);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isPrimitive(expression));
  return isLiteral(node);
}

const ARITHMETIC: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
]);

/** A value that means the same wherever and whenever it is written. */
export function isConstant(node: ts.Expression): boolean {
  if (
    ts.isAsExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return isConstant(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isConstant);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (one) => ts.isPropertyAssignment(one) && !ts.isComputedPropertyName(one.name) && isConstant(one.initializer),
    );
  if (ts.isNewExpression(node))
    return (
      ts.isIdentifier(node.expression) &&
      /^(?:Map|Set|WeakMap|WeakSet)$/.test(node.expression.text) &&
      (node.arguments ?? []).length === 0
    );
  if (ts.isCallExpression(node)) return /^Buffer\.alloc\(0\)$/.test(node.getText());
  return ts.isRegularExpressionLiteral(node) || isPrimitive(node);
}

/** The constants of the language's numbers. */
const NUMBER = /^Number\.(?:EPSILON|NaN|(?:POSITIVE|NEGATIVE)_INFINITY|(?:MAX|MIN)_(?:VALUE|SAFE_INTEGER))$/;

function isLiteral(node: ts.Expression): boolean {
  return (
    ts.isNumericLiteral(node) ||
    ts.isBigIntLiteral(node) ||
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && /^(?:undefined|NaN|Infinity)$/.test(node.text)) ||
    (ts.isPropertyAccessExpression(node) && NUMBER.test(node.getText()))
  );
}

/** A statement that neither does anything nor depends on when it is carried out. */
function isQuiet(statement: ts.Statement): boolean {
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return true;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(
      ({ initializer, name }) =>
        ts.isIdentifier(name) &&
        (!initializer ||
          isConstant(initializer) ||
          ts.isArrowFunction(initializer) ||
          ts.isFunctionExpression(initializer)),
    )
  );
}

/** Whether an expression can be written elsewhere as it is: it names nothing that changes its name. */
function isSelfContained(value: ts.Expression, { state, handlers }: Site): boolean {
  const names = new Set([...state.map(({ name }) => name), ...handlers.flatMap(({ named }) => named?.name ?? [])]);
  let isFine = true;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || (ts.isIdentifier(node) && names.has(node.text))) isFine = false;
    ts.forEachChild(node, visit);
  };
  visit(value);
  return isFine && !handlers.some(({ callback }) => isIn(callback, value)) && value.getText().length <= 40;
}

function isConstSymbol({ valueDeclaration }: ts.Symbol): boolean {
  return (
    valueDeclaration !== undefined &&
    ts.isVariableDeclaration(valueDeclaration) &&
    (ts.getCombinedNodeFlags(valueDeclaration) & ts.NodeFlags.Const) !== 0
  );
}
