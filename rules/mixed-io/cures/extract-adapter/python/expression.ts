import { Refusal } from '../../../../../core/edit/refusal';
import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { snakeOf } from '../../../../../core/text/words';
import type { IoCall } from '../../../collect';
import { type ExpressionReading, FIRST, firstLate, type Handed, inOrder, isBoundIn, isCallIn } from '../expression';
import { InputList } from '../inputs';
import { fileRole } from '../operations';
import { type Obstacle, obstacle } from '../site';
import { textOf } from '../subject';
import { hintOf, INPUTS } from './hints';
import { NameReader } from './names';
import type { Piece } from './piece';
import type { Site } from './site';
import { TAKES_COMMAND } from './specific';
import type { Subject } from './subject';

/** Values that are put together of others without asking anybody. */
const COMPOSED =
  /^(?:argument_list|keyword_argument|list|tuple|set|dictionary|pair|binary_operator|unary_operator|comparison_operator|concatenated_string|parenthesized_expression|list_splat|dictionary_splat|interpolation|string|format_specifier|format_expression)$/;

const CONSTANT =
  /^(?:integer|float|true|false|none|ellipsis|string_start|string_content|string_end|escape_sequence|comment|type_conversion)$/;

/** Arguments of a request that are what it sends. */
const SENT = /^(?:data|json|params|files|content)$/;

/** Calls whose first argument is the number of a process or of a group of processes. */
const TAKES_PID = /^(?:os\.(?:kill\w*|waitpid|getpgid)|psutil\.(?:Process|pid_exists))$/;

/**
 * One expression as the body of a method. Whatever is computed for it by the object, by the module or by other calls is computed
 * where it was, and handed over.
 */
export function expressionPiece(
  site: Site,
  subject: Subject,
  isElsewhere: boolean,
  handed: Handed = 'parts',
): Piece | Obstacle {
  return inOrder((forced) => new ExpressionReader(site, subject, forced, isElsewhere, handed));
}

class ExpressionReader implements ExpressionReading<Piece> {
  private readonly names: NameReader;
  private readonly inputs: InputList;
  private readonly kept: SyntaxNode[] = [];
  private readonly handed: SyntaxNode[] = [];
  private problem: Obstacle | undefined;
  private readonly localImports = new Set<PythonBinding>();
  private readonly io: SyntaxNode;

  constructor(
    private readonly site: Site,
    private readonly subject: Subject,
    private readonly forced: ReadonlySet<number>,
    private readonly isElsewhere: boolean,
    private readonly whole: Handed,
  ) {
    const { startIndex, endIndex } = site.node;
    this.names = new NameReader(subject.document, startIndex, endIndex);
    this.inputs = new InputList(subject.document, INPUTS);
    this.io = site.callee;
  }

  read(): Obstacle | undefined {
    const { node } = this.site;
    const { document } = this.subject;
    for (let at = node.parent; at && !/_statement$|^block$/.test(at.type); at = at.parent) {
      if (at.type === 'interpolation' || at.type === 'decorator') return obstacle('not-movable', this.subject, node);
    }
    const outer = node.type === 'await' ? node.firstNamedChild! : node;
    const callee = outer.childForFieldName('function')!;
    if (outer.childForFieldName('arguments')?.type !== 'argument_list')
      return obstacle('not-movable', this.subject, node);
    this.visitCallee(callee);
    const isFile = this.site.call.kind === 'file' && callee.id === this.io.id;
    const args = outer.childForFieldName('arguments')!.namedChildren.filter((one) => one.type !== 'comment');
    for (const [at, argument] of args.entries()) this.visitArgument(argument, isFile, at);
    const dunder = this.names
      .namesIn(node)
      .find((one) => /^__\w*[^_]_?$/.test(textOf(document, one)) && !this.inputs.has(one));
    if (dunder) return obstacle('not-movable', this.subject, node);
    return this.problem;
  }

  outOfOrder(): SyntaxNode | undefined {
    return firstLate(this.kept, this.handed.filter(isImpure), this.forced);
  }

  piece(): Piece {
    const { site, subject } = this;
    const { node } = site;
    const { document } = subject;
    const taken = new Set(
      this.names
        .namesIn(node)
        .filter((one) => !this.inputs.has(one))
        .map((one) => textOf(document, one)),
    );
    const statement = node.parent?.type === 'expression_statement' ? node.parent : undefined;
    return {
      site,
      calls: subject.all.filter((call) => this.moves(call)),
      start: node.startIndex,
      end: node.endIndex,
      expression: node,
      statements: [],
      rest: [],
      inputs: this.inputs.named(taken),
      outputs: [],
      result: statement ? 'nothing' : 'value',
      lastAssignment: undefined,
      isAsync: node.type === 'await',
      localImports: [...this.localImports],
      names: taken,
      early: [],
      handed: this.whole,
    };
  }

  private moves(call: IoCall): boolean {
    return isCallIn(call, this.site.node) && !this.inputs.hasCall(call);
  }

  private visitCallee(callee: SyntaxNode): void {
    if (callee.type === 'attribute') this.visitReceiver(callee.childForFieldName('object')!);
    else if (callee.type === 'identifier') {
      const kind = this.names.kindOf(callee);
      if (kind === 'local-import') this.remember(callee);
      // To hand the function itself over would leave nothing to the method.
      if (kind === 'outside' || (kind === 'own' && this.isElsewhere))
        this.problem ??= obstacle('not-movable', this.subject, this.site.node);
    } else this.visit(callee);
  }

  /** What an argument of a file's call is for, counted with the path that the call is made on. */
  private roleOf(at: number, value: SyntaxNode): string {
    const { path } = this.site.call;
    const verb = path.slice(path.lastIndexOf('.') + 1);
    return fileRole(verb, this.hasReceiver ? at + 1 : at, this.hasReceiver) ?? contentHint(value, this.subject);
  }

  /** Whether the file is what the call is made on, and not its first argument. */
  private get hasReceiver(): boolean {
    return /Path\.\w+$/.test(this.site.call.path);
  }

  /** What the file is called that the call is made on. */
  private get receiverHint(): string | undefined {
    return this.site.call.kind === 'file' && this.hasReceiver ? this.roleOf(-1, this.site.node) : undefined;
  }

  /** The object whose method is called: handed over whole, unless the moved code can name it itself. */
  private visitReceiver(object: SyntaxNode): void {
    const root = this.names.rootOf(object);
    const kind = root && this.names.kindOf(root);
    if (kind === 'common' || kind === 'local-import' || kind === 'inside') {
      // `Path(x).read_text()`: what is read is said by the caller.
      if (this.receiverHint !== undefined && !this.isClass(object)) this.hand(object, this.receiverHint);
      else this.visit(object);
    } else if (kind === 'own' && this.site.call.kind !== 'file') this.refuseElsewhere(root!);
    else this.hand(object, this.receiverHint);
  }

  /** A client or module that only its own module can say is not handed over: the adapter stands beside it, or nowhere. */
  private refuseElsewhere(root: SyntaxNode): void {
    if (!this.isElsewhere) return;
    const { args, at, code } = obstacle('bound-to-module', this.subject, root, {
      name: textOf(this.subject.document, root),
    });
    throw new Refusal(code, args, at);
  }

  /** `Path` of `Path.write_text(path, text)`. */
  private isClass(node: SyntaxNode): boolean {
    return /^(?:\w+\.)?[A-Z]\w*$/.test(textOf(this.subject.document, node));
  }

  /** Where the command or URL stands: behind the method, where that is said. */
  private get firstPlace(): number {
    const { kind, path } = this.site.call;
    return kind === 'http' && /\.(?:request|stream)$/.test(path) ? 1 : 0;
  }

  /** What the first argument is for. */
  private get firstRole(): string | undefined {
    const { kind, path } = this.site.call;
    if (kind !== 'process' || TAKES_COMMAND.test(path)) return FIRST[kind];
    return TAKES_PID.test(path) ? 'pid' : undefined;
  }

  private visitArgument(argument: SyntaxNode, isFile: boolean, at: number): void {
    const value = argument.type === 'keyword_argument' ? argument.childForFieldName('value')! : argument;
    const keyword =
      argument.type === 'keyword_argument'
        ? textOf(this.subject.document, argument.childForFieldName('name')!)
        : undefined;
    const isPlain = keyword === undefined && !/splat/.test(value.type);
    const first = this.firstRole;
    const isFirst = at === this.firstPlace || keyword === 'url' || keyword === 'args';
    if (value.id === this.io.id) this.visitCallee(value);
    // A file is handed over even where it is written out: the method is for any.
    else if (isFile && isPlain && !/^(?:true|false|none)$/.test(value.type)) this.hand(value, this.roleOf(at, value));
    else if (isFirst && first !== undefined && this.whole !== 'parts' && !/splat/.test(value.type))
      this.hand(value, first);
    else if (this.whole === 'all' && !/splat/.test(value.type)) this.hand(value, keyword);
    else if (keyword !== undefined && (this.isContent(keyword) || this.isPutTogether(value))) this.hand(value, keyword);
    else this.visit(value, keyword ?? (at === this.firstPlace ? first : undefined));
  }

  /** What a request for any URL sends is its caller's business. */
  private isContent(keyword: string): boolean {
    const isAny = this.site.call.kind === 'http' && this.whole === 'first';
    return isAny && SENT.test(keyword);
  }

  /** Who knows several values of a dictionary puts it together. */
  private isPutTogether(value: SyntaxNode): boolean {
    if (value.type !== 'dictionary') return false;
    const known = value.namedChildren.filter((one) =>
      this.names.namesIn(one).some((name) => /^(?:outside|own)$/.test(this.names.kindOf(name))),
    );
    return known.length > 1;
  }

  /** @param keyword the argument that the value is for */
  private visit(node: SyntaxNode, keyword?: string): void {
    const { type } = node;
    if (CONSTANT.test(type)) return;
    if (this.forced.has(node.id)) this.hand(node, keyword);
    else if (type === 'identifier') this.visitName(node, keyword);
    else if (type === 'attribute' || type === 'subscript') this.visitChain(node, keyword);
    else if (type === 'call') this.visitCall(node, keyword);
    else if (COMPOSED.test(type)) {
      for (const child of node.namedChildren) {
        if (type === 'keyword_argument' && child.id === node.childForFieldName('name')?.id) continue;
        this.visit(child);
      }
    } else if (this.names.namesIn(node).some((one) => this.isOfFunction(one))) this.hand(node, keyword);
    else if (
      /^(?:await|yield|named_expression)$/.test(type) ||
      node.descendantsOfType(['yield', 'await', 'named_expression']).length > 0
    )
      this.hand(node, keyword);
  }

  private visitName(node: SyntaxNode, keyword?: string): void {
    const kind = this.names.kindOf(node);
    if (kind === 'local-import') this.remember(node);
    else if (kind === 'outside' || kind === 'own') this.hand(node, this.isSelf(node) ? undefined : keyword);
  }

  private visitChain(node: SyntaxNode, keyword?: string): void {
    const root = this.names.rootOf(node);
    const kind = root && this.names.kindOf(root);
    if (kind === 'outside' || kind === 'own') this.hand(node, keyword);
    else if (node.type === 'attribute') this.visit(node.childForFieldName('object')!);
    else for (const child of node.namedChildren) this.visit(child);
  }

  private visitCall(node: SyntaxNode, keyword?: string): void {
    const root = this.names.rootOf(node);
    const kind = root && this.names.kindOf(root);
    const callee = node.childForFieldName('function')!;
    // `"...".format(x)`
    const isOfText = callee.type === 'attribute' && /string$/.test(callee.childForFieldName('object')!.type);
    if (kind !== 'common' && kind !== 'local-import' && !isOfText) {
      this.hand(node, keyword);
      return;
    }
    this.kept.push(node);
    this.visit(isOfText ? callee.childForFieldName('object')! : callee);
    for (const argument of node.childForFieldName('arguments')?.namedChildren ?? []) this.visit(argument);
  }

  private hand(node: SyntaxNode, hint?: string): void {
    if (this.isSelf(node)) {
      this.problem ??= obstacle('hands-self-on', this.subject, node);
      return;
    }
    if (node.descendantsOfType('yield').length > 0) {
      this.problem ??= obstacle('crosses-border', this.subject, node, { what: 'yield' });
      return;
    }
    for (const one of this.names.namesIn(node)) {
      if (this.names.kindOf(one) === 'inside' && !isBoundIn(one, node, this.subject.model))
        this.problem ??= obstacle('not-movable', this.subject, node);
    }
    this.handed.push(node);
    // Keywords of some SDKs are written in capitals.
    this.inputs.add(node, hint && /[A-Z]/.test(hint) ? snakeOf(hint) : hint);
  }

  private isSelf(node: SyntaxNode): boolean {
    return node.type === 'identifier' && textOf(this.subject.document, node) === this.site.receiver;
  }

  private isOfFunction(node: SyntaxNode): boolean {
    const kind = this.names.kindOf(node);
    if (kind === 'local-import') this.remember(node);
    return kind === 'outside' || kind === 'own';
  }

  private remember(node: SyntaxNode): void {
    const binding = this.subject.model.bindingAt(node.startIndex);
    if (binding) this.localImports.add(binding);
  }
}

/** What is written to a file, where no name says what it is. */
function contentHint(node: SyntaxNode, { document }: Subject): string {
  const hint = hintOf(node, document);
  return node.type !== 'identifier' && /^(?:value|text|bytes|items|mapping)$/.test(hint) ? 'content' : hint;
}

/** Whether an expression may do something. */
function isImpure(node: SyntaxNode): boolean {
  return node.descendantsOfType(['call', 'await', 'named_expression']).length > 0;
}
