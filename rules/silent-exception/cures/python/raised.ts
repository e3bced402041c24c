import { Refusal } from '../../../../core/edit/refusal';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingMethod, nameOf, type PythonHandler, textOf } from './handler';
import { type Given, knownType, PLAIN_MEMBERS, raisedBy, withoutSubtypes } from './raised-table';

/**
 * The exceptions that the guarded code is documented to raise, by qualified name.
 * @throws Refusal `raised-types-unknown` that names the first operation of which it is not known, `nothing-raised`
 */
export function raisedTypes(handler: PythonHandler): string[] {
  const types = withoutSubtypes(new Reader(handler).block(handler.guarded));
  if (types.length === 0) throw new Refusal('nothing-raised');
  return types;
}

const HARMLESS: ReadonlySet<string> = new Set([
  ...[
    'identifier',
    'integer',
    'float',
    'true',
    'false',
    'none',
    'ellipsis',
    'lambda',
    'comment',
    'pass_statement',
    'break_statement',
  ],
  ...[
    'continue_statement',
    'global_statement',
    'nonlocal_statement',
    'string_start',
    'string_content',
    'string_end',
    'concatenated_string',
  ],
]);

/** Nodes that raise what their parts raise. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  ...[
    'expression_statement',
    'return_statement',
    'parenthesized_expression',
    'tuple',
    'expression_list',
    'list',
    'dictionary',
    'pair',
  ],
  ...[
    'boolean_operator',
    'not_operator',
    'conditional_expression',
    'if_statement',
    'elif_clause',
    'else_clause',
    'block',
  ],
  ...['keyword_argument', 'argument_list', 'with_clause', 'with_item'],
]);

const PLAIN = /^builtins\.(?:str|int|float|bool|bytes)$/;

class Reader {
  constructor(private readonly handler: PythonHandler) {}

  block(block: SyntaxNode): string[] {
    return block.namedChildren.flatMap((statement) => this.node(statement));
  }

  private node(node: SyntaxNode): readonly string[] {
    if (HARMLESS.has(node.type)) return [];
    if (TRANSPARENT.has(node.type)) return node.namedChildren.flatMap((child) => this.node(child));
    switch (node.type) {
      case 'await':
        // What a task raises that was started elsewhere is not to be seen here.
        if (node.firstNamedChild?.type === 'call') return this.call(node.firstNamedChild);
        throw this.unknown(node);
      case 'for_statement':
        return this.loop(node);
      case 'string':
        return node.descendantsOfType('interpolation').flatMap((one) => this.interpolation(one));
      case 'assignment':
        return [...this.field(node, 'right'), ...this.target(node.childForFieldName('left'))];
      case 'named_expression':
        return this.field(node, 'value');
      case 'call':
        return this.call(node);
      case 'attribute':
        return this.attribute(node);
      case 'subscript':
        return this.subscript(node);
      case 'comparison_operator':
        return this.comparison(node);
      case 'binary_operator':
        return this.binary(node);
      case 'with_statement':
        return node.namedChildren.flatMap((child) => this.node(child));
      case 'as_pattern':
        return node.firstNamedChild ? this.node(node.firstNamedChild) : [];
      case 'import_statement':
      case 'import_from_statement':
        return ['builtins.ImportError'];
      default:
        throw this.unknown(node);
    }
  }

  private field(node: SyntaxNode, name: string): readonly string[] {
    const child = node.childForFieldName(name);
    return child ? this.node(child) : [];
  }

  /** What assigning to a place raises: nothing for variables and for plain attributes of `self`. */
  private target(node: SyntaxNode | null): readonly string[] {
    if (!node || node.type === 'identifier') return [];
    if (node.type === 'attribute' && this.isPlainMember(node)) return [];
    if (node.type === 'subscript' && this.typeOf(node.childForFieldName('value')) === 'builtins.dict') {
      return node.childrenForFieldName('subscript').flatMap((one) => this.node(one));
    }
    throw this.unknown(node);
  }

  private call(call: SyntaxNode): readonly string[] {
    const callee = call.childForFieldName('function');
    const list = call.childForFieldName('arguments');
    const path = callee ? this.pathOf(callee) : undefined;
    const given = list?.type === 'argument_list' ? list.namedChildren.filter(({ type }) => type !== 'comment') : [];
    const raised = path === undefined ? undefined : raisedBy(path, this.given(given));
    if (!raised || !callee) throw this.unknown(call);
    const object = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
    const before = object && this.handler.model.qualifiedName(object) === undefined ? this.node(object) : [];
    return [...before, ...given.flatMap((one) => this.argument(one)), ...raised];
  }

  private argument(node: SyntaxNode): readonly string[] {
    return node.type === 'keyword_argument' ? this.field(node, 'value') : this.node(node);
  }

  private given(nodes: readonly SyntaxNode[]): Given {
    const { document } = this.handler;
    const positional = nodes.filter(({ type }) => type !== 'keyword_argument');
    const keywords = nodes.flatMap((node) => {
      const name = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
      const value = node.childForFieldName('value');
      return name && value && !/^(?:False|None)$/.test(textOf(document, value)) ? [textOf(document, name)] : [];
    });
    return { type: this.typeOf(positional[0] ?? null), count: positional.length, keywords: new Set(keywords) };
  }

  /** The qualified name of what is called: through imports, else through the type of the receiver. */
  private pathOf(callee: SyntaxNode): string | undefined {
    const { model } = this.handler;
    const direct = model.qualifiedName(callee);
    if (direct) return direct.certain ? direct.path : undefined;
    return callee.type === 'attribute' ? this.memberPath(callee) : undefined;
  }

  /** `pathlib.Path.name` of `path.name`. */
  private memberPath(node: SyntaxNode): string | undefined {
    const type = this.typeOf(node.childForFieldName('object'));
    const attribute = node.childForFieldName('attribute');
    return type !== undefined && attribute ? `${type}.${textOf(this.handler.document, attribute)}` : undefined;
  }

  private loop(node: SyntaxNode): readonly string[] {
    const over = node.childForFieldName('right');
    const type = this.typeOf(over);
    const isKnown = type !== undefined && /^builtins\.(?:list|tuple|dict|set|str|bytes|range|open)$/.test(type);
    const body = node.childForFieldName('body');
    if (!over || !body || !isKnown || node.childForFieldName('alternative')) throw this.unknown(over ?? node);
    const raised = type === 'builtins.open' ? ['builtins.OSError', 'builtins.UnicodeDecodeError'] : [];
    return [...this.node(over), ...raised, ...this.node(body)];
  }

  private attribute(node: SyntaxNode): readonly string[] {
    const { model } = this.handler;
    const path = model.qualifiedName(node);
    if (
      path?.certain &&
      /^(?:os|sys|subprocess|socket|json|time|datetime|logging|pathlib|ssl|signal)\./.test(path.path)
    )
      return [];
    if (this.isPlainMember(node)) return [];
    const object = node.childForFieldName('object');
    const member = object ? this.memberPath(node) : undefined;
    if (object && member !== undefined && PLAIN_MEMBERS.test(member)) return this.node(object);
    throw this.unknown(node);
  }

  /** `self.x`, which the class sets and computes nowhere. */
  private isPlainMember(node: SyntaxNode): boolean {
    const { document, statement } = this.handler;
    const name = /^self\.(\w+)$/.exec(textOf(document, node))?.[1];
    const owner = enclosingMethod(statement)?.owner;
    if (name === undefined || !owner) return false;
    const isComputed = owner.descendantsOfType('function_definition').some((one) => nameOf(document, one) === name);
    return !isComputed && new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]+)?=(?!=)`).test(textOf(document, owner));
  }

  private subscript(node: SyntaxNode): readonly string[] {
    const value = node.childForFieldName('value');
    const keys = node.childrenForFieldName('subscript');
    const isSlice = keys.some(({ type }) => type === 'slice');
    const inner = [
      ...(value && value.type !== 'attribute' ? this.node(value) : []),
      ...keys.flatMap((key) => (key.type === 'slice' ? key.namedChildren : [key]).flatMap((one) => this.node(one))),
    ];
    const path = value ? this.handler.model.qualifiedName(value) : undefined;
    if (path?.certain && path.path === 'os.environ') return [...inner, 'builtins.KeyError'];
    const type = this.typeOf(value);
    if (value?.type === 'attribute') inner.push(...this.node(value));
    if (type === 'builtins.dict') return [...inner, 'builtins.KeyError'];
    if (type !== undefined && /^builtins\.(?:list|tuple|str|bytes)$/.test(type))
      return isSlice ? inner : [...inner, 'builtins.IndexError'];
    throw this.unknown(node);
  }

  private comparison(node: SyntaxNode): readonly string[] {
    const operators = node.children
      .filter(({ isNamed }) => !isNamed)
      .map((one) => textOf(this.handler.document, one).replace(/\s+/g, ' '));
    const operands = node.namedChildren;
    const raised = operands.flatMap((one) => this.node(one));
    const isIdentity = operators.every((operator) => operator === 'is' || operator === 'is not');
    const types = operands.map((one) => this.typeOf(one));
    const isEqual = operators.every((operator) => operator === '==' || operator === '!=');
    const isPlain = types.every((type) => type !== undefined && PLAIN.test(type) && (isEqual || type === types[0]));
    if (isIdentity || isPlain) return raised;
    throw this.unknown(node);
  }

  private binary(node: SyntaxNode): readonly string[] {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    const operator = node.childForFieldName('operator');
    const [a, b] = [this.typeOf(left), this.typeOf(right)];
    const sign = operator ? textOf(this.handler.document, operator) : '';
    const isPath =
      sign === '/' && a !== undefined && /^pathlib\./.test(a) && (b === 'builtins.str' || right?.type === 'string');
    const isText = sign === '+' && a === 'builtins.str' && b === 'builtins.str';
    const isNumber = /^[-+*]$/.test(sign) && a === 'builtins.int' && b === 'builtins.int';
    if (left && right && (isPath || isText || isNumber)) return [...this.node(left), ...this.node(right)];
    throw this.unknown(node);
  }

  private interpolation(node: SyntaxNode): readonly string[] {
    const value = node.firstNamedChild;
    const type = this.typeOf(value);
    if (value && type !== undefined && (PLAIN.test(type) || /^pathlib\./.test(type))) return this.node(value);
    throw this.unknown(value ?? node);
  }

  private typeOf(node: SyntaxNode | null): string | undefined {
    const type = node ? this.handler.model.typeOf(node) : undefined;
    if (type) return type.certain ? type.path : undefined;
    const callee = node?.type === 'call' ? node.childForFieldName('function') : null;
    const path = callee ? this.pathOf(callee) : node?.type === 'attribute' ? this.memberPath(node) : undefined;
    return path === undefined ? undefined : knownType(path);
  }

  private unknown(node: SyntaxNode): Refusal {
    const { document } = this.handler;
    const text = textOf(document, node).replace(/\s+/g, ' ');
    const callee = node.type === 'call' ? node.childForFieldName('function') : null;
    const code = callee
      ? `${textOf(document, callee).replace(/\s+/g, ' ')}()`
      : text.length > 40
        ? `${text.slice(0, 39)}…`
        : text;
    const range = document.source.rangeOf(node);
    return new Refusal('raised-types-unknown', { code, line: range.start.line + 1 }, { file: document.file, range });
  }
}
