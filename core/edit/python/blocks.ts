import type { SyntaxNode } from '../../syntax/node';
import type { PythonLayout } from './layout';

/** The statement that holds a node, a definition with its decorators; a statement holds itself. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  for (let at = node; ; ) {
    const parent = at.parent;
    if (!parent || parent.type === 'module' || parent.type === 'block') return at;
    at = parent;
  }
}

/** The statements of a block or module. */
export function statementsOf(block: SyntaxNode): SyntaxNode[] {
  return block.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'line_continuation');
}

/** The block of what has one: a definition, a compound statement (its first block), one of its clauses, the module itself. */
export function blockOf(owner: SyntaxNode): SyntaxNode | undefined {
  if (owner.type === 'module' || owner.type === 'block') return owner;
  if (owner.type === 'decorated_definition') {
    const definition = owner.childForFieldName('definition');
    return definition ? blockOf(definition) : undefined;
  }
  return owner.children.find(({ type }) => type === 'block');
}

/** A statement among its siblings. */
export interface Spot {
  readonly statement: SyntaxNode;
  /** `block` or `module`. */
  readonly block: SyntaxNode;
  readonly siblings: readonly SyntaxNode[];
  readonly index: number;
  /** Its first and last character of code. */
  readonly start: number;
  readonly end: number;
}

export function spotOf(node: SyntaxNode, layout: PythonLayout): Spot {
  const statement = statementOf(node);
  const block = statement.parent;
  if (!block) throw layout.unparsed(node);
  const siblings = statementsOf(block);
  const index = siblings.findIndex(({ id }) => id === statement.id);
  if (index < 0) throw layout.unparsed(node);
  return { statement, block, siblings, index, start: statement.startIndex, end: layout.codeEnd(statement) };
}

/** Whether two neighbours stand in one logical line, with a `;` between them. */
export function areJoined(before: SyntaxNode, after: SyntaxNode, layout: PythonLayout): boolean {
  return layout.isOneLine(layout.codeEnd(before), after.startIndex);
}

/** All statements of the logical line that a statement stands in. */
export function lineMates({ siblings, index }: Spot, layout: PythonLayout): SyntaxNode[] {
  let from = index;
  let to = index;
  while (from > 0 && areJoined(siblings[from - 1]!, siblings[from]!, layout)) from--;
  while (to + 1 < siblings.length && areJoined(siblings[to]!, siblings[to + 1]!, layout)) to++;
  return siblings.slice(from, to + 1);
}

/** Whether a statement shares its line with others, or with the head of its block. */
export function sharesLine(spot: Spot, layout: PythonLayout): boolean {
  return isInline(spot.block, layout) || lineMates(spot, layout).length > 1;
}

/**
 * The end of a statement with all that belongs to it: the comment at the end of its line, and, of a statement with a block, the
 * comments below that are indented deeper than it.
 */
export function extentEnd({ statement, start, end }: Spot, layout: PythonLayout): number {
  if (hasOwnLines(statement, layout)) return layout.tailEnd(end, layout.columnOf(layout.indentationAt(start)));
  return layout.trailingComment(end)?.end ?? layout.semicolonEnd(end) ?? end;
}

/**
 * Groups statements in the given order into runs of direct neighbours that each have their lines for themselves; what shares a line is
 * a run of its own.
 */
export function runsOf(spots: readonly Spot[], layout: PythonLayout): Spot[][] {
  const runs: Spot[][] = [];
  for (const spot of spots) {
    const before = runs.at(-1)?.at(-1);
    const follows = before && before.block.id === spot.block.id && before.index + 1 === spot.index;
    if (follows && !sharesLine(before, layout) && !sharesLine(spot, layout)) runs.at(-1)!.push(spot);
    else runs.push([spot]);
  }
  return runs;
}

/** The end of the `:` that opens a block; undefined for a module. */
export function colonEnd(block: SyntaxNode): number | undefined {
  let at = block.previousSibling;
  while (at && at.type !== ':') at = at.previousSibling;
  return at?.endIndex;
}

/** Whether a block starts on its owner's line: `if x: a; b`. */
export function isInline(block: SyntaxNode, layout: PythonLayout): boolean {
  const colon = colonEnd(block);
  return colon !== undefined && layout.isOneLine(colon, block.startIndex);
}

/** Whether a statement has a block with lines of its own, so that comments below it may belong to its block. */
export function hasOwnLines(statement: SyntaxNode, layout: PythonLayout): boolean {
  return statement.descendantsOfType('block').some((block) => !isInline(block, layout));
}

const DEFINITIONS: ReadonlySet<string> = new Set(['function_definition', 'class_definition', 'decorated_definition']);

export function isDefinition(statement: SyntaxNode | undefined): boolean {
  return statement !== undefined && DEFINITIONS.has(statement.type);
}

/** Whether a statement is the docstring of the definition (or module) whose block it starts. */
export function isDocstring(statement: SyntaxNode): boolean {
  const only =
    statement.type === 'expression_statement' && statement.namedChildCount === 1
      ? statement.firstNamedChild!
      : undefined;
  return only?.type === 'string' || only?.type === 'concatenated_string';
}
