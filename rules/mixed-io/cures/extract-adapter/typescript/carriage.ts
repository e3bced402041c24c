import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import type { TypeScriptImportRequest } from '../../../../../core/edit/typescript/imports';
import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import {
  type CarriedImport,
  importLines,
  movedSpecifier,
} from '../../../../../core/edit/typescript/new-module/import-lines';
import type { RecipeContext } from '../../../../../core/edit/typescript/recipe';
import type { Blueprint, CarriedName, OtherModule } from './blueprint';

/** Brings adapters to another module, with the imports that they need, and imports them in the old one. */
export class Carriage {
  private readonly found = new Map<string, CarriedName>();

  constructor(
    private readonly context: RecipeContext,
    private readonly blueprint: Blueprint,
    private readonly other: OtherModule,
  ) {
    for (const one of other.carried) this.carry(one);
    for (const { specifier, member } of blueprint.imports)
      this.carry({ module: specifier, member, local: member, typeOnly: false });
  }

  /**
   * Lets the other module say a type as the old one does.
   * @param imports what the old module would have to import for it
   * @returns false where only the old module can say it
   */
  sayType(text: string, imports: readonly TypeScriptImportRequest[]): boolean {
    const extra = new Map(imports.map((one) => [one.local, one]));
    const said: CarriedName[] = [];
    for (const name of namesOfType(text)) {
      const request = extra.get(name);
      const known = request ? { ...request, module: request.specifier } : this.other.names[name];
      if (known === null) return false;
      if (known) said.push({ module: known.module, member: known.member, local: name, typeOnly: true });
    }
    for (const one of said) this.carry(one);
    return true;
  }

  write(made: readonly Fragment[]): void {
    const { context, blueprint, other } = this;
    const { file } = blueprint;
    const { style } = context.source(file);
    const classes = Fragment.join(made, '\n\n');
    if (other.isNew) {
      const lines = importLines(this.imports(), style, other.isCommonJs);
      const head = other.head + (lines === '' ? '' : `${lines}\n`);
      context.edits.createFile(other.file, Fragment.of(head, classes, '\n', other.tail), file);
    } else {
      for (const one of this.imports()) context.edits.ensureImport(other.file, one);
      const isEmpty = context.source(other.file).text.trim() === '';
      const code = blueprint.isBehindCode ? [isEmpty ? '' : '\n\n', classes] : [classes, '\n\n'];
      if (made.length > 0) context.edits.insert(other.file, blueprint.at, Fragment.of(...code));
      if (other.exports) context.edits.insert(other.file, other.exports.at, other.exports.code);
    }
    const specifier = other.imported.length > 0 ? context.specifier(file, other.file) : '';
    for (const name of other.imported) context.edits.ensureImport(file, { specifier, member: name, local: name });
  }

  private carry(one: CarriedName): void {
    const known = this.found.get(one.local);
    if (!known || (known.typeOnly && !one.typeOnly)) this.found.set(one.local, one);
  }

  /** As the other module writes them; what it defines itself is none. */
  private imports(): CarriedImport[] {
    const { context, blueprint, other } = this;
    const { file } = blueprint;
    const all = [...this.found.values()].sort((a, b) => (a.local < b.local ? -1 : 1));
    return all.flatMap(({ module, ...name }) => {
      const leadsTo = module === '' ? file : context.resolve(file, module);
      if (leadsTo === other.file) return [];
      const specifier =
        leadsTo !== undefined && !other.isNew
          ? context.specifier(other.file, leadsTo)
          : movedSpecifier(module === '' ? this.ownSpecifier() : module, file, other.file);
      return [{ ...name, specifier }];
    });
  }

  /** The old module as a file beside it would import it, with the ending that its own imports have. */
  private ownSpecifier(): string {
    const { context, blueprint, other } = this;
    const ending = /\.[cm]?[jt]sx?$/.exec(context.specifier(blueprint.file, other.file))?.[0] ?? '';
    const own = posix.basename(blueprint.file).replace(/\.[cm]?[jt]sx?$/, '');
    const isSame = isJavaScript(blueprint.file) && ending !== '';
    return `./${own}${isSame ? posix.extname(blueprint.file) : ending}`;
  }
}

/** The names that a type says, without the parameters that it binds itself. */
function namesOfType(text: string): string[] {
  const source = ts.createSourceFile('type.ts', `type T = ${text};`, ts.ScriptTarget.Latest);
  const found = new Set<string>();
  const visit = (node: ts.Node, bound: ReadonlySet<string>): void => {
    let inner = bound;
    const own = (node as { typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters;
    if (own) inner = new Set([...bound, ...own.map(({ name }) => name.text)]);
    if (ts.isMappedTypeNode(node)) inner = new Set([...bound, node.typeParameter.name.text]);
    const said = ts.isTypeReferenceNode(node) ? node.typeName : ts.isTypeQueryNode(node) ? node.exprName : undefined;
    if (said) {
      let root: ts.EntityName = said;
      while (ts.isQualifiedName(root)) root = root.left;
      if (!inner.has(root.text)) found.add(root.text);
    }
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, new Set());
  return [...found];
}
