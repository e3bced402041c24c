import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Hole } from '../shape';
import { numberHole, pieceHole, textHole } from './holes';
import { returnsOf } from './returns';
import { placeAt, type Site, textOf } from './site';
import type { Obstacle, Unit, UnitOrObstacle } from './unit';
import { useOf } from './use';

/** What a validator may ask without doing more than look at the value. */
const PURE =
  /^(?:Number|String|Boolean|BigInt|Symbol|parseInt|parseFloat|isNaN|isFinite|Date|URL|URLSearchParams|RegExp|Set|Map|JSON|Object|Array|Math|Intl|Buffer|encodeURI|encodeURIComponent|decodeURI|decodeURIComponent|Error|TypeError|RangeError|SyntaxError|Infinity|NaN|undefined|Reflect|Uint8Array|ArrayBuffer)$/;

const FORBIDDEN =
  /^(?:await_expression|yield_expression|class|class_declaration|function_declaration|import|with_statement|debugger_statement|labeled_statement|jsx_element|jsx_self_closing_element|ERROR)$/;

/** Reads statements token by token: what must be equal in all copies, and what may differ. */
export function readShape(site: Site, owner: SyntaxNode, statements: readonly SyntaxNode[]): UnitOrObstacle {
  return new Reader(site, owner, statements).read();
}

class Reader {
  private readonly tokens: string[] = [];
  private readonly holes: Hole[] = [];
  private readonly free = new Map<string, SyntaxNode>();
  private readonly inputs: string[] = [];
  private readonly declared: SyntaxNode[] = [];
  private readonly inputPlaces: Unit['inputPlaces'][number][] = [];
  private readonly locals = new Map<string, number>();
  private readonly replaced: SyntaxNode | undefined;
  private readonly heldBy: SyntaxNode | undefined;
  private obstacle: Obstacle | undefined;
  /** Within what is said where the check fails. */
  private isSaid = false;

  constructor(
    private readonly site: Site,
    private readonly owner: SyntaxNode,
    private readonly statements: readonly SyntaxNode[],
  ) {
    const { check, document } = site;
    const use = check && useOf(check, document.source, () => true);
    this.replaced = use?.kind === 'predicate' ? use.node : check?.node;
    const declared = check?.held?.declarator.parent;
    const reads = declared && document.semantics.bindingAt(check!.held!.declarator.startIndex)?.reads;
    const isOnly = reads?.length === 1 && declared!.namedChildCount === 1;
    this.heldBy = isOnly ? statements.find(({ id }) => id === declared!.id) : undefined;
  }

  read(): UnitOrObstacle {
    const { site, owner, statements } = this;
    for (const statement of statements) {
      // Its value is the check's own.
      if (statement.id === this.heldBy?.id) continue;
      this.walk(statement);
      if (this.obstacle) return this.obstacle;
    }
    // In the order in which the function takes them.
    const order = this.declared
      .map((_, at) => at)
      .sort((a, b) => this.declared[a]!.startIndex - this.declared[b]!.startIndex);
    if (this.inputs.length === 0) return { code: 'no-validator', at: site.place };
    return {
      site,
      owner,
      statements,
      heldBy: this.heldBy,
      inputs: order.map((at) => this.inputs[at]!),
      declared: order.map((at) => this.declared[at]!),
      inputPlaces: this.inputPlaces.map((one) => ({ ...one, input: order.indexOf(one.input) })),
      shape: `${this.inputs.length} ${order.join()} ${this.tokens.join(' ')}`,
      holes: this.holes,
      free: [...this.free.values()],
      returns: returnsOf(statements, owner, this.replaced, site.document),
    };
  }

  private walk(node: SyntaxNode): undefined {
    if (this.obstacle || node.type === 'comment') return;
    if (FORBIDDEN.test(node.type)) return this.stop('no-validator', node);
    if (node.id === this.replaced?.id) return this.check();
    switch (node.type) {
      case 'this':
      case 'super':
      case 'private_property_identifier':
        return this.stop('uses-class-state', node, { name: textOf(this.site.document, node.parent ?? node) });
      case 'identifier':
      case 'shorthand_property_identifier':
      case 'shorthand_property_identifier_pattern':
      case 'type_identifier':
        return this.name(node);
      case 'number':
        return this.number(node);
      case 'string':
        return this.text(node);
      case 'template_string':
        return this.template(node);
      case 'throw_statement':
      case 'return_statement':
        return this.said(node);
      case 'statement_block':
        // `{ throw ... }` and `throw ...` are one.
        if (node.namedChildren.filter(({ type }) => type !== 'comment').length === 1)
          return this.each(node.namedChildren);
        return this.children(node);
      case 'call_expression':
        return this.call(node);
      case 'regex':
        this.tokens.push(textOf(this.site.document, node));
        return;
      default:
        return this.children(node);
    }
  }

  private children(node: SyntaxNode): undefined {
    if (node.childCount === 0) {
      const text = textOf(this.site.document, node);
      if (!/^[;,]$/.test(text)) this.tokens.push(text);
      return;
    }
    return this.each(node.children);
  }

  private each(nodes: readonly SyntaxNode[]): undefined {
    for (const one of nodes) this.walk(one);
  }

  /** The check is the group's own: it is equal everywhere, however it is written. */
  private check(): undefined {
    const { check } = this.site;
    // A pattern takes any value for a text; a text's own method is there for texts alone.
    this.tokens.push(/^(?:match|search)$/.test(check!.method) ? 'TEXT' : 'CHECK');
    if (check!.subject) this.walk(check!.subject);
    this.tokens.push('END');
  }

  private said(node: SyntaxNode): undefined {
    const before = this.isSaid;
    this.isSaid = true;
    this.children(node);
    this.isSaid = before;
  }

  private call(node: SyntaxNode): undefined {
    const callee = node.childForFieldName('function');
    if (callee?.type === 'identifier' && !this.isOwn(callee) && !PURE.test(this.textOf(callee)))
      return this.stop('other-io', callee, { name: this.textOf(callee) });
    // `errors.push('...')` says something as well.
    const before = this.isSaid;
    this.isSaid ||= callee?.type === 'member_expression' && /\.(?:push|addIssue|fail|error)$/.test(this.textOf(callee));
    this.children(node);
    this.isSaid = before;
  }

  /** A parameter or a variable of the function. */
  private isOwn(node: SyntaxNode): boolean {
    const binding = this.site.document.semantics.bindingAt(node.startIndex);
    return binding !== undefined && this.isWithin(binding.scope.start, this.owner) && binding.scope.kind !== 'module';
  }

  private isWithin(offset: number, node: SyntaxNode): boolean {
    return node.startIndex <= offset && offset < node.endIndex;
  }

  private name(node: SyntaxNode): undefined {
    const { semantics } = this.site.document;
    const text = this.textOf(node);
    const binding = semantics.bindingAt(node.startIndex);
    if (binding && this.isOwn(node)) {
      const [write] = binding.writes;
      const isLocal = write !== undefined && this.statements.some((one) => this.isWithin(write.start, one));
      if (isLocal) {
        const known = this.locals.get(text) ?? this.locals.size;
        this.locals.set(text, known);
        // A property that a shorthand names is part of what is done.
        this.tokens.push(/^shorthand/.test(node.type) ? `${text}:%${known}` : `%${known}`);
        return;
      }
      return this.input(node, text, write?.start);
    }
    if (/^shorthand/.test(node.type) || binding) {
      if (!binding) return this.stop('no-validator', node);
      if (!binding.imported && binding.scope.kind !== 'module') return this.stop('no-validator', node);
      this.free.set(text, node);
    } else if (node.type === 'identifier' && !PURE.test(text)) {
      // A global that looks at more than the value: `console`, `process`, `window`.
      return this.stop('other-io', node, { name: text });
    }
    this.tokens.push(text);
  }

  private input(node: SyntaxNode, text: string, declaredAt: number | undefined): undefined {
    const { root, semantics } = this.site.document;
    const declared = declaredAt === undefined ? undefined : root.descendantForIndex(declaredAt, declaredAt);
    const writes = semantics.bindingAt(node.startIndex)!.writes;
    if (!declared || text === 'arguments') return this.stop('no-validator', node);
    if (writes.some(({ start }) => this.statements.some((one) => this.isWithin(start, one))))
      return this.stop('no-validator', node);
    let index = this.inputs.indexOf(text);
    if (index < 0) {
      index = this.inputs.push(text) - 1;
      this.declared.push(declared);
    }
    const isShort = /^shorthand/.test(node.type);
    this.inputPlaces.push({ input: index, start: node.startIndex, end: node.endIndex, isShort });
    this.tokens.push(isShort ? `${text}:$${index}` : `$${index}`);
  }

  private number(node: SyntaxNode): undefined {
    this.holes.push(numberHole(node, this.site.document));
    this.tokens.push('#');
  }

  private text(node: SyntaxNode): undefined {
    const hole = textHole(node, this.site.document);
    const isKey = node.parent?.type === 'pair' && node.parent.firstNamedChild?.id === node.id;
    if (!this.isSaid || isKey) {
      this.tokens.push(JSON.stringify(hole.value));
      return;
    }
    this.holes.push(hole);
    this.tokens.push('"');
  }

  /** Each stretch of text may differ. */
  private template(node: SyntaxNode): undefined {
    if (/\n/.test(this.textOf(node))) return this.stop('no-validator', node);
    this.tokens.push('`');
    let from = node.startIndex + 1;
    const piece = (start: number, end: number): void => {
      const text = this.site.document.source.slice(start, end);
      if (!this.isSaid) this.tokens.push(JSON.stringify(text));
      else {
        this.holes.push(pieceHole(text, start, end));
        this.tokens.push('"');
      }
    };
    for (const one of node.namedChildren) {
      if (one.type !== 'template_substitution') continue;
      piece(from, one.startIndex);
      this.tokens.push('${');
      for (const inner of one.namedChildren) this.walk(inner);
      this.tokens.push('}');
      from = one.endIndex;
    }
    piece(from, node.endIndex - 1);
    this.tokens.push('`');
  }

  private stop(code: Obstacle['code'], node: SyntaxNode, args: Obstacle['args'] = {}): undefined {
    this.obstacle ??= { code, at: placeAt(this.site.document, node), args };
  }

  private textOf(node: SyntaxNode): string {
    return textOf(this.site.document, node);
  }
}
