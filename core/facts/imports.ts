import type { SyntaxNode } from '../syntax/node';
import type { SourceFile } from '../text/source-file';
import type { FactCollector, ParsedFile } from './parsed-file';

/** What one import statement (or one module of `import a, b`) takes from where. */
export type ImportFact = {
  /** As written: `a.b`, `..pkg` (Python, with its leading dots), or the module specifier (TypeScript). */
  readonly module: string;
  /** Imported members: `default` for a default import, `*` for a star import or `export *`; empty for the module itself. */
  readonly names: readonly string[];
  /** Python: the local names of what is renamed, by member; that of the module itself under the module's name. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** 0-based line of the statement. */
  readonly line: number;
  /** Stands under `if TYPE_CHECKING:`, or is `import type`. */
  readonly typeOnly?: true;
  /** Runs at call time: stands inside a function, or is a dynamic `import()`. */
  readonly lazy?: true;
  /** Is `export ... from`: the names are handed on. */
  readonly reexport?: true;
};

export const IMPORTS_ID = 'base:imports';

const KINDS = {
  python: ['import_statement', 'import_from_statement'],
  typescript: ['import_statement', 'export_statement'],
} as const;

/** What every file imports, read off the text of its import statements: no semantic model is needed. */
export const importCollector: FactCollector<readonly ImportFact[]> = {
  id: IMPORTS_ID,
  version: 2,
  families: ['python', 'typescript'],
  kinds: (family) => KINDS[family],
  trigger: () => /\bimport\b|\brequire\b|\bfrom\b/,
  start: (file) => {
    const found: ImportFact[] = [];
    const visit = file.family === 'python' ? visitPython : visitTypeScript;
    return {
      visit: (node) => visit(node, file.source, found),
      finish: () => {
        if (file.family === 'typescript' && addCalls(file, found)) found.sort((a, b) => a.line - b.line);
        return found.length > 0 ? found : undefined;
      },
    };
  },
};

function visitPython(node: SyntaxNode, source: SourceFile, found: ImportFact[]): void {
  const line = source.lineAt(node.startIndex);
  const circumstances = pythonCircumstances(node, source);
  for (const taken of pythonImportsIn(source.slice(node.startIndex, node.endIndex)))
    found.push({ ...taken, line, ...circumstances });
}

/** What the text of one Python import statement takes from where; nothing where it is no import statement. */
export function pythonImportsIn(statement: string): Pick<ImportFact, 'module' | 'names' | 'aliases'>[] {
  if (statement.startsWith('import'))
    return pythonItems(statement.slice('import'.length)).map((item) => ({
      module: item[0],
      names: [],
      ...aliasesOf([item]),
    }));
  const keyword = statement.search(/\bimport\b/);
  if (!statement.startsWith('from') || keyword < 0) return [];
  const module = statement.slice('from'.length, keyword).replace(/[\s\\]+/g, '');
  const items = pythonItems(statement.slice(keyword + 'import'.length));
  return [{ module, names: items.map(([name]) => name), ...aliasesOf(items) }];
}

function aliasesOf(items: readonly PythonItem[]): Pick<ImportFact, 'aliases'> {
  const renamed = items.filter((item): item is [string, string] => item[1] !== undefined && item[1] !== item[0]);
  return renamed.length > 0 ? { aliases: Object.fromEntries(renamed) } : {};
}

type PythonItem = [name: string, alias: string | undefined];

/** The comma-separated items of an import, each with its alias. */
function pythonItems(list: string): PythonItem[] {
  const bare = list.includes('#') ? list.replace(/#.*/g, '') : list;
  return bare
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map((item) => item.trim().split(/\s+/))
    .filter((words) => words[0] !== '')
    .map((words) => [words[0]!, words[2]]);
}

function pythonCircumstances(node: SyntaxNode, source: SourceFile): { typeOnly?: true; lazy?: true } {
  const isIndented = node.startIndex > 0 && !/[\n\r]/.test(source.text[node.startIndex - 1]!);
  let lazy = false;
  let typeOnly = false;
  for (let at = isIndented ? node.parent : null; at; at = at.parent) {
    if (at.type === 'function_definition') lazy = true;
    if (at.type !== 'if_statement') continue;
    const condition = at.childForFieldName('condition');
    const body = at.childForFieldName('consequence');
    const isChecked =
      condition && /^(\w+\.)?TYPE_CHECKING$/.test(source.slice(condition.startIndex, condition.endIndex));
    if (isChecked && body && body.startIndex <= node.startIndex && node.endIndex <= body.endIndex) typeOnly = true;
  }
  return { ...(typeOnly ? { typeOnly } : {}), ...(lazy ? { lazy } : {}) };
}

const REEXPORT = /^export\s*(?:type\b\s*)?[{*]/;

function visitTypeScript(node: SyntaxNode, source: SourceFile, found: ImportFact[]): void {
  const start = node.startIndex;
  const isExport = source.text.startsWith('export', start);
  if (isExport && !REEXPORT.test(source.slice(start, start + 40))) return;
  const whole = source.slice(start, node.endIndex);
  const text = /\/[/*]/.test(whole) ? withoutComments(whole) : whole;
  const quote = text.search(/['"]/);
  if (quote < 0) return;
  const end = text.indexOf(text[quote]!, quote + 1);
  const clause = text.slice('import'.length, quote).trim();
  // `import x = require('y')` keeps its specifier in brackets, `import x = a.b` has none.
  if (end < 0 || (isExport && !/\bfrom$/.test(clause))) return;
  found.push({
    module: text.slice(quote + 1, end),
    names: clauseNames(clause.replace(/\bfrom$/, '').trim(), isExport),
    line: source.lineAt(start),
    ...(/^type\s+[\w$*{]/.test(clause) && !/^type\s+from$/.test(clause) ? { typeOnly: true } : {}),
    ...(isExport ? { reexport: true } : {}),
  });
}

/** Comments of an import clause; a specifier such as `'https://...'` is left whole because it is a string. */
function withoutComments(text: string): string {
  return text.replace(/'[^'\n]*'|"[^"\n]*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('/') ? ' ' : part,
  );
}

/** `Default, { a as b, type C }` -> default, a, C. The text ends before `from`. */
function clauseNames(clause: string, isExport: boolean): string[] {
  const names: string[] = [];
  const open = clause.indexOf('{');
  const head = (open < 0 ? clause : clause.slice(0, open)).replace(/^type\s+(?=[\w$*{])/, '').trim();
  if (!isExport && /^[\w$]/.test(head) && !head.includes('=') && !(open >= 0 && head === 'type')) names.push('default');
  if (isExport && head === '*') names.push('*');
  if (open >= 0) names.push(...bracedNames(clause.slice(open + 1, clause.lastIndexOf('}'))));
  return names;
}

function bracedNames(list: string): string[] {
  return list
    .split(',')
    .map((item) => /^(?:type\s+(?!as\b))?([\w$]+)/.exec(item.trim())?.[1])
    .filter((name) => name !== undefined);
}

const CALLS = /(?<![.\w$])(require|import)\s*\(\s*(?:\/\*[^*]*\*\/\s*)*(['"`])([^'"`\n$]+)\2\s*[,)]/g;

/** Adds `require('x')` and `import('x')`; returns whether there were any. Found in the text, so that no call has to be visited. */
function addCalls(file: ParsedFile, found: ImportFact[]): boolean {
  const { source, root } = file;
  if (!/\b(?:require|import)\s*\(/.test(source.text)) return false;
  const before = found.length;
  for (const match of source.text.matchAll(CALLS)) {
    const keyword = root.namedDescendantForIndex(match.index, match.index + match[1]!.length - 1);
    const call = keyword?.parent;
    if (!keyword || call?.type !== 'call_expression' || call.startIndex !== match.index) continue;
    const isLazy = match[1] === 'import' || isInsideFunction(call);
    found.push({
      module: match[3]!,
      names: destructuredNames(call, source),
      line: source.lineAt(match.index),
      ...(isLazy ? { lazy: true } : {}),
    });
  }
  return found.length > before;
}

/** The names in `const { a, b: c } = require('x')`, `const { a } = await import('x')` and `require('x').a`. */
function destructuredNames(call: SyntaxNode, source: SourceFile): string[] {
  const value = call.parent?.type === 'await_expression' ? call.parent : call;
  const parent = value.parent;
  if (parent?.type === 'member_expression' && value.id === call.id) {
    const property = parent.childForFieldName('property');
    return property ? [source.slice(property.startIndex, property.endIndex)] : [];
  }
  if (parent?.type !== 'variable_declarator') return [];
  const pattern = source.slice(parent.startIndex, value.startIndex);
  const close = pattern.lastIndexOf('}');
  return pattern.startsWith('{') && close > 0 ? bracedNames(withoutComments(pattern.slice(1, close))) : [];
}

const FUNCTIONS = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
]);

function isInsideFunction(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (FUNCTIONS.has(at.type)) return true;
  return false;
}
