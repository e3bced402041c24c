import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { type ExpressionReading, FIRST, firstLate, inOrder, isBoundIn, isCallIn } from '../expression';
import { InputList } from '../inputs';
import { type Obstacle, obstacle } from '../site';
import { textOf } from '../subject';
import { hintOf, INPUTS, pathHint } from './hints';
import { NameReader } from './names';
import type { Piece } from './piece';
import type { Site } from './site';
import type { Subject } from './subject';

/** Values that are put together of others without asking anybody. */
const COMPOSED =
  /^(?:argument_list|keyword_argument|list|tuple|set|dictionary|pair|binary_operator|unary_operator|comparison_operator|concatenated_string|parenthesized_expression|list_splat|dictionary_splat|interpolation|string|format_specifier|format_expression)$/;

const CONSTANT =
  /^(?:integer|float|true|false|none|ellipsis|string_start|string_content|string_end|escape_sequence|comment|type_conversion)$/;

/**
 * One expression as the body of a method. Whatever is computed for it by the object, by the module or by other calls is computed
 * where it was, and handed over.
 */
export function expressionPiece(site: Site, subject: Subject, isElsewhere: boolean): Piece | Obstacle {
  return inOrder((forced) => new ExpressionReader(site, subject, forced, isElsewhere));
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
    for (const [at, argument] of args.entries()) this.visitArgument(argument, isFile, at === 0);
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

  /** Where a file goes, or what is written to it. */
  private secondHint(value: SyntaxNode): string {
    const isPair = /\.(?:copy\w*|move|rename|replace|\w*link\w*)$/.test(this.site.call.path);
    const hint = contentHint(value, this.subject);
    if (/glob$/.test(this.site.call.path)) return 'pattern';
    const known = /\.(chmod|chown|utime|truncate)$/.exec(this.site.call.path)?.[1];
    if (known === 'chown' && this.handed.length > 1) return 'group';
    if (known !== undefined) return { chmod: 'mode', chown: 'owner', utime: 'times', truncate: 'size' }[known]!;
    return isPair && /^(?:path|content)$/.test(hint) ? 'target' : hint;
  }

  /** Whether the file is what the call is made on, and not its first argument. */
  private get hasReceiver(): boolean {
    return /Path\.\w+$/.test(this.site.call.path);
  }

  /** The object whose method is called: handed over whole, unless the moved code can name it itself. */
  private visitReceiver(object: SyntaxNode): void {
    const root = this.names.rootOf(object);
    const kind = root && this.names.kindOf(root);
    if (kind === 'common' || kind === 'local-import' || kind === 'inside') {
      // `Path(x).read_text()`: what is read is said by the caller.
      if (object.type === 'call' && this.site.call.kind === 'file') this.hand(object, 'path');
      else this.visit(object);
    } else if (object.type === 'call' && root && kind === 'own') this.hand(object);
    else if (/^(?:binary_operator|parenthesized_expression)$/.test(object.type))
      this.hand(object, pathHint(object, this.subject.document));
    else this.hand(object);
  }

  private visitArgument(argument: SyntaxNode, isWhole: boolean, isFirst: boolean): void {
    const value = argument.type === 'keyword_argument' ? argument.childForFieldName('value')! : argument;
    // `os.devnull` is the same wherever it is asked.
    const isConstant = this.names.namesIn(value).every((one) => this.names.kindOf(one) === 'common');
    const keyword =
      argument.type === 'keyword_argument'
        ? textOf(this.subject.document, argument.childForFieldName('name')!)
        : undefined;
    if (value.id === this.io.id) this.visitCallee(value);
    else if (isWhole && !isConstant && keyword === undefined && !/splat/.test(value.type))
      this.hand(value, isFirst && !this.hasReceiver ? pathHint(value, this.subject.document) : this.secondHint(value));
    else this.visit(value, keyword ?? (isFirst ? FIRST[this.site.call.kind] : undefined));
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
    const isNamed = /^(?:identifier|attribute)$/.test(node.type) && (hint === 'url' || hint === 'command');
    this.inputs.add(node, isNamed ? undefined : hint);
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
