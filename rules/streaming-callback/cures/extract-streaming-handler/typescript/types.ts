import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { TypeScriptImportRequest } from '../../../../../core/edit/typescript/imports';
import { isGlobal } from '../../../../../core/semantics/typescript/globals';
import { isIn, refusal } from './nodes';
import type { Site } from './site';
import type { Variable } from './variables';

/** No reader would want a longer one. */
const LONGEST = 240;

/** From here on a type with a name of its own would be better. */
const LONG = 100;

/** Types as the top of the module can say them; gathers the imports and the type parameters that they need. */
export class Types {
  readonly imports = new Map<string, TypeScriptImportRequest>();
  /** What the types name of the file itself: what it declares at its top, and what it imports. */
  readonly named = new Map<string, ts.Declaration>();
  private readonly generic = new Set<ts.TypeParameterDeclaration>();

  constructor(private readonly site: Site) {}

  /** Those of the functions and classes around, in the order of the text. */
  get parameters(): ts.TypeParameterDeclaration[] {
    return [...this.generic].sort((a, b) => a.pos - b.pos);
  }

  /** What a declaration says, else what the compiler finds. @throws Refusal `local-type` */
  of(annotation: ts.TypeNode | undefined, type: () => ts.Type, at: ts.Node): string {
    const { source } = this.site;
    if (annotation) {
      const text = annotation.getText(source.node);
      const whole = text.length > LONG ? this.asParameter(annotation) : undefined;
      if (whole === undefined) this.take(annotation, at);
      return whole ?? text.replace(/\n\s*/g, ' ');
    }
    return this.ofType(type(), at);
  }

  /** A long type of a parameter, by the function that has it: `Parameters<typeof open>[0]`. */
  private asParameter({ parent }: ts.TypeNode): string | undefined {
    if (!ts.isParameter(parent) || !ts.isFunctionDeclaration(parent.parent)) return undefined;
    const { name, type, typeParameters, parameters } = parent.parent;
    // Without a type of its own, what it gives back would depend on the class, and the class on it.
    if (!name || !type || typeParameters || isLocal(parent.parent) || parent.dotDotDotToken) return undefined;
    this.named.set(name.text, parent.parent);
    return `Parameters<typeof ${name.text}>[${parameters.indexOf(parent)}]`;
  }

  /** @throws Refusal `local-type` */
  ofType(type: ts.Type, at: ts.Node): string {
    const { checker, node, style } = this.site.source;
    // `this` is an object of the class, as far as others can say.
    if (type.flags & ts.TypeFlags.TypeParameter && checker.typeToString(type) === 'this')
      type = checker.getBaseConstraintOfType(type) ?? type;
    const quotes = style.quote === "'" ? ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType : 0;
    const flags = ts.TypeFormatFlags.NoTruncation | quotes;
    const text = checker.typeToString(checker.getBaseTypeOfLiteralType(type), node, flags).replaceAll('; }', ' }');
    if (text.length > LONGEST) throw this.unsayable(`${text.slice(0, 60)}…`, at);
    return this.resolved(text, at);
  }

  /** Checks that the names of copied code with types mean the same at the top of the module. */
  take(code: ts.Node, at: ts.Node): void {
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isTypeName(node)) this.takeName(node.text, node, code, at);
      ts.forEachChild(node, visit);
    };
    visit(code);
  }

  private takeName(name: string, node: ts.Node, code: ts.Node, at: ts.Node): void {
    const { checker } = this.site.source;
    const symbol = checker.resolveName(name, node, ts.SymbolFlags.Type | ts.SymbolFlags.Namespace, false);
    for (const one of symbol?.declarations ?? []) {
      if (isIn(one, code) && one.getSourceFile() === code.getSourceFile()) continue;
      this.takeDeclaration(name, one, at);
    }
  }

  private takeDeclaration(name: string, declaration: ts.Declaration, at: ts.Node): void {
    if (declaration.getSourceFile() !== this.site.source.node) {
      // A name of an environment that only the compiler knows of.
      if (!isGlobal(name)) throw this.unsayable(name, at);
      return;
    }
    const isCallbacks = this.site.handlers.some(({ callback }) => isIn(declaration, callback));
    if (isCallbacks) return;
    if (ts.isTypeParameterDeclaration(declaration)) this.generic.add(declaration);
    else if (isLocal(declaration)) throw this.unsayable(name, at);
    else this.named.set(name, declaration);
  }

  /** A type as the compiler writes it, with its `import("...")` as names. */
  private resolved(text: string, at: ts.Node): string {
    const parsed = ts.createSourceFile('type.ts', `type _ = ${text};`, ts.ScriptTarget.Latest, true);
    const edits: { start: number; end: number; text: string }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportTypeNode(node)) {
        edits.push(this.importedName(node, at));
        node.typeArguments?.forEach(visit);
        return;
      }
      if (ts.isThisTypeNode(node) || (ts.isTypeQueryNode(node) && !this.isTopValue(node.exprName)))
        throw this.unsayable(text, at);
      if (ts.isIdentifier(node) && isTypeName(node) && !ts.isTypeAliasDeclaration(node.parent)) {
        const symbol = this.site.source.checker.resolveName(
          node.text,
          this.site.handlers[0]!.callback,
          ts.SymbolFlags.Type | ts.SymbolFlags.Namespace,
          false,
        );
        const isOwn = ts.findAncestor(
          node,
          (one) =>
            (ts.isMappedTypeNode(one) && one.typeParameter.name.text === node.text) ||
            (ts.isFunctionTypeNode(one) && one.typeParameters?.some(({ name }) => name.text === node.text) === true) ||
            (ts.isConditionalTypeNode(one) && one.extendsType.getText().includes(`infer ${node.text}`)),
        );
        if (!symbol && !isOwn) throw this.unsayable(node.text, at);
        for (const one of (!isOwn && symbol?.declarations) || []) this.takeDeclaration(node.text, one, at);
      }
      ts.forEachChild(node, visit);
    };
    visit(parsed);
    const head = 'type _ = '.length;
    let result = text;
    for (const { start, end, text: name } of edits.sort((a, b) => b.start - a.start))
      result = result.slice(0, start - head) + name + result.slice(end - head);
    return result;
  }

  private isTopValue(name: ts.EntityName): boolean {
    let root = name;
    while (ts.isQualifiedName(root)) root = root.left;
    const symbol = this.site.source.checker.resolveName(
      root.text,
      this.site.handlers[0]!.callback,
      ts.SymbolFlags.Value,
      false,
    );
    for (const one of symbol?.declarations ?? [])
      if (one.getSourceFile() === this.site.source.node && !isLocal(one)) this.named.set(root.text, one);
    return symbol !== undefined && (symbol.declarations ?? []).every((one) => !isLocal(one));
  }

  /** The name of a type of another module, which is imported from where the file's imports lead. */
  private importedName(
    node: ts.ImportTypeNode,
    at: ts.Node,
  ): { readonly start: number; readonly end: number; readonly text: string } {
    const { source } = this.site;
    const spec =
      ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)
        ? node.argument.literal.text
        : '';
    const { qualifier } = node;
    if (!qualifier || node.isTypeOf) throw this.unsayable(node.getText(), at);
    let root: ts.EntityName = qualifier;
    while (ts.isQualifiedName(root)) root = root.left;
    const name = root.text;
    const place = { start: node.getStart(), end: qualifier.getEnd() };
    // A name of the environment means the same, or the compiler will say so.
    const known = source.checker.resolveName(name, source.node, ts.SymbolFlags.All, false);
    if (known?.declarations?.every((one) => one.getSourceFile() !== source.node)) {
      const isGeneric = known.declarations.some((one) => 'typeParameters' in one && one.typeParameters !== undefined);
      if (known.flags & ts.SymbolFlags.Type && isGeneric === (node.typeArguments !== undefined))
        return { ...place, text: qualifier.getText() };
      if (!(known.flags & ts.SymbolFlags.Type) && root === qualifier && !node.typeArguments)
        return { ...place, text: `InstanceType<typeof ${name}>` };
    }
    const specifier = this.specifierOf(spec, name);
    if (specifier === undefined || known) throw this.unsayable(name, at);
    this.imports.set(name, { specifier, member: name, local: name, typeOnly: true });
    return { ...place, text: qualifier.getText() };
  }

  /** Where a file imports something from that exports the name as well; else the module of Node or of the project itself. */
  private specifierOf(written: string, name: string): string | undefined {
    const { source, context } = this.site;
    const { checker, node: file, program } = source;
    const spec = written.startsWith('.')
      ? posix.join(posix.dirname(file.fileName), written).replace(/\.[cm]?jsx?$/, '')
      : written;
    const imported = file.statements.filter(ts.isImportDeclaration).map(({ moduleSpecifier }) => moduleSpecifier);
    for (const one of imported) {
      const module = checker.getSymbolAtLocation(one);
      const exported = module && checker.tryGetMemberInModuleExports(name, module);
      if (exported && ts.isStringLiteral(one) && this.comesFrom(exported, spec)) return one.text;
    }
    if (!posix.isAbsolute(spec)) {
      const isNode = checker.getAmbientModules().some((module) => module.name === `"node:${spec}"`);
      const usesPrefix = imported.some((one) => ts.isStringLiteral(one) && one.text.startsWith('node:'));
      return isNode && usesPrefix ? `node:${spec}` : spec;
    }
    const root = file.fileName.slice(0, -source.file.length);
    const target = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '/index.ts', '/index.d.ts', '']
      .map((ending) => program.getSourceFile(spec + ending))
      .find((one) => one !== undefined);
    if (!target?.fileName.startsWith(root) || target.fileName.includes('/node_modules/')) return undefined;
    return context.specifier(source.file, target.fileName.slice(root.length));
  }

  private comesFrom(symbol: ts.Symbol, spec: string): boolean {
    const { checker } = this.site.source;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (
      (target.declarations ?? []).some((one) => {
        const { fileName } = one.getSourceFile();
        if (fileName.startsWith(`${spec}.`) || fileName.startsWith(`${spec}/`)) return true;
        const module = ts.findAncestor(one, ts.isModuleDeclaration);
        return module !== undefined && ts.isStringLiteral(module.name) && module.name.text === spec;
      }) || /\/node_modules\//.test(target.declarations?.[0]?.getSourceFile().fileName ?? '')
    );
  }

  private unsayable(name: string, at: ts.Node): Error {
    return refusal('local-type', this.site.source, at, { name });
  }
}

/** What settles a promise may be given another one; where it is not, the type need not say so. */
export function plainly(type: string, { uses }: Variable, site: Site): string {
  const [, value] = /^\(value: (.+) \| PromiseLike<\1>\) => void$/.exec(type) ?? [];
  if (value === undefined) return type;
  const { checker } = site.source;
  const isPlain = uses
    .filter((use) => site.handlers.some(({ callback }) => isIn(use, callback)))
    .every(
      ({ parent }) =>
        ts.isCallExpression(parent) &&
        parent.arguments.every((one) => !checker.getTypeAtLocation(one).getProperty('then')),
    );
  if (!isPlain) return type;
  return value === 'void' ? '() => void' : `(value: ${value}) => void`;
}

/** The first name of a type, as opposed to what hangs on it. */
function isTypeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.left === node && ts.findAncestor(parent, ts.isTypeNode) !== undefined;
  return (
    (ts.isTypeReferenceNode(parent) && parent.typeName === node) ||
    (ts.isExpressionWithTypeArguments(parent) && parent.expression === node)
  );
}

/** Declared in a function. */
function isLocal(node: ts.Node): boolean {
  return ts.findAncestor(node.parent, ts.isFunctionLike) !== undefined;
}
