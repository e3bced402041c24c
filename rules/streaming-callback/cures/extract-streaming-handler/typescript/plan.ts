import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { isBoundAt, isMadeAgain, isSettledBefore, isVisibleIn, Timeline } from './home';
import { type Initial, initialOf, isConstant, isPrimitive } from './initial';
import { isIn, isTypedFile, isWritten, refusal } from './nodes';
import { ownThis, type Receiver, receiverOf, sharesThis } from './receiver';
import type { Handler, Site } from './site';
import { isCalled, type Variable, writesOf } from './variables';

/** How the class knows a variable. */
export type Role =
  /** A field that begins with a constant. */
  | { readonly kind: 'field' }
  /** A field that begins with what the constructor is given. */
  | { readonly kind: 'given'; readonly initial: Initial }
  /** Handed to the constructor as it is. */
  | { readonly kind: 'value' }
  /** Handed to the constructor as a function that gives it. */
  | { readonly kind: 'getter' }
  /** Handed to the constructor as a function that calls it, with so many arguments. */
  | { readonly kind: 'forward'; readonly arity: number }
  /** Handed over with each call: it is made anew for each callback. */
  | { readonly kind: 'argument' };

export interface Plan {
  readonly site: Site;
  /** The index of the statement of the home block before which the object is made. */
  readonly at: number;
  /** Whether it is made in the place of that statement, which goes. */
  readonly isInPlace: boolean;
  readonly roles: ReadonlyMap<ts.Symbol, Role>;
  readonly receiver: Receiver;
  /** What the callbacks only read and nobody else: constants, which the class says itself. In the order of their declarations. */
  readonly constants: readonly Variable[];
  /** What those callbacks are that cannot be handed on as a member of the object. */
  readonly wrappers: ReadonlyMap<Handler, Wrapper>;
  /** Whether the project allows only syntax that can be erased: no parameter that is a field. */
  readonly isErasable: boolean;
}

/** A function that calls the method with more than it was given itself. */
export interface Wrapper {
  readonly passed: readonly Variable[];
  /** It hands its `this` on, as a first argument. */
  readonly passesThis: boolean;
}

/** Decides where the object is made and what it is given. @throws Refusal */
export function planOf(site: Site): Plan {
  const { handlers, home, source, names, state } = site;
  const wrappers = wrappersOf(site);
  const usesOf = (fn: ts.Node): readonly ts.Identifier[] | undefined => {
    const name =
      ts.isFunctionDeclaration(fn) || (ts.isVariableDeclaration(fn.parent) && isConst(fn.parent))
        ? ((ts.isFunctionDeclaration(fn) ? fn : (fn.parent as ts.VariableDeclaration)).name as ts.Node | undefined)
        : undefined;
    const symbol = name && ts.isIdentifier(name) ? source.checker.getSymbolAtLocation(name) : undefined;
    return symbol ? names.of(symbol) : undefined;
  };
  const callbacks = handlers.map(({ callback }) => callback);
  const timeline = new Timeline(home, usesOf, callbacks);
  const isOutside = (node: ts.Node): boolean => !callbacks.some((one) => isIn(node, one));
  const needs: number[] = [];
  const places: number[] = [];
  for (const one of handlers) {
    if (one.named?.statement) {
      const uses = one.named.uses.filter(isOutside);
      needs.push(...uses.map((use) => timeline.earliest(use)));
      if (one.named.statement.parent === home.block && !wrappers.has(one)) places.push(timeline.indexOf(one.callback));
    } else needs.push(timeline.earliest(one.callback));
  }
  for (const one of state)
    for (const use of one.uses.filter(isOutside)) {
      if (!isIn(use, home.block) && !ts.findAncestor(use, ts.isParameter))
        throw refusal('binding-form', source, use, { name: one.name });
      if (!timeline.isStraight(use)) needs.push(timeline.earliest(use));
    }
  const at = Math.min(...needs, ...places);
  if (!Number.isFinite(at) || at < 0)
    throw refusal('state-may-be-unset', source, callbacks[0]!, { name: state[0]!.name });
  const statement = home.block.statements[at]!;
  const isInPlace = handlers.some((one) => one.named?.statement === statement && !wrappers.has(one));
  const place = statement.getStart(source.node);
  const roles = new Map<ts.Symbol, Role>();
  const constants = site.reads.filter((one) => isOwnConstant(one, place, site, isOutside));
  for (const one of constants) roles.set(one.symbol, { kind: 'field' });
  for (const one of site.reads) {
    if (roles.has(one.symbol)) continue;
    const isPassed = [...wrappers.values()].some(({ passed }) => passed.includes(one));
    const isSettled = isBoundAt(one, place, home, usesOf) && isSettledBefore(one, place, home);
    if (isPassed) roles.set(one.symbol, { kind: 'argument' });
    else if (isSettled && !needsForward(one, source)) roles.set(one.symbol, { kind: 'value' });
    else roles.set(one.symbol, forwardOf(one, callbacks, source) ?? { kind: isSettled ? 'value' : 'getter' });
  }
  for (const one of state) {
    const before = one.uses.filter((use) => isOutside(use) && timeline.isStraight(use) && timeline.indexOf(use) < at);
    const initial = initialOf(one, before, at, { site, timeline, roles });
    roles.set(one.symbol, initial === 'constant' ? { kind: 'field' } : { kind: 'given', initial });
  }
  refuseCalls(site, roles);
  refuseNull(site, roles);
  const receiver = receiverOf(
    callbacks,
    callbacks.filter((one) => sharesThis(one, home.block)),
    source,
  );
  const isErasable = source.program.getCompilerOptions().erasableSyntaxOnly === true;
  return { site, at, isInPlace, roles, receiver, constants, wrappers, isErasable };
}

/** What the class holds beside what its constructor is given, in the order of the declarations. */
export function fieldsOf({ site: { state }, constants }: Plan): readonly Variable[] {
  return [...constants, ...state].sort((a, b) => a.declaration.pos - b.declaration.pos);
}

/**
 * Whether a variable that nothing binds anew is a constant of the callbacks alone. What is made when the object is made, once for each,
 * may be an object itself; what belongs to a function further out is one and the same for all of them, so it must have no identity.
 */
function isOwnConstant(
  { declaration, uses }: Variable,
  place: number,
  { home }: Site,
  isOutside: (node: ts.Node) => boolean,
): boolean {
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return false;
  const { initializer, parent: list, end } = declaration;
  if (!initializer || !ts.isVariableStatement(list.parent) || end > place) return false;
  if (uses.some((use) => isWritten(use) || isOutside(use))) return false;
  return isPrimitive(initializer) || (list.parent.parent === home.block && isConstant(initializer));
}

function isConst(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

function wrappersOf({ handlers, home, source, reads }: Site): Map<Handler, Wrapper> {
  const found = new Map<Handler, Wrapper>();
  for (const one of handlers) {
    const { callback, captured } = one;
    const passed = captured.filter((each) => reads.includes(each) && !isVisibleIn(each, home));
    const rebound = passed.find((each) => writesOf(each).length > 0);
    if (rebound) throw refusal('bound-again', source, writesOf(rebound)[0]!, { name: rebound.name });
    const usesThis = ownThis(callback).length > 0;
    const passesThis = usesThis && (!ts.isArrowFunction(callback) || !sharesThis(callback, home.block));
    const isGenerator = callback.asteriskToken !== undefined;
    if (passed.length > 0 || passesThis || isGenerator || isMadeAgain(callback, home))
      found.set(one, { passed, passesThis });
  }
  for (const [one] of found) {
    const inside = one.named?.uses.find((use) => handlers.some(({ callback }) => isIn(use, callback)));
    if (inside) throw refusal('binding-form', source, inside, { name: one.named!.name });
  }
  return found;
}

/**
 * In a script that the compiler checks, a variable that is null at first is followed from one value to the next, a field is not.
 * @throws Refusal `null-at-first`
 */
function refuseNull({ state, source }: Site, roles: ReadonlyMap<ts.Symbol, Role>): void {
  const { checkJs, strictNullChecks, strict } = source.program.getCompilerOptions();
  const isChecked = (checkJs ?? /^\s*\/\/\s*@ts-check/m.test(source.text)) && (strictNullChecks ?? strict ?? false);
  if (isTypedFile(source.file) || !isChecked) return;
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
function refuseCalls({ reads, state, handlers, source }: Site, roles: ReadonlyMap<ts.Symbol, Role>): void {
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
function needsForward({ declaration, name }: Variable, { node: root }: RecipeSource): boolean {
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const fn = ts.isFunctionDeclaration(declaration) ? declaration : value;
  if (fn && ts.isFunctionLike(fn)) return !ts.isArrowFunction(fn) && ownThis(fn).length > 0;
  return NATIVE.test(name) || (!ts.isClassDeclaration(declaration) && NATIVE.test(declaration.getText(root)));
}

/** For a function that the callbacks do nothing with but call it, each time with as many arguments. */
function forwardOf(
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
  const isKnown = !isTypedFile(file) || (signatures.length === 1 && !signatures[0]!.typeParameters);
  return isKnown ? { kind: 'forward', arity } : undefined;
}
