import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { isBoundIn } from '../expression';
import { InputList } from '../inputs';
import { type Obstacle, obstacle } from '../site';
import { textOf } from '../subject';
import { fileBlockOf, pathOfOpen } from './file-blocks';
import { INPUTS } from './hints';
import { crossing, resultOf } from './leaving';
import { NameReader } from './names';
import type { Output, Piece } from './piece';
import type { Site } from './site';
import { flowOf, isAwaiting, lastAssignment, nodesOf, type Span } from './span';
import type { Subject } from './subject';
import { comesFirst, isAlwaysRun, isCertainlyBound, isFixed } from './timing';

/** More names than one coming back show that the piece is no single operation. */
const MAX_OUTPUTS = 1;

/** Calls that look into the frame or class that they stand in. */
const FRAME = /^(?:super|locals|globals|vars|dir|eval|exec|__import__)$/;

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
  private path: SyntaxNode | undefined;
  private content: SyntaxNode | undefined;

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
    this.inputs = new InputList(document, INPUTS);
  }

  read(): Piece | Obstacle {
    const { span, subject } = this;
    const result = resultOf(span, subject);
    if (typeof result === 'object') return result;
    const outputs = this.outputs();
    if ('code' in outputs) return outputs;
    this.path = this.pathOfOpen();
    if (this.path) this.inputs.add(this.path, 'path');
    this.content = this.contentOfBlock();
    for (const node of nodesOf(this.span)) {
      const problem = this.visit(node);
      if (problem) return problem;
    }
    const what = result === 'return' ? result : outputs.length > 0 ? 'outputs' : 'nothing';
    if (what === 'return' && outputs.length > 0) return crossing(subject, span.statements[0]!, 'return');
    const { document } = subject;
    const taken = new Set(
      nodesOf(this.span)
        .flatMap((one) => this.names.namesIn(one))
        .filter((one) => !this.inputs.has(one))
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
      isAsync: nodesOf(this.span).some((one) => isAwaiting(one)),
      localImports: [...this.localImports],
      names: taken,
      early: this.early,
    };
  }

  /** Where a file lies is put together by the caller: it is the first thing that `with open(...)` asks. */
  private pathOfOpen(): SyntaxNode | undefined {
    const { callee, call } = this.site;
    const opening = callee.parent!;
    const [statement] = this.span.statements;
    const first = statement?.descendantsOfType('with_item')[0]?.firstNamedChild;
    const made = first?.type === 'as_pattern' ? first.firstNamedChild : first;
    if (call.kind !== 'file' || made?.id !== opening.id || statement?.type !== 'with_statement') return undefined;
    const path = pathOfOpen(this.site, this.subject);
    if (!path || !COMPOSED.test(path.type) || path.descendantsOfType(['await', 'yield', 'named_expression']).length > 0)
      return undefined;
    const names = this.names.namesIn(path);
    if (names.some((one) => textOf(this.subject.document, one) === this.site.receiver) && path.type === 'identifier')
      return undefined;
    return names.every((one) => /^(?:outside|common|own)$/.test(this.names.kindOf(one))) ? path : undefined;
  }

  /** What is written is put together by the caller. */
  private contentOfBlock(): SyntaxNode | undefined {
    if (this.site.call.kind !== 'file') return undefined;
    const { statements, end } = this.span;
    const content = fileBlockOf({ site: this.site, statements, end }, this.subject)?.content;
    if (!content || content.descendantsOfType(['await', 'yield', 'named_expression']).length > 0) return undefined;
    const names = this.names.namesIn(content);
    const isOfCaller = names.every(
      (one) => this.names.kindOf(one) !== 'inside' || isBoundIn(one, content, this.subject.model),
    );
    const isSelf = content.type === 'identifier' && textOf(this.subject.document, content) === this.site.receiver;
    return isOfCaller && !isSelf ? content : undefined;
  }

  private moves(call: IoCall): boolean {
    if (call.start < this.span.start || call.end > this.span.end) return false;
    return !this.inputs.hasCall(call);
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
    if (node.id === this.path?.id) return undefined;
    if (node.id === this.content?.id) {
      if (mayAct(node, this.subject)) this.early.push(node);
      return this.hand(node);
    }
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

  /** What the file holds goes to an object of the caller, which is asked to take it and not to read it. */
  private isHandedOn(call: SyntaxNode, callee: string): boolean {
    const isRead = !/\(\s*[^()]*["'][rb]*[wax+][wabxrt+]*["']/.test(
      textOf(this.subject.document, this.span.statements[0]!),
    );
    const args = call.childForFieldName('arguments');
    const names = args ? this.names.namesIn(args) : [];
    return isRead && !READS.test(callee) && names.some((one) => this.names.kindOf(one) === 'inside');
  }

  private isOfCaller(callee: SyntaxNode): boolean {
    const root = this.names.rootOf(callee);
    return root !== undefined && this.names.kindOf(root) === 'outside';
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
    if (!isFixed(node, this.subject) && !comesFirst(node, this.span)) this.early.push(node);
    return this.hand(node);
  }

  private visitCall(node: SyntaxNode): Obstacle | undefined {
    const callee = node.childForFieldName('function')!;
    const text = textOf(this.subject.document, callee);
    if (LOGGING.test(text)) return obstacle('logs-within', this.subject, node);
    if (
      this.site.call.kind === 'file' &&
      this.isOfCaller(callee) &&
      (HANDS_ON.test(text) || this.isHandedOn(node, text))
    )
      return obstacle('calls-object', this.subject, node, { name: text });
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
    // A list or a hash of the caller's that grows with the file is the caller's business.
    if (receiver && kind === 'outside' && MUTATOR.test(textOf(this.subject.document, callee)))
      return obstacle('interleaved', this.subject, node, { name: textOf(this.subject.document, receiver) });
    const problem = receiver ? this.visit(receiver) : this.visit(callee);
    return problem ?? this.visit(node.childForFieldName('arguments')!);
  }

  /** A call whose value is asked for before the piece begins: only what is made once, whatever happens in the piece. */
  private handCall(node: SyntaxNode): Obstacle | undefined {
    const isOwnBusiness = this.names.namesIn(node).every((one) => this.names.kindOf(one) !== 'inside');
    if (!isOwnBusiness || !isAlwaysRun(node, this.span))
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
    if (!isCertainlyBound(node, this.names.rootOf(node), this.span, this.subject))
      return obstacle('entangled', this.subject, node, { name: textOf(this.subject.document, node) });
    this.inputs.add(node);
    return undefined;
  }
}

/** Whether an expression asks somebody: what only forms a text of values asks nobody. */
function mayAct(node: SyntaxNode, { document }: Subject): boolean {
  return node
    .descendantsOfType('call')
    .some((one) => !FORMS.test(textOf(document, one.childForFieldName('function')!)));
}

const FORMS =
  /(?:^|\.)(?:join|format|strip|rstrip|lstrip|encode|decode|replace|lower|upper|dumps|str|dict|list|tuple|set|sorted|len|values|keys|items|copy|isoformat|asdict|getpid|model_dump\w*)$/;

/** Expressions that a path is put together of. */
const COMPOSED =
  /^(?:identifier|attribute|call|binary_operator|string|concatenated_string|subscript|parenthesized_expression|conditional_expression)$/;

/** Methods that bring what is read to somebody else: a server, or the widgets of a window. */
const HANDS_ON = /\.(?:\w*upload\w*|send\w*|post\w*|put|publish\w*|set_value|insert_\w+|emit\w*|notify\w*)$/;

/** Methods of parsers, which are asked for what they make of a file. */
const READS = /\.(?:\w*(?:load|parse|read|decode|feed|match|search|findall|sub|split|loads|from)\w*|get|update)$/i;

/** Methods that change a collection or a hash. */
const MUTATOR = /\.(?:append|extend|insert|add|update|setdefault|pop|clear|remove|discard|sort|reverse)$/;

/** Log calls stay where they are, because the record names its function. */
const LOGGING = /(?:^|[._])(?:log|logger|logging|LOG|_log)\.\w+$|^(?:warnings\.warn|print)$/;

const isOwnMethod = (callee: SyntaxNode): boolean =>
  callee.type === 'attribute' && callee.childForFieldName('object')?.type === 'identifier';
