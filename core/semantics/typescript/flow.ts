import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { RangeFlow } from '../model';
import { type Conditions, conditionsOf, type Span } from './conditions';
import type { BoundFile } from './name-table';
import { type BindingNode, Meaning, type OccurrenceNode, type ScopeNode } from './scope-tree';

/** A name has a value of the range from here on, wherever the span's code runs. */
interface WrittenFact {
  readonly span: Span | undefined;
  readonly at: number;
}

const OWN_BODIES = /function|^method_definition$|^class_static_block$/;
const LOOPS: ReadonlySet<string> = new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement']);

/** Nodes that evaluate their right side before they write their left one. */
const WRITERS: ReadonlySet<string> = new Set([
  'variable_declarator',
  'assignment_expression',
  'augmented_assignment_expression',
  'for_in_statement',
]);

/**
 * What flows over the borders of a range. Conservative: a write that some path may miss is a maybe-write, a read that no write
 * of the range surely precedes reads from outside, and a name that anything may still read is read after.
 */
export function flowOf(root: SyntaxNode, source: SourceFile, bound: BoundFile, start: number, end: number): RangeFlow {
  const touched = bindingsIn(bound.occurrences, start, end);
  const within = root.descendantForIndex(start, Math.max(start, end - 1)) ?? root;
  const writes = [...touched.values()].flat().filter((at) => at.kind !== 'read');
  const offsets = writes.map((at) => at.start);
  const analysis = new RangeAnalysis(root, conditionsOf(within, source, start, end, offsets), source, start, end);
  const loops = loopsAround(within, start, end);
  const owner = scopeAround(bound.root, start, end).hoistTarget();

  const reads: BindingNode[] = [];
  const certain: BindingNode[] = [];
  const maybe: BindingNode[] = [];
  const readAfter: BindingNode[] = [];
  for (const [binding, occurrences] of touched) {
    const facts = analysis.facts(occurrences);
    const repeatedFrom = repeatStart(binding, loops, owner);
    const isRead =
      mayHoldValueBefore(binding, start, end, repeatedFrom) &&
      occurrences.some((at) => analysis.readsFromOutside(at, facts));
    if (isRead) reads.push(binding);
    if (!occurrences.some((at) => at.kind !== 'read')) continue;
    const isCertain = facts.some(({ span, at }) => !span && at <= analysis.conditions.firstExit);
    (isCertain ? certain : maybe).push(binding);
    const isReadAfter = binding.reads.some((at) => {
      if ((at.meaning & Meaning.value) === 0) return false;
      if (at.start >= end || (at.start < start && at.start >= repeatedFrom)) return true;
      if (at.start < start) return at.scope.hoistTarget() !== owner;
      // A function that the range makes reads later what others write; names that only the range writes move with it.
      return analysis.functionAt(at.start) !== undefined && hasWriteOutside(binding, start, end);
    });
    if (isReadAfter || (isRead && repeatedFrom < start)) readAfter.push(binding);
  }
  return { reads, writes: certain, maybeWrites: maybe, readAfter };
}

/** The names in the range that belong to a function or block around it, with their places in the range. */
function bindingsIn(
  occurrences: readonly OccurrenceNode[],
  start: number,
  end: number,
): Map<BindingNode, OccurrenceNode[]> {
  const touched = new Map<BindingNode, OccurrenceNode[]>();
  for (const at of occurrences) {
    if (at.start < start) continue;
    if (at.start >= end) break;
    const { binding } = at;
    if (!binding || (at.meaning & Meaning.value) === 0) continue;
    const { scope } = binding;
    if (scope.kind !== 'function' && scope.kind !== 'block') continue;
    // Names of scopes that lie in the range move with it.
    if (scope.start >= start && scope.end <= end) continue;
    const known = touched.get(binding);
    if (known) known.push(at);
    else touched.set(binding, [at]);
  }
  return touched;
}

/** Whether the name can have a value when the range begins: not when the range itself declares it. */
function mayHoldValueBefore(binding: BindingNode, start: number, end: number, repeatedFrom: number): boolean {
  const declaresItself = binding.declarations.every((at) => at.start >= start && at.start < end);
  if (!declaresItself) return true;
  // Only a `var` outlives its declaration: to the next turn of a loop, or into code before it.
  return binding.isVar && (repeatedFrom < start || hasWriteOutside(binding, start, end));
}

function hasWriteOutside(binding: BindingNode, start: number, end: number): boolean {
  return binding.writes.some((at) => at.start < start || at.start >= end);
}

/**
 * From where on code can run again after the range with the same variable: the start of the outermost loop around the range
 * that does not make the variable anew; the function's own start when the variable belongs to a function further out.
 */
function repeatStart(binding: BindingNode, loops: readonly SyntaxNode[], owner: ScopeNode): number {
  if (binding.scope.hoistTarget() !== owner) return owner.start;
  const loop = loops.findLast((each) => binding.scope.start <= each.startIndex);
  return loop?.startIndex ?? Number.POSITIVE_INFINITY;
}

/** The loops of the same function that hold the range, inner ones first. */
function loopsAround(within: SyntaxNode, start: number, end: number): readonly SyntaxNode[] {
  const loops: SyntaxNode[] = [];
  for (let node: SyntaxNode | null = within; node; node = node.parent) {
    const isAround = node.startIndex < start || node.endIndex > end;
    if (isAround && OWN_BODIES.test(node.type)) break;
    if (isAround && LOOPS.has(node.type)) loops.push(node);
  }
  return loops;
}

/** The innermost scope that holds the whole range and more. */
function scopeAround(root: ScopeNode, start: number, end: number): ScopeNode {
  let scope = root;
  for (;;) {
    const inner = scope.children.find(
      (child) => child.start <= start && end <= child.end && (child.start < start || end < child.end),
    );
    if (!inner) return scope;
    scope = inner;
  }
}

class RangeAnalysis {
  constructor(
    private readonly root: SyntaxNode,
    readonly conditions: Conditions,
    private readonly source: SourceFile,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** Where the range has certainly written a name, by the places of one binding. */
  facts(occurrences: readonly OccurrenceNode[]): readonly WrittenFact[] {
    const facts: WrittenFact[] = [];
    for (const at of occurrences) {
      if (at.kind === 'read') continue;
      // Code of a function runs some time, or never.
      const closure = this.functionAt(at.start);
      if (closure && closure.childForFieldName('name')?.startIndex !== at.start) continue;
      const fact = this.factOf(at);
      if (fact) facts.push(fact);
    }
    for (const group of this.conditions.groups) {
      const isWritten = (branch: Span) => facts.some(({ span, at }) => span === branch && at <= branch.end);
      if (facts.length > 0 && group.spans.length === 2 && group.spans.every(isWritten)) {
        facts.push({ span: group.spans[0]!.parent, at: group.end });
      }
    }
    return facts;
  }

  /** When the write takes effect: behind the value that is written, at once for functions, which are hoisted. */
  private factOf(at: OccurrenceNode): WrittenFact | undefined {
    let node = this.root.namedDescendantForIndex(at.start, at.end);
    if (node?.parent?.type.endsWith('function_declaration')) {
      return { span: this.conditions.spanAt(at.start), at: this.start };
    }
    while (node && !WRITERS.has(node.type) && node.type !== 'update_expression') node = node.parent;
    const isInside = node && node.startIndex >= this.start && node.endIndex <= this.end;
    if (!node || !isInside || node.type === 'update_expression') {
      return { span: this.conditions.spanAt(at.start), at: at.end };
    }
    if (node.type === 'for_in_statement') {
      const body = node.childForFieldName('body');
      return body ? { span: this.conditions.spanAt(body.startIndex), at: body.startIndex } : undefined;
    }
    const operator = node.childForFieldName('operator');
    // `x ||= 1` may leave `x` as it is.
    if (operator && /^(?:&&|\|\||\?\?)=/.test(this.source.slice(operator.startIndex, operator.endIndex)))
      return undefined;
    return { span: this.conditions.spanAt(at.start), at: node.endIndex };
  }

  /** Whether a place reads a value that no write of the range surely made. */
  readsFromOutside(occurrence: OccurrenceNode, facts: readonly WrittenFact[]): boolean {
    if (occurrence.kind === 'write') return false;
    const closure = this.functionAt(occurrence.start);
    // A declared function can be called before the line it stands on.
    const offset = closure?.type.endsWith('function_declaration')
      ? this.start
      : (closure?.startIndex ?? occurrence.start);
    const spans = new Set<Span | undefined>([undefined]);
    for (let span = this.conditions.spanAt(offset); span; span = span.parent) spans.add(span);
    return !facts.some(({ span, at }) => at <= offset && spans.has(span));
  }

  /** The outermost function inside the range that holds an offset. */
  functionAt(offset: number): SyntaxNode | undefined {
    return this.conditions.functions.find((node) => node.startIndex <= offset && offset < node.endIndex);
  }
}
