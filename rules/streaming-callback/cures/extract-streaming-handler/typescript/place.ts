import { ts } from 'ts-morph';
import { startWithComments } from './nodes';
import type { Site } from './site';

/**
 * Where the class goes: in front of the statement that holds the callbacks. A function that is called further up in the module, before
 * that statement, would meet a class that is not there yet: then in front of the call.
 */
export function classPlace({ top, source }: Site): number {
  const statements = (top.parent as ts.SourceFile | ts.ModuleBlock).statements;
  const before = statements.slice(0, statements.indexOf(top));
  const first = ts.isFunctionDeclaration(top)
    ? before.find((one) => isRun(one) && reaches(one, top.name?.text ?? '', statements))
    : undefined;
  return startWithComments(first ?? top, source.text);
}

/** Whether a statement does something when the module is loaded. */
function isRun(statement: ts.Statement): boolean {
  return !(
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement)
  );
}

/** Whether a statement names a function, or one that names it. */
function reaches(statement: ts.Statement, name: string, statements: readonly ts.Statement[]): boolean {
  const seen = new Set<ts.Node>();
  const functions = new Map(
    statements.flatMap((one) => (ts.isFunctionDeclaration(one) && one.name ? [[one.name.text, one] as const] : [])),
  );
  const visit = (node: ts.Node): boolean => {
    if (seen.has(node)) return false;
    seen.add(node);
    if (ts.isIdentifier(node)) {
      if (node.text === name) return true;
      const called = functions.get(node.text);
      return called !== undefined && visit(called);
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return name !== '' && visit(statement);
}
