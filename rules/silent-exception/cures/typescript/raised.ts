import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { Binding } from '../../../../core/semantics/model';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { ERROR_CLASSES, knownCall, listMethod, RESPONSE_METHODS, textMethod } from './raised-table';
import { initialValue, Values } from './raised-values';

/** What guarded code is documented to throw. */
export interface Raised {
  /** Classes of errors, by their names. */
  readonly types: readonly string[];
  /** Values of `error.code`. */
  readonly codes: readonly string[];
}

/** The first piece of code of which it is not known what it throws. */
export class UnknownThrow extends Error {
  constructor(readonly node: SyntaxNode) {
    super(`unknown: ${node.type}`);
  }
}

/**
 * What the code of a block may throw: calls of the tables, and of functions of the same file that do nothing else.
 * @throws UnknownThrow at the first operation that could throw anything
 */
export function raisedIn(file: ParsedFile, guarded: SyntaxNode): Raised {
  const found = { types: new Set<string>(), codes: new Set<string>() };
  new Reader(file, guarded, found, []).read(guarded);
  return { types: [...found.types], codes: [...found.codes] };
}

const FUNCTIONS: ReadonlySet<string> = new Set(['arrow_function', 'function_expression', 'function_declaration']);

/** A name that is called may mean a function of this file; so deep are such calls followed. */
const DEEPEST = 3;

class Reader {
  private readonly model: TypeScriptModel;
  private readonly values: Values;

  /** @param callers functions that are being followed, the outermost first */
  constructor(
    private readonly file: ParsedFile,
    guarded: SyntaxNode,
    private readonly found: { readonly types: Set<string>; readonly codes: Set<string> },
    private readonly callers: readonly SyntaxNode[],
  ) {
    this.model = file.semantics as TypeScriptModel;
    this.values = new Values(file, guarded, callers.length > 0);
  }

  read(node: SyntaxNode): void {
    // Making a function throws nothing; those that are called are read with the call.
    if (FUNCTIONS.has(node.type)) return;
    switch (node.type) {
      case 'throw_statement':
        this.thrown(node);
        return;
      case 'try_statement':
        this.attempt(node);
        return;
      case 'for_in_statement':
        this.loop(node);
        return;
      case 'await_expression':
        if (node.firstNamedChild?.type !== 'call_expression') throw new UnknownThrow(node);
        break;
      case 'spread_element':
        if (node.parent?.type !== 'object') this.iterated(node.firstNamedChild);
        break;
      case 'variable_declarator':
        this.taken(node.childForFieldName('name'), node.childForFieldName('value'));
        break;
      case 'call_expression':
      case 'new_expression':
        this.call(node);
        return;
      case 'member_expression':
      case 'subscript_expression':
        this.access(node);
        break;
      case 'yield_expression':
      case 'tagged_template':
      case 'generator_function':
      case 'generator_function_declaration':
      case 'class':
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'enum_declaration':
        throw new UnknownThrow(node);
      default:
        break;
    }
    for (const child of node.namedChildren) this.read(child);
  }

  private add(...types: readonly string[]): void {
    for (const type of types) this.found.types.add(type);
  }

  /** `throw new RangeError(...)`; of a mere `Error` nothing could be told. */
  private thrown(node: SyntaxNode): void {
    const made = node.firstNamedChild;
    const name = made?.type === 'new_expression' ? made.childForFieldName('constructor') : null;
    const text = name ? this.textOf(name) : '';
    if (!made || !name || !ERROR_CLASSES.test(text) || this.model.bindingAt(name.startIndex))
      throw new UnknownThrow(node);
    this.add(text);
    for (const argument of argumentsOf(made)) this.read(argument);
  }

  /** What a `catch` takes does not come out, whatever it is. */
  private attempt(node: SyntaxNode): void {
    const handler = node.childForFieldName('handler');
    const parameter = handler?.childForFieldName('parameter');
    if (!handler) this.field(node, 'body');
    else {
      const body = handler.childForFieldName('body')!;
      const again = body
        .descendantsOfType('throw_statement')
        .find(({ firstNamedChild: value }) => value?.type === 'identifier');
      if (parameter && again) throw new UnknownThrow(again);
      this.read(body);
    }
    this.field(node, 'finalizer');
  }

  private field(node: SyntaxNode, name: string): void {
    const child = node.childForFieldName(name);
    if (child) this.read(child);
  }

  private loop(node: SyntaxNode): void {
    if (node.children.some(({ type }) => type === 'await')) throw new UnknownThrow(node);
    const over = node.childForFieldName('right');
    if (node.childForFieldName('operator')?.type !== 'in') this.iterated(over);
    if (over) this.read(over);
    this.field(node, 'body');
  }

  /** Going through what may be no list throws a TypeError; what was there before could do anything on the way. */
  private iterated(node: SyntaxNode | null): void {
    const kind = node ? this.values.kindOf(node) : 'outside';
    if (kind === 'outside') throw new UnknownThrow(node!);
    if (kind !== 'list' && kind !== 'text') this.add('TypeError');
  }

  /** `const { a } = value` reads a member of what may be absent. */
  private taken(target: SyntaxNode | null, value: SyntaxNode | null): void {
    if (!target || !value || !/_pattern$/.test(target.type)) return;
    if (target.type === 'array_pattern') this.iterated(value);
    else if (this.values.kindOf(value) === 'any') this.add('TypeError');
  }

  private access(node: SyntaxNode): void {
    const object = node.childForFieldName('object');
    if (node.children.some(({ type }) => type === 'optional_chain') || !object) return;
    if (this.values.kindOf(object) === 'any') this.add('TypeError');
  }

  private call(node: SyntaxNode): void {
    const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
    if (!callee) throw new UnknownThrow(node);
    for (const argument of argumentsOf(node)) this.read(argument);
    const path = this.model.qualifiedName(callee);
    if (path && !path.certain) throw new UnknownThrow(node);
    const known = path && knownCall(path.path);
    if (known) {
      this.add(...(known.throws ?? []));
      for (const code of known.codes ?? []) this.found.codes.add(code);
    } else if (path?.path === 'globalThis.fetch') this.fetched(node);
    else if (callee.type === 'member_expression') this.method(node, callee);
    else this.follow(callee, node);
  }

  /** A server that is not there is a TypeError; whoever may abort the request makes it a DOMException. */
  private fetched(node: SyntaxNode): void {
    this.add('TypeError');
    const options = argumentsOf(node)[1];
    if (options && (options.type !== 'object' || /\bsignal\b|\.\.\./.test(this.textOf(options))))
      this.add('DOMException');
  }

  private method(call: SyntaxNode, callee: SyntaxNode): void {
    const object = callee.childForFieldName('object');
    const property = callee.childForFieldName('property');
    if (!object || !property) throw new UnknownThrow(call);
    const name = this.textOf(property);
    const kind = this.values.kindOf(object);
    const isSure = callee.children.some(({ type }) => type === 'optional_chain');
    const ofResponse =
      kind === 'response' && Object.hasOwn(RESPONSE_METHODS, name) ? RESPONSE_METHODS[name] : undefined;
    if (ofResponse) this.add(...ofResponse);
    else if (kind === 'list' && listMethod(name)) this.callbacks(call);
    else if (textMethod(name) && argumentsOf(call).every(({ type }) => !FUNCTIONS.has(type))) {
      if (kind === 'any' && !isSure) this.add('TypeError');
    } else if (kind === 'any' && listMethod(name)) {
      this.add('TypeError');
      this.callbacks(call);
    } else if (!/^(?:toString|valueOf|getTime|abort)$/.test(name) || kind === 'any' || kind === 'outside')
      throw new UnknownThrow(call);
    this.read(object);
  }

  /** The functions that a method of a list runs at once. */
  private callbacks(call: SyntaxNode): void {
    for (const argument of argumentsOf(call)) {
      if (FUNCTIONS.has(argument.type)) this.body(argument);
      else if (argument.type === 'identifier' && this.model.bindingAt(argument.startIndex)?.kind === 'function')
        this.follow(argument, call);
    }
  }

  private body(definition: SyntaxNode): void {
    const body = definition.childForFieldName('body');
    if (body) this.read(body);
  }

  /** Reads a function of the same file in the place of its call. */
  private follow(callee: SyntaxNode, call: SyntaxNode): void {
    const binding = callee.type === 'identifier' ? this.model.bindingAt(callee.startIndex) : undefined;
    const definition = binding && this.definitionOf(binding);
    const body = definition?.childForFieldName('body');
    const isKnown = this.callers.some(({ id }) => id === definition?.id);
    if (!definition || !body || isKnown || this.callers.length >= DEEPEST) throw new UnknownThrow(call);
    try {
      new Reader(this.file, body, this.found, [...this.callers, definition]).read(body);
    } catch (error) {
      // The reader of the message knows the call, not what is deep in it.
      throw error instanceof UnknownThrow ? new UnknownThrow(call) : error;
    }
  }

  private definitionOf({ writes }: Binding): SyntaxNode | undefined {
    const [only] = writes;
    if (writes.length !== 1 || !only) return undefined;
    const name = this.file.root.descendantForIndex(only.start, only.end);
    if (name?.parent?.type === 'function_declaration') return name.parent;
    const value = name && initialValue(name);
    return value && FUNCTIONS.has(value.type) ? value : undefined;
  }

  private textOf(node: SyntaxNode): string {
    return this.file.source.slice(node.startIndex, node.endIndex);
  }
}

function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  return (call.childForFieldName('arguments')?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
}

/** Whether a `catch` could throw on what is not expected: what its `try` throws is known. */
export function isNarrowable(file: ParsedFile, guarded: SyntaxNode): boolean {
  try {
    const { types, codes } = raisedIn(file, guarded);
    return types.length > 0 || codes.length > 0;
  } catch (error) {
    if (error instanceof UnknownThrow) return false;
    throw error;
  }
}
