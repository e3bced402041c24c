import type { Binding, RangeFlow } from '../../../../core/semantics/model';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { IoCall } from '../../collect';
import { InputList, NameReader } from './inputs';
import type { Output, Piece, Result } from './piece';
import { type Obstacle, obstacle, type Site } from './site';
import { type Subject, textOf } from './subject';

/** More names than these coming back show that the piece is no unit. */
const MAX_OUTPUTS = 2;

/** Calls that look into the frame or class that they stand in. */
const FRAME = /^(?:super|locals|globals|vars|dir|eval|exec|__import__)$/;

/** Statements that are one piece of work: what they are and how they stand. */
export interface Span {
  readonly statements: readonly SyntaxNode[];
  readonly start: number;
  readonly end: number;
  /** Of a `with` block what stays behind. */
  readonly rest: readonly SyntaxNode[];
}

/**
 * Statements as the body of a method, where they take and give few names, leave the object alone and are left at their end only.
 */
export function statementsPiece(site: Site, span: Span, subject: Subject, isElsewhere: boolean): Piece | Obstacle {
  return new StatementsReader(site, span, subject, isElsewhere).read();
}

class StatementsReader {
  private readonly names: NameReader;
  private readonly inputs: InputList;
  private readonly localImports = new Set<PythonBinding>();
  private readonly early: SyntaxNode[] = [];
  private readonly flow;

  constructor(
    private readonly site: Site,
    private readonly span: Span,
    private readonly subject: Subject,
    private readonly isElsewhere: boolean,
  ) {
    const { document } = subject;
    this.flow = flowOf(span, subject);
    const { reads, writes, maybeWrites } = this.flow;
    const bound = new Set([...writes, ...maybeWrites].filter((one) => !reads.includes(one))) as Set<PythonBinding>;
    this.names = new NameReader(document, span.start, span.end, bound);
    this.inputs = new InputList(document);
  }

  read(): Piece | Obstacle {
    const { span, subject } = this;
    const result = this.resultOf();
    if (typeof result === 'object') return result;
    const outputs = this.outputs();
    if ('code' in outputs) return outputs;
    for (const node of this.nodes()) {
      const problem = this.visit(node);
      if (problem) return problem;
    }
    const what = result === 'return' ? result : outputs.length > 0 ? 'outputs' : 'nothing';
    if (what === 'return' && outputs.length > 0) return this.crossing(span.statements[0]!, 'return');
    const { document } = subject;
    const handed = this.inputs.nodes;
    const isHanded = (node: SyntaxNode): boolean =>
      handed.some((one) => one.startIndex <= node.startIndex && node.endIndex <= one.endIndex);
    const taken = new Set(
      this.nodes()
        .flatMap((one) => this.names.namesIn(one))
        .filter((one) => !isHanded(one))
        .map((one) => textOf(document, one)),
    );
    return {
      site: this.site,
      calls: subject.all.filter((call) => this.moves(call)),
      start: span.start,
      end: span.end,
      expression: undefined,
      statements: span.statements,
      rest: span.rest,
      inputs: this.inputs.named(taken),
      outputs,
      result: what,
      lastAssignment: outputs.length === 1 ? lastAssignment(span, outputs[0]!, document) : undefined,
      isAsync: this.nodes().some((one) => isAwaiting(one)),
      localImports: [...this.localImports],
      names: taken,
      early: this.early,
    };
  }

  /** What moves, as nodes: whole statements, and of a `with` block that is split its head and its first statements. */
  private nodes(): readonly SyntaxNode[] {
    const [first] = this.span.statements;
    if (this.span.rest.length === 0) return this.span.statements;
    const body = first!.childForFieldName('body')!;
    return [
      ...first!.namedChildren.filter((one) => one.id !== body.id),
      ...body.namedChildren.filter((one) => one.startIndex < this.span.end),
    ];
  }

  private moves(call: IoCall): boolean {
    if (call.start < this.span.start || call.end > this.span.end) return false;
    return !this.inputs.nodes.some((one) => one.startIndex <= call.start && call.end <= one.endIndex);
  }

  /** How control leaves the statements: at their end, or always by `return`. */
  private resultOf(): Result | Obstacle {
    const { start, end } = this.span;
    const isInside = (node: SyntaxNode | null | undefined): boolean =>
      !!node && node.startIndex >= start && node.endIndex <= end;
    let returns = false;
    for (const node of this.nodes().flatMap((one) => one.descendantsOfType([...LEAVING]))) {
      const around = holderOf(node);
      if (node.type === 'return_statement') {
        if (!isInside(around)) returns = true;
      } else if (/^(?:break|continue)_statement$/.test(node.type)) {
        if (!isInside(loopOf(node))) return this.crossing(node, textOf(this.subject.document, node));
      } else if (node.type === 'raise_statement') {
        if (node.namedChildCount === 0 && !isInside(handlerOf(node))) return this.crossing(node, 'raise');
      } else if (node.type === 'yield') {
        if (!isInside(around)) return this.crossing(node, 'yield');
      } else return this.crossing(node, textOf(this.subject.document, node).split(/\s/, 1)[0]!);
    }
    if (!returns) return 'nothing';
    const last = this.span.rest.length > 0 ? undefined : this.span.statements.at(-1);
    return last && alwaysReturns(last, this.subject.document)
      ? 'return'
      : this.crossing(this.span.statements[0]!, 'return');
  }

  private crossing(node: SyntaxNode, what: string): Obstacle {
    return obstacle('crosses-border', this.subject, node, { what });
  }

  private outputs(): Output[] | Obstacle {
    const { readAfter, maybeWrites, reads } = this.flow;
    const { document } = this.subject;
    const unsure = readAfter.find((one) => maybeWrites.includes(one) && !reads.includes(one));
    const found: Output[] = [];
    for (const binding of readAfter as readonly PythonBinding[]) {
      const writes = binding.writes.filter(({ start }) => start >= this.span.start && start < this.span.end);
      const write = writes.at(-1);
      if (!write || binding === unsure || binding.declarations.length > 0)
        return obstacle('entangled', this.subject, this.span.statements[0]!, { name: binding.name });
      found.push({ binding, name: document.source.slice(write.start, write.end), write });
    }
    if (found.length > MAX_OUTPUTS)
      return obstacle('entangled', this.subject, this.span.statements[0]!, { name: found[MAX_OUTPUTS]!.name });
    return found;
  }

  private visit(node: SyntaxNode): Obstacle | undefined {
    switch (node.type) {
      case 'identifier':
        return this.visitName(node);
      case 'attribute':
        return this.visitChain(node);
      case 'call':
        return this.visitCall(node);
      case 'lambda':
      case 'generator_expression':
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
        // What runs later, or in a scope of its own, is left as it is where it needs nothing of the object.
        return this.visitChildren(node);
      case 'keyword_argument':
        return this.visit(node.childForFieldName('value')!);
      case 'assignment':
      case 'augmented_assignment': {
        const left = node.childForFieldName('left')!;
        const target = left
          .descendantsOfType(['attribute', 'subscript'])
          .map((one) => this.names.rootOf(one))
          .find((root) => root && this.names.kindOf(root) !== 'inside');
        if (target) return obstacle('interleaved', this.subject, node, { name: textOf(this.subject.document, left) });
        return this.visitChildren(node);
      }
      default:
        return this.visitChildren(node);
    }
  }

  private visitChildren(node: SyntaxNode): Obstacle | undefined {
    for (const child of node.namedChildren) {
      const problem = this.visit(child);
      if (problem) return problem;
    }
    return undefined;
  }

  private visitName(node: SyntaxNode): Obstacle | undefined {
    const text = textOf(this.subject.document, node);
    if (!this.isName(node)) return undefined;
    if (/^__\w*[^_]_?$/.test(text) || FRAME.test(text)) return obstacle('not-movable', this.subject, node);
    const kind = this.names.kindOf(node);
    const isWritten = this.subject.model.occurrenceAt(node.startIndex)?.kind !== 'read';
    if (isWritten && kind !== 'inside' && kind !== 'outside')
      return obstacle('interleaved', this.subject, node, { name: text });
    if (kind === 'outside') {
      if (text === this.site.receiver) return obstacle('hands-self-on', this.subject, node);
      return this.hand(node);
    }
    if (kind === 'local-import') this.localImports.add(this.subject.model.bindingAt(node.startIndex) as PythonBinding);
    if (kind === 'own' && this.isElsewhere) return this.hand(node);
    return undefined;
  }

  private isName(node: SyntaxNode): boolean {
    return this.subject.model.occurrenceAt(node.startIndex)?.start === node.startIndex;
  }

  private visitChain(node: SyntaxNode): Obstacle | undefined {
    const root = this.names.rootOf(node);
    let at: SyntaxNode | null = node;
    while (at?.type === 'attribute') at = at.childForFieldName('object');
    if (!root || at?.id !== root.id) return this.visit(node.childForFieldName('object')!);
    const kind = this.names.kindOf(root);
    if (kind !== 'outside' && !(kind === 'own' && this.isElsewhere)) return this.visit(root);
    if (textOf(this.subject.document, root) !== this.site.receiver) return this.visit(root);
    if (!this.isFixed(node) && !this.comesFirst(node)) this.early.push(node);
    return this.hand(node);
  }

  private visitCall(node: SyntaxNode): Obstacle | undefined {
    const callee = node.childForFieldName('function')!;
    const text = textOf(this.subject.document, callee);
    if (LOGGING.test(text)) return obstacle('logs-within', this.subject, node);
    const root = this.names.rootOf(callee);
    const kind = root && this.names.kindOf(root);
    if (callee.type === 'identifier' && (kind === 'outside' || kind === 'own')) {
      // A function that was handed in may do anything; one of the module is asked where it was, if that is possible.
      if (kind === 'own' && !this.isElsewhere) return this.visitChildren(node);
      return kind === 'own' ? this.handCall(node) : obstacle('calls-back', this.subject, node, { name: text });
    }
    if (root && textOf(this.subject.document, root) === this.site.receiver && isOwnMethod(callee))
      return this.handCall(node);
    const receiver = callee.type === 'attribute' ? callee.childForFieldName('object')! : undefined;
    const problem = receiver ? this.visit(receiver) : this.visit(callee);
    return problem ?? this.visit(node.childForFieldName('arguments')!);
  }

  /** A call whose value is asked for before the piece begins: only what is made once, whatever happens in the piece. */
  private handCall(node: SyntaxNode): Obstacle | undefined {
    const isOwnBusiness = this.names.namesIn(node).every((one) => this.names.kindOf(one) !== 'inside');
    if (!isOwnBusiness || !this.isAlwaysRun(node))
      return obstacle('calls-object', this.subject, node, {
        name: textOf(this.subject.document, node.childForFieldName('function')!),
      });
    const awaited = node.parent?.type === 'await' ? node.parent : node;
    this.early.push(awaited);
    return this.hand(awaited);
  }

  private hand(node: SyntaxNode): Obstacle | undefined {
    const isWritten = node.parent?.type === 'keyword_argument' && node.parent.childForFieldName('name')?.id === node.id;
    if (isWritten) return undefined;
    if (!this.isCertainlyBound(node))
      return obstacle('entangled', this.subject, node, { name: textOf(this.subject.document, node) });
    this.inputs.add(node);
    return undefined;
  }

  /** A variable that only some paths have bound must not be asked for on all of them. */
  private isCertainlyBound(node: SyntaxNode): boolean {
    const root = this.names.rootOf(node);
    const binding = root && (this.subject.model.bindingAt(root.startIndex) as PythonBinding | undefined);
    if (!binding || binding.scope.kind === 'module' || this.isAlwaysRun(node)) return true;
    return binding.writes.some(({ start, role }) => role === 'parameter' || this.leadsHere(start));
  }

  /** Whether what is written at an offset has been written whenever the piece runs: in a block that holds the piece, before it. */
  private leadsHere(offset: number): boolean {
    if (offset >= this.span.start) return false;
    let statement = this.subject.document.root.namedDescendantForIndex(offset, offset);
    while (statement && !/_statement$|_definition$/.test(statement.type)) statement = statement.parent;
    const block = statement?.parent;
    return !!block && block.startIndex <= this.span.start && this.span.end <= block.endIndex;
  }

  /** Whether a node is evaluated whenever the piece runs to its end: under no condition, in no loop. */
  private isAlwaysRun(node: SyntaxNode): boolean {
    const { start, end } = this.span;
    for (let at = node.parent; at && at.startIndex >= start && at.endIndex <= end; at = at.parent)
      if (CONDITIONAL.test(at.type)) return false;
    return true;
  }

  /** Whether nothing of the piece is done before a node is asked. */
  private comesFirst({ startIndex }: SyntaxNode): boolean {
    return !this.nodes().some((one) =>
      one
        .descendantsOfType(['call', 'await', 'assignment', 'for_statement', 'while_statement'])
        .some((other) => (other.type === 'call' ? other.endIndex : other.startIndex) <= startIndex),
    );
  }

  /** An attribute that only the constructor or the class itself sets. */
  private isFixed(chain: SyntaxNode): boolean {
    const { document, unit } = this.subject;
    const [, name] = textOf(document, chain).split('.');
    if (!name) return false;
    const text = textOf(document, unit);
    const writes = [
      ...text.matchAll(
        new RegExp(`\\b(?:self|cls)\\.${name}\\b(?=[ \\t]*(?::[^=\\n]+)?[+\\-*/|&]?=(?!=)|[ \\t]*,.*=)`, 'g'),
      ),
    ];
    const own = new RegExp(`^[ \\t]+${name}[ \\t]*(?::|=)`, 'm').test(text);
    if (writes.length === 0) return own && !new RegExp(`\\bdef ${name}\\(`).test(text);
    return writes.every(({ index }) => {
      const at = document.root.namedDescendantForIndex(unit.startIndex + index, unit.startIndex + index);
      let holder = at;
      while (holder && holder.type !== 'function_definition') holder = holder.parent;
      const definition = holder?.childForFieldName('name');
      return !!definition && textOf(document, definition) === '__init__';
    });
  }
}

/** Names that go in and out. Of a `with` block that is split the head and the first statements are asked one by one. */
function flowOf({ statements, start, end, rest }: Span, { model }: Subject): RangeFlow {
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

const LEAVING = [
  'return_statement',
  'break_statement',
  'continue_statement',
  'raise_statement',
  'yield',
  'function_definition',
  'class_definition',
  'global_statement',
  'nonlocal_statement',
  'delete_statement',
  'import_statement',
  'import_from_statement',
] as const;

const CONDITIONAL =
  /^(?:if_statement|try_statement|conditional_expression|boolean_operator|lambda|generator_expression|\w+_comprehension|except_clause|finally_clause|for_statement|while_statement|case_clause)$/;

/** Log calls stay where they are, because the record names its function. */
const LOGGING = /(?:^|[._])(?:log|logger|logging|LOG|_log)\.\w+$|^(?:warnings\.warn|print)$/;

const isOwnMethod = (callee: SyntaxNode): boolean =>
  callee.type === 'attribute' && callee.childForFieldName('object')?.type === 'identifier';

function holderOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (at.type === 'function_definition' || at.type === 'lambda') return at;
  return undefined;
}

function loopOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (at.type === 'for_statement' || at.type === 'while_statement') return at;
  return undefined;
}

function handlerOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at && at.type !== 'function_definition'; at = at.parent)
    if (/^except_(?:group_)?clause$/.test(at.type)) return at;
  return undefined;
}

/** Context managers that let every exception through. */
const TRANSPARENT =
  /(?:^|\.)(?:open|open_file|AsyncClient|Client|Session|session|ClientSession|get|post|put|patch|delete|request|stream|ZipFile|TarFile|TemporaryDirectory|NamedTemporaryFile|Popen|[Ll]ock|timeout)$/;

/** Whether the block of a `with` may end early, so that the code behind it goes on. */
function maySwallow(statement: SyntaxNode, { source }: Subject['document']): boolean {
  return statement.descendantsOfType('with_item').some((item) => {
    const value = item.firstNamedChild;
    const made = value?.type === 'as_pattern' ? value.firstNamedChild : value;
    const callee = made?.type === 'call' ? made.childForFieldName('function') : undefined;
    return !callee || !TRANSPARENT.test(source.slice(callee.startIndex, callee.endIndex));
  });
}

/** Whether no path goes on behind a statement. */
function alwaysReturns(node: SyntaxNode, document: Subject['document']): boolean {
  const lastOf = (block: SyntaxNode | null | undefined): SyntaxNode | undefined =>
    block?.namedChildren.filter((one) => one.type !== 'comment').at(-1);
  const ends = (block: SyntaxNode | null | undefined): boolean => {
    const last = lastOf(block);
    return last !== undefined && alwaysReturns(last, document);
  };
  switch (node.type) {
    case 'return_statement':
    case 'raise_statement':
      return true;
    case 'with_statement':
      return !maySwallow(node, document) && ends(node.childForFieldName('body'));
    case 'if_statement': {
      const clauses = node.namedChildren.filter((one) => /^(?:elif|else)_clause$/.test(one.type));
      return (
        ends(node.childForFieldName('consequence')) &&
        clauses.some((one) => one.type === 'else_clause') &&
        clauses.every((one) => ends(one.childForFieldName('consequence') ?? one.childForFieldName('body')))
      );
    }
    case 'try_statement': {
      const handlers = node.namedChildren.filter((one) => /^except/.test(one.type));
      const other = node.namedChildren.find((one) => one.type === 'else_clause');
      return (
        (ends(node.childForFieldName('body')) || (other !== undefined && ends(other.childForFieldName('body')))) &&
        handlers.every((one) => ends(one.namedChildren.find((child) => child.type === 'block')))
      );
    }
    default:
      return false;
  }
}

/** `x = value` as the last statement, in the block of a `with` too, where the name is all that comes back. */
function lastAssignment(span: Span, output: Output, document: Subject['document']): SyntaxNode | undefined {
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
function isAwaiting(node: SyntaxNode): boolean {
  const waits = [...node.descendantsOfType(['await'])];
  const keywords = node
    .descendantsOfType(['with_statement', 'for_statement', 'for_in_clause'])
    .filter((one) => one.firstChild?.type === 'async');
  return [...waits, ...keywords].some((one) => {
    const around = holderOf(one);
    return !around || around.startIndex < node.startIndex || around.endIndex > node.endIndex;
  });
}
