import { ts } from 'ts-morph';
import { typeScriptString } from '../../../../../core/edit/typescript/format';
import type { TypeScriptImportRequest } from '../../../../../core/edit/typescript/imports';
import { RecipeRefusal } from '../../../../../core/edit/typescript/recipe';
import { isChecked, notationOf, type TypeNotation } from '../../../../../core/edit/typescript/type-comments';
import { isGlobal } from '../../../../../core/semantics/typescript/globals';
import { isIn, refusal } from './nodes';
import type { Site } from './site';
import { TypeModules } from './type-modules';
import { annotationOf, isGlobalPart, isLocal, isTypeName, nameOf, onOneLine } from './type-text';
import type { Variable } from './variables';

/** No reader would want a longer one. */
const LONGEST = 120;

/** From here on a type with a name of its own would be better. */
const LONG = 100;

/** A type where it is said; empty where it is not. */
export interface Said {
  /** Beside the name. */
  readonly type: string;
  /** In a comment. */
  readonly documented: string;
}

/** Types as the top of the module can say them; gathers the imports and the type parameters that they need. */
export class Types {
  readonly imports = new Map<string, TypeScriptImportRequest>();
  /** What the types name of the file itself: what it declares at its top, and what it imports. */
  readonly named = new Map<string, ts.Declaration>();
  private readonly generic = new Set<ts.TypeParameterDeclaration>();
  private readonly modules: TypeModules;
  private readonly notation: TypeNotation;

  constructor(private readonly site: Site) {
    this.modules = new TypeModules(site);
    this.notation = notationOf(site.source);
  }

  /**
   * A type as it stands beside a name, or as a comment says it.
   * @throws Refusal `local-type`, `unknown-type` where types stand beside names
   */
  said(text: () => string): Said {
    return { type: this.notation === 'names' ? text() : '', documented: this.documented(text) };
  }

  /** What a comment says of a type that it can say, where the file's comments say types. */
  documented(text: () => string): string {
    const said = this.notation === 'comments' ? (this.attempt(text) ?? '') : '';
    return /\bany\b/.test(said) && !isChecked(this.site.source) ? '' : said;
  }

  /** Those of the functions and classes around, in the order of the text. */
  get parameters(): ts.TypeParameterDeclaration[] {
    return [...this.generic].sort((a, b) => a.pos - b.pos);
  }

  /** The type of a variable: what its declaration says, or makes by `new Map<...>()`, else the given one. @throws Refusal `local-type`, `unknown-type` */
  ofVariable(one: Variable, type: () => ts.Type, at: ts.Node): string {
    const { declaration } = one;
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (value && ts.isNewExpression(value) && !annotationOf(one)) {
      const { expression, typeArguments } = value;
      if (typeArguments && ts.isIdentifier(expression)) {
        const written = typeArguments.map((argument) => this.of(argument, type, at));
        this.takeName(expression.text, expression, value, at);
        const text = `${expression.text}<${written.join(', ')}>`;
        if (text.length > LONGEST) throw this.unsayable(`${text.slice(0, 60)}…`, at);
        return text;
      }
    }
    return this.of(annotationOf(one), type, at);
  }

  /** What a declaration says, else the given type. @throws Refusal `local-type`, `unknown-type` */
  of(annotation: ts.TypeNode | undefined, type: () => ts.Type, at: ts.Node): string {
    const { source } = this.site;
    if (annotation) {
      const text = annotation.getText(source.node);
      const whole = text.length > LONG ? this.asParameter(annotation) : undefined;
      if (whole === undefined) {
        this.refuseUnknown(annotation, at);
        this.take(annotation, at);
      }
      return whole ?? onOneLine(text);
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

  /** @throws Refusal `local-type`, `unknown-type` */
  ofType(type: ts.Type, at: ts.Node): string {
    const { checker, node, style } = this.site.source;
    const written = this.argumentOf(type, at);
    if (written) return this.of(written, () => type, at);
    // `this` is an object of the class, as far as others can say.
    if (type.flags & ts.TypeFlags.TypeParameter && checker.typeToString(type) === 'this')
      type = checker.getBaseConstraintOfType(type) ?? type;
    const quotes = style.quote === "'" ? ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType : 0;
    const flags = ts.TypeFormatFlags.NoTruncation | quotes;
    // One literal is an example of its type; several are a choice that others may insist on.
    const said = type.isUnion() ? type : checker.getBaseTypeOfLiteralType(type);
    const text = checker.typeToString(said, node, flags).replaceAll('; }', ' }');
    if (text.length > LONGEST || /\bunique symbol\b/.test(text)) throw this.unsayable(`${text.slice(0, 60)}…`, at);
    // Without its package, a type is `any` to the compiler, which no owner wants to read in its place.
    const module = /\bany\b/.test(text) && !this.site.args.isWanted ? this.modules.missing : undefined;
    if (module !== undefined) throw refusal('unknown-type', this.site.source, at, { name: nameOf(at), module });
    // A file whose project lets types go unsaid is not given an `any` for each.
    return text === 'any' && this.isLoose ? '' : this.resolved(text, at);
  }

  /** The words of a type argument around a place: `new TransformStream<Part, string>({ transform(part) ... })` says what a part is. */
  private argumentOf(type: ts.Type, at: ts.Node): ts.TypeNode | undefined {
    const { checker } = this.site.source;
    for (let node = at.parent; node && !ts.isStatement(node); node = node.parent) {
      const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.typeArguments : undefined;
      const found = made?.find((one) => checker.getTypeFromTypeNode(one) === type);
      // `typeof this.schema` would mean another object in the class.
      if (found && !/\bthis\b/.test(found.getText())) return found;
    }
    return undefined;
  }

  private get isLoose(): boolean {
    const { noImplicitAny, strict } = this.site.source.program.getCompilerOptions();
    return !(noImplicitAny ?? strict ?? false);
  }

  /** A type that need not be said: where it cannot be, nothing of it is imported either. */
  optional(type: ts.Type, at: ts.Node): string | undefined {
    return this.attempt(() => this.ofType(type, at));
  }

  private attempt(text: () => string): string | undefined {
    const known = [new Map(this.imports), new Map(this.named), new Set(this.generic)] as const;
    try {
      return text();
    } catch (error) {
      if (!(error instanceof RecipeRefusal)) throw error;
      for (const all of [this.imports, this.named, this.generic]) all.clear();
      for (const [name, one] of known[0]) this.imports.set(name, one);
      for (const [name, one] of known[1]) this.named.set(name, one);
      for (const one of known[2]) this.generic.add(one);
      return undefined;
    }
  }

  /** A name that no declaration has would be complained of once more. @throws Refusal `unknown-type` */
  private refuseUnknown(annotation: ts.TypeNode, at: ts.Node): void {
    const { checker } = this.site.source;
    const visit = (node: ts.Node): void => {
      const flags = ts.SymbolFlags.Type | ts.SymbolFlags.Namespace;
      if (ts.isIdentifier(node) && isTypeName(node) && !checker.resolveName(node.text, node, flags, false))
        throw refusal('unknown-type', this.site.source, at, {
          name: nameOf(at),
          module: this.modules.missing ?? node.text,
        });
      ts.forEachChild(node, visit);
    };
    visit(annotation);
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
      if (!isGlobal(name) && !this.isAmbient(name, declaration)) throw this.unsayable(name, at);
      return;
    }
    const isCallbacks = this.site.handlers.some(({ callback }) => isIn(declaration, callback));
    if (isCallbacks) return;
    // A comment can name neither the type parameters of another one, nor what another module does not have.
    const isBound = ts.isTypeParameterDeclaration(declaration) || this.site.args.into !== undefined;
    if (this.notation === 'comments' && isBound) throw this.unsayable(name, at);
    if (ts.isTypeParameterDeclaration(declaration)) this.generic.add(declaration);
    else if (isLocal(declaration)) throw this.unsayable(name, at);
    else this.named.set(name, declaration);
  }

  /** A name of the project's own environment, which the file says already and only the compiler knows of. */
  private isAmbient(name: string, declaration: ts.Declaration): boolean {
    const { text } = this.site.source;
    const isOfModule = ts.isExternalModule(declaration.getSourceFile());
    const isOfAll = !isOfModule || ts.findAncestor(declaration, isGlobalPart) !== undefined;
    return isOfAll && new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text);
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
    const known = source.checker.resolveName(name, source.node, ts.SymbolFlags.All, false);
    const own = this.modules.exportedBy(spec, name);
    // A type of the project may have a name that the environment has for another one.
    if (known && own && own !== known) throw this.unsayable(name, at);
    // A name of the environment means the same as what a package of Node exports, or the compiler will say so.
    if (known?.declarations?.every((one) => one.getSourceFile() !== source.node)) {
      const isGeneric = known.declarations.some((one) => 'typeParameters' in one && one.typeParameters !== undefined);
      if (known.flags & ts.SymbolFlags.Type && isGeneric === (node.typeArguments !== undefined))
        return { ...place, text: qualifier.getText() };
      if (!(known.flags & ts.SymbolFlags.Type) && root === qualifier && !node.typeArguments)
        return { ...place, text: `InstanceType<typeof ${name}>` };
    }
    const specifier = this.modules.specifierOf(spec, name);
    if (specifier === undefined || known) throw this.unsayable(name, at);
    if (this.notation === 'comments')
      return { ...place, text: `import(${typeScriptString(specifier, source.style)}).${qualifier.getText()}` };
    this.imports.set(name, { specifier, member: name, local: name, typeOnly: true });
    return { ...place, text: qualifier.getText() };
  }

  private unsayable(name: string, at: ts.Node): Error {
    return refusal('local-type', this.site.source, at, { name });
  }
}
