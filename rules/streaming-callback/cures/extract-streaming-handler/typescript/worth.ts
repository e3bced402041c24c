import { ts } from 'ts-morph';
import { codeLines, type Later, worthless } from '../worth';
import { isIn, isWritten, refusal } from './nodes';
import type { Parameter } from './parameters';
import type { Plan } from './plan';
import { isCalled, type Variable } from './variables';

/**
 * Refuses a class that its owner would not want: too little in it, too much handed to it, or only half of the state's users.
 * @throws Refusal `too-small`, `bound-later`, `too-many-values`, `state-is-shared`
 */
export function checkWorth(plan: Plan, parameters: readonly Parameter[]): void {
  const { site } = plan;
  const { handlers, source } = site;
  const [first] = handlers;
  const later = site.reads.flatMap((one) => laterOf(one, plan));
  const bodies = handlers.map(({ callback }) => callback.body!.getText(source.node));
  const found = worthless({
    values: parameters.length,
    functions: parameters.filter(({ value }) => /^\([^()]*\) =>/.test(value.toString())).length,
    later,
    lines: codeLines(bodies.join('\n')),
  });
  if (found) throw refusal(found.code, source, first!.callback, found.args);
  refuseSharedState(plan);
}

function laterOf(one: Variable, { roles, site: { handlers, source } }: Plan): Later[] {
  if (roles.get(one.symbol)?.kind !== 'getter') return [];
  const uses = one.uses.filter((use) => handlers.some(({ callback }) => isIn(use, callback)));
  const type = source.checker.getNonNullableType(source.checker.getTypeAtLocation(one.declaration));
  const isFunction = ts.isFunctionDeclaration(one.declaration) || type.getCallSignatures().length > 0;
  return [{ name: one.name, uses: uses.length, isFunction: isFunction || uses.some(isCalled) }];
}

/**
 * Functions that stay outside and change the state are its other half, and one that the class is handed while it uses the state goes
 * round in a circle.
 */
function refuseSharedState({ site, roles }: Plan): void {
  const { handlers, state, reads, source, home } = site;
  const handed = reads
    .filter(({ symbol }) => /^(?:value|forward)$/.test(roles.get(symbol)?.kind ?? ''))
    .flatMap((one) => functionOf(one) ?? []);
  for (const one of state) {
    const outside = one.uses.filter((use) => !handlers.some(({ callback }) => isIn(use, callback)));
    const circle = outside.find((use) => handed.some((fn) => isIn(use, fn)));
    if (circle) throw refusal('state-is-shared', source, circle, { name: one.name });
    const writers = outside.filter((use) => isWritten(use) && isInClosure(use, home.block));
    if (writers.length > 1) throw refusal('state-is-shared', source, writers[0]!, { name: one.name });
  }
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
