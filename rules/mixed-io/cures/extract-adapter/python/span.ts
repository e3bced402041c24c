import type { Binding, RangeFlow } from '../../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Output } from './piece';
import type { Subject } from './subject';

/** Statements that are one piece of work: what they are and how they stand. */
export interface Span {
  readonly statements: readonly SyntaxNode[];
  readonly start: number;
  readonly end: number;
  /** Of a `with` block what stays behind. */
  readonly rest: readonly SyntaxNode[];
}

/** What moves, as nodes: whole statements, and of a `with` block that is split its head and its first statements. */
export function nodesOf({ statements, rest, end }: Span): readonly SyntaxNode[] {
  if (rest.length === 0) return statements;
  const [first] = statements;
  const body = first!.childForFieldName('body')!;
  return [
    ...first!.namedChildren.filter((one) => one.id !== body.id),
    ...body.namedChildren.filter((one) => one.startIndex < end),
  ];
}

/** Names that go in and out. Of a `with` block that is split the head and the first statements are asked one by one. */
export function flowOf({ statements, start, end, rest }: Span, { model }: Subject): RangeFlow {
  if (rest.length === 0) return model.flow(start, end);
  const body = statements[0]!.childForFieldName('body')!;
  const clause = statements[0]!.namedChildren.find((one) => one.type === 'with_clause')!;
  const head = model.flow(clause.startIndex, clause.endIndex);
  const inner = model.flow(body.startIndex, end);
  const bound = new Set([...head.writes, ...head.maybeWrites]);
  return {
    reads: [...new Set([...head.reads, ...inner.reads.filter((one) => !bound.has(one))])],
    writes: [...new Set([...head.writes, ...inner.writes])],
    maybeWrites: inner.maybeWrites.filter((one) => !bound.has(one)),
    // What the block opened is asked no more behind the piece, unless it is opened anew.
    readAfter: [
      ...inner.readAfter,
      ...[...bound].filter((binding) => !inner.readAfter.includes(binding) && isReadLater(binding, end)),
    ],
  };
}

function isReadLater({ reads, writes }: Binding, end: number): boolean {
  return reads.some(
    (read) => read.start >= end && !writes.some((write) => write.start >= end && write.start < read.start),
  );
}

/** `x = value` as the last statement, in the block of a `with` too, where the name is all that comes back. */
export function lastAssignment(span: Span, output: Output, document: Subject['document']): SyntaxNode | undefined {
  let statements: readonly SyntaxNode[] = span.statements.filter(({ type }) => type !== 'comment');
  if (span.rest.length > 0)
    statements = span.statements[0]!.childForFieldName('body')!.namedChildren.filter(
      (one) => one.type !== 'comment' && one.startIndex < span.end,
    );
  let last = statements.at(-1);
  while (last?.type === 'with_statement')
    last = last
      .childForFieldName('body')
      ?.namedChildren.filter(({ type }) => type !== 'comment')
      .at(-1);
  const assignment = last?.type === 'expression_statement' ? last.firstNamedChild : undefined;
  if (assignment?.type !== 'assignment' || assignment.childForFieldName('type')) return undefined;
  const left = assignment.childForFieldName('left');
  const right = assignment.childForFieldName('right');
  if (left?.type !== 'identifier' || right?.type === 'assignment' || left.startIndex !== output.write.start)
    return undefined;
  return right && textOf(document, left) === output.name ? assignment : undefined;
}

/** Whether a node waits in the function that it stands in. */
export function isAwaiting(node: SyntaxNode): boolean {
  const waits = [...node.descendantsOfType(['await'])];
  const keywords = node
    .descendantsOfType(['with_statement', 'for_statement', 'for_in_clause'])
    .filter((one) => one.firstChild?.type === 'async');
  return [...waits, ...keywords].some((one) => {
    const around = holderOf(one);
    return !around || around.startIndex < node.startIndex || around.endIndex > node.endIndex;
  });
}

/** The function or lambda around a node. */
export function holderOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (at.type === 'function_definition' || at.type === 'lambda') return at;
  return undefined;
}
