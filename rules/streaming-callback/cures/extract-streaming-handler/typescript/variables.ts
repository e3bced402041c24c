import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { type Callback, enclosing, hasOwnThis, isIn, isWritten, refusal, symbolAt } from './nodes';

/** A variable of a function, or of a block of the module, around callbacks that they use. */
export interface Variable {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: VariableNode;
  /** Its places in the file, the declaration's own name left out, in the order of the text. */
  readonly uses: readonly ts.Identifier[];
}

export type VariableNode =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.BindingElement
  | ts.FunctionDeclaration
  | ts.ClassDeclaration;

/** Whether a name is what is called. */
export function isCalled(use: ts.Identifier): boolean {
  const { parent } = use;
  return (
    (ts.isCallExpression(parent) && parent.expression === use) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === use)
  );
}

/** Whether a variable may hold a function of which nothing shows that the object on which it is called is all one to it. */
export function mayMindObject({ declaration }: Variable, { checker }: RecipeSource): boolean {
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) return false;
  if (value && ts.isFunctionLike(value)) return false;
  // `resolve` and `reject` are the language's own.
  if (isSettling({ declaration })) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(declaration));
  return !type.getCallSignatures().some(({ declaration: own }) => {
    const [first] = own && 'parameters' in own ? own.parameters : [];
    return first?.name.getText() === 'this' && 'type' in first && first.type?.kind === ts.SyntaxKind.VoidKeyword;
  });
}

/** Whether a variable is what settles a promise: `resolve` and `reject` of `new Promise(...)`. */
export function isSettling({ declaration }: Pick<Variable, 'declaration'>): boolean {
  const executor = ts.isParameter(declaration) ? declaration.parent.parent : undefined;
  return executor !== undefined && ts.isNewExpression(executor) && executor.expression.getText() === 'Promise';
}

/** Every use of every name in one statement of a module, by symbol: what is local to a function is used nowhere else. */
export class NameUses {
  private readonly bySymbol = new Map<ts.Symbol, ts.Identifier[]>();
  private readonly all: (readonly [ts.Identifier, ts.Symbol])[] = [];

  constructor(
    top: ts.Node,
    private readonly source: RecipeSource,
  ) {
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) this.add(node);
      ts.forEachChild(node, visit);
    };
    visit(top);
  }

  private add(node: ts.Identifier): void {
    const symbol = symbolAt(node, this.source.checker);
    if (!symbol) return;
    this.all.push([node, symbol]);
    const own = ts.getNameOfDeclaration(symbol.valueDeclaration) === node;
    if (own) return;
    const known = this.bySymbol.get(symbol);
    if (known) known.push(node);
    else this.bySymbol.set(symbol, [node]);
  }

  of(symbol: ts.Symbol): readonly ts.Identifier[] {
    return this.bySymbol.get(symbol) ?? [];
  }

  /** The variables of the functions and blocks around a callback that it uses. */
  capturedBy(callback: Callback): Variable[] {
    const found = new Map<ts.Symbol, Variable>();
    for (const [node, symbol] of this.all) {
      if (!isIn(node, callback) || found.has(symbol)) continue;
      const declaration = symbol.valueDeclaration;
      // The name of a function expression or a class around it is known in there alone.
      const isInner = declaration && (ts.isFunctionExpression(declaration) || ts.isClassExpression(declaration));
      if (isInner && declaration !== callback && isIn(callback, declaration))
        throw refusal('binding-form', this.source, node, { name: symbol.name });
      if (!declaration || !isVariableNode(declaration) || !isLocal(declaration, callback)) continue;
      if (ts.isFunctionDeclaration(declaration) && declaration === callback) continue;
      found.set(symbol, { name: symbol.name, symbol, declaration, uses: this.of(symbol) });
    }
    return [...found.values()];
  }
}

function isVariableNode(node: ts.Declaration): node is VariableNode {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node)
  );
}

function isLocal(declaration: VariableNode, callback: Callback): boolean {
  return (
    declaration.getSourceFile() === callback.getSourceFile() &&
    !(isIn(declaration, callback) && declaration !== callback) &&
    !isOfModule(declaration)
  );
}

/** Whether the whole module knows a name, and so a class of it: what a block or a loop of the module declares is known there alone. */
function isOfModule(declaration: VariableNode): boolean {
  if (enclosing(declaration)) return false;
  const list = ts.findAncestor(declaration, ts.isVariableDeclarationList);
  if (list && (ts.getCombinedNodeFlags(list) & ts.NodeFlags.BlockScoped) === 0) return true;
  const holder = list && ts.isVariableStatement(list.parent) ? list.parent.parent : (list ?? declaration).parent;
  return ts.isSourceFile(holder) || ts.isModuleBlock(holder);
}

/**
 * What no member of an object can stand for: a name in a type, an element's tag, or a function within the callback with a `this` of its own.
 * @throws Refusal `other-form`, `binding-form`
 */
export function refuseUses({ name, uses, declaration }: Variable, callback: Callback, source: RecipeSource): void {
  if (ts.isClassDeclaration(declaration)) throw refusal('local-type', source, declaration, { name });
  for (const use of uses.filter((one) => isIn(one, callback))) {
    const { parent } = use;
    if (ts.findAncestor(use, ts.isTypeNode) || ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent))
      throw refusal('binding-form', source, use, { name });
    for (let at: ts.Node = parent; at !== callback; at = at.parent)
      if (hasOwnThis(at)) throw refusal('own-this', source, use, { name });
  }
}

/** Where a variable is bound anew, after what its declaration gives it. */
export function writesOf({ uses }: Variable): ts.Identifier[] {
  return uses.filter(isWritten);
}
