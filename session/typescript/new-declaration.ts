import { ts } from 'ts-morph';
import { placesOfName } from '../../core/text/names';

/** Whether a statement declares names, for this module alone, that stood nowhere in its earlier text. */
export function isNewDeclaration(statement: ts.Statement, earlier: string): boolean {
  const names = namesOf(statement);
  return names?.every((name) => placesOfName(earlier, name).next().done === true) ?? false;
}

export const hasModifier = (node: ts.Node, ...kinds: readonly ts.SyntaxKind[]): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kinds.includes(kind));

/** Undefined for statements that may do more than declare. */
function namesOf(statement: ts.Statement): string[] | undefined {
  if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) return undefined;
  if (ts.isVariableStatement(statement)) {
    const names = statement.declarationList.declarations.map(({ name }) => name);
    return names.every(ts.isIdentifier) ? names.map(({ text }) => text) : undefined;
  }
  if (ts.isImportDeclaration(statement)) return importedNames(statement);
  // What a file without exports needs to be a module.
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement;
    const isEmpty = exportClause && ts.isNamedExports(exportClause) && exportClause.elements.length === 0;
    return isEmpty && !moduleSpecifier ? [] : undefined;
  }
  const isDeclaration =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isDeclaration && statement.name ? [statement.name.text] : undefined;
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const names = [
    importClause?.name,
    ...(bindings ? (ts.isNamespaceImport(bindings) ? [bindings.name] : bindings.elements.map(({ name }) => name)) : []),
  ];
  return names.flatMap((name) => name?.text ?? []);
}
