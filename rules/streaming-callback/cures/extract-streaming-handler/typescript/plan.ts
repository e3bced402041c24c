import { ts } from 'ts-morph';
import { forwardOf, needsForward, refuseCalls, refuseNull } from './calls';
import { isBoundAt, isMadeAgain, isSettledBefore, isVisibleIn, Timeline } from './home';
import { type Initial, initialOf, isConstant, isPrimitive } from './initial';
import { isIn, isWritten, refusal } from './nodes';
import { ownThis, type Receiver, receiverOf, sharesThis } from './receiver';
import type { Handler, Site } from './site';
import { type Variable, writesOf } from './variables';

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
