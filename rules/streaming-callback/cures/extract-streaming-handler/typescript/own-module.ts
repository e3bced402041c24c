import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import {
  type CarriedImport,
  importLines,
  movedSpecifier,
} from '../../../../../core/edit/typescript/new-module/import-lines';
import { RecipeRefusal } from '../../../../../core/edit/typescript/recipe';
import { isIn, refusal, symbolAt } from './nodes';
import type { Plan } from './plan';
import type { Types } from './types';
import { NameUses } from './variables';

/**
 * Writes the class to a file of its own, with the imports that it needs, and imports it where it is made.
 * @throws Refusal `bound-to-module` for a value that only the old module has
 */
export function writeModule(code: Fragment, into: string, plan: Plan, types: Types): void {
  const { context, source, args } = plan.site;
  const { file, style, node: root } = source;
  if (!root.statements.some((one) => ts.isImportDeclaration(one) || isExporting(one)))
    throw new RecipeRefusal('unreachable-module', { module: into, file });
  const carried = carriedInto(into, plan, types);
  const lines = importLines(carried, style);
  const head = lines === '' ? '' : `${lines}\n`;
  const text = code.toString();
  const at = text.indexOf(`class ${args.className}`);
  context.edits.createFile(into, Fragment.of(head, code.slice(0, at), 'export ', code.slice(at), '\n'), file);
  const specifier = context.specifier(file, into);
  context.edits.ensureImport(file, { specifier, member: args.className, local: args.className });
  dropImports(plan);
}

function isExporting(one: ts.Statement): boolean {
  if (ts.isExportDeclaration(one) || ts.isExportAssignment(one)) return true;
  return ts.canHaveModifiers(one) && one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** What the class names of the old module and of its imports, as the new file imports it. */
function carriedInto(into: string, { site }: Plan, types: Types): CarriedImport[] {
  const { source, handlers } = site;
  const { checker, node: root, file } = source;
  const found = new Map<string, CarriedImport>();
  const moved = (specifier: string): string => movedSpecifier(specifier, file, into);
  const own = moved(`./${posix.basename(file).replace(/\.[cm]?[jt]sx?$/, endingOf(root))}`);
  const add = (local: string, declaration: ts.Declaration, typeOnly: boolean, at: ts.Node): void => {
    const known = found.get(local);
    if (known && (typeOnly || !known.typeOnly)) return;
    const clause = ts.findAncestor(declaration, ts.isImportDeclaration);
    if (clause && ts.isStringLiteral(clause.moduleSpecifier)) {
      const member = ts.isImportSpecifier(declaration)
        ? (declaration.propertyName ?? declaration.name).text
        : ts.isNamespaceImport(declaration)
          ? '*'
          : 'default';
      const isType = clause.importClause?.isTypeOnly || (ts.isImportSpecifier(declaration) && declaration.isTypeOnly);
      found.set(local, { specifier: moved(clause.moduleSpecifier.text), member, local, typeOnly: isType || typeOnly });
      return;
    }
    const statement = ts.findAncestor(declaration, (one) => one.parent === root) as ts.Statement | undefined;
    if (!typeOnly || !statement || !isExporting(statement))
      throw refusal('bound-to-module', source, at, { name: local });
    found.set(local, { specifier: own, member: local, local, typeOnly: true });
  };
  for (const [name, declaration] of types.named) add(name, declaration, true, handlers[0]!.callback);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const [declaration] = symbolAt(node, checker)?.declarations ?? [];
      if (declaration?.getSourceFile() === root && !ts.findAncestor(declaration.parent, ts.isFunctionLike))
        if (isTopName(declaration))
          add(node.text, declaration, ts.findAncestor(node, ts.isTypeNode) !== undefined, node);
    }
    ts.forEachChild(node, visit);
  };
  for (const { callback } of handlers) visit(callback);
  for (const one of types.imports.values())
    found.set(one.local, { ...one, specifier: moved(one.specifier), typeOnly: true });
  types.imports.clear();
  return [...found.values()];
}

/** How the imports of a file of the project end. */
function endingOf(root: ts.SourceFile): string {
  const relative = root.statements
    .filter(ts.isImportDeclaration)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text)
    .find((one) => one.startsWith('.'));
  return /\.[cm]?[jt]sx?$/.exec(relative ?? '')?.[0] ?? '';
}

function isTopName(node: ts.Declaration): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}

/** Takes out of the old module's imports what only the callbacks named. */
function dropImports({ site, roles }: Plan): void {
  const { context, source, handlers, state } = site;
  const { node: root, checker, file, text } = source;
  const names = new NameUses(root, source);
  const gone: ts.Node[] = handlers.map(({ callback }) => callback);
  for (const one of state)
    if (roles.get(one.symbol)?.kind === 'field') gone.push(ts.findAncestor(one.declaration, ts.isVariableStatement)!);
  const isUnused = (name: ts.Identifier): boolean => {
    const symbol = checker.getSymbolAtLocation(name);
    const uses = (symbol ? names.of(symbol) : []).filter((use) => !ts.findAncestor(use, ts.isImportDeclaration));
    return uses.length > 0 && uses.every((use) => gone.some((one) => isIn(use, one)));
  };
  for (const one of root.statements.filter(ts.isImportDeclaration)) {
    const { name, namedBindings } = one.importClause ?? {};
    const list = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    const space = namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : [];
    const all = [...(name ? [name] : []), ...space, ...list.map((element) => element.name)];
    const unused = all.filter(isUnused);
    if (unused.length === 0) continue;
    if (unused.length === all.length) {
      const rest = /^[ \t]*\r?\n/.exec(text.slice(one.end))?.[0].length ?? 0;
      context.edits.remove(file, one.getStart(root), one.end + rest);
      continue;
    }
    if (name && !unused.includes(name) && namedBindings && unused.length === all.length - 1) {
      // `a, { b }` keeps `a`.
      context.edits.remove(file, name.end, namedBindings.end);
      continue;
    }
    for (const [at, element] of list.entries()) {
      if (!unused.includes(element.name)) continue;
      const next = list[at + 1];
      const keptBefore = list.slice(0, at).findLast((other) => !unused.includes(other.name));
      if (next) context.edits.remove(file, element.getStart(root), next.getStart(root));
      else if (keptBefore) context.edits.remove(file, keptBefore.end, element.end);
    }
  }
}
