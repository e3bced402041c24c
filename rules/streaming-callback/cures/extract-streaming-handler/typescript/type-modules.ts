import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { Site } from './site';

/** The modules that types come from, as the file of a callback imports them. */
export class TypeModules {
  constructor(private readonly site: Site) {}

  /** The first import of the file that leads nowhere. */
  get missing(): string | undefined {
    const { checker, node } = this.site.source;
    const isKnown = ({ name }: ts.ImportSpecifier): boolean => {
      const symbol = checker.getSymbolAtLocation(name);
      return symbol === undefined || (checker.getAliasedSymbol(symbol).declarations?.length ?? 0) > 0;
    };
    const missing = node.statements.filter(ts.isImportDeclaration).find(({ importClause, moduleSpecifier }) => {
      if (!importClause) return false;
      const names = importClause.namedBindings;
      // A module that is declared in part, in place of its package.
      const hasAll =
        !names || (ts.isNamedImports(names) ? names.elements.every(isKnown) : this.hasAllOf(names.name.text, node));
      return !checker.getSymbolAtLocation(moduleSpecifier) || !hasAll;
    });
    return missing?.moduleSpecifier.getText(node).slice(1, -1);
  }

  /** Whether a namespace has all that a file names of it. */
  private hasAllOf(namespace: string, at: ts.Node): boolean {
    const owner = ts.isQualifiedName(at) ? at.left : ts.isPropertyAccessExpression(at) ? at.expression : undefined;
    const member = ts.isQualifiedName(at) ? at.right : ts.isPropertyAccessExpression(at) ? at.name : undefined;
    const isMember = owner && member && ts.isIdentifier(owner) && owner.text === namespace;
    if (isMember && !this.site.source.checker.getSymbolAtLocation(member)) return false;
    return ts.forEachChild(at, (child) => !this.hasAllOf(namespace, child) || undefined) === undefined;
  }

  /** Where a file imports something from that exports the name as well; else the module of Node or of the project itself. */
  specifierOf(written: string, name: string): string | undefined {
    const { source, context } = this.site;
    const { checker, node: file } = source;
    const spec = this.absolute(written);
    const imported = file.statements.filter(ts.isImportDeclaration).map(({ moduleSpecifier }) => moduleSpecifier);
    // The compiler may name a module that only hands the type on.
    const meant = this.exportedBy(written, name);
    for (const one of imported) {
      const module = checker.getSymbolAtLocation(one);
      const exported = module && checker.tryGetMemberInModuleExports(name, module);
      if (!exported || !ts.isStringLiteral(one)) continue;
      if (this.comesFrom(exported, spec) || (meant && this.targetOf(exported) === meant)) return one.text;
    }
    if (!posix.isAbsolute(spec)) {
      const isNode = checker.getAmbientModules().some((module) => module.name === `"node:${spec}"`);
      const usesPrefix = imported.some((one) => ts.isStringLiteral(one) && one.text.startsWith('node:'));
      return isNode && usesPrefix ? `node:${spec}` : spec;
    }
    const root = file.fileName.slice(0, -source.file.length);
    const target = this.fileOf(spec);
    if (!target?.fileName.startsWith(root) || target.fileName.includes('/node_modules/')) return undefined;
    return context.specifier(source.file, target.fileName.slice(root.length));
  }

  /** A relative specifier, as the compiler writes them, as the path of a file without its ending. */
  private absolute(specifier: string): string {
    const folder = posix.dirname(this.site.source.node.fileName);
    return specifier.startsWith('.') ? posix.join(folder, specifier).replace(/\.[cm]?jsx?$/, '') : specifier;
  }

  private fileOf(path: string): ts.SourceFile | undefined {
    return ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '/index.ts', '/index.d.ts', '']
      .map((ending) => this.site.source.program.getSourceFile(path + ending))
      .find((one) => one !== undefined);
  }

  /** What a file that the compiler names exports under a name. */
  exportedBy(specifier: string, name: string): ts.Symbol | undefined {
    const { checker } = this.site.source;
    const path = this.absolute(specifier);
    const file = posix.isAbsolute(path) ? this.fileOf(path) : undefined;
    const module = file && checker.getSymbolAtLocation(file);
    const symbol = module && checker.tryGetMemberInModuleExports(name, module);
    return symbol && this.targetOf(symbol);
  }

  private targetOf(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.site.source.checker.getAliasedSymbol(symbol) : symbol;
  }

  private comesFrom(symbol: ts.Symbol, spec: string): boolean {
    const target = this.targetOf(symbol);
    return (
      (target.declarations ?? []).some((one) => {
        const { fileName } = one.getSourceFile();
        if (fileName.startsWith(`${spec}.`) || fileName.startsWith(`${spec}/`)) return true;
        const module = ts.findAncestor(one, ts.isModuleDeclaration);
        return module !== undefined && ts.isStringLiteral(module.name) && module.name.text === spec;
      }) || /\/node_modules\//.test(target.declarations?.[0]?.getSourceFile().fileName ?? '')
    );
  }
}
