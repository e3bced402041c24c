import { ts } from 'ts-morph';
import type { RecipeContext, RecipeSource } from '../../../../../core/edit/typescript/recipe';
import type { Candidate, HandlerArgs } from './args';
import { type Home, homeOf, isMadeAgain, isVisibleIn } from './home';
import { type Callback, callbackAt, enclosing, hasOwnThis, isIn, isWritten, refusal } from './nodes';
import { NameUses, refuseUses, type Variable } from './variables';

/** A callback that becomes a method. */
export interface Handler {
  readonly callback: Callback;
  readonly method: string;
  /** What it is handed to, as written. */
  readonly to: string;
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
  const state = new Set(stateOf(main, args.main, home, source));
  for (let before = 0; before !== handlers.length; ) {
    before = handlers.length;
    for (const one of args.siblings) addSibling(one, { handlers, state, home, names, source });
  }
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

function handlerOf(callback: Callback, { method, to }: Candidate, names: NameUses, source: RecipeSource): Handler {
  refuseForms(callback, source);
  const captured = names.capturedBy(callback);
  for (const one of captured) refuseUses(one, callback, source);
  const named = namedOf(callback, names, source);
  return { callback, method, to, captured, ...(named ? { named } : {}) };
}

/** What no method can do. @throws Refusal `other-form`, `dynamic-names`, `loose-mode` */
function refuseForms(callback: Callback, source: RecipeSource): void {
  const isLoose = isLooseMode(callback, source);
  const visit = (node: ts.Node, isOwn: boolean): void => {
    const keepsOuter = isOwn || ts.isArrowFunction(callback);
    if (
      isOwn &&
      (node.kind === ts.SyntaxKind.SuperKeyword ||
        (ts.isIdentifier(node) && node.text === 'arguments' && !isMemberName(node)) ||
        (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword))
    )
      throw refusal('other-form', source, node);
    const loose = isLoose && looseForm(node, source);
    if (loose) throw refusal('loose-mode', source, node, { code: loose });
    if (keepsOuter && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'eval')
      throw refusal('dynamic-names', source, node, { call: 'eval' });
    ts.forEachChild(node, (child) => visit(child, isOwn && !hasOwnThis(child)));
  };
  ts.forEachChild(callback, (child) => visit(child, true));
  if (callback.typeParameters && /\.[jt]sx$/.test(source.file)) throw refusal('other-form', source, callback);
}

const isMemberName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** Scripts and CommonJS modules without `'use strict'`: the body of a class is strict. */
function isLooseMode(callback: Callback, { node: file, file: name }: RecipeSource): boolean {
  if (
    !/\.c?jsx?$/.test(name) ||
    file.statements.some((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one))
  )
    return false;
  const isModule = file.statements.some(
    (one) => ts.canHaveModifiers(one) && one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  );
  if (isModule || ts.findAncestor(callback, ts.isClassLike)) return false;
  const bodies: readonly (readonly ts.Statement[])[] = [
    file.statements,
    ...ancestorBlocks(callback).map(({ statements }) => statements),
  ];
  return !bodies.some(
    ([first]) =>
      first && ts.isExpressionStatement(first) && /^(['"])use strict\1$/.test(first.expression.getText(file)),
  );
}

function ancestorBlocks(node: ts.Node): ts.Block[] {
  const found: ts.Block[] = [];
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (ts.isBlock(at)) found.push(at);
  return found;
}

/** What strict code does not do, or does otherwise. */
function looseForm(node: ts.Node, { checker, node: file }: RecipeSource): string | undefined {
  if (ts.isWithStatement(node)) return 'with';
  if (ts.isIdentifier(node) && isWritten(node) && !checker.getSymbolAtLocation(node)) return node.text;
  if (ts.isDeleteExpression(node) && ts.isIdentifier(node.expression)) return node.getText(file);
  return undefined;
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

/** What becomes the state of the object: what is bound anew, and what the home block makes and the callback fills. */
function stateOf({ captured }: Handler, { writes, mutates }: Candidate, home: Home, source: RecipeSource): ts.Symbol[] {
  return captured
    .filter((one) => {
      if (writes.includes(one.name)) return homeOf(one, source).block === home.block;
      if (!mutates.includes(one.name)) return false;
      const list = ts.findAncestor(one.declaration, ts.isVariableStatement);
      return list?.parent === home.block && ts.isVariableDeclaration(one.declaration);
    })
    .map(({ symbol }) => symbol);
}

interface Group {
  readonly handlers: Handler[];
  readonly state: Set<ts.Symbol>;
  readonly home: Home;
  readonly names: NameUses;
  readonly source: RecipeSource;
}

/** `stream.on('data')` and `stream.on('end')`. */
function isOfOneSource(one: string, other: string): boolean {
  const source = (to: string): string | undefined => /^(.+)\.\w+\('[\w:.-]+'\)$/.exec(to)?.[1];
  return source(one) !== undefined && source(one) === source(other);
}

/** Takes another callback in that shares the state: one that changes it, or that reads it and needs little else. */
function addSibling(candidate: Candidate, { handlers, state, home, names, source }: Group): void {
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
      (callback.body.statements.length > 1 || handlers.some(({ to }) => isOfOneSource(to, candidate.to)));
    if (!isWriter && !isReader) return;
    const own = handler.captured.filter(({ name }) => candidate.writes.includes(name));
    if (own.some((one) => homeOf(one, source).block !== home.block)) return;
    if (handler.captured.some((one) => !isVisibleIn(one, home))) return;
    handlers.push(handler);
    for (const symbol of stateOf(handler, candidate, home, source)) state.add(symbol);
  } catch (error) {
    // It stays where it is and says `handler.count`.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function uniqueVariables(handlers: readonly Handler[]): Variable[] {
  const found = new Map<ts.Symbol, Variable>();
  for (const one of handlers.flatMap(({ captured }) => captured)) found.set(one.symbol, one);
  return [...found.values()].sort((a, b) => a.declaration.pos - b.declaration.pos);
}
