import type { SyntaxNode } from '../../syntax/node';
import type { RangeFlow } from '../model';
import { DefiniteWrites, type State } from './definite-writes';
import type { Names } from './names';
import type { PythonBinding, PythonOccurrence, PythonScope } from './scope';

/** Where the statements of a function may stand directly. */
const BLOCKS: ReadonlySet<string> = new Set(['block', 'module']);

/** Blocks that are no functions of their own, or run where they stand. */
const AT_ONCE: ReadonlySet<string> = new Set(['comprehension', 'signature', 'annotation']);

type OccurrencesIn = (start: number, end: number) => readonly PythonOccurrence[];

/** Data flow across the border of `[start, end)`; see `SemanticModel.flow`. */
export function rangeFlow(start: number, end: number, names: Names, occurrencesIn: OccurrencesIn): RangeFlow {
  const isInside = (at: { start: number; end: number }): boolean => at.start >= start && at.end <= end;
  const isOfInterest = ({ scope }: PythonBinding): boolean =>
    scope.kind !== 'module' && scope.kind !== 'class' && !isInside(scope);

  const range = statementsIn(start, end, names);
  const inside = new DefiniteWrites(names, occurrencesIn, isOfInterest);
  const state: State = range.isExpression
    ? inside.simple(start, end, new Set())
    : inside.sequence(range.statements, new Set());

  const written = [...inside.written];
  const writes = written.filter((binding) => state?.has(binding));
  const isLooped = range.last !== undefined && hasLoopAround(range.last);
  // What nothing outside the range writes cannot come into it, except from its own last round.
  const reads = [...inside.reads].filter(
    (binding) => isLooped || binding.writes.some((write) => write.role !== 'declare' && !isInside(write)),
  );

  const after = new DefiniteWrites(names, occurrencesIn, (binding) => inside.written.has(binding));
  if (range.last) runAfter(range.last, range.isExpression ? [start, end] : undefined, after);
  const owner = names.scopeAt(start);
  const readAfter = written.filter(
    (binding) =>
      after.reads.has(binding) || binding.reads.some((read) => !isInside(read) && isElsewhere(read, binding, owner)),
  );
  return {
    reads,
    writes,
    maybeWrites: written.filter((binding) => !state?.has(binding)),
    readAfter,
  };
}

/** Reads in closures, and those of another function's variable, happen at times that the text does not tell. */
function isElsewhere(read: PythonOccurrence, binding: PythonBinding, owner: PythonScope): boolean {
  return functionOf(read.scope) !== functionOf(owner) || functionOf(binding.scope) !== functionOf(owner);
}

/** The function whose frame runs a scope's code. List, set and dict displays run at once, generators when they are asked. */
function functionOf(scope: PythonScope): PythonScope {
  let at = scope;
  while (at.parent && (at.kind === 'class' || AT_ONCE.has(at.block))) at = at.parent;
  return at;
}

interface Statements {
  readonly statements: readonly SyntaxNode[];
  /** The range is part of one statement. */
  readonly isExpression: boolean;
  /** The last statement of the range, or the one around an expression. */
  readonly last: SyntaxNode | undefined;
}

function statementsIn(start: number, end: number, names: Names): Statements {
  const text = names.source.slice(start, end);
  const from = start + (text.length - text.trimStart().length);
  const to = end - (text.length - text.trimEnd().length);
  let node = names.tree.namedDescendantForIndex(from, Math.max(from, to));
  // The smallest node around a single statement may be the expression that fills it.
  while (node?.parent && node.startIndex === node.parent.startIndex && node.endIndex === node.parent.endIndex) {
    if (BLOCKS.has(node.parent.type)) break;
    node = node.parent;
  }
  if (!node) return { statements: [], isExpression: true, last: undefined };
  if (BLOCKS.has(node.type)) {
    const statements = node.namedChildren.filter((child) => child.startIndex >= from && child.endIndex <= to);
    return { statements, isExpression: false, last: statements.at(-1) };
  }
  if (node.parent && BLOCKS.has(node.parent.type)) return { statements: [node], isExpression: false, last: node };
  while (node.parent && !BLOCKS.has(node.parent.type)) node = node.parent;
  return { statements: [], isExpression: true, last: node };
}

/** Runs what may come after a statement: its successors, the loops around it once more, handlers and `finally`. */
function runAfter(last: SyntaxNode, expression: readonly [number, number] | undefined, after: DefiniteWrites): void {
  let state: State = new Set<PythonBinding>();
  // The rest of the statement around an expression: every other read in it may come later.
  if (expression) {
    after.simple(last.startIndex, expression[0], state);
    after.simple(expression[1], last.endIndex, state);
  }
  for (let node = last, parent = last.parent; parent; node = parent, parent = node.parent) {
    switch (parent.type) {
      case 'function_definition':
        return;
      case 'block':
      case 'module':
        state = after.sequence(following(node, parent), state);
        break;
      case 'while_statement':
      case 'for_statement':
        // After `break` or `continue` nothing of what was written since the range is certain.
        if (after.escapes) state = new Set();
        if (state) after.nextRound(parent, state);
        after.escapes = false;
        break;
      case 'try_statement':
        for (const clause of following(node, parent)) {
          if (clause.type === 'except_clause') {
            if (node.type === 'block') after.exceptClause(clause, new Set());
          } else after.sequence(clause.namedChildren, new Set());
        }
        if (node.type === 'block') state = new Set();
        break;
      default:
    }
  }
}

function following(node: SyntaxNode, parent: SyntaxNode): SyntaxNode[] {
  return parent.namedChildren.filter((child) => child.startIndex >= node.endIndex && child.id !== node.id);
}

function hasLoopAround(node: SyntaxNode): boolean {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent) {
    if (at.type === 'while_statement' || at.type === 'for_statement') return true;
  }
  return false;
}
