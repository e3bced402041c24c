import { ts } from 'ts-morph';
import type { TypeScriptImportRequest } from '../../../../../core/edit/typescript/imports';
import { type RecipeContext, RecipeRefusal, type RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { isGlobal } from '../../../../../core/semantics/typescript/globals';
import type { Span } from './blueprint';

/** A type as the module can write it. */
export interface WrittenType {
  readonly text: string;
  /** What must be imported for it. */
  readonly imports: readonly TypeScriptImportRequest[];
}

/** Types longer than this are no help to a reader. */
const MAX_LENGTH = 120;

/** Writes the types of expressions in the words of their own module. */
export class TypeWriter {
  private readonly source: RecipeSource;
  private scope: ReadonlySet<string> | undefined;

  constructor(
    private readonly file: string,
    context: RecipeContext,
  ) {
    this.source = context.source(file);
  }

  /**
   * The type of a parameter that takes all of some expressions.
   * @throws RecipeRefusal `unprintable-type`
   */
  parameter(places: readonly Span[]): WrittenType {
    const { checker } = this.source;
    const found = new Map<string, WrittenType & { readonly type: ts.Type }>();
    for (const place of places) {
      const node = this.nodeAt(place);
      const written = this.handed(node);
      if (!written) throw this.unprintable(node, place);
      found.set(written.text, { ...written, type: checker.getTypeAtLocation(node) });
    }
    // A function that always answers `true` is one of those that answer with a boolean.
    const isPart = (one: ts.Type, other: ts.Type): boolean =>
      checker.isTypeAssignableTo(one, other) && !checker.isTypeAssignableTo(other, one);
    const all = [...found.values()].filter(
      ({ text, type }) => !/=>/.test(text) || ![...found.values()].some((other) => isPart(type, other.type)),
    );
    const open = all.find(({ text }) => text === 'any' || text === 'unknown');
    if (open) return open;
    const parts = all.flatMap(({ text }) =>
      /[<({[]/.test(text) ? [/=>/.test(text) && all.length > 1 ? `(${text})` : text] : text.split(' | '),
    );
    // A list of which nothing is known is one of those that something is known of.
    const hasKnown = parts.some((one) => one !== 'any[]' && one.endsWith('[]'));
    const said = hasKnown ? parts.filter((one) => one !== 'any[]') : parts;
    return { text: [...new Set(said)].join(' | '), imports: all.flatMap(({ imports }) => imports) };
  }

  /** The refusal of an expression whose type has no name there. */
  unsaid(place: Span): RecipeRefusal {
    return this.unprintable(this.nodeAt(place), place);
  }

  /** Whether an expression gives nothing back. */
  isVoid(place: Span): boolean {
    const type = this.source.checker.getTypeAtLocation(this.nodeAt(place));
    return (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
  }

  /** The type that an expression gives back, where it is short and needs no import. */
  returned(place: Span): string | undefined {
    const { checker } = this.source;
    const node = this.nodeAt(place);
    const { parent } = node;
    const declared = ts.isVariableDeclaration(parent) && parent.initializer === node ? parent.type : undefined;
    const type = declared ? checker.getTypeFromTypeNode(declared) : checker.getTypeAtLocation(node);
    const written = this.written(type);
    return written &&
      written.imports.length === 0 &&
      written.text.length < 60 &&
      !/[{]|^(?:true|false)$/.test(written.text)
      ? written.text
      : undefined;
  }

  private handed(node: ts.Node): WrittenType | undefined {
    const { checker } = this.source;
    const given = checker.getTypeAtLocation(node);
    // What a type parameter stands for is known outside of its function as far as its constraint says.
    const type = given.isTypeParameter() ? (checker.getBaseConstraintOfType(given) ?? given) : given;
    const declared = type.flags & ts.TypeFlags.Any ? undefined : this.declared(node, type);
    if (declared) return declared;
    const wanted = ts.isExpression(node) ? checker.getContextualType(node) : undefined;
    const isFilledIn = ts.isTemplateSpan(node.parent);
    if (type.flags & ts.TypeFlags.Any) {
      const better = wanted && !(wanted.flags & ts.TypeFlags.Any) ? this.written(wanted) : undefined;
      // What is not installed would not take `unknown`, once it is; nor does what wants a type that has no name here.
      const takesAll = wanted && (wanted.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
      const isOpen = isFilledIn || (takesAll && !this.isUnresolved(node.parent));
      return better ?? { text: isOpen ? 'unknown' : 'any', imports: [] };
    }
    const wide = checker.getBaseTypeOfLiteralType(type);
    const isWide = wanted ? checker.isTypeAssignableTo(wide, wanted) : isFilledIn;
    const said = this.written(isWide ? wide : type);
    // A list that is empty where it is written says nothing of what it holds.
    const own = said && /^(?:never|undefined)\[\]$/.test(said.text) ? { text: 'unknown[]', imports: [] } : said;
    if (own !== said && wanted) return this.written(checker.getNonNullableType(wanted)) ?? own;
    if (own && own.text.length <= 60) return own;
    if (wanted && wanted.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { text: 'unknown', imports: [] };
    return (wanted && this.written(checker.getNonNullableType(wanted))) ?? own;
  }

  /** Whether a call asks something of a module that was not found. */
  private isUnresolved(call: ts.Node): boolean {
    const { checker } = this.source;
    let root = ts.isCallOrNewExpression(call) ? call.expression : undefined;
    while (root && (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root))) root = root.expression;
    const symbol = root && checker.getSymbolAtLocation(root);
    const isImport = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isImport && !checker.getAliasedSymbol(symbol).declarations?.length;
  }

  /** The words of the declaration, where the expression is what was declared. */
  private declared(node: ts.Node, type: ts.Type): WrittenType | undefined {
    const { checker, node: file } = this.source;
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
    const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
    const [one] = declarations;
    if (!one || declarations.length !== 1 || one.getSourceFile() !== file) return undefined;
    if (!ts.isParameter(one) && !ts.isVariableDeclaration(one) && !ts.isPropertyDeclaration(one)) return undefined;
    if (!one.type || checker.getTypeFromTypeNode(one.type) !== type) return undefined;
    const text = one.type.getText(file);
    return text.length <= MAX_LENGTH && !/\n|\/[/*]/.test(text) && this.isSayable(one.type)
      ? { text, imports: [] }
      : undefined;
  }

  private written(type: ts.Type): WrittenType | undefined {
    const { checker, node: file } = this.source;
    const flags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType;
    const made = checker.typeToTypeNode(type, file, flags);
    if (!made) return undefined;
    const imports: TypeScriptImportRequest[] = [];
    const replaced = this.withoutImportTypes(spelled(made), imports);
    if (!replaced || !this.isSayable(replaced, new Set(imports.map(({ local }) => local)))) return undefined;
    const printer = ts.createPrinter({ removeComments: true });
    const quote = this.source.style.quote;
    const text = printer
      .printNode(ts.EmitHint.Unspecified, replaced, file)
      .replace(/\s*\n\s*/g, ' ')
      .replace(/; \}/g, ' }')
      .replace(/'([^'"\\]*)'|"([^'"\\]*)"/g, (_, a?: string, b?: string) => `${quote}${a ?? b}${quote}`);

    return text.length <= MAX_LENGTH ? { text, imports } : undefined;
  }

  /** `import('x').Name` becomes `Name`, which is to be imported. */
  private withoutImportTypes(node: ts.TypeNode, imports: TypeScriptImportRequest[]): ts.TypeNode | undefined {
    let failed = false;
    const visit = (one: ts.Node): ts.Node => {
      if (!ts.isImportTypeNode(one)) return ts.visitEachChild(one, visit, undefined);
      const module =
        ts.isLiteralTypeNode(one.argument) && ts.isStringLiteral(one.argument.literal) ? one.argument.literal.text : '';
      const name = one.qualifier;
      const specifier = this.specifierOf(module);
      if (!name || !ts.isIdentifier(name) || specifier === undefined || one.isTypeOf || this.inScope(name.text)) {
        failed = true;
        return one;
      }
      imports.push({ specifier, member: name.text, local: name.text, typeOnly: true });
      const args = one.typeArguments?.map((each) => visit(each) as ts.TypeNode);
      return ts.factory.createTypeReferenceNode(name.text, args);
    };
    const made = visit(node) as ts.TypeNode;
    return failed ? undefined : made;
  }

  /** Modules of Node, as the file spells them, and packages that it imports already. */
  private specifierOf(module: string): string | undefined {
    const { node } = this.source;
    const specifiers = node.statements.flatMap((one) =>
      ts.isImportDeclaration(one) && ts.isStringLiteral(one.moduleSpecifier) ? [one.moduleSpecifier.text] : [],
    );
    const bare = module.replace(/^node:/, '');
    const same = specifiers.find((one) => one.replace(/^node:/, '') === bare);
    if (same !== undefined) return same;
    if (!/^(?:child_process|fs|fs\/promises|http|https|stream|events|url|net|tls|buffer)$/.test(bare)) return undefined;
    return specifiers.some((one) => one.startsWith('node:')) ? `node:${bare}` : bare;
  }

  /** Whether the module can say every name of a type: no type parameter, and nothing of a function. */
  private isSayable(type: ts.TypeNode, imported: ReadonlySet<string> = new Set()): boolean {
    let isSaid = true;
    const visit = (one: ts.Node, bound: ReadonlySet<string>): void => {
      if (ts.isThisTypeNode(one) || ts.isImportTypeNode(one) || ts.isTypePredicateNode(one)) isSaid = false;
      let inner = bound;
      const parameters = (one as { typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters;
      if (parameters) inner = new Set([...bound, ...parameters.map(({ name }) => name.text)]);
      if (ts.isMappedTypeNode(one)) inner = new Set([...bound, one.typeParameter.name.text]);
      const name = ts.isTypeReferenceNode(one) ? one.typeName : ts.isTypeQueryNode(one) ? one.exprName : undefined;
      if (name) {
        let root: ts.EntityName = name;
        while (ts.isQualifiedName(root)) root = root.left;
        if (!inner.has(root.text) && !imported.has(root.text) && !this.inScope(root.text)) isSaid = false;
      }
      ts.forEachChild(one, (child) => visit(child, inner));
    };
    visit(type, new Set());
    return isSaid;
  }

  private inScope(name: string): boolean {
    const { checker, node } = this.source;
    const meaning = ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias | ts.SymbolFlags.Value;
    // Globals of other packages than the language's own could be missing where somebody else reads the file.
    this.scope ??= new Set(
      checker.getSymbolsInScope(node, meaning).flatMap((one) => {
        const isOfFile = one.declarations?.some((declaration) => declaration.getSourceFile() === node);
        return isOfFile || isGlobal(one.name) ? [one.name] : [];
      }),
    );
    return this.scope.has(name);
  }

  /** The largest node that spans exactly a range. */
  private nodeAt({ start, end }: Span): ts.Node {
    const { node: file } = this.source;
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      if (node.getStart(file) > start || node.getEnd() < end) return;
      if (node.getStart(file) === start && node.getEnd() === end) found = node;
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(file, visit);
    if (!found) throw new Error(`no node at ${start} to ${end}`);
    return found;
  }

  private unprintable(node: ts.Node, { start, end }: Span): RecipeRefusal {
    const { checker, node: file } = this.source;
    const type = checker.typeToString(checker.getTypeAtLocation(node)).slice(0, 60);
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    return new RecipeRefusal(
      'unprintable-type',
      { name: type, line, file: this.file },
      { file: this.file, start, end },
    );
  }
}

/** Bytes by the names that all versions of their declarations have. */
function spelled(type: ts.TypeNode): ts.TypeNode {
  const visit = (one: ts.Node): ts.Node => {
    if (ts.isTypeReferenceNode(one) && ts.isIdentifier(one.typeName)) {
      const name = one.typeName.text;
      if (name === 'NonSharedBuffer' || (name === 'Buffer' && one.typeArguments))
        return ts.factory.createTypeReferenceNode('Buffer');
      if (name === 'Uint8Array' && one.typeArguments) return ts.factory.createTypeReferenceNode(name);
    }
    return ts.visitEachChild(one, visit, undefined);
  };
  return visit(type) as ts.TypeNode;
}
