import { ts } from 'ts-morph';
import { type RecipeContext, RecipeRefusal } from '../../../../../core/edit/typescript/recipe';
import type { CarriedName } from './blueprint';

/** How a file calls a symbol: by an import, or by its own exported definition. */
export function nameIn(symbol: ts.Symbol, name: string, file: string, context: RecipeContext): CarriedName | undefined {
  const { checker, node } = context.source(file);
  for (const statement of node.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const module = statement.moduleSpecifier.text;
    const bindings = statement.importClause?.namedBindings;
    for (const one of bindings && ts.isNamedImports(bindings) ? bindings.elements : []) {
      const local = checker.getSymbolAtLocation(one.name);
      const target = local && local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local;
      if (target === symbol)
        return { file, local: one.name.text, module, member: (one.propertyName ?? one.name).text, typeOnly: true };
    }
  }
  const own = checker.getSymbolAtLocation(node);
  const isOwn =
    own &&
    symbol.declarations?.some((one) => one.getSourceFile() === node) &&
    checker.getExportsOfModule(own).includes(symbol);
  return isOwn ? { file, local: name, module: '', member: name, typeOnly: true } : undefined;
}

/** The names of a type annotation that come from modules. */
export function typesNamedBy(annotation: ts.TypeNode, file: string, context: RecipeContext): CarriedName[] {
  const { checker, node } = context.source(file);
  const found: CarriedName[] = [];
  const visit = (one: ts.Node): void => {
    if (ts.isIdentifier(one) && isRootOfName(one)) {
      const [declaration] = checker.getSymbolAtLocation(one)?.declarations ?? [];
      if (declaration && declaration.getSourceFile() === node) found.push(carriedType(one, declaration, file, context));
    }
    ts.forEachChild(one, visit);
  };
  visit(annotation);
  return found;
}

function isRootOfName(one: ts.Identifier): boolean {
  const { parent } = one;
  if (ts.isQualifiedName(parent)) return parent.left === one;
  return ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent) || ts.isTypeQueryNode(parent);
}

function carriedType(
  name: ts.Identifier,
  declaration: ts.Declaration,
  file: string,
  context: RecipeContext,
): CarriedName {
  const local = name.text;
  const clause = ts.findAncestor(declaration, ts.isImportDeclaration);
  const module = clause && ts.isStringLiteral(clause.moduleSpecifier) ? clause.moduleSpecifier.text : undefined;
  if (module !== undefined && ts.isImportSpecifier(declaration))
    return { file, local, module, member: (declaration.propertyName ?? declaration.name).text, typeOnly: true };
  if (module !== undefined && ts.isImportClause(declaration))
    return { file, local, module, member: 'default', typeOnly: true };
  const { checker, node } = context.source(file);
  const symbol = checker.getSymbolAtLocation(node);
  const exported = symbol
    ? checker.getExportsOfModule(symbol).find((one) => one.declarations?.includes(declaration))
    : undefined;
  if (exported) return { file, local, module: '', member: exported.name, typeOnly: true };
  throw localType(name, local, file, context);
}

/** @returns the refusal `local-type` */
export function localType(at: ts.Node, name: string, file: string, context: RecipeContext): RecipeRefusal {
  const { node } = context.source(file);
  const span = { file, start: at.getStart(node), end: at.getEnd() };
  const line = node.getLineAndCharacterOfPosition(span.start).line + 1;
  return new RecipeRefusal('local-type', { name, file, line }, span);
}
