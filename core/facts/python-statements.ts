import type { SyntaxNode } from '../syntax/node';

/** Statements and clauses that begin with a keyword of their own, which {@link ImportLines.keywords} finds in the text. */
const KEYWORD_KINDS: ReadonlySet<string> = new Set([
  'function_definition',
  'class_definition',
  'import_statement',
  'import_from_statement',
  'except_clause',
]);

/** What holds no other statement and is not looked into. What is missing here costs nothing but time. */
const SIMPLE: ReadonlySet<string> = new Set([
  'expression_statement',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'return_statement',
  'raise_statement',
  'assert_statement',
  'delete_statement',
  'parameters',
  'argument_list',
  'comment',
]);

/** Whether nodes of all these kinds begin with keywords, so that {@link pythonStatements} finds them. */
export function areKeywordKinds(kinds: Iterable<string>): boolean {
  for (const kind of kinds) if (!KEYWORD_KINDS.has(kind)) return false;
  return true;
}

/**
 * The nodes of some kinds in a Python tree without errors, in document order: the same as `descendantsOfType` gives, for a third of its
 * cost, because only blocks in whose text a keyword stands are looked into.
 *
 * @param keywords ascending offsets at which such nodes may begin; places that are no code do no harm
 * @param kinds see {@link areKeywordKinds}
 */
export function pythonStatements(
  root: SyntaxNode,
  keywords: readonly number[],
  kinds: { has(kind: string): boolean },
): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const count = keywords.length;
  let next = 0;
  const visit = (parent: SyntaxNode) => {
    for (const node of parent.namedChildren) {
      if (next === count) return;
      const end = node.endIndex;
      if (keywords[next]! >= end) continue;
      const start = node.startIndex;
      while (next < count && keywords[next]! < start) next++;
      if (next === count || keywords[next]! >= end) continue;
      const { type } = node;
      if (kinds.has(type)) found.push(node);
      if (keywords[next] === start && KEYWORD_KINDS.has(type)) next++;
      if (next < count && keywords[next]! < end && !SIMPLE.has(type)) visit(node);
      while (next < count && keywords[next]! < end) next++;
    }
  };
  visit(root);
  return found;
}
