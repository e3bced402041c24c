import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingMethod, nameOf, textOf } from './handler';
import {
  type Given,
  isPlainData,
  knownType,
  PLAIN_DATA,
  PLAIN_MEMBERS,
  raisedBy,
  withoutCaught,
  withoutSubtypes,
} from './raised-table';

/** The first piece of code of which it is not known what it raises. */
export class UnknownRaise extends Error {
  constructor(readonly node: SyntaxNode) {
    super(`unknown: ${node.type}`);
  }
}

/**
 * The exceptions that the code of a block is documented to raise, by qualified name; those of the file's own classes as
 * `<local>.Name`. Functions of the same file are followed.
 *
 * @throws UnknownRaise at the first operation of which it is not known
 */
export function raisedIn(file: ParsedFile, guarded: SyntaxNode): string[] {
  return withoutSubtypes(new Reader(file, []).block(guarded));
}

/** Stands for the module of the file's own classes. */
export const LOCAL = '<local>';

/** A name that is called may mean a function of this file; so deep are such calls followed. */
const DEEPEST = 3;

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

/** Catching one of these catches all that the guarded code raises. */
const ALL = /^builtins\.(?:Exception|BaseException)$/;

class Reader {
  private readonly model: PythonModel;
  /** What a bare `raise` raises again here. */
  private caught: readonly string[] | undefined;

  /** @param callers functions that are being followed, the outermost first */
  constructor(
    private readonly file: ParsedFile,
    private readonly callers: readonly SyntaxNode[],
  ) {
    this.model = file.semantics as PythonModel;
  }

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
        throw new UnknownRaise(node);
      case 'for_statement':
        return this.loop(node);
      case 'raise_statement':
        return this.raised(node);
      case 'try_statement':
        return this.attempt(node);
      case 'assert_statement':
        return [...node.namedChildren.flatMap((child) => this.node(child)), 'builtins.AssertionError'];
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
        throw new UnknownRaise(node);
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
    throw new UnknownRaise(node);
  }

  private call(call: SyntaxNode): readonly string[] {
    const callee = call.childForFieldName('function');
    const list = call.childForFieldName('arguments');
    const path = callee ? this.pathOf(callee) : undefined;
    const given = list?.type === 'argument_list' ? list.namedChildren.filter(({ type }) => type !== 'comment') : [];
    const raised = this.followed(callee, call) ?? (path === undefined ? undefined : raisedBy(path, this.given(given)));
    if (!raised || !callee) throw new UnknownRaise(call);
    const object = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
    const before = object && this.model.qualifiedName(object) === undefined ? this.node(object) : [];
    return [...before, ...given.flatMap((one) => this.argument(one)), ...raised];
  }

  /** `raise ValueError(...)`, and `raise` alone within a handler. */
  private raised(node: SyntaxNode): readonly string[] {
    const what = node.namedChildren.find(({ type }) => type !== 'comment');
    if (!what) {
      if (this.caught) return this.caught;
      throw new UnknownRaise(node);
    }
    const made = what.type === 'call' ? what.childForFieldName('function') : what;
    const given = what.type === 'call' ? (what.childForFieldName('arguments')?.namedChildren ?? []) : [];
    const path = made ? this.classPath(made) : undefined;
    // A mere `Exception` is what the handler catches anyway.
    if (path === undefined || ALL.test(path)) throw new UnknownRaise(node);
    return [...given.filter(({ type }) => type !== 'comment').flatMap((one) => this.argument(one)), path];
  }

  /** The class that an expression names: a builtin, an imported one, or one of this file. */
  private classPath(node: SyntaxNode): string | undefined {
    const binding = node.type === 'identifier' ? this.model.bindingAt(node.startIndex) : undefined;
    const isClass = binding?.kind === 'class' && binding.writes.length === 1 && binding.scope.kind === 'module';
    if (isClass) return `${LOCAL}.${binding.name}`;
    const known = this.model.qualifiedName(node);
    return known?.certain && /\.[A-Z]\w*$/.test(known.path) ? known.path : undefined;
  }

  /** What comes out of a `try`: what its handlers do not catch, and what they raise themselves. */
  private attempt(node: SyntaxNode): readonly string[] {
    const clauses = node.namedChildren.filter(({ type }) => type === 'except_clause');
    if (node.namedChildren.some(({ type }) => type === 'except_group_clause')) throw new UnknownRaise(node);
    const caught = clauses.flatMap((clause) => this.caughtBy(clause));
    const isAll = caught.some((path) => ALL.test(path));
    const body = node.childForFieldName('body');
    const guarded = isAll || !body ? [] : this.node(body);
    const rest = node.namedChildren.filter(({ type }) => type === 'else_clause' || type === 'finally_clause');
    const outer = this.caught;
    const handled = clauses.flatMap((clause) => {
      const types = this.caughtBy(clause);
      const isKnown = types.length === namedBy(clause).length && !types.some((path) => ALL.test(path));
      this.caught = isKnown ? types : undefined;
      return clause.lastNamedChild?.type === 'block' ? this.block(clause.lastNamedChild) : [];
    });
    this.caught = outer;
    return [
      ...withoutCaught(guarded, caught),
      ...handled,
      ...rest.flatMap((one) => one.namedChildren.flatMap((child) => this.node(child))),
    ];
  }

  private caughtBy(clause: SyntaxNode): string[] {
    const named = namedBy(clause);
    return named.length === 0 ? ['builtins.BaseException'] : named.flatMap((one) => this.classPath(one) ?? []);
  }

  /** What a function of the same file raises. */
  private followed(callee: SyntaxNode | null, call: SyntaxNode): readonly string[] | undefined {
    const binding = callee?.type === 'identifier' ? this.model.bindingAt(callee.startIndex) : undefined;
    const [only] = binding?.writes ?? [];
    if (binding?.kind !== 'function' || binding.writes.length !== 1 || !only) return undefined;
    const definition = this.file.root.descendantForIndex(only.start, only.end)?.parent;
    const body = definition?.type === 'function_definition' ? definition.childForFieldName('body') : undefined;
    if (!definition || !body || definition.parent?.type === 'decorated_definition') return undefined;
    const isAsync = /^async\b/.test(textOf(this.file, definition));
    const isGenerator = body.descendantsOfType('yield').length > 0;
    const isKnown = this.callers.some(({ id }) => id === definition.id) || this.callers.length >= DEEPEST;
    if (isKnown || isGenerator || isAsync !== (call.parent?.type === 'await')) return undefined;
    try {
      return new Reader(this.file, [...this.callers, definition]).block(body);
    } catch (error) {
      // The reader of the message knows the call, not what is deep in it.
      throw error instanceof UnknownRaise ? new UnknownRaise(call) : error;
    }
  }

  private argument(node: SyntaxNode): readonly string[] {
    return node.type === 'keyword_argument' ? this.field(node, 'value') : this.node(node);
  }

  private given(nodes: readonly SyntaxNode[]): Given {
    const { file } = this;
    const positional = nodes.filter(({ type }) => type !== 'keyword_argument');
    const keywords = nodes.flatMap((node) => {
      const name = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
      const value = node.childForFieldName('value');
      return name && value && !/^(?:False|None)$/.test(textOf(file, value)) ? [textOf(file, name)] : [];
    });
    const [first] = positional;
    const isLiteral = first?.type === 'string' && first.descendantsOfType('interpolation').length === 0;
    return { type: this.typeOf(first ?? null), count: positional.length, isLiteral, keywords: new Set(keywords) };
  }

  /** The qualified name of what is called: through imports, else through the type of the receiver. */
  private pathOf(callee: SyntaxNode): string | undefined {
    const { model } = this;
    const direct = model.qualifiedName(callee);
    if (direct) return direct.certain ? direct.path : undefined;
    return callee.type === 'attribute' ? this.memberPath(callee) : undefined;
  }

  /** `pathlib.Path.name` of `path.name`. */
  private memberPath(node: SyntaxNode): string | undefined {
    const type = this.typeOf(node.childForFieldName('object'));
    const attribute = node.childForFieldName('attribute');
    return type !== undefined && attribute ? `${type}.${textOf(this.file, attribute)}` : undefined;
  }

  private loop(node: SyntaxNode): readonly string[] {
    const over = node.childForFieldName('right');
    const type = this.typeOf(over);
    const isKnown = type === PLAIN_DATA || /^builtins\.(?:list|tuple|dict|set|str|bytes|range|open)$/.test(type ?? '');
    const body = node.childForFieldName('body');
    if (!over || !body || !isKnown || node.childForFieldName('alternative')) throw new UnknownRaise(over ?? node);
    if (type === PLAIN_DATA) return [...this.node(over), 'builtins.TypeError', ...this.node(body)];
    const raised = type === 'builtins.open' ? ['builtins.OSError', 'builtins.UnicodeDecodeError'] : [];
    return [...this.node(over), ...raised, ...this.node(body)];
  }

  private attribute(node: SyntaxNode): readonly string[] {
    const { model } = this;
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
    throw new UnknownRaise(node);
  }

  /** `self.x`, which the class sets and computes nowhere. */
  private isPlainMember(node: SyntaxNode): boolean {
    const { file } = this;
    const name = /^self\.(\w+)$/.exec(textOf(file, node))?.[1];
    const owner = enclosingMethod(node)?.owner;
    if (name === undefined || !owner) return false;
    const isComputed = owner.descendantsOfType('function_definition').some((one) => nameOf(file, one) === name);
    return !isComputed && new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]+)?=(?!=)`).test(textOf(file, owner));
  }

  private subscript(node: SyntaxNode): readonly string[] {
    const value = node.childForFieldName('value');
    const keys = node.childrenForFieldName('subscript');
    const isSlice = keys.some(({ type }) => type === 'slice');
    const inner = [
      ...(value && value.type !== 'attribute' ? this.node(value) : []),
      ...keys.flatMap((key) => (key.type === 'slice' ? key.namedChildren : [key]).flatMap((one) => this.node(one))),
    ];
    const path = value ? this.model.qualifiedName(value) : undefined;
    if (path?.certain && path.path === 'os.environ') return [...inner, 'builtins.KeyError'];
    const type = this.typeOf(value);
    if (value?.type === 'attribute') inner.push(...this.node(value));
    if (type === 'builtins.dict') return [...inner, 'builtins.KeyError'];
    if (type === PLAIN_DATA && !isSlice) return [...inner, ...this.dataErrors(keys)];
    if (type !== undefined && /^builtins\.(?:list|tuple|str|bytes)$/.test(type))
      return isSlice ? inner : [...inner, 'builtins.IndexError'];
    throw new UnknownRaise(node);
  }

  /** What looking into parsed data raises: it may be of another shape. */
  private dataErrors(keys: readonly SyntaxNode[]): string[] {
    const isText = keys.every(({ type }) => type === 'string');
    const isNumber = keys.every(({ type }) => type === 'integer');
    const missing = isText
      ? ['builtins.KeyError']
      : isNumber
        ? ['builtins.IndexError', 'builtins.KeyError']
        : ['builtins.LookupError'];
    return [...missing, 'builtins.TypeError'];
  }

  private comparison(node: SyntaxNode): readonly string[] {
    const operators = node.children
      .filter(({ isNamed }) => !isNamed)
      .map((one) => textOf(this.file, one).replace(/\s+/g, ' '));
    const operands = node.namedChildren;
    const raised = operands.flatMap((one) => this.node(one));
    const isIdentity = operators.every((operator) => operator === 'is' || operator === 'is not');
    const types = operands.map((one) => this.typeOf(one));
    const [, last] = types;
    if (operators.length === 1 && /^(?:not )?in$/.test(operators[0]!) && last !== undefined) {
      if (/^builtins\.(?:dict|list|tuple|set|str)$/.test(last)) return raised;
      if (last === PLAIN_DATA) return [...raised, 'builtins.TypeError'];
    }
    const isEqual = operators.every((operator) => operator === '==' || operator === '!=');
    // Parsed data compares with anything.
    if (isEqual && types.every((type) => type !== undefined && (PLAIN.test(type) || type === PLAIN_DATA)))
      return raised;
    const isPlain = types.every((type) => type !== undefined && PLAIN.test(type) && (isEqual || type === types[0]));
    if (isIdentity || isPlain) return raised;
    throw new UnknownRaise(node);
  }

  private binary(node: SyntaxNode): readonly string[] {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    const operator = node.childForFieldName('operator');
    const [a, b] = [this.typeOf(left), this.typeOf(right)];
    const sign = operator ? textOf(this.file, operator) : '';
    const isPath =
      sign === '/' && a !== undefined && /^pathlib\./.test(a) && (b === 'builtins.str' || right?.type === 'string');
    const isText = sign === '+' && a === 'builtins.str' && b === 'builtins.str';
    const isNumber = /^[-+*]$/.test(sign) && a === 'builtins.int' && b === 'builtins.int';
    if (left && right && (isPath || isText || isNumber)) return [...this.node(left), ...this.node(right)];
    throw new UnknownRaise(node);
  }

  private interpolation(node: SyntaxNode): readonly string[] {
    const value = node.firstNamedChild;
    const type = this.typeOf(value);
    if (value && type !== undefined && (PLAIN.test(type) || /^pathlib\./.test(type))) return this.node(value);
    throw new UnknownRaise(value ?? node);
  }

  private typeOf(node: SyntaxNode | null): string | undefined {
    const type = node ? this.model.typeOf(node) : undefined;
    if (type) return type.certain ? type.path : undefined;
    if (node && this.isData(node)) return PLAIN_DATA;
    const callee = node?.type === 'call' ? node.childForFieldName('function') : null;
    const path = callee ? this.pathOf(callee) : node?.type === 'attribute' ? this.memberPath(node) : undefined;
    return path === undefined ? undefined : knownType(path);
  }

  /** Whether a value comes out of a parser of JSON and the like: lists, dicts and plain values only. */
  private isData(node: SyntaxNode): boolean {
    if (node.type === 'parenthesized_expression' || node.type === 'await')
      return node.firstNamedChild !== null && this.isData(node.firstNamedChild);
    if (node.type === 'subscript') {
      const value = node.childForFieldName('value');
      return value !== null && this.typeOf(value) === PLAIN_DATA;
    }
    if (node.type === 'call') {
      const callee = node.childForFieldName('function');
      const path = callee ? this.pathOf(callee) : undefined;
      return path !== undefined && isPlainData(path);
    }
    if (node.type !== 'identifier') return false;
    const binding = this.model.bindingAt(node.startIndex);
    const [only] = binding?.writes ?? [];
    if (!only || binding?.writes.length !== 1 || binding.kind === 'parameter') return false;
    const target = this.file.root.descendantForIndex(only.start, only.end);
    const assignment = target?.parent;
    const isGiven = assignment?.type === 'assignment' || assignment?.type === 'for_statement';
    const value = isGiven ? assignment.childForFieldName('right') : null;
    return value !== null && assignment?.childForFieldName('left')?.id === target?.id && this.isData(value);
  }
}

/** The expressions that an `except` clause names. */
function namedBy(clause: SyntaxNode): SyntaxNode[] {
  return clause.namedChildren
    .filter(({ type }) => type !== 'comment' && type !== 'block')
    .map((one) => (one.type === 'as_pattern' ? one.firstNamedChild! : one))
    .flatMap((one) => (one.type === 'tuple' ? one.namedChildren.filter(({ type }) => type !== 'comment') : [one]));
}

/** Whether a `try` catches everything, and catching less is possible: what its block raises is known. */
export function isNarrowable(file: ParsedFile, guarded: SyntaxNode): boolean {
  try {
    return raisedIn(file, guarded).length > 0;
  } catch (error) {
    if (error instanceof UnknownRaise) return false;
    throw error;
  }
}
