import type { SyntaxNode } from '../../core/syntax/node';
import type { SourceFile } from '../../core/text/source-file';

/** What a language adds to the normal form of a body. */
export interface BodyDialect {
  /** Leaves and subtrees of these types are left out: comments, type annotations. */
  readonly skipped: ReadonlySet<string>;
  /** Statements that reject: what they say does not count, only that and how they reject. */
  readonly rejections: ReadonlySet<string>;
  /** Leaves of these types may be variables. */
  readonly names: ReadonlySet<string>;
  /** Tokens that differ without meaning anything (`;`, quotes). */
  readonly idle: RegExp;
}

export interface NormalBody {
  /** Equal for bodies that are equal up to the names of their variables, their messages and their white space. */
  readonly key: string;
  /** Number of tokens. */
  readonly tokens: number;
}

/**
 * Writes statements with variables numbered in the order in which they appear.
 * @param variables parameters and locals, in the order of their introduction
 */
export function normaliseBody(
  statements: readonly SyntaxNode[],
  variables: readonly string[],
  dialect: BodyDialect,
  source: SourceFile,
): NormalBody {
  const numbers = new Map<string, string>();
  for (const name of variables) if (!numbers.has(name)) numbers.set(name, `$${numbers.size}`);
  const out: string[] = [];
  const open: { readonly node: SyntaxNode; readonly isVariable: boolean }[] = [];
  for (const node of [...statements].reverse()) open.push({ node, isVariable: true });
  while (open.length > 0) {
    const { node, isVariable } = open.pop()!;
    if (dialect.skipped.has(node.type)) continue;
    if (dialect.rejections.has(node.type)) {
      out.push(rejection(source.slice(node.startIndex, node.endIndex)), ';');
      continue;
    }
    if (isLeaf(node)) {
      const text = source.slice(node.startIndex, node.endIndex);
      if (!dialect.idle.test(text))
        out.push(isVariable && dialect.names.has(node.type) ? (numbers.get(text) ?? text) : quoted(text));
      continue;
    }
    // Blocks are marked, so that moving a statement out of an `if` makes another body.
    if (isBlock(node)) out.push('{');
    const children = node.children;
    // In `value.name` and `f(name=1)` the second, and the first, is no variable.
    const fixed = node.type === 'attribute' ? children.length - 1 : node.type === 'keyword_argument' ? 0 : -1;
    for (let index = children.length - 1; index >= 0; index--)
      open.push({ node: children[index]!, isVariable: index !== fixed });
  }
  return { key: out.join(' '), tokens: out.length };
}

function isLeaf(node: SyntaxNode): boolean {
  return node.childCount === 0 || node.type === 'string' || node.type === 'regex';
}

function isBlock(node: SyntaxNode): boolean {
  return (
    node.type === 'block' ||
    node.type === 'statement_block' ||
    node.type === 'else_clause' ||
    node.type === 'elif_clause'
  );
}

/** One quote for all, so that `'a'` and `"a"` are the same text. */
function quoted(text: string): string {
  const inner = /^(['"])([^'"\\]*)\1$/.exec(text)?.[2];
  return inner === undefined ? text : JSON.stringify(inner);
}

/** `raise ValueError(...)`: the class counts, the message does not. */
function rejection(text: string): string {
  return /^(?:raise|throw\s+new|throw)\s+[\w.]*/.exec(text)?.[0].replace(/\s+/g, ' ') ?? 'raise';
}
