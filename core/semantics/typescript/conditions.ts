import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';

/** A part of the code that runs on some paths only: a branch, a loop's body, the right side of `&&`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Present for branches one of which always runs: a write in all of them is certain behind the statement. */
  readonly group: BranchGroup | undefined;
  /** The smallest span around this one. */
  parent: Span | undefined;
}

export interface BranchGroup {
  readonly spans: Span[];
  readonly end: number;
}

/** The conditions inside a range of code. */
export interface Conditions {
  /** The innermost span that holds an offset; undefined where code runs whenever the range does. */
  spanAt(offset: number): Span | undefined;
  /** Inner groups before outer ones. */
  readonly groups: readonly BranchGroup[];
  /** Start of the first `return`, `throw`, `break` or `continue` that leaves the range. */
  readonly firstExit: number;
  /** Functions inside the range: their bodies run later, or never. */
  readonly functions: readonly SyntaxNode[];
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

const LOOPS: ReadonlySet<string> = new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement']);
const EXITS: ReadonlySet<string> = new Set([
  'return_statement',
  'throw_statement',
  'break_statement',
  'continue_statement',
]);

const KINDS: string[] = [
  ...FUNCTIONS,
  ...LOOPS,
  ...EXITS,
  'if_statement',
  'ternary_expression',
  'binary_expression',
  'augmented_assignment_expression',
  'assignment_pattern',
  'object_assignment_pattern',
  'try_statement',
  'catch_clause',
  'switch_case',
  'switch_default',
  'labeled_statement',
  'optional_chain',
  '?.',
];

/**
 * @param within the smallest node around the range.
 * @param writes offsets of the writes that matter: conditions that hold none of them are left out.
 */
export function conditionsOf(
  within: SyntaxNode,
  source: SourceFile,
  start: number,
  end: number,
  writes: readonly number[],
): Conditions {
  const spans: Span[] = [];
  const groups: BranchGroup[] = [];
  const functions: SyntaxNode[] = [];
  const jumps: SyntaxNode[] = [];
  const holdsWrite = (node: SyntaxNode) => writes.some((at) => node.startIndex <= at && at < node.endIndex);
  const add = (node: SyntaxNode | null, group?: BranchGroup, from = node?.startIndex ?? 0) => {
    if (!node) return;
    const span: Span = { start: from, end: node.endIndex, group, parent: undefined };
    spans.push(span);
    group?.spans.push(span);
  };
  const addBranches = (node: SyntaxNode) => {
    const alternative = node.childForFieldName('alternative');
    const group = alternative ? { spans: [], end: node.endIndex } : undefined;
    if (group) groups.push(group);
    add(node.childForFieldName('consequence'), group);
    add(alternative, group);
  };

  for (const node of within.descendantsOfType(KINDS)) {
    if (node.startIndex < start || node.endIndex > end) continue;
    const { type } = node;
    if (FUNCTIONS.has(type)) functions.push(node);
    else if (EXITS.has(type)) jumps.push(node);
    else if (type === 'optional_chain' || type === '?.') {
      const chain = chainAround(node);
      if (holdsWrite(chain)) add(chain, undefined, node.startIndex);
    } else if (!holdsWrite(node)) continue;
    else if (type === 'if_statement' || type === 'ternary_expression') addBranches(node);
    else if (type === 'binary_expression' || type === 'augmented_assignment_expression') {
      const operator = node.childForFieldName('operator');
      const text = operator ? source.slice(operator.startIndex, operator.endIndex) : '';
      if (/^(?:&&|\|\||\?\?)/.test(text)) add(node.childForFieldName('right'));
    } else if (type === 'assignment_pattern' || type === 'object_assignment_pattern')
      add(node.childForFieldName('right'));
    else if (type === 'for_statement') {
      add(node.childForFieldName('increment'));
      add(node.childForFieldName('body'));
    } else if (type === 'do_statement') {
      // The body runs at least once, but a jump can leave it early.
      const body = node.childForFieldName('body');
      if (body && /\b(?:break|continue)\b/.test(source.slice(body.startIndex, body.endIndex))) add(body);
    } else if (type === 'labeled_statement') {
      if (/\bbreak\b/.test(source.slice(node.startIndex, node.endIndex))) add(node);
    } else if (type === 'switch_case' || type === 'switch_default' || type === 'catch_clause') add(node);
    else add(node.childForFieldName('body'));
  }
  nest(spans);
  const outward = jumps.filter((jump) => leaves(jump, start, end)).map((jump) => jump.startIndex);
  return {
    spanAt: (offset) => innermost(spans, offset),
    groups: groups.reverse(),
    firstExit: Math.min(end, ...outward),
    functions,
  };
}

/** The whole of `a?.b.c(d)`, all of which is skipped when `a` is nullish. */
function chainAround(token: SyntaxNode): SyntaxNode {
  let chain = token.parent ?? token;
  for (let parent = chain.parent; parent; parent = parent.parent) {
    const continues = /^(?:member|subscript|call|non_null)_expression$/.test(parent.type);
    if (!continues || parent.startIndex !== chain.startIndex) break;
    chain = parent;
  }
  return chain;
}

/** Whether a jump leads out of the range; one out of a function inside the range stays in it. */
function leaves(jump: SyntaxNode, start: number, end: number): boolean {
  const isLoopJump = jump.type === 'break_statement' || jump.type === 'continue_statement';
  const label = isLoopJump ? jump.childForFieldName('label') : null;
  for (let node = jump.parent; node && node.startIndex >= start && node.endIndex <= end; node = node.parent) {
    if (FUNCTIONS.has(node.type)) return false;
    if (!isLoopJump) continue;
    // A labelled jump ends at its label or further out; the label's own range decides.
    if (label ? node.type === 'labeled_statement' : LOOPS.has(node.type)) return false;
    if (!label && jump.type === 'break_statement' && node.type === 'switch_statement') return false;
  }
  return true;
}

/** Sorts the spans and links each to the one around it. */
function nest(spans: Span[]): void {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const open: Span[] = [];
  for (const span of spans) {
    while (open.length > 0 && open.at(-1)!.end <= span.start) open.pop();
    span.parent = open.at(-1);
    open.push(span);
  }
}

function innermost(spans: readonly Span[], offset: number): Span | undefined {
  let found: Span | undefined;
  for (const span of spans) {
    if (span.start > offset) break;
    if (offset < span.end) found = span;
  }
  return found;
}
