import { ts } from 'ts-morph';
import { codeLines, type Later, unclearField, worthless } from '../worth';
import { isMadeEachRound } from './home';
import { isOwnFrame } from './joined';
import { isIn, isWritten, refusal } from './nodes';
import type { Parameter } from './parameters';
import type { Plan } from './plan';
import { ownerName } from './receiver';
import type { Types } from './types';
import { isCalled, isSettling, type Variable } from './variables';

/**
 * Refuses a class that its owner would not want: too little in it, too much handed to it, or only half of the state's users.
 * @throws Refusal with what {@link worthless} says, and `state-is-shared`, `nameless-object`, `private-members`
 */
export function checkWorth(plan: Plan, parameters: readonly Parameter[], types: Types): void {
  const { site, receiver } = plan;
  const { handlers, source } = site;
  const [first] = handlers;
  const isInside = (use: ts.Node): boolean => handlers.some(({ callback }) => isIn(use, callback));
  refuseSharedState(plan);
  refuseObject(plan);
  // What each call hands over although there is only one callback was not there when the object was made; a function, such as what
  // settles a promise, is the half of what the callback does.
  const given = [...plan.wrappers].flatMap(([{ callback }, { passed }]) =>
    passed.filter((one) => isFunction(one, plan) || !isMadeEachRound(callback, site.home)),
  )[0];
  if (given) throw refusal('bound-later', source, first!.callback, { name: given.name });
  const bodies = handlers.map(({ callback }) => callback.body!.getText(source.node));
  const found = worthless({
    language: 'typescript',
    // A type parameter is said as often as a value is.
    values: parameters.length + types.parameters.length,
    functions:
      parameters.filter(({ value }) => /^\([^()]*\) =>/.test(value.toString())).length +
      site.reads.filter((one) => plan.roles.get(one.symbol)?.kind === 'value' && isSettling(one)).length,
    later: site.reads.flatMap((one) => laterOf(one, plan)),
    callbacks: handlers.length,
    lines: codeLines(bodies.join('\n')),
    kept: site.state.map(({ name, symbol, uses }) => {
      const outside = uses.filter(
        (use) => !isInside(use) && (use.pos >= first!.callback.end || isInClosure(use, site.home.block)),
      );
      return {
        name,
        isSeen: outside.some((use) => !isWritten(use)),
        writesInside: uses.filter((use) => isInside(use) && isWritten(use)).length,
        writesOutside: outside.filter(isWritten).length,
        isHeld: isHeld(symbol, uses, plan),
        isFilled: !uses.some(isWritten) && uses.filter(isInside).every(isPutInto),
      };
    }),
    own: site.state.reduce((sum, { uses }) => sum + uses.filter(isInside).length, 0),
    ...(receiver.nodes.length > 0
      ? {
          object: {
            name: ownerName(receiver.nodes[0]!) ?? 'this',
            uses: receiver.nodes.length,
            writes: receiver.nodes.filter(({ parent }) => isMember(parent) && isWritten(parent)).length,
          },
        }
      : {}),
    callersThis: [...plan.wrappers.values()].some(({ passesThis }) => passesThis),
    unclear: unclearField([...site.state, ...parameters].map(({ name }) => name)),
    isHandedOut: handlers.every(isOwnFrame),
    keepsParameters:
      handlers.every(({ to }) => to === 'return') && site.state.every(({ declaration }) => ts.isParameter(declaration)),
  });
  if (found) throw refusal(found.code, source, first!.callback, found.args);
}

/**
 * An object around that the class could not call by a name, or of which it would need what only that object's class may name.
 * @throws Refusal `nameless-object`, `private-members`
 */
function refuseObject({ receiver, site: { source, handlers, reads } }: Plan): void {
  const { whole, parts, nodes } = receiver;
  // `self` in another class would be that class.
  const isAlias = reads.some(
    ({ declaration }) =>
      ts.isVariableDeclaration(declaration) && declaration.initializer?.kind === ts.SyntaxKind.ThisKeyword,
  );
  if (isAlias || (whole && ownerName(whole.node) === undefined))
    throw refusal('nameless-object', source, handlers[0]!.callback);
  // What begins so is private by convention.
  const hidden = nodes.find(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text.startsWith('_'));
  const asked = parts.find(({ kind }) => kind !== 'value')?.node ?? hidden?.parent;
  if (asked) throw refusal('private-members', source, handlers[0]!.callback, { name: asked.getText(source.node) });
}

const isMember = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

/** `list.push(value);`, `found[key] = value;` */
function isPutInto({ parent }: ts.Node): boolean {
  const call = isMember(parent) ? parent.parent : undefined;
  const isCall = call && (ts.isCallExpression(call) || ts.isBinaryExpression(call));
  return isCall === true && ts.isExpressionStatement(call.parent);
}

/** Whether a container stays where it is, and nothing binds its name anew. */
function isHeld(symbol: ts.Symbol, uses: readonly ts.Identifier[], { roles }: Plan): boolean {
  const role = roles.get(symbol)!;
  return role.kind === 'given' && role.initial.kind === 'kept' && !uses.some(isWritten);
}

function laterOf(one: Variable, { roles, site: { handlers, source } }: Plan): Later[] {
  if (roles.get(one.symbol)?.kind !== 'getter') return [];
  const uses = one.uses.filter((use) => handlers.some(({ callback }) => isIn(use, callback)));
  return [{ name: one.name, uses: uses.length, isFunction: isFunction(one, { site: { handlers, source } }) }];
}

/** Whether a variable holds a function, or is called in the callbacks. */
function isFunction(
  { declaration, uses }: Variable,
  { site: { handlers, source } }: { readonly site: Pick<Plan['site'], 'handlers' | 'source'> },
): boolean {
  const type = source.checker.getNonNullableType(source.checker.getTypeAtLocation(declaration));
  return (
    ts.isFunctionDeclaration(declaration) ||
    type.getCallSignatures().length > 0 ||
    uses.some((use) => isCalled(use) && handlers.some(({ callback }) => isIn(use, callback)))
  );
}

/**
 * Functions that stay outside and change the state are its other half, and one that the class is handed while it uses the state, or
 * takes a method off again, goes round in a circle.
 */
function refuseSharedState({ site, roles }: Plan): void {
  const { handlers, state, reads, source, home } = site;
  const handed = reads
    .filter(({ symbol }) => /^(?:value|forward)$/.test(roles.get(symbol)?.kind ?? ''))
    .flatMap((one) => functionOf(one) ?? []);
  const named = handlers.flatMap(({ named }) => named ?? []);
  const isInside = (use: ts.Node): boolean => handlers.some(({ callback }) => isIn(use, callback));
  const outside = [...state, ...named].flatMap(({ name, uses }) =>
    uses.filter((use) => !isInside(use)).map((use) => ({ name, use })),
  );
  const circle = outside.find(({ use }) => handed.some((fn) => isIn(use, fn)));
  const elsewhere = outside.filter(({ use }) => isInClosure(use, home.block));
  const writers = elsewhere.filter(({ use }) => isWritten(use));
  // One that adds to it at some time, such as a timeout, does not share it; one that begins anew does.
  const shared = writers.find(
    ({ use: { parent } }) => ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken,
  );
  const found = circle ?? shared ?? (writers.length > 1 ? writers[0] : undefined);
  if (found) throw refusal('state-is-shared', source, found.use, { name: found.name });
}

/** The function that a variable holds for good. */
function functionOf({ declaration }: Variable): ts.Node | undefined {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && ts.isFunctionLike(value) ? value : undefined;
}

function isInClosure(use: ts.Node, block: ts.Node): boolean {
  for (let at: ts.Node | undefined = use; at && at !== block; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}
