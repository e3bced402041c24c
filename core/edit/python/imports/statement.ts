import { parts } from '../../../semantics/python/parts';
import type { SyntaxNode } from '../../../syntax/node';
import type { SourceFile } from '../../../text/source-file';

/** One `a.b as c` of an import statement. */
export interface ImportItem {
  readonly start: number;
  readonly end: number;
  /** Dotted where it is a module; `*` for a star import. */
  readonly name: string;
  readonly alias: string | undefined;
}

export interface ImportStatement {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
  /** `from` what is imported, as written; undefined for `import a`. */
  readonly from: string | undefined;
  readonly items: readonly ImportItem[];
  /** Offsets of `(` and `)`. */
  readonly brackets: { readonly open: number; readonly close: number } | undefined;
}

const compact = (text: string): string => text.replace(/[\s\\]+/g, '');

export const isImport = (node: SyntaxNode): boolean => /^(?:future_)?import_(?:from_)?statement$/.test(node.type);

/** Takes an import statement apart. */
export function importStatement(node: SyntaxNode, source: SourceFile): ImportStatement {
  const items: ImportItem[] = [];
  const children = parts(node);
  const module = node.type === 'import_from_statement' ? children[0] : undefined;
  for (const child of children) {
    if (child === module) continue;
    const name = child.type === 'aliased_import' ? child.childForFieldName('name') : child;
    const alias = child.type === 'aliased_import' ? child.childForFieldName('alias') : null;
    if (!name) continue;
    items.push({
      start: child.startIndex,
      end: child.endIndex,
      name: compact(source.slice(name.startIndex, name.endIndex)),
      alias: alias ? source.slice(alias.startIndex, alias.endIndex) : undefined,
    });
  }
  const open = node.children.find((child) => child.type === '(');
  const close = node.children.find((child) => child.type === ')');
  const from = module ? compact(source.slice(module.startIndex, module.endIndex)) : undefined;
  return {
    node,
    start: node.startIndex,
    end: node.endIndex,
    from: node.type === 'future_import_statement' ? '__future__' : from,
    items,
    brackets: open && close ? { open: open.startIndex, close: close.startIndex } : undefined,
  };
}

/** The import statement that an offset stands in. */
export function importAround(root: SyntaxNode, offset: number): SyntaxNode | undefined {
  let node = root.namedDescendantForIndex(offset, offset);
  while (node && !isImport(node)) node = node.parent;
  return node ?? undefined;
}

/** Import statements with nothing but comments and blank lines between them. */
export type ImportRun = readonly ImportStatement[];

/** The runs of import statements at the top level of a module, in their order. */
export function importRuns(root: SyntaxNode, source: SourceFile): ImportRun[] {
  const runs: ImportStatement[][] = [];
  let current: ImportStatement[] | undefined;
  for (const node of root.namedChildren) {
    if (node.type === 'comment') continue;
    if (!isImport(node)) {
      current = undefined;
      continue;
    }
    if (!current) {
      current = [];
      runs.push(current);
    }
    current.push(importStatement(node, source));
  }
  return runs;
}

/** Offset at which the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break that ends the line of an offset (of its `\r`, where it has one), or the text's length. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset behind the line break that ends the line of an offset. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Where the comments begin that stand in lines of their own right above a line. */
export function commentsAbove(text: string, start: number): number {
  let at = lineStart(text, start);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}

/** Splits a run where blank lines separate its statements. */
export function blocksOf(run: ImportRun, text: string): ImportStatement[][] {
  const blocks: ImportStatement[][] = [];
  for (const [index, statement] of run.entries()) {
    const before = run[index - 1];
    const gap = before ? text.slice(before.end, statement.start) : '';
    if (!before || /\n[ \t\f]*\r?\n/.test(gap)) blocks.push([statement]);
    else blocks.at(-1)!.push(statement);
  }
  return blocks;
}
