import { ts } from 'ts-morph';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { type Callback, hasOwnThis, isWritten, refusal } from './nodes';

/** What no method can do. @throws Refusal `other-form`, `dynamic-names`, `loose-mode` */
export function refuseForms(callback: Callback, source: RecipeSource): void {
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
