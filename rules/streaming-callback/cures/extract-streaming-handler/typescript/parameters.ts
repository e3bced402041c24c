import { ts } from 'ts-morph';
import type { Fragment } from '../../../../../core/edit/fragment';
import type { Initial } from './initial';
import { isIn, isWritten } from './nodes';
import type { Plan } from './plan';
import type { Part } from './receiver';
import { rewritten } from './rewrites';
import { settlesPlainly } from './settles';
import { annotated } from './type-text';
import type { Said, Types } from './types';
import type { Variable } from './variables';

/** What the constructor takes, and what it is given. */
export interface Parameter extends Said {
  readonly name: string;
  readonly value: string | Fragment;
  /** `private readonly`. */
  readonly modifiers: string;
}

/** What the constructor takes, in the order in which it is given. */
export function parametersOf(plan: Plan, types: Types): Parameter[] {
  const { site, roles, receiver } = plan;
  const { source, handlers, state, reads } = site;
  const { checker } = source;
  const fixed = 'private readonly ';
  const found: Parameter[] = [];
  for (const one of reads) {
    const role = roles.get(one.symbol)!;
    const { kind } = role;
    if (kind !== 'value' && kind !== 'getter' && kind !== 'forward') continue;
    const use = one.uses.find((each) => handlers.some(({ callback }) => isIn(each, callback)))!;
    if (kind === 'forward') {
      const forward = { name: one.name, node: use, kind: 'method', arity: role.arity } as const;
      found.push({ ...partParameter(forward, plan, types), modifiers: fixed });
      continue;
    }
    const declared = checker.getTypeOfSymbolAtLocation(one.symbol, one.declaration);
    const seen = checker.getTypeAtLocation(use);
    const isNarrowed = checker.typeToString(seen) !== checker.typeToString(declared);
    const typed = (): string =>
      settlesPlainly(one, seen, site, types, use) ??
      (isNarrowed ? types.ofType(seen, use) : types.ofVariable(one, () => seen, use));
    found.push({
      name: one.name,
      ...types.said(() => (kind === 'getter' ? `() => ${typed() || 'any'}` : typed())),
      value: kind === 'getter' ? `() => ${one.name}` : one.name,
      modifiers: fixed,
    });
  }
  if (receiver.whole) {
    const { name, node } = receiver.whole;
    const said = types.said(() => types.ofType(checker.getTypeAtLocation(node), node));
    found.push({ name, ...said, value: 'this', modifiers: fixed });
  }
  for (const part of receiver.parts) found.push({ ...partParameter(part, plan, types), modifiers: fixed });
  for (const one of state) {
    const role = roles.get(one.symbol)!;
    if (role.kind !== 'given' || role.initial.kind === 'copied') continue;
    const said = types.said(() => timerType(one) ?? types.ofVariable(one, () => typeOf(one, plan), one.declaration));
    const modifiers = visibility(one, plan) || 'public ';
    found.push({ name: one.name, ...said, value: givenValue(one, role.initial, plan), modifiers });
  }
  return found;
}

/** The type of a variable. */
export function typeOf({ symbol, declaration }: Variable, { site }: Plan): ts.Type {
  return site.source.checker.getTypeOfSymbolAtLocation(symbol, declaration);
}

/**
 * The type of a timer that is declared without one, so that the compiler knows it in no other function: all that it is given comes from
 * `setTimeout` or `setInterval`, and it is only asked whether it runs, and stopped. Undefined for any other variable.
 */
export function timerType(one: Variable): string | undefined {
  const { declaration, uses } = one;
  if (!ts.isVariableDeclaration(declaration) || declaration.type) return undefined;
  const given = declaration.initializer ? [declaration.initializer] : [];
  for (const use of uses) {
    if (use.parent === declaration) continue;
    const value = assignedTo(use);
    if (value) given.push(value);
    else if (!isStopped(use)) return undefined;
  }
  const starts = new Set(given.filter((value) => !isNothing(value)).map(startOf));
  const [start] = starts;
  if (starts.size !== 1 || start === undefined) return undefined;
  const isNull = given.some((value) => value.kind === ts.SyntaxKind.NullKeyword);
  const isUnset = !declaration.initializer || given.some((value) => ts.isIdentifier(value));
  return `ReturnType<typeof ${start}>${isUnset ? ' | undefined' : ''}${isNull ? ' | null' : ''}`;
}

/** What `timer = ...` gives to a name. */
function assignedTo(use: ts.Node): ts.Expression | undefined {
  const { parent } = use;
  const isTarget =
    ts.isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isTarget && ts.isExpressionStatement(parent.parent) ? parent.right : undefined;
}

const isNothing = (value: ts.Expression): boolean =>
  value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');

/** The global function that a timer comes from. */
function startOf(value: ts.Expression): string | undefined {
  const name = ts.isCallExpression(value) && ts.isIdentifier(value.expression) ? value.expression.text : '';
  return /^set(?:Timeout|Interval)$/.test(name) ? name : undefined;
}

/** Whether a name is asked for its truth, or handed to what stops a timer. */
function isStopped(use: ts.Node): boolean {
  const { parent } = use;
  if (ts.isIfStatement(parent)) return parent.expression === use;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === use &&
    ts.isIdentifier(parent.expression) &&
    /^clear(?:Timeout|Interval)$/.test(parent.expression.text)
  );
}

function givenValue({ name }: Variable, initial: Initial, plan: Plan): string | Fragment {
  if (initial.kind !== 'inline') return name;
  const { value } = initial;
  return rewritten(value.getStart(plan.site.source.node), value.end, [], plan);
}

function partParameter(
  { name, node, kind, arity }: Omit<Part, 'node'> & { readonly node: ts.Expression },
  { site }: Plan,
  types: Types,
): Omit<Parameter, 'modifiers'> {
  const { checker } = site.source;
  const access = node.getText(site.source.node);
  const own = checker.getTypeAtLocation(node);
  if (kind !== 'method') {
    const typed = (): string => types.ofType(own, node);
    if (kind === 'value') return { name, ...types.said(typed), value: access };
    return { name, ...types.said(() => `() => ${typed() || 'any'}`), value: `() => ${access}` };
  }
  const [signature] = own.getCallSignatures();
  const names = parameterNames(signature, arity).map((one, at) => (one === access ? `value${at + 1}` : one));
  const value = `(${names.join(', ')}) => ${access}(${names.join(', ')})`;
  if (!signature) return { name, type: '', documented: '', value };
  return { name, ...types.said(() => methodType(signature, names, node, site, types)), value };
}

/** The type of a function that calls a method with arguments of these names. */
function methodType(
  signature: ts.Signature,
  names: readonly string[],
  node: ts.Expression,
  site: Plan['site'],
  types: Types,
): string {
  const { checker } = site.source;
  const declared = signature.declaration?.getSourceFile() === site.source.node ? signature.declaration : undefined;
  const all = declared?.parameters.filter((one) => one.name.getText() !== 'this') ?? [];
  const parameters = names.map((one, at) => {
    const own = all[at];
    const isPlain = own && ts.isParameter(own) && !own.questionToken && !own.dotDotDotToken;
    return annotated(
      one,
      types.of(isPlain ? own.type : undefined, () => argumentType(signature, at, checker, node), node),
    );
  });
  const written = declared?.type && ts.isTypeNode(declared.type) ? declared.type : undefined;
  const returned = types.of(written, () => checker.getReturnTypeOfSignature(signature), node);
  return `(${parameters.join(', ')}) => ${returned || 'any'}`;
}

function parameterNames(signature: ts.Signature | undefined, arity: number): string[] {
  const names = Array.from({ length: arity }, (_, at) => {
    const declaration = signature?.parameters[at]?.valueDeclaration;
    const isPlain = declaration && ts.isParameter(declaration) && ts.isIdentifier(declaration.name);
    return isPlain && !declaration.dotDotDotToken
      ? (declaration.name as ts.Identifier).text
      : arity === 1
        ? 'value'
        : `value${at + 1}`;
  });
  return new Set(names).size === names.length ? names : names.map((_, at) => `value${at + 1}`);
}

function argumentType(signature: ts.Signature, at: number, checker: ts.TypeChecker, node: ts.Node): ts.Type {
  const parameter = signature.parameters[Math.min(at, signature.parameters.length - 1)]!;
  const type = checker.getTypeOfSymbolAtLocation(parameter, node);
  const { valueDeclaration } = parameter;
  const isRest = valueDeclaration && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken;
  return (isRest && checker.getIndexTypeOfType(type, ts.IndexKind.Number)) || type;
}

/** Fields that only the class uses are private; one that nothing reads must not be, or the compiler would complain. */
export function visibility({ uses }: Variable, { site }: Plan): string {
  const isInside = (use: ts.Node): boolean => site.handlers.some(({ callback }) => isIn(use, callback));
  if (uses.some((use) => !isInside(use))) return '';
  return uses.some((use) => isInside(use) && !isWritten(use)) ? 'private ' : '';
}
