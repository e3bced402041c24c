import { ts } from 'ts-morph';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { isIn, isWritten, refusal } from './nodes';
import type { Role } from './plan';
import { ownThis } from './receiver';
import type { Site } from './site';
import { isCalled, type Variable } from './variables';

/**
 * In a script that the compiler checks, a variable that is null at first is followed from one value to the next, a field is not.
 * @throws Refusal `null-at-first`
 */
export function refuseNull({ state, source }: Site, roles: ReadonlyMap<ts.Symbol, Role>): void {
  const { checkJs, strictNullChecks, strict } = source.program.getCompilerOptions();
  const isChecked = (checkJs ?? /^\s*\/\/\s*@ts-check/m.test(source.text)) && (strictNullChecks ?? strict ?? false);
  if (!isJavaScript(source.file) || !isChecked) return;
  for (const { declaration, symbol, name, uses } of state) {
    if (roles.get(symbol)!.kind !== 'field' || !ts.isVariableDeclaration(declaration)) continue;
    const { initializer } = declaration;
    const isNull =
      !initializer || initializer.kind === ts.SyntaxKind.NullKeyword || initializer.getText() === 'undefined';
    const asked = uses.find(
      ({ parent }) => ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent),
    );
    if (isNull && asked && !ts.getJSDocType(declaration)) throw refusal('null-at-first', source, asked, { name });
  }
}

/** Functions of the browser that fail when they are called as a member of an object that is not the window. */
const NATIVE =
  /\b(?:fetch|setTimeout|setInterval|clearTimeout|clearInterval|requestAnimationFrame|cancelAnimationFrame|requestIdleCallback|queueMicrotask|matchMedia|getComputedStyle|getSelection)\b/;

/** `run()` becomes `this.run()`, which gives the function a `this`. @throws Refusal `called-with-object` */
export function refuseCalls({ reads, state, handlers, source }: Site, roles: ReadonlyMap<ts.Symbol, Role>): void {
  for (const one of [...reads, ...state]) {
    if (!/^(?:value|field|given)$/.test(roles.get(one.symbol)!.kind) || !needsForward(one, source)) continue;
    const call = one.uses.find((use) => handlers.some(({ callback }) => isIn(use, callback)) && isCalled(use));
    if (call) throw refusal('called-with-object', source, call, { name: one.name });
  }
  // What the state holds is called as a member of the object from now on, inside and outside.
  for (const one of state) {
    const call = holdsOnlyArrows(one) ? undefined : one.uses.find(isCalled);
    if (call) throw refusal('called-with-object', source, call, { name: one.name });
  }
}

/** Whether all that a variable is given are functions without a `this` of their own, or nothing. */
function holdsOnlyArrows({ declaration, uses }: Variable): boolean {
  const isQuiet = (value: ts.Expression): boolean =>
    ts.isArrowFunction(value) ||
    value.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined');
  const isPlain =
    ts.isVariableDeclaration(declaration) && (!declaration.initializer || isQuiet(declaration.initializer));
  return (
    isPlain && uses.filter(isWritten).every(({ parent }) => ts.isBinaryExpression(parent) && isQuiet(parent.right))
  );
}

/** Whether a variable may hold a function for which it matters on what object it is called. */
export function needsForward({ declaration, name }: Variable, { node: root }: RecipeSource): boolean {
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const fn = ts.isFunctionDeclaration(declaration) ? declaration : value;
  if (fn && ts.isFunctionLike(fn)) return !ts.isArrowFunction(fn) && ownThis(fn).length > 0;
  return NATIVE.test(name) || (!ts.isClassDeclaration(declaration) && NATIVE.test(declaration.getText(root)));
}

/** For a function that the callbacks do nothing with but call it, each time with as many arguments. */
export function forwardOf(
  { uses }: Variable,
  callbacks: readonly ts.Node[],
  { checker, file }: RecipeSource,
): Role | undefined {
  const inside = uses.filter((use) => callbacks.some((one) => isIn(use, one)));
  const arities = new Set(
    inside.map((use) => {
      const call = use.parent;
      const isPlain =
        ts.isCallExpression(call) &&
        call.expression === use &&
        !call.questionDotToken &&
        !call.typeArguments &&
        !call.arguments.some(ts.isSpreadElement);
      return isPlain ? call.arguments.length : -1;
    }),
  );
  const [arity] = arities;
  if (arities.size !== 1 || arity === undefined || arity < 0) return undefined;
  const signatures = checker.getTypeAtLocation(inside[0]!).getCallSignatures();
  const isKnown = isJavaScript(file) || (signatures.length === 1 && !signatures[0]!.typeParameters);
  return isKnown ? { kind: 'forward', arity } : undefined;
}
