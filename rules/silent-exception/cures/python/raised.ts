import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { textOf } from './handler';
import { OPERATIONS } from './raised-operations';
import { type Given, PLAIN_DATA, raisedBy, withoutCaught, withoutSubtypes } from './raised-table';
import { UnknownRaise } from './unknown-raise';
import { ValueTypes } from './value-types';

/**
 * The exceptions that the code of a block is documented to raise, by qualified name; those of the file's own classes as
 * `<local>.Name`. Functions of the same file are followed.
 *
 * @throws UnknownRaise at the first operation of which it is not known
 */
export function raisedIn(file: ParsedFile, guarded: SyntaxNode): string[] {
  return withoutSubtypes(new Reader(file, []).block(guarded));
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

/** Catching one of these catches all that the guarded code raises. */
const ALL = /^builtins\.(?:Exception|BaseException)$/;

class Reader {
  private readonly model: PythonModel;
  private readonly values: ValueTypes;
  /** What a bare `raise` raises again here. */
  private caught: readonly string[] | undefined;

  /** @param callers functions that are being followed, the outermost first */
  constructor(
    private readonly file: ParsedFile,
    private readonly callers: readonly SyntaxNode[],
  ) {
    this.model = file.semantics as PythonModel;
    this.values = new ValueTypes(file);
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
        return node.descendantsOfType('interpolation').flatMap((one) => this.node(one));
      case 'assignment':
        return [...this.field(node, 'right'), ...this.target(node.childForFieldName('left'))];
      case 'named_expression':
        return this.field(node, 'value');
      case 'call':
        return this.call(node);
      case 'with_statement':
        return node.namedChildren.flatMap((child) => this.node(child));
      case 'as_pattern':
        return node.firstNamedChild ? this.node(node.firstNamedChild) : [];
      case 'import_statement':
      case 'import_from_statement':
        return ['builtins.ImportError'];
      default:
        return this.operation(node);
    }
  }

  private operation(node: SyntaxNode): readonly string[] {
    const operation = OPERATIONS.get(node.type);
    if (!operation) throw new UnknownRaise(node);
    const { file, model, values } = this;
    return operation(node, { file, model, values, within: (operand) => this.node(operand) });
  }

  private field(node: SyntaxNode, name: string): readonly string[] {
    const child = node.childForFieldName(name);
    return child ? this.node(child) : [];
  }

  /** What assigning to a place raises: nothing for variables and for plain attributes of `self`. */
  private target(node: SyntaxNode | null): readonly string[] {
    if (!node || node.type === 'identifier') return [];
    if (node.type === 'attribute' && this.values.isPlainMember(node)) return [];
    if (node.type === 'subscript' && this.values.typeOf(node.childForFieldName('value')) === 'builtins.dict') {
      return node.childrenForFieldName('subscript').flatMap((one) => this.node(one));
    }
    throw new UnknownRaise(node);
  }

  private call(call: SyntaxNode): readonly string[] {
    const callee = call.childForFieldName('function');
    const list = call.childForFieldName('arguments');
    const path = callee ? this.values.pathOf(callee) : undefined;
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
    return {
      type: this.values.typeOf(first ?? null),
      count: positional.length,
      isLiteral,
      keywords: new Set(keywords),
    };
  }

  private loop(node: SyntaxNode): readonly string[] {
    const over = node.childForFieldName('right');
    const type = this.values.typeOf(over);
    const isKnown = type === PLAIN_DATA || /^builtins\.(?:list|tuple|dict|set|str|bytes|range|open)$/.test(type ?? '');
    const body = node.childForFieldName('body');
    if (!over || !body || !isKnown || node.childForFieldName('alternative')) throw new UnknownRaise(over ?? node);
    if (type === PLAIN_DATA) return [...this.node(over), 'builtins.TypeError', ...this.node(body)];
    const raised = type === 'builtins.open' ? ['builtins.OSError', 'builtins.UnicodeDecodeError'] : [];
    return [...this.node(over), ...raised, ...this.node(body)];
  }
}

/** The expressions that an `except` clause names. */
function namedBy(clause: SyntaxNode): SyntaxNode[] {
  return clause.namedChildren
    .filter(({ type }) => type !== 'comment' && type !== 'block')
    .map((one) => (one.type === 'as_pattern' ? one.firstNamedChild! : one))
    .flatMap((one) => (one.type === 'tuple' ? one.namedChildren.filter(({ type }) => type !== 'comment') : [one]));
}
