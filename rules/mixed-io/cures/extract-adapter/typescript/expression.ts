import type { SyntaxNode } from '../../../../../core/syntax/node';
import { type ExpressionReading, firstLate, firstOf, type Handed, inOrder, isBoundIn, isCallIn } from '../expression';
import { InputList } from '../inputs';
import { type Obstacle, obstacle } from '../site';
import { textOf } from '../subject';
import { hintOf, INPUTS, isImpure } from './hints';
import { NameReader } from './names';
import type { Piece } from './piece';
import type { Site } from './site';
import type { Subject } from './subject';

/** Values that are put together of others without asking anybody. */
const COMPOSED =
  /^(?:array|object|pair|spread_element|unary_expression|template_string|template_substitution|parenthesized_expression|as_expression|satisfies_expression|non_null_expression|computed_property_name)$/;

const CONSTANT =
  /^(?:string|number|true|false|null|undefined|regex|comment|string_fragment|escape_sequence|property_identifier|private_property_identifier|type_arguments|meta_property)$|_type$|^type_|_keyword$/;

const FUNCTION = /^(?:arrow_function|function_expression|generator_function)$/;

/** How a reader of moving code tells what it found. */
export interface Reading {
  readonly site: Site;
  readonly subject: Subject;
  readonly names: NameReader;
  readonly inputs: InputList;
}

/**
 * One call as the body of a method. Whatever is computed for it by the object, by the module or by other calls is computed where it
 * was, and handed over.
 */
export function expressionPiece(site: Site, subject: Subject, handed: Handed = 'parts'): Piece | Obstacle {
  const { document } = subject;
  const { startIndex, endIndex } = site.node;
  return inOrder((forced) => {
    const names = new NameReader(document, startIndex, endIndex);
    return new ExpressionReader({ site, subject, names, inputs: new InputList(document, INPUTS) }, forced, handed);
  });
}

/** Reads the call of a site and decides what of it moves. */
export class ExpressionReader implements ExpressionReading<Piece> {
  private readonly kept: SyntaxNode[] = [];
  private readonly handed: SyntaxNode[] = [];
  private problem: Obstacle | undefined;

  constructor(
    private readonly reading: Reading,
    private readonly forced: ReadonlySet<number> = new Set(),
    private readonly whole: Handed = 'parts',
  ) {}

  read(): Obstacle | undefined {
    const { site, subject } = this.reading;
    const { node } = site;
    let own = node;
    while (own.endIndex > site.callee.parent!.endIndex)
      own = own.childForFieldName('function')!.childForFieldName('object')!;
    const args = own.childForFieldName('arguments');
    if (!args) return obstacle('not-movable', subject, node);
    this.visitCallee();
    if (args.type === 'arguments') {
      const all = args.namedChildren.filter(({ type }) => type !== 'comment');
      for (const [at, argument] of all.entries()) this.visitArgument(argument, at);
    } else this.visit(args);
    return this.problem ?? this.localType(node);
  }

  private isWithinCall({ startIndex }: SyntaxNode): boolean {
    const { site } = this.reading;
    const args = site.callee.parent!.childForFieldName('arguments');
    return args !== null && startIndex >= args.startIndex;
  }

  outOfOrder(): SyntaxNode | undefined {
    return firstLate(this.kept, this.handed.filter(isImpure), this.forced);
  }

  piece(): Piece {
    const { site, subject, inputs } = this.reading;
    const { node } = site;
    const taken = this.namesOfMoved(node);
    return {
      site,
      calls: subject.all.filter((call) => isCallIn(call, node) && !inputs.hasCall(call)),
      start: node.startIndex,
      end: node.endIndex,
      value: node,
      last: undefined,
      inputs: inputs.named(taken),
      isAsync: false,
      names: taken,
      handed: this.whole,
    };
  }

  /** The names that moved code says itself. */
  namesOfMoved(node: SyntaxNode): Set<string> {
    const { subject, names, inputs } = this.reading;
    return new Set(
      names
        .namesIn(node)
        .filter((one) => !inputs.has(one))
        .map((one) => textOf(subject.document, one)),
    );
  }

  private localType(node: SyntaxNode): Obstacle | undefined {
    const { names, subject, inputs } = this.reading;
    const local = names.localTypeIn(node);
    return local && !inputs.has(local) ? obstacle('not-movable', subject, local) : undefined;
  }

  private visitCallee(): void {
    const { site, subject, names } = this.reading;
    const { callee } = site;
    if (callee.type === 'identifier') {
      const kind = names.kindOf(callee);
      if (kind === 'outside') this.problem ??= obstacle('not-movable', subject, callee);
      if (kind === 'local-import') this.problem ??= obstacle('local-import', subject, callee);
      return;
    }
    const object = callee.childForFieldName('object');
    if (!object || object.type === 'super') this.problem ??= obstacle('not-movable', subject, callee);
    else this.visit(object);
  }

  private visitArgument(argument: SyntaxNode, at: number): void {
    const { site, subject } = this.reading;
    const { kind, path } = site.call;
    const isFunction = FUNCTION.test(argument.type);
    const isPlain = argument.type !== 'spread_element' && !isFunction;
    const first = firstOf({ kind, path });
    // A file is handed over even where it is written out: the method is for any.
    const hint = kind === 'file' ? fileHint(at, site) : undefined;
    // What stands behind the file and its content says how something is done (`'dir'`, `constants.COPYFILE_EXCL`).
    const isOfMethod = isEncoding(argument, at, subject) || (at > 1 && hint === undefined);
    // An object that is written to a file is its content, whatever the keys of this one are.
    if (kind === 'file' && isPlain && (!isOptions(argument) || hint === 'content') && !isOfMethod)
      this.hand(argument, hint ?? hintOf(argument, subject.document));
    else if (isPlain && at === 0 && first !== undefined && this.whole !== 'parts' && !isOptions(argument))
      this.hand(argument, first);
    else if (isPlain && at === 1 && kind === 'process' && this.whole !== 'parts' && !isOptions(argument))
      this.hand(argument, argument.type === 'array' ? 'args' : undefined);
    else if (isPlain && this.whole === 'all' && !isEncoding(argument, at, subject))
      this.hand(argument, requestHint(at, site) ?? (isOptions(argument) ? 'options' : undefined));
    else this.visit(argument, at === 0 ? first : /\.kill$/.test(path) ? 'signal' : undefined);
  }

  /** @param hint what the value is for, where that is known */
  visit(node: SyntaxNode, hint?: string): void {
    const { subject, names } = this.reading;
    const { type } = node;
    if (CONSTANT.test(type)) return;
    if (this.forced.has(node.id)) this.hand(node, hint);
    else if (type === 'identifier' || type === 'shorthand_property_identifier') this.visitName(node, hint);
    else if (type === 'member_expression' || type === 'subscript_expression') this.visitChain(node);
    else if (type === 'call_expression' || type === 'new_expression') this.visitCall(node, hint);
    else if (type === 'pair') {
      const key = node.childForFieldName('key')!;
      this.visit(key);
      this.visit(
        node.childForFieldName('value')!,
        key.type === 'property_identifier' ? textOf(subject.document, key) : undefined,
      );
    } else if (COMPOSED.test(type)) for (const child of node.namedChildren) this.visit(child);
    else if (type === 'binary_expression' && !this.isConditional(node))
      for (const child of node.namedChildren) this.visit(child);
    else if (type === 'this' || type === 'super')
      this.problem ??= obstacle(type === 'this' ? 'hands-self-on' : 'not-movable', subject, node);
    else if (names.isOfFunction(node) || isImpure(node))
      this.hand(node, FUNCTION.test(type) ? (hint ?? 'callback') : hint);
  }

  /** `a ?? b()`: whether the right side is asked depends on the left one. */
  private isConditional(node: SyntaxNode): boolean {
    return /^(?:&&|\|\||\?\?)$/.test(node.childForFieldName('operator')?.type ?? '');
  }

  private visitName(node: SyntaxNode, hint?: string): void {
    const { subject, names } = this.reading;
    if (textOf(subject.document, node) === 'arguments') this.problem ??= obstacle('not-movable', subject, node);
    const kind = names.kindOf(node);
    if (kind === 'local-import') this.problem ??= obstacle('local-import', subject, node);
    else if (kind === 'outside' || names.isOwnObject(node))
      this.hand(node, isTelling(node, subject) ? undefined : hint);
  }

  private visitChain(node: SyntaxNode): void {
    const { names, subject } = this.reading;
    const root = names.rootOf(node);
    if (root?.type === 'this') this.hand(node);
    else if (root && names.kindOf(root) === 'local-import') this.problem ??= obstacle('local-import', subject, root);
    else if (root && (names.kindOf(root) === 'outside' || names.isOwnObject(root))) this.hand(node);
    else {
      this.visit(node.childForFieldName('object')!);
      const index = node.childForFieldName('index');
      if (index) this.visit(index);
    }
  }

  private visitCall(node: SyntaxNode, hint?: string): void {
    const { names, site, subject } = this.reading;
    const callee = (node.childForFieldName('function') ?? node.childForFieldName('constructor'))!;
    const root = names.rootOf(callee);
    const object = callee.childForFieldName('object');
    // `[a, b].join(' ')`
    const isOfLiteral = object && /^(?:string|template_string|array|regex)$/.test(object.type);
    const isCommon =
      root && root.type !== 'this' && names.kindOf(root) === 'common' && callee.type !== 'call_expression';
    const args = node.childForFieldName('arguments');
    // Other I/O is that of another adapter.
    const isIo = subject.all.some(
      ({ start, calleeEnd }) => start === callee.startIndex && calleeEnd === callee.endIndex,
    );
    const isOther = isIo && callee.id !== site.callee.id;
    if (!(isCommon || isOfLiteral) || isOther || args?.type === 'template_string') {
      this.hand(node, hint);
      return;
    }
    this.kept.push(node);
    this.visit(object ?? callee);
    for (const argument of args?.namedChildren ?? []) this.visit(argument);
  }

  private hand(inner: SyntaxNode, hint?: string): void {
    const { subject, names, inputs } = this.reading;
    let node = inner;
    while (node.parent?.type === 'parenthesized_expression' && this.isWithinCall(node.parent)) node = node.parent;
    if (node.descendantsOfType('yield_expression').length > 0) {
      this.problem ??= obstacle('crosses-border', subject, node, { what: 'yield' });
      return;
    }
    if (node.type === 'this') this.problem ??= obstacle('hands-self-on', subject, node);
    const own = names
      .namesIn(node)
      .find((one) => names.kindOf(one) === 'inside' && !isBoundIn(one, node, subject.model));
    if (own) this.problem ??= obstacle('not-movable', subject, node);
    this.handed.push(node);
    inputs.add(node, hint);
  }
}

/** An object of options says by its keys what its values are for. */
function isOptions({ type }: SyntaxNode): boolean {
  return type === 'object';
}

/** `'utf8'` decides what is read: a text. */
function isEncoding(node: SyntaxNode, at: number, { document }: Subject): boolean {
  return (
    at > 0 &&
    node.type === 'string' &&
    /^["'](?:utf-?8|utf16le|latin1|binary|base64|base64url|hex|ascii|w|a|r|wx|ax|r\+)["']$/i.test(
      textOf(document, node),
    )
  );
}

/** What an argument of a file's call is for, where that is known. */
function fileHint(at: number, { call }: Site): string | undefined {
  const verb = call.path.slice(call.path.lastIndexOf('.') + 1);
  if (/^(?:copy|copyFile|cp|rename|move)(?:Sync)?$/.test(verb)) return ['source', 'target'][at];
  if (/^(?:symlink|link)(?:Sync)?$/.test(verb)) return ['target', 'link'][at];
  if (/glob\w*(?:\.sync)?$/i.test(call.path)) return at === 0 ? 'pattern' : undefined;
  if (at === 0 && /^mkdtemp/.test(verb)) return 'prefix';
  if (at === 0)
    return /(?:readdir|opendir|readDir|readDirectory|rmdir|emptyDir|mkdir|mkdirs|mkdirp|ensureDir|createDirectory)(?:Sync)?$/.test(
      verb,
    )
      ? 'folder'
      : /^vscode/.test(call.path)
        ? 'uri'
        : 'path';
  if (/(?:write|append|output)\w*$/i.test(verb) && at === 1) return 'content';
  const known = /(chmod|chown|utimes|truncate|access)(?:Sync)?$/.exec(verb)?.[1];
  return known === undefined ? undefined : ROLES[known]?.[at - 1];
}

/** What stands behind the URL of `client.post(url, body, config)`. */
function requestHint(at: number, { call: { kind, path } }: Site): string | undefined {
  const verb = kind === 'http' ? /\.(get|delete|head|options|post|put|patch)$/.exec(path)?.[1] : undefined;
  if (verb === undefined) return undefined;
  return (/^p/.test(verb) ? ['url', 'body', 'config'] : ['url', 'config'])[at];
}

/** What stands behind the path. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  chmod: ['mode'],
  chown: ['owner', 'group'],
  utimes: ['accessed', 'modified'],
  truncate: ['size'],
  access: ['mode'],
};

/** A name that says more than what the value is for: `endpoint` of a `url`. */
function isTelling(node: SyntaxNode, { document }: Subject): boolean {
  return textOf(document, node).length > 2;
}
