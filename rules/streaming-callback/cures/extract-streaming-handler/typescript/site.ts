import { ts } from 'ts-morph';
import type { RecipeContext, RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { TYPESCRIPT_CHANGING } from '../../../changing-methods';
import type { Candidate, Handed, HandlerArgs } from './args';
import { isUnderDirective } from './directive';
import { refuseForms } from './forms';
import { type Home, homeOf, isMadeAgain, isVisibleIn } from './home';
import { areOfOneObject } from './names';
import { type Callback, callbackAt, enclosing, isIn, isWritten, refusal } from './nodes';
import { NameUses, refuseUses, type Variable } from './variables';

/** A callback that becomes a method. */
export interface Handler extends Handed {
  readonly callback: Callback;
  readonly method: string;
  readonly captured: readonly Variable[];
  /** The name that stands for it, where it is not handed on where it stands: a variable, or its own. */
  readonly named?: Named;
}

export interface Named {
  readonly name: string;
  /** Places outside of it. */
  readonly uses: readonly ts.Identifier[];
  /** Places in it. */
  readonly own: readonly ts.Identifier[];
  /** The statement that goes with it. */
  readonly statement: ts.Statement;
}

/** The callbacks that share state, and the state. */
export interface Site {
  readonly context: RecipeContext;
  readonly source: RecipeSource;
  readonly args: HandlerArgs;
  /** The statement of the module, or of the namespace, that holds all of it. */
  readonly top: ts.Statement;
  readonly names: NameUses;
  readonly home: Home;
  /** In the order of the text. */
  readonly handlers: readonly Handler[];
  /** In the order of their declarations. */
  readonly state: readonly Variable[];
  /** What the callbacks only read, in the order of their declarations. */
  readonly reads: readonly Variable[];
}

/** @throws Refusal */
export function siteOf(context: RecipeContext): Site {
  const args = context.args as HandlerArgs;
  const source = context.source(args.file);
  const callback = callbackAt(source.node, args.main.start, args.main.end);
  if (!callback || !enclosing(callback)) throw refusal('other-form', source, source.node);
  const top = topOf(callback);
  if (!ts.isSourceFile(top.parent)) throw refusal('other-form', source, callback);
  const names = new NameUses(top, source);
  const main = handlerOf(callback, args.main, names, source);
  const home = commonHome(main, args.main, source);
  const handlers = [main];
  const candidates = [args.main, ...args.siblings];
  const state = new Set(stateOf(main, args.main, { home, source, candidates }));
  if (state.size === 0) refuseForeignState(main, args.main, { home, source, candidates });
  for (let before = 0; before !== handlers.length; ) {
    before = handlers.length;
    for (const one of args.siblings) addSibling(one, { handlers, state, home, names, source, candidates });
  }
  refuseLeft(args, handlers, source);
  const all = uniqueVariables(handlers);
  return {
    context,
    source,
    args,
    top,
    names,
    home,
    handlers: handlers.sort((a, b) => a.callback.pos - b.callback.pos),
    state: all.filter(({ symbol }) => state.has(symbol)),
    reads: all.filter(
      ({ symbol, declaration }) =>
        !state.has(symbol) && !handlers.some((one) => one.named && isNameOf(symbol, declaration, one)),
    ),
  };
}

function isNameOf(symbol: ts.Symbol, declaration: ts.Node, { callback, named }: Handler): boolean {
  return symbol.name === named!.name && (declaration === callback || declaration === callback.parent);
}

/** The child of a module, or of a namespace, that holds a node. */
function topOf(node: ts.Node): ts.Statement {
  return ts.findAncestor(
    node,
    (one) => ts.isSourceFile(one.parent) || ts.isModuleBlock(one.parent),
  ) as unknown as ts.Statement;
}

function handlerOf(
  callback: Callback,
  { method, to, literal }: Candidate,
  names: NameUses,
  source: RecipeSource,
): Handler {
  refuseForms(callback, source);
  const captured = names.capturedBy(callback);
  for (const one of captured) refuseUses(one, callback, source);
  const named = namedOf(callback, names, source);
  // The comment of a statement goes with it.
  if (!named?.statement && isUnderDirective(source.text, callback.getStart(source.node)))
    throw refusal('line-directive', source, callback);
  return { callback, method, to, ...(literal === undefined ? {} : { literal }), captured, ...(named ? { named } : {}) };
}

/** The variable or the function's own name by which others hand it on. @throws Refusal `binding-form`, `function-attribute` */
function namedOf(callback: Callback, names: NameUses, source: RecipeSource): Named | undefined {
  const { parent } = callback;
  const isVariable = ts.isVariableDeclaration(parent) && parent.initializer === callback;
  const holder = ts.isFunctionDeclaration(callback) ? callback : isVariable ? parent : undefined;
  const name = holder?.name ?? (ts.isFunctionExpression(callback) ? callback.name : undefined);
  if (!name) return undefined;
  if (!ts.isIdentifier(name)) throw refusal('binding-form', source, callback, { name: name.getText() });
  const symbol = source.checker.getSymbolAtLocation(name);
  const all = symbol ? names.of(symbol) : [];
  const own = all.filter((use) => isIn(use, callback));
  for (const use of all)
    if (ts.isPropertyAccessExpression(use.parent) && use.parent.expression === use && !isBound(use))
      throw refusal('function-attribute', source, use, { code: use.parent.getText(source.node) });
  if (!holder) return { name: name.text, uses: [], own, statement: undefined as never };
  const statement = ts.isFunctionDeclaration(callback) ? callback : ts.findAncestor(callback, ts.isVariableStatement);
  const isAlone = isVariable && (parent.parent as ts.VariableDeclarationList).declarations.length === 1;
  if (!statement || (isVariable && !isAlone) || all.some((use) => isRebound(use, symbol!)))
    throw refusal('binding-form', source, callback, { name: name.text });
  return { name: name.text, uses: all.filter((use) => !isIn(use, callback)), own, statement };
}

const isBound = (use: ts.Identifier): boolean =>
  /^(?:bind|call|apply|name|length)$/.test((use.parent as ts.PropertyAccessExpression).name.text);

function isRebound(use: ts.Identifier, symbol: ts.Symbol): boolean {
  return (symbol.declarations?.length ?? 1) > 1 || (ts.isBinaryExpression(use.parent) && use.parent.left === use);
}

/** The one block that declares what the callback binds anew. @throws Refusal `state-of-outer-function`, `binding-form` */
function commonHome(main: Handler, { writes, mutates }: Candidate, source: RecipeSource): Home {
  const bound = main.captured.filter(({ name }) => writes.includes(name));
  for (const { name, uses } of bound) {
    const head = uses.find(
      (use) => isIn(use, main.callback) && (ts.isForInStatement(use.parent) || ts.isForOfStatement(use.parent)),
    );
    if (head && isWritten(head)) throw refusal('binding-form', source, head, { name });
  }
  const homes = bound.map((one) => homeOf(one, source));
  const [home] = homes;
  if (home) {
    const other = homes.findIndex((one) => one.block !== home.block);
    if (other >= 0)
      throw refusal('state-of-outer-function', source, bound[other]!.declaration, { name: bound[other]!.name });
    return home;
  }
  const filled = main.captured.filter(({ name }) => mutates.includes(name)).map((one) => homeOf(one, source));
  const inner = filled.sort((a, b) => b.block.pos - a.block.pos)[0];
  if (!inner) throw refusal('other-form', source, main.callback);
  return inner;
}

interface Around {
  readonly home: Home;
  readonly source: RecipeSource;
  /** The functions that may become methods. */
  readonly candidates: readonly Candidate[];
}

/** What becomes the state of the object: what is bound anew, and what the home block makes and the callback fills. */
function stateOf({ captured }: Handler, { writes, mutates }: Candidate, around: Around): ts.Symbol[] {
  const { home, source } = around;
  return captured
    .filter((one) => {
      if (writes.includes(one.name)) return homeOf(one, source).block === home.block;
      if (!mutates.includes(one.name) || changedElsewhere(one, around)) return false;
      const list = ts.findAncestor(one.declaration, ts.isVariableStatement);
      return list?.parent === home.block && ts.isVariableDeclaration(one.declaration);
    })
    .map(({ symbol }) => symbol);
}

/** Where a function that stays outside changes a container too: it belongs to both, and the object is handed it like any other value. */
function changedElsewhere({ uses }: Variable, { home, source, candidates }: Around): ts.Identifier | undefined {
  return uses.find((use) => {
    const start = use.getStart(source.node);
    const isOutside = !candidates.some((one) => one.start <= start && start < one.end);
    return isOutside && enclosing(use) !== home.fn && isIn(use, home.block) && isFilled(use);
  });
}

const CHANGING = new RegExp(`^(?:${TYPESCRIPT_CHANGING})$`);

/** `x.push(1)`, `x[key] = 1`, `x.part++`, `delete x[key]`. */
function isFilled(use: ts.Node): boolean {
  const { parent } = use;
  const isPart =
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === use;
  if (!isPart) return false;
  const call = parent.parent;
  if (ts.isCallExpression(call) && call.expression === parent)
    return ts.isPropertyAccessExpression(parent) && CHANGING.test(parent.name.text);
  return isWritten(parent) || ts.isDeleteExpression(call) || isFilled(parent);
}

/** @throws Refusal `state-is-shared` where the callback keeps nothing of its own */
function refuseForeignState({ captured }: Handler, { mutates }: Candidate, around: Around): void {
  for (const one of captured) {
    const place = mutates.includes(one.name) ? changedElsewhere(one, around) : undefined;
    if (place) throw refusal('state-is-shared', around.source, place, { name: one.name });
  }
}

interface Group extends Around {
  readonly handlers: Handler[];
  readonly state: Set<ts.Symbol>;
  readonly names: NameUses;
}

/** Takes another callback in that shares the state: one that changes it, or that reads it and needs little else. */
function addSibling(candidate: Candidate, group: Group): void {
  const { handlers, state, home, names, source } = group;
  const callback = callbackAt(source.node, candidate.start, candidate.end);
  if (!callback || !isIn(callback, home.block) || isMadeAgain(callback, home)) return;
  if (handlers.some((one) => isIn(callback, one.callback) || isIn(one.callback, callback))) return;
  try {
    const handler = handlerOf(callback, candidate, names, source);
    const changed = [...candidate.writes, ...candidate.mutates];
    const known = new Set(handlers.flatMap((one) => one.captured.map(({ symbol }) => symbol)));
    const shared = handler.captured.filter((one) => known.has(one.symbol));
    const isWriter = shared.some(({ name }) => changed.includes(name));
    const news = handler.captured.filter((one) => !known.has(one.symbol) && !changed.includes(one.name));
    const isReader =
      shared.some(({ symbol }) => state.has(symbol)) &&
      news.length <= 1 &&
      ts.isBlock(callback.body!) &&
      (callback.body.statements.length > 1 || handlers.some((one) => areOfOneObject(one, candidate)));
    if (!isWriter && !isReader) return;
    const own = handler.captured.filter(({ name }) => candidate.writes.includes(name));
    if (own.some((one) => homeOf(one, source).block !== home.block)) return;
    if (handler.captured.some((one) => !isVisibleIn(one, home))) return;
    handlers.push(handler);
    for (const symbol of stateOf(handler, candidate, group)) state.add(symbol);
  } catch (error) {
    // It stays where it is and says `handler.count`.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** What would be torn apart because the compiler knows more of it than the tree shows. @throws Refusal `used-beside` */
function refuseLeft(
  { isWanted, together, siblings }: HandlerArgs,
  handlers: readonly Handler[],
  source: RecipeSource,
): void {
  const isMethod = (start: number): boolean =>
    handlers.some(({ callback }) => callback.getStart(source.node) === start);
  const left = isWanted ? undefined : together.find((start) => !isMethod(start));
  const callback =
    left !== undefined && callbackAt(source.node, left, siblings.find(({ start }) => start === left)?.end ?? left);
  if (callback) {
    const used = handlers
      .flatMap(({ captured }) => captured)
      .find(({ uses }) => uses.some((use) => isIn(use, callback)));
    throw refusal('used-beside', source, callback, { name: used?.name ?? '' });
  }
}

function uniqueVariables(handlers: readonly Handler[]): Variable[] {
  const found = new Map<ts.Symbol, Variable>();
  for (const one of handlers.flatMap(({ captured }) => captured)) found.set(one.symbol, one);
  return [...found.values()].sort((a, b) => a.declaration.pos - b.declaration.pos);
}
