import { folderOf } from '../../../../core/modules/python/layout';
import { calleeText } from '../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { pythonStringValue } from '../../../../core/syntax/python';
import type { Obstacle } from './obstacle';
import { PURE_BUILTINS, PURE_METHODS, PURE_MODULES } from './pure';
import { placeAt, type Site, textOf } from './site';
import type { FreeName, Unit, UnitOrObstacle } from './unit';

// One reader for all kinds of nodes: its parts share the lists that they fill, and apart they would say less.

/** Something in which copies of one validator may differ. */
export interface Hole {
  readonly kind: 'number' | 'text' | 'class';
  /** What it is about: `max_length`, `length`, `form`... */
  readonly hint: string;
  /** A number as written, a text's value, a class's name with what it means. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The text is a piece of an f-string and must be changed in place. */
  readonly isPiece: boolean;
  /** The text can be spelled anew. */
  readonly isPlain: boolean;
}

const FORBIDDEN = new Set([
  'await',
  'yield',
  'lambda',
  'function_definition',
  'class_definition',
  'global_statement',
  'nonlocal_statement',
  'with_statement',
  'import_statement',
  'import_from_statement',
  'delete_statement',
  'match_statement',
  'print_statement',
  'exec_statement',
  'decorated_definition',
  'type_alias_statement',
  'ERROR',
]);

/** Reads statements token by token: what must be equal in all copies, and what may differ. */
export function readShape(
  site: Site,
  kind: Unit['kind'],
  statements: readonly SyntaxNode[],
  candidates: readonly string[],
): UnitOrObstacle {
  return new Reader(site, kind, statements, candidates).read();
}

class Reader {
  private readonly tokens: string[] = [];
  private readonly holes: Hole[] = [];
  private readonly free = new Map<string, FreeName>();
  private readonly inputs: string[] = [];
  private readonly inputPlaces: { input: number; start: number; end: number }[] = [];
  private readonly locals = new Map<string, number>();
  private obstacle: Obstacle | undefined;
  private keepsNames = false;
  private hint = 'value';

  constructor(
    private readonly site: Site,
    private readonly kind: Unit['kind'],
    private readonly statements: readonly SyntaxNode[],
    private readonly candidates: readonly string[],
  ) {}

  read(): UnitOrObstacle {
    const { site, statements } = this;
    for (const statement of statements) {
      this.walk(statement);
      this.tokens.push(';');
      if (this.obstacle) return this.obstacle;
    }
    if (this.inputs.length === 0) return { code: 'no-validator', at: site.place };
    return {
      site,
      kind: this.kind,
      statements,
      inputs: this.inputs,
      inputPlaces: this.inputPlaces,
      locals: new Set(this.locals.keys()),
      shape: `${this.kind} ${this.tokens.join(' ')}`,
      holes: this.holes,
      free: [...this.free.values()],
      keepsNames: this.keepsNames,
      returns: this.returns(),
    };
  }

  private walk(node: SyntaxNode): undefined {
    if (this.obstacle || node.type === 'comment' || node.type === 'line_continuation') return;
    if (FORBIDDEN.has(node.type)) return this.stop('no-validator', node);
    if (this.site.check?.node.id === node.id) return this.walkCheck(node);
    if (this.isInput(node)) return this.input(node);
    switch (node.type) {
      case 'identifier':
        return this.identifier(node);
      case 'attribute':
        // Within a class `__x` means `_Class__x`, and elsewhere it does not.
        if (isPrivate(this.text(node.childForFieldName('attribute')!)))
          return this.stop('uses-class-state', node, { name: this.text(node) });
        this.walk(node.childForFieldName('object')!);
        this.tokens.push('.', this.text(node.childForFieldName('attribute')!));
        return;
      case 'parenthesized_expression':
        // Around a whole condition they are a matter of layout.
        if (!/_(?:statement|clause)$/.test(node.parent?.type ?? '')) return this.children(node);
        for (const child of node.namedChildren) this.walk(child);
        return;
      case 'keyword_argument':
        this.tokens.push(`${this.text(node.childForFieldName('name')!)}=`);
        return this.walk(node.childForFieldName('value')!);
      case 'call':
        return this.call(node);
      case 'if_statement':
      case 'elif_clause':
        this.hint = this.hintOf(node.childForFieldName('condition'));
        return this.children(node);
      case 'block':
        this.tokens.push('{');
        this.children(node);
        this.tokens.push('}');
        return;
      case 'string':
      case 'concatenated_string':
        return this.literal(node);
      case 'integer':
      case 'float':
        return this.number(node);
      case 'raise_statement':
        return this.raise(node);
      default:
        if (node.childCount > 0) return this.children(node);
        this.tokens.push(this.text(node));
    }
  }

  private children(node: SyntaxNode): undefined {
    for (const child of node.children) this.walk(child);
    if (/_statement$|_clause$/.test(node.type)) this.tokens.push('/');
  }

  /** What the check compares with is the same by its normal form, however it is written. */
  private walkCheck(node: SyntaxNode): undefined {
    const { subject } = this.site.check!;
    this.tokens.push('check(');
    this.walk(subject);
    this.tokens.push(')');
    if (node.descendantsOfType([...FORBIDDEN]).length > 0) this.stop('no-validator', node);
  }

  private isInput(node: SyntaxNode): boolean {
    if (node.type !== 'identifier' && node.type !== 'attribute') return false;
    if (this.kind === 'statement') return this.candidates.includes(this.text(node));
    if (node.type !== 'identifier' || !this.candidates.includes(this.text(node))) return false;
    const binding = this.site.model.bindingAt(node.startIndex);
    return binding?.kind === 'parameter' && binding.scope.kind === 'function';
  }

  private input(node: SyntaxNode): undefined {
    const name = this.text(node);
    if (/^(?:info|values|context|self|cls)$/.test(name) && this.kind === 'body')
      return this.stop('uses-class-state', node, { name });
    let input = this.inputs.indexOf(name);
    if (input < 0) input = this.inputs.push(name) - 1;
    this.inputPlaces.push({ input, start: node.startIndex, end: node.endIndex });
    this.tokens.push(`$${input}`);
  }

  private identifier(node: SyntaxNode): undefined {
    const { model } = this.site;
    const name = this.text(node);
    const occurrence = model.occurrenceAt(node.startIndex);
    const binding = occurrence?.symbol.binding;
    if (!binding) {
      if (!PURE_BUILTINS.has(name)) return this.stop('other-io', node, { name });
      this.tokens.push(name);
      return;
    }
    if (binding.kind === 'parameter' && binding.scope.kind === 'function')
      return this.stop('uses-class-state', node, { name });
    if (binding.scope.kind === 'module') return this.moduleName(node, name);
    if (binding.scope.kind === 'class') return this.stop('uses-class-state', node, { name });
    const isInside = binding.writes.every(({ start }) =>
      this.statements.some((one) => one.startIndex <= start && start < one.endIndex),
    );
    if (!isInside || this.kind === 'statement') return this.stop('no-validator', node);
    let local = this.locals.get(name);
    if (local === undefined) {
      local = this.locals.size;
      this.locals.set(name, local);
    }
    this.tokens.push(`%${local}`);
  }

  /** A name of the module: an import of something harmless can be written again elsewhere, anything else belongs to the module. */
  private moduleName(node: SyntaxNode, name: string): undefined {
    const imported = this.site.model.bindingAt(node.startIndex)?.imported;
    if (!imported || imported.typeOnly || imported.lazy || imported.member === '*')
      return this.stop('no-validator', node);
    const top = imported.module.split('.', 1)[0]!;
    if (!this.isRaised && !PURE_MODULES.has(top) && !this.isConstant(node))
      return this.stop('other-io', node, { name });
    if (imported.member === undefined && imported.module.startsWith(`${imported.local}.`))
      return this.stop('no-validator', node);
    this.free.set(name, { name, start: node.startIndex, module: imported.module, member: imported.member });
    const base = imported.module.startsWith('.') ? `${folderOf(this.site.document.file)} ` : '';
    this.tokens.push(`@${base}${imported.module}:${imported.member ?? ''}`);
  }

  /** `LIMIT`, `Kind.FIRST` and the class of `isinstance(value, Kind)`: what is only named does nothing. */
  private isConstant(node: SyntaxNode): boolean {
    const name = this.text(node);
    let use = node;
    while (use.parent?.type === 'attribute' && use.parent.firstNamedChild?.id === use.id) use = use.parent;
    const user = use.parent;
    if (user?.type === 'call' && user.childForFieldName('function')?.id === use.id) return false;
    if (use !== node) return /^[A-Z]\w*[a-z]/.test(name);
    if (/^_*[A-Z][A-Z\d_]+$/.test(name)) return true;
    const args = user?.type === 'tuple' ? user.parent : user;
    return (
      args?.parent?.type === 'call' &&
      /^(?:isinstance|issubclass)$/.test(calleeText(args.parent, this.site.document.source))
    );
  }

  private isRaised = false;

  private raise(node: SyntaxNode): undefined {
    const value = node.firstNamedChild;
    const before = this.isRaised;
    this.isRaised = true;
    this.tokens.push('raise');
    const name = value?.type === 'call' ? value.childForFieldName('function') : null;
    const args = value?.childForFieldName('arguments');
    const isSimple =
      name?.type === 'identifier' &&
      args &&
      args.namedChildren.filter((one) => one.type !== 'comment').length === 1 &&
      args.firstNamedChild?.type !== 'keyword_argument';
    if (this.kind === 'statement' && !isSimple) this.stop('no-validator', node);
    else if (isSimple) {
      this.hole('class', name, this.meaningOf(name), 'error', false, true);
      this.children(args);
      const from = node.childForFieldName('cause');
      if (from) this.walk(from);
    } else this.children(node);
    this.tokens.push('/');
    this.isRaised = before;
  }

  /** The same for the same class: a relative import means something else in another folder, an own class in another file. */
  private meaningOf(name: SyntaxNode): string {
    const { document, model } = this.site;
    const path = model.qualifiedName(name)?.path ?? this.text(name);
    const imported = model.bindingAt(name.startIndex)?.imported;
    if (path.startsWith('.')) return `${folderOf(document.file)} ${path}`;
    return imported || !model.bindingAt(name.startIndex) ? path : `${document.file} ${path}`;
  }

  private call(node: SyntaxNode): undefined {
    const callee = node.childForFieldName('function')!;
    if (callee.type === 'attribute' && !this.isRaised) {
      const method = this.text(callee.childForFieldName('attribute')!);
      const path = this.site.model.qualifiedName(callee)?.path;
      const isModule = path !== undefined && PURE_MODULES.has(path.split('.', 1)[0]!);
      const isOwnList = /^(?:append|add|extend)$/.test(method) && this.isLocal(callee.childForFieldName('object')!);
      if (!isModule && !isOwnList && !PURE_METHODS.has(method))
        return this.stop('other-io', callee, { name: this.text(callee) });
    } else if (callee.type !== 'identifier' && callee.type !== 'attribute') return this.stop('no-validator', node);
    else if (callee.type === 'identifier' && this.isInput(callee))
      return this.stop('other-io', callee, { name: this.text(callee) });
    this.children(node);
  }

  private isLocal(node: SyntaxNode): boolean {
    return (
      node.type === 'identifier' &&
      this.site.model.bindingAt(node.startIndex)?.kind === 'variable' &&
      !this.isInput(node)
    );
  }

  private literal(node: SyntaxNode): undefined {
    const { source } = this.site.document;
    const plain = pythonStringValue(node, source);
    if (this.text(node).includes('\n') && node.type === 'string') return this.stop('no-validator', node);
    if (plain) {
      if (this.isMessage(node) && !plain.isBytes) this.hole('text', node, plain.value, this.hint, false, true);
      else this.tokens.push(JSON.stringify(plain));
      return;
    }
    for (const part of node.type === 'string' ? [node] : node.namedChildren) {
      if (part.type === 'comment') continue;
      this.formatted(part);
    }
  }

  /** A text that an exception is given; one that a call gets first may be looked up (`_("...")`) and must stay as it is. */
  private isMessage(node: SyntaxNode): boolean {
    if (!this.isRaised) return false;
    for (let at = node.parent; at; at = at.parent) {
      if (at.type === 'call') return at.parent?.type === 'raise_statement';
      if (/_statement$|^block$/.test(at.type)) return false;
    }
    return false;
  }

  /** An f-string: its interpolations are code, the text between them is message. */
  private formatted(node: SyntaxNode): undefined {
    const { source } = this.site.document;
    this.tokens.push('f(');
    const prefix = this.text(node.firstChild!);
    let at = node.firstChild!.endIndex;
    const piece = (end: number): undefined => {
      const raw = source.slice(at, end);
      const isPlain = /f/i.test(prefix) && !/[\\{}]/.test(raw);
      if (this.isMessage(node)) {
        this.tokens.push('T');
        this.holes.push({ kind: 'text', hint: this.hint, value: raw, start: at, end, isPiece: true, isPlain });
      } else this.tokens.push(JSON.stringify(raw));
    };
    for (const child of node.namedChildren) {
      if (child.type !== 'interpolation') continue;
      piece(child.startIndex);
      if (/=\s*(?:![rsa])?\s*(?::[^}]*)?\}$/.test(this.text(child))) {
        this.keepsNames = true;
        this.tokens.push(JSON.stringify(this.text(child)));
        if (this.kind === 'statement') return this.stop('no-validator', node);
      }
      this.children(child);
      at = child.endIndex;
    }
    piece(node.lastChild!.startIndex);
    this.tokens.push(')f');
  }

  private number(node: SyntaxNode): undefined {
    const isLimit = node.parent?.type === 'comparison_operator' && !this.isRaised;
    if (!isLimit) {
      this.tokens.push(this.text(node));
      return;
    }
    this.hole('number', node, this.text(node), this.limitName(node), false, true);
  }

  /** What a number in a comparison limits. */
  private limitName(node: SyntaxNode): string {
    const comparison = node.parent!;
    const text = this.text(comparison);
    const isLength = /\blen\s*\(/.test(text);
    const isRight = comparison.lastNamedChild?.id === node.id;
    const operator = comparison.children.find((one) => /^[<>=!]/.test(one.type))?.type ?? '';
    const isMaximum = operator.startsWith('>') === isRight;
    if (!/^[<>]/.test(operator)) return isLength ? 'length' : 'expected';
    return `${isMaximum ? 'max' : 'min'}_${isLength ? 'length' : 'value'}`;
  }

  private hintOf(condition: SyntaxNode | null): string {
    const { check } = this.site;
    if (!condition) return 'value';
    if (check && condition.startIndex <= check.node.startIndex && check.node.endIndex <= condition.endIndex)
      return check.mode === undefined ? 'choice' : 'form';
    const text = this.text(condition);
    if (/\blen\s*\(/.test(text)) return 'length';
    return /^not\s+[\w.]+$|\bis\s+None$/.test(text) ? 'missing' : 'value';
  }

  private hole(
    kind: Hole['kind'],
    node: SyntaxNode,
    value: string,
    hint: string,
    isPiece: boolean,
    isPlain: boolean,
  ): undefined {
    this.tokens.push(`#${kind}:${hint}`);
    this.holes.push({ kind, hint, value, start: node.startIndex, end: node.endIndex, isPiece, isPlain });
    if (kind !== 'class') return;
    const binding = this.site.model.bindingAt(node.startIndex);
    if (binding) this.classHole(node, binding.scope.kind === 'module');
  }

  private classHole(node: SyntaxNode, isModule: boolean): undefined {
    const imported = this.site.model.bindingAt(node.startIndex)?.imported;
    const name = this.text(node);
    if (!isModule || imported?.typeOnly || imported?.lazy) return this.stop('no-validator', node);
    // An exception of the module itself can only be handed over, or stay with the function in that module.
    this.free.set(
      name,
      imported
        ? { name, start: node.startIndex, module: imported.module, member: imported.member }
        : { name, start: node.startIndex, module: '', member: name },
    );
  }

  private returns(): Unit['returns'] {
    const values = this.statements
      .flatMap((one) => one.descendantsOfType('return_statement'))
      .map((one) => one.firstNamedChild);
    if (this.kind === 'statement' || values.every((one) => !one)) return 'nothing';
    const isBoolean = values.every(
      (one) =>
        one && (/^(?:true|false|not_operator|comparison_operator)$/.test(one.type) || /^bool\(/.test(this.text(one))),
    );
    return isBoolean ? 'boolean' : 'value';
  }

  private stop(code: Obstacle['code'], node: SyntaxNode, args?: Obstacle['args']): undefined {
    this.obstacle ??= { code, at: placeAt(this.site.document, node), ...(args ? { args } : {}) };
  }

  private text(node: SyntaxNode): string {
    return textOf(this.site.document, node);
  }
}

function isPrivate(name: string): boolean {
  return name.startsWith('__') && !name.endsWith('__');
}
