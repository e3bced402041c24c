import ts from 'typescript';
import type { Binding, SemanticModel } from '../../core/semantics/model';

/**
 * The TypeScript compiler as an oracle: for one file alone, without libraries and without resolving imports, which identifiers
 * resolve to something declared in the file, and where.
 */
export interface Disagreement {
  readonly offset: number;
  readonly name: string;
  /** Offsets of the declarations that the compiler finds in the file; empty when it finds none. */
  readonly expected: readonly number[];
  readonly actual: readonly number[];
}

export interface Comparison {
  /** Identifiers that the compiler resolves to declarations in the same file. */
  readonly resolved: number;
  /** Other identifiers: property names, labels, globals. The model must bind none of them. */
  readonly others: number;
  readonly wrong: readonly Disagreement[];
}

export function compareWithChecker(path: string, text: string, model: SemanticModel): Comparison {
  const { file, checker } = compile(path, text);
  let resolved = 0;
  let others = 0;
  const wrong: Disagreement[] = [];
  const isJavaScript = /\.[cm]?jsx?$/.test(path);
  const open: ts.Node[] = [file];
  while (open.length > 0) {
    const node = open.pop()!;
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
    if (!ts.isIdentifier(node) || node.text === '' || isNoName(node)) continue;
    // In JavaScript the compiler takes every `exports` and `module` for CommonJS's, parameters of that name included.
    if (isJavaScript && (node.text === 'exports' || node.text === 'module')) continue;
    const offset = node.getStart(file);
    const expected = isMember(node) ? [] : declarationsOf(symbolOf(node, checker), file);
    const actual = actualDeclarations(model.bindingAt(offset), offset);
    if (expected.length > 0) resolved++;
    else others++;
    if (expected.join() !== actual.join()) wrong.push({ offset, name: node.text, expected, actual });
  }
  return { resolved, others, wrong };
}

function compile(path: string, text: string): { file: ts.SourceFile; checker: ts.TypeChecker } {
  // A name without folders: the compiler must not look at anything else on the disk.
  const name = `file${/\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.ts'}`;
  const options: ts.CompilerOptions = {
    noResolve: true,
    noLib: true,
    allowJs: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    jsx: ts.JsxEmit.Preserve,
    types: [],
  };
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const host: ts.CompilerHost = {
    getSourceFile: (asked) => (asked === name ? file : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '',
    getCanonicalFileName: (asked) => asked,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (asked) => asked === name,
    readFile: () => undefined,
  };
  return { file, checker: ts.createProgram([name], options, host).getTypeChecker() };
}

function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) {
    return checker.getShorthandAssignmentValueSymbol(parent);
  }
  if (ts.isExportSpecifier(parent)) {
    const from = parent.parent.parent.moduleSpecifier;
    const isLocal = (parent.propertyName ?? parent.name) === node;
    return from || !isLocal ? undefined : checker.getExportSpecifierLocalTargetSymbol(parent);
  }
  return checker.getSymbolAtLocation(node);
}

/** Identifiers of the compiler that are no names for us. */
function isNoName(node: ts.Identifier): boolean {
  const { parent } = node;
  // The parameter `this`, `global` of `declare global`, and what the parser adds for broken code.
  if (node.text === 'this' || node.text === 'undefined' || ts.isMetaProperty(parent)) return true;
  if (ts.isModuleDeclaration(parent) && node.text === 'global') return true;
  return ts.isJsxNamespacedName(parent);
}

/** Names of members, keys and labels: no scope knows them. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isImportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isNamedTupleMember(parent) || ts.isJsxAttribute(parent) || ts.isNamespaceExport(parent)) return true;
  if (ts.isImportTypeNode(parent) || ts.isNamespaceExportDeclaration(parent)) return true;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return true;
  if (ts.isImportAttribute(parent)) return true;
  if (
    ts.isClassElement(parent) ||
    ts.isTypeElement(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent)
  ) {
    return parent.name === node;
  }
  if (ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) return parent.name === node;
  return false;
}

function declarationsOf(symbol: ts.Symbol | undefined, file: ts.SourceFile): readonly number[] {
  const found = new Set<number>();
  for (const declaration of symbol?.declarations ?? []) {
    if (declaration.getSourceFile() !== file) continue;
    // `this.x = ...`, `exports.x = ...` and `codes[0] = ...` declare members in JavaScript, not names.
    if (ts.isExpression(declaration) && !ts.isFunctionExpression(declaration) && !ts.isClassExpression(declaration))
      continue;
    const name = ts.getNameOfDeclaration(declaration);
    if (name && ts.isIdentifier(name)) found.add(name.getStart(file));
  }
  return [...found].sort((a, b) => a - b);
}

function actualDeclarations(binding: Binding | undefined, offset: number): readonly number[] {
  if (!binding) return [];
  // The end of a name touches the next offset: only names that begin here count.
  const stands = [...binding.reads, ...binding.writes].some((at) => at.start === offset);
  if (!stands) return [];
  const { declarations } = binding as Binding & { readonly declarations: readonly { readonly start: number }[] };
  return declarations.map((at) => at.start).sort((a, b) => a - b);
}
