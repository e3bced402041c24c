import type { SyntaxNode } from '../../syntax/node';
import type { Names } from './names';
import { parts } from './parts';
import type { PythonBinding, PythonOccurrence } from './scope';

/** The bindings that are written on every path up to a point; undefined where no path leads. */
export type State = ReadonlySet<PythonBinding> | undefined;

/** Context managers that may swallow an exception, so that their body may end early; `timeout=self.timeout` is none. */
const SUPPRESSES =
  /\b(?:suppress|raises|assertRaises\w*|warns|catch\w*|ignor\w*|swallow\w*|move_on_\w+)\b(?!\s*=(?!=))|\btimeout\w*\s*\(/;

/**
 * Definite assignment, as Java has it (JLS chapter 16), over Python statements: runs statements in order and keeps what is
 * written on every path, and which bindings are read where they are not certainly written. In doubt a write is uncertain
 * and a read counts.
 */
export class DefiniteWrites {
  /** Read before they were certainly written. */
  readonly reads = new Set<PythonBinding>();
  /** Written anywhere on the way. */
  readonly written = new Set<PythonBinding>();
  /** A `break` or `continue` left the statements for a loop around them. */
  escapes = false;
  /** States at the `break`s of the loops that are being run, innermost last. */
  private readonly breaks: State[][] = [];

  constructor(
    private readonly names: Names,
    private readonly occurrencesIn: (start: number, end: number) => readonly PythonOccurrence[],
    private readonly isOfInterest: (binding: PythonBinding) => boolean,
  ) {}

  sequence(statements: readonly SyntaxNode[], state: State): State {
    let at = state;
    for (const statement of statements) at = this.statement(statement, at);
    return at;
  }

  statement(node: SyntaxNode, state: State): State {
    switch (node.type) {
      case 'comment':
        return state;
      case 'block':
        return this.sequence(node.namedChildren, state);
      case 'if_statement':
        return this.ifStatement(node, state);
      case 'while_statement':
        return this.whileStatement(node, state);
      case 'for_statement':
        return this.forStatement(node, state);
      case 'try_statement':
        return this.tryStatement(node, state);
      case 'with_statement':
        return this.withStatement(node, state);
      case 'match_statement':
        return this.matchStatement(node, state);
      case 'decorated_definition':
        return this.sequence(node.namedChildren, state);
      case 'return_statement':
      case 'raise_statement':
        this.simple(node.startIndex, node.endIndex, state);
        return undefined;
      case 'break_statement':
      case 'continue_statement':
        if (this.breaks.length === 0) this.escapes = true;
        else if (node.type === 'break_statement') this.breaks.at(-1)!.push(state);
        return undefined;
      default:
        return this.simple(node.startIndex, node.endIndex, state);
    }
  }

  /** Runs an expression, or a statement without statements of its own: reads first, then writes. */
  simple(start: number, end: number, state: State): State {
    const events: { at: number; binding: PythonBinding; does: 'read' | 'write' | 'delete' }[] = [];
    for (const occurrence of this.occurrencesIn(start, end)) {
      const { binding } = occurrence.symbol;
      if (!binding || !this.isOfInterest(binding)) continue;
      const { role } = occurrence;
      if (role === 'declare' || role === 'global' || role === 'nonlocal') continue;
      if (role === 'read' || role === 'augment' || role === 'delete') {
        // A closure reads when it is called, which is after the statement that makes it.
        const at = this.isDeferred(occurrence, start, end) ? end + 1 : occurrence.start;
        events.push({ at, binding, does: 'read' });
        if (role === 'read') continue;
      }
      this.written.add(binding);
      if (role === 'delete') events.push({ at: end, binding, does: 'delete' });
      else if (role === 'walrus') {
        const at = this.walrusEnd(occurrence, start, end);
        if (at !== undefined) events.push({ at, binding, does: 'write' });
      } else if (!this.isDeferred(occurrence, start, end)) {
        events.push({ at: end, binding, does: 'write' });
      }
    }
    if (events.length === 0) return state;
    events.sort((a, b) => a.at - b.at);
    const after = new Set(state);
    for (const { binding, does } of events) {
      if (does === 'write') after.add(binding);
      else if (does === 'delete') after.delete(binding);
      else if (state && !after.has(binding)) this.reads.add(binding);
    }
    return state && after;
  }

  /** What stands in a function that the statement defines happens when that is called, if ever. */
  private isDeferred(occurrence: PythonOccurrence, start: number, end: number): boolean {
    for (let scope = occurrence.scope; scope.parent; scope = scope.parent) {
      const isInside = scope.start >= start && scope.end <= end;
      if (isInside && (scope.kind === 'function' || scope.kind === 'lambda')) return true;
    }
    return false;
  }

  /** Where `(x := value)` has happened; undefined when it may not happen: behind `and`, `or`, in a branch or a comprehension. */
  private walrusEnd(occurrence: PythonOccurrence, start: number, end: number): number | undefined {
    let node = this.names.tree.namedDescendantForIndex(occurrence.start, occurrence.end)?.parent;
    const done = node?.endIndex;
    for (let parent = node?.parent; node && parent; node = parent, parent = node.parent) {
      if (parent.startIndex < start || parent.endIndex > end) return done;
      const type = parent.type;
      if (/comprehension$|^(?:generator_expression|lambda|assert_statement)$/.test(type)) return undefined;
      const index = parts(parent).findIndex((child) => child.id === node?.id);
      if (type === 'boolean_operator' && index > 0) return undefined;
      if (type === 'comparison_operator' && index > 1) return undefined;
      if (type === 'conditional_expression' && index !== 1) return undefined;
      if (type.endsWith('_statement')) return done;
    }
    return done;
  }

  private field(node: SyntaxNode, name: string, state: State): State {
    const child = node.childForFieldName(name);
    return child ? this.simple(child.startIndex, child.endIndex, state) : state;
  }

  private body(node: SyntaxNode, name: string, state: State): State {
    const child = node.childForFieldName(name);
    return child ? this.statement(child, state) : state;
  }

  private ifStatement(node: SyntaxNode, state: State): State {
    let condition = this.field(node, 'condition', state);
    let joined = this.body(node, 'consequence', condition);
    let hasElse = false;
    for (const clause of node.namedChildren) {
      if (clause.type === 'elif_clause') {
        condition = this.field(clause, 'condition', condition);
        joined = join(joined, this.body(clause, 'consequence', condition));
      } else if (clause.type === 'else_clause') {
        hasElse = true;
        joined = join(joined, this.body(clause, 'body', condition));
      }
    }
    return hasElse ? joined : join(joined, condition);
  }

  private whileStatement(node: SyntaxNode, state: State): State {
    const condition = node.childForFieldName('condition');
    const tested = this.field(node, 'condition', this.withoutDeleted(node, state));
    const text = condition ? this.names.source.slice(condition.startIndex, condition.endIndex) : '';
    const breaks = this.loopBody(node, tested);
    return [...breaks, /^(?:True|1)$/.test(text) ? undefined : this.elseClause(node, tested)].reduce(join);
  }

  private forStatement(node: SyntaxNode, state: State): State {
    const iterated = this.withoutDeleted(node, this.field(node, 'right', state));
    const breaks = this.loopBody(node, this.field(node, 'left', iterated));
    return [...breaks, this.elseClause(node, iterated)].reduce(join);
  }

  /** What is still certain when a statement may have ended early, or may have run before: less the names that it deletes. */
  private withoutDeleted(node: SyntaxNode, state: State): State {
    if (!state || state.size === 0) return state;
    const deleted = this.occurrencesIn(node.startIndex, node.endIndex)
      .filter(({ role }) => role === 'delete' || role === 'exception')
      .map(({ symbol }) => symbol.binding);
    return deleted.length === 0 ? state : new Set([...state].filter((binding) => !deleted.includes(binding)));
  }

  /** One more round of a loop: a `while` tests again, a `for` takes its next element without evaluating the iterable again. */
  nextRound(loop: SyntaxNode, state: State): void {
    const header = loop.type === 'while_statement' ? 'condition' : 'left';
    const entered = this.field(loop, header, state);
    this.loopBody(loop, entered);
    this.elseClause(loop, header === 'condition' ? entered : state);
  }

  /** Runs the body of a loop once; later rounds start with at least as much written. */
  private loopBody(loop: SyntaxNode, state: State): State[] {
    this.breaks.push([]);
    this.body(loop, 'body', state);
    return this.breaks.pop()!;
  }

  private elseClause(node: SyntaxNode, state: State): State {
    const clause = node.namedChildren.find((child) => child.type === 'else_clause');
    return clause ? this.body(clause, 'body', state) : state;
  }

  private tryStatement(node: SyntaxNode, state: State): State {
    // An exception may come from the very first step of the body, or from the last.
    const broken = this.withoutDeleted(node, state);
    let joined = this.elseClause(node, this.body(node, 'body', state));
    for (const clause of node.namedChildren) {
      if (clause.type === 'except_clause') joined = join(joined, this.exceptClause(clause, broken));
    }
    const final = node.namedChildren.find((child) => child.type === 'finally_clause');
    if (!final) return joined;
    // Once for the reads on broken paths, once for what holds behind the whole statement.
    this.sequence(final.namedChildren, broken);
    return this.sequence(final.namedChildren, joined);
  }

  /** Runs a handler: what it catches, its name, its body. The name is deleted at its end. */
  exceptClause(clause: SyntaxNode, state: State): State {
    const children = clause.namedChildren;
    const block = children.find((child) => child.type === 'block');
    const after = this.simple(clause.startIndex, block?.startIndex ?? clause.endIndex, state);
    const done = block ? this.statement(block, after) : after;
    if (!done) return done;
    const names = this.occurrencesIn(clause.startIndex, block?.startIndex ?? clause.endIndex)
      .filter((occurrence) => occurrence.role === 'exception')
      .map((occurrence) => occurrence.symbol.binding);
    return new Set([...done].filter((binding) => !names.includes(binding)));
  }

  private withStatement(node: SyntaxNode, state: State): State {
    const clause = node.namedChildren.find((child) => child.type === 'with_clause');
    let entered = state;
    for (const item of clause?.namedChildren ?? []) entered = this.simple(item.startIndex, item.endIndex, entered);
    const done = this.body(node, 'body', entered);
    const header = clause ? this.names.source.slice(clause.startIndex, clause.endIndex) : '';
    return SUPPRESSES.test(header) ? join(entered, done) : done;
  }

  private matchStatement(node: SyntaxNode, state: State): State {
    const block = node.childForFieldName('body');
    const subject = this.simple(node.startIndex, block?.startIndex ?? node.endIndex, state);
    let joined: State;
    let isExhaustive = false;
    for (const clause of block?.namedChildren ?? []) {
      if (clause.type !== 'case_clause') continue;
      const body = clause.childForFieldName('consequence');
      const matched = this.simple(clause.startIndex, body?.startIndex ?? clause.endIndex, subject);
      joined = join(joined, body ? this.statement(body, matched) : matched);
      const header = this.names.source.slice(clause.startIndex, body?.startIndex ?? clause.endIndex);
      if (/^case\s+\w+\s*:\s*(?:#.*\s*)?$/.test(header) && !/^case\s+(?:\d|None\b|True\b|False\b)/.test(header)) {
        isExhaustive = true;
      }
    }
    return isExhaustive ? joined : join(joined, subject);
  }
}

/** What is written on both of two paths; a path that never arrives takes nothing away. */
export function join(one: State, other: State): State {
  if (!one || !other) return one ?? other;
  return new Set([...one].filter((binding) => other.has(binding)));
}
