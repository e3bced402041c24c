import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName } from '../model';
import { importedNames } from './imports';
import {
  BOUND,
  GLOBAL,
  IMPORTED,
  NONLOCAL,
  PARAMETER,
  type PythonBlock,
  PythonOccurrence,
  PythonScope,
  READ,
  type Role,
} from './scope';
import { patternNames, targetNames } from './targets';

/** A stretch of text whose expressions are evaluated in one scope; the innermost segment around an offset counts. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly scope: PythonScope;
  /** The segment around this one. */
  readonly outer: Segment | undefined;
}

export interface Collected {
  readonly root: PythonScope;
  readonly scopes: readonly PythonScope[];
  /** In document order. */
  readonly occurrences: readonly PythonOccurrence[];
  readonly imports: readonly ImportedName[];
  /** Ordered by start, an outer segment before the inner. */
  readonly segments: readonly Segment[];
}

/** First pass: finds scopes and occurrences of names; what they mean is the resolver's business. */
export function collect(root: SyntaxNode, source: SourceFile): Collected {
  return new Collector(root, source).run();
}

const COMPREHENSION: Readonly<Record<string, PythonBlock>> = {
  list_comprehension: 'comprehension',
  set_comprehension: 'comprehension',
  dictionary_comprehension: 'comprehension',
  generator_expression: 'generator',
};

const KINDS = [
  'identifier',
  'attribute',
  'member_type',
  'keyword_argument',
  'function_definition',
  'class_definition',
  'lambda',
  ...Object.keys(COMPREHENSION),
  'for_in_clause',
  'assignment',
  'augmented_assignment',
  'named_expression',
  'for_statement',
  'as_pattern',
  'except_clause',
  'delete_statement',
  'global_statement',
  'nonlocal_statement',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'type_alias_statement',
  'case_clause',
  'print_statement',
];

/** Roles by the code that stands for them in the marks; 0 is an unmarked identifier, which is read. */
const ROLES: readonly Role[] = [
  'read',
  'assign',
  'augment',
  'delete',
  'declare',
  'annotated-assign',
  'walrus',
  'for-target',
  'with-target',
  'capture',
  'parameter',
  'function',
  'class',
  'import',
  'exception',
  'type-parameter',
  'type-alias',
  'global',
  'nonlocal',
];
/** An identifier that is no name: a keyword of a call, an attribute. */
const IGNORED = 64;
/** Set at the offset where an attribute access ends: the identifier that ends there is its attribute. */
const ATTRIBUTE_END = 128;

/** `name =`, but not `name ==`: the target of most assignments, told without asking the tree. */
const SIMPLE_TARGET = /[A-Za-z_]\w*[ \t]*=(?!=)/y;

type Pending = Omit<Segment, 'outer'>;

class Collector {
  private readonly root: PythonScope;
  private readonly scopes: PythonScope[] = [];
  private readonly occurrences: PythonOccurrence[] = [];
  private readonly imports: ImportedName[] = [];
  private readonly segments: Segment[] = [];
  /** One byte per offset: the role of the identifier that starts there, and `ATTRIBUTE_END`. */
  private readonly marks: Uint8Array;
  /** Owners of parameters and type parameters, which stand outside the segments of their scope. */
  private readonly owners = new Map<number, PythonScope>();
  /** Segments that begin later, the next one last. */
  private readonly pending: Pending[] = [];
  private current: Segment;
  /** Set while the first `for` of a comprehension has yet to come. */
  private readonly awaitsClause = new Set<PythonScope>();
  private futureAnnotations = false;

  constructor(
    private readonly tree: SyntaxNode,
    private readonly source: SourceFile,
  ) {
    this.marks = new Uint8Array(source.text.length + 2);
    this.root = new PythonScope('module', '', 0, source.text.length, undefined);
    this.scopes.push(this.root);
    this.current = { start: 0, end: Number.POSITIVE_INFINITY, scope: this.root, outer: undefined };
    this.segments.push(this.current);
  }

  run(): Collected {
    let skipUntil = 0;
    for (const node of this.tree.descendantsOfType(KINDS)) {
      const start = node.startIndex;
      // The identifiers of an import were taken with their statement.
      if (start < skipUntil) continue;
      this.advance(start);
      const type = node.type;
      if (type === 'identifier') this.identifier(start, node.endIndex);
      else if (type.startsWith('import_') || type === 'future_import_statement') {
        this.importStatement(node);
        skipUntil = node.endIndex;
      } else this.structure(type, node, start);
    }
    // Segments without any name in them have yet to be entered.
    this.advance(this.source.text.length + 1);
    // Stable: scopes of equal range stay in the order in which they nest.
    this.scopes.sort((a, b) => a.start - b.start || b.end - a.end);
    return {
      root: this.root,
      scopes: this.scopes,
      occurrences: this.occurrences,
      imports: this.imports,
      segments: this.segments,
    };
  }

  private structure(type: string, node: SyntaxNode, start: number): void {
    switch (type) {
      case 'attribute':
      case 'member_type':
        this.marks[node.endIndex]! |= ATTRIBUTE_END;
        break;
      case 'keyword_argument':
        this.marks[start] = IGNORED;
        break;
      case 'assignment':
        this.assignment(node, start);
        break;
      case 'augmented_assignment':
        this.markField(node, 'left', 'augment');
        break;
      case 'named_expression':
        this.mark(start, 'walrus');
        break;
      case 'for_statement':
        this.markField(node, 'left', 'for-target');
        break;
      case 'for_in_clause':
        this.forInClause(node);
        break;
      case 'as_pattern':
        this.markField(node, 'alias', 'with-target');
        break;
      case 'except_clause':
        this.exceptClause(node);
        break;
      case 'delete_statement':
        for (const child of node.namedChildren) this.markTarget(child, 'delete');
        break;
      case 'global_statement':
      case 'nonlocal_statement':
        for (const child of node.namedChildren)
          this.markTarget(child, type === 'global_statement' ? 'global' : 'nonlocal');
        break;
      case 'function_definition':
        this.functionDefinition(node, start);
        break;
      case 'class_definition':
        this.classDefinition(node, start);
        break;
      case 'lambda':
        this.lambda(node, start);
        break;
      case 'type_alias_statement':
        this.typeAlias(node, start);
        break;
      case 'case_clause': {
        const names = patternNames(node);
        for (const name of names.captures) this.mark(name.startIndex, 'capture');
        for (const name of names.ignored) this.marks[name.startIndex] = IGNORED;
        break;
      }
      case 'print_statement':
        // Python 2 in the grammar's eyes; `print >> file, text` is a tuple in Python 3, and reads the name.
        this.record('read', start, start + 'print'.length, this.current.scope);
        break;
      default:
        this.comprehension(COMPREHENSION[type]!, node, start);
        break;
    }
  }

  private identifier(start: number, end: number): void {
    const mark = this.marks[start]! & ~ATTRIBUTE_END;
    if (mark === IGNORED || this.marks[end]! & ATTRIBUTE_END) return;
    const role = ROLES[mark]!;
    let scope = this.current.scope;
    if (role === 'parameter' || role === 'type-parameter') scope = this.owners.get(start) ?? scope;
    this.record(role, start, end, scope);
  }

  private record(role: Role, start: number, end: number, scope: PythonScope): PythonOccurrence {
    const text = this.source.slice(start, end);
    if (role === 'type-parameter') scope.mangledOnly?.add(text);
    const symbol = scope.symbol(text);
    const occurrence = new PythonOccurrence(start, end, role, scope, symbol);
    symbol.flags |= FLAGS[role];
    this.occurrences.push(occurrence);
    if (role === 'walrus' && scope.kind === 'comprehension') this.walrus(text, scope, symbol);
    else if (role === 'read' && text === 'super' && scope.kind !== 'module' && scope.kind !== 'class') {
      // Zero-argument super() reads the class through an implicit cell.
      scope.symbol('__class__').flags |= READ;
    }
    return occurrence;
  }

  /** PEP 572: `:=` in a comprehension binds in the scope around all comprehensions, which the innermost one then declares. */
  private walrus(text: string, scope: PythonScope, symbol: { flags: number }): void {
    let owner: PythonScope = scope;
    while (owner.kind === 'comprehension' && owner.parent) owner = owner.parent;
    const outer = owner.symbol(text);
    if (owner.kind === 'module' || outer.flags & GLOBAL) {
      symbol.flags |= GLOBAL;
      outer.flags |= GLOBAL;
    } else {
      symbol.flags |= NONLOCAL;
      outer.flags |= BOUND;
    }
  }

  private importStatement(node: SyntaxNode): void {
    const scope = this.current.scope;
    for (const name of importedNames(node, this.source, isLazy(scope))) {
      this.imports.push(name);
      if (name.module === '__future__' && name.member === 'annotations') this.futureAnnotations = true;
      if (name.local !== '') this.record('import', name.start, name.end, scope).imported = name;
    }
  }

  private assignment(node: SyntaxNode, start: number): void {
    SIMPLE_TARGET.lastIndex = start;
    if (SIMPLE_TARGET.test(this.source.text)) {
      this.mark(start, 'assign');
      return;
    }
    const left = node.childForFieldName('left');
    if (!left) return;
    const annotation = node.childForFieldName('type');
    if (!annotation) {
      this.markTarget(left, 'assign');
      return;
    }
    const hasValue = node.childForFieldName('right') !== null;
    // `(x): int` without a value is evaluated for its effects only and binds nothing (language reference, 7.2.2).
    if (left.type !== 'identifier') {
      if (hasValue) this.markTarget(left, 'assign');
      else if (left.type === 'tuple_pattern')
        for (const name of targetNames(left)) this.marks[name.startIndex] = IGNORED;
    } else this.mark(left.startIndex, hasValue ? 'annotated-assign' : 'declare');
    this.pending.push(...this.annotations('annotation', [annotation], this.current.scope));
  }

  private exceptClause(node: SyntaxNode): void {
    const value = node.childForFieldName('value');
    const alias = value?.type === 'as_pattern' ? value.childForFieldName('alias') : node.childForFieldName('alias');
    if (alias) this.markTarget(alias, 'exception');
  }

  private forInClause(node: SyntaxNode): void {
    this.markField(node, 'left', 'for-target');
    const scope = this.current.scope;
    if (!this.awaitsClause.delete(scope)) return;
    const iterable = node.childForFieldName('right');
    // The first iterable is evaluated before the comprehension's own scope is entered.
    if (iterable && scope.parent) this.later(iterable.startIndex, iterable.endIndex, scope.parent);
  }

  private comprehension(block: PythonBlock, node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    const scope = this.open(block, '', start, end, this.current.scope);
    this.awaitsClause.add(scope);
    this.enter({ start, end, scope });
  }

  private functionDefinition(node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    const outer = this.current.scope;
    const name = node.childForFieldName('name');
    const parameters = node.childForFieldName('parameters');
    if (!name || !parameters) return;
    this.mark(name.startIndex, 'function');
    const text = this.source.slice(name.startIndex, name.endIndex);
    const segments: Pending[] = [];
    const generic = this.typeParameters(node, name.endIndex, text, start, end, outer, segments);
    const around = generic ?? outer;
    const annotations: SyntaxNode[] = [];
    const result = node.childForFieldName('return_type');
    const owner = new PythonScope('function', text, start, end, around);
    this.parameters(parameters, owner, annotations);
    if (result) annotations.push(result);
    if (annotations.length > 0) segments.push(...this.annotations('signature', annotations, around));
    this.scopes.push(owner);
    segments.push({ start: (result ?? parameters).endIndex, end, scope: owner });
    this.pending.push(...segments.reverse());
  }

  private lambda(node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    // The keyword is a node of the same type as the expression that it begins.
    if (end - start === 'lambda'.length) return;
    const scope = this.open('lambda', '', start, end, this.current.scope);
    const parameters = node.childForFieldName('parameters');
    if (parameters) this.parameters(parameters, scope, []);
    this.later(parameters?.endIndex ?? start + 'lambda'.length, end, scope);
  }

  private parameters(list: SyntaxNode, owner: PythonScope, annotations: SyntaxNode[]): void {
    for (const parameter of list.namedChildren) {
      let target: SyntaxNode | null = parameter;
      const type = parameter.type;
      if (type === 'typed_parameter' || type === 'typed_default_parameter') {
        const annotation = parameter.childForFieldName('type');
        if (annotation) annotations.push(annotation);
        target = parameter.firstNamedChild;
      } else if (type === 'default_parameter') target = parameter.firstNamedChild;
      if (!target) continue;
      for (const name of targetNames(target)) {
        this.mark(name.startIndex, 'parameter');
        this.owners.set(name.startIndex, owner);
      }
    }
  }

  private classDefinition(node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    const outer = this.current.scope;
    const name = node.childForFieldName('name');
    const body = node.childForFieldName('body');
    if (!name || !body) return;
    this.mark(name.startIndex, 'class');
    const text = this.source.slice(name.startIndex, name.endIndex);
    const bases = node.childForFieldName('superclasses');
    const segments: Pending[] = [];
    const generic = this.typeParameters(node, name.endIndex, text, start, end, outer, segments);
    const scope = this.open('class', text, start, end, generic ?? outer, text);
    if (generic && bases) segments.push({ start: bases.startIndex, end: bases.endIndex, scope: generic });
    segments.push({ start: bases?.endIndex ?? name.endIndex, end, scope });
    // Without bases the type parameters lie between the name and the body.
    if (generic && !bases) segments[segments.length - 1] = { start: body.startIndex, end, scope };
    this.pending.push(...segments.reverse());
  }

  /** Opens the scope of `[T: bound, *Ts, **P]` after a name, when there is one. */
  private typeParameters(
    node: SyntaxNode,
    nameEnd: number,
    name: string,
    start: number,
    end: number,
    outer: PythonScope,
    segments: Pending[],
  ): PythonScope | undefined {
    if (!/\s|\[|\\/.test(this.source.text.charAt(nameEnd))) return undefined;
    const list = node.childForFieldName('type_parameters');
    if (!list) return undefined;
    const isClass = node.type === 'class_definition';
    const scope = isClass
      ? this.open('type-parameters', name, start, end, outer, name, new Set())
      : this.open('type-parameters', name, start, end, outer);
    this.typeParameterNames(list, scope, segments);
    return scope;
  }

  private typeParameterNames(list: SyntaxNode, scope: PythonScope, segments: Pending[]): void {
    segments.push({ start: list.startIndex, end: list.endIndex, scope });
    for (const entry of list.namedChildren) {
      const inner = entry.firstNamedChild;
      if (entry.type !== 'type' || !inner) continue;
      const bounded = inner.type === 'constrained_type' ? inner.namedChildren : undefined;
      const name = firstIdentifier(bounded?.[0] ?? inner);
      if (!name) continue;
      this.mark(name.startIndex, 'type-parameter');
      this.owners.set(name.startIndex, scope);
      const bound = bounded?.[1];
      if (!bound) continue;
      const text = this.source.slice(name.startIndex, name.endIndex);
      const variable = this.open('type-variable', text, bound.startIndex, bound.endIndex, scope);
      segments.push({ start: bound.startIndex, end: bound.endIndex, scope: variable });
    }
  }

  private typeAlias(node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    const left = node.childForFieldName('left')?.firstNamedChild;
    const right = node.childForFieldName('right');
    const name = left?.type === 'generic_type' ? left.firstNamedChild : left;
    if (!left || !right) return;
    if (name?.type !== 'identifier') {
      // `type(x).y = z` and `type[x] = y` are calls and subscripts of the builtin, which the grammar takes for the statement.
      this.record('read', start, start + 'type'.length, this.current.scope);
      return;
    }
    this.mark(name.startIndex, 'type-alias');
    const text = this.source.slice(name.startIndex, name.endIndex);
    const segments: Pending[] = [];
    let outer = this.current.scope;
    const list = left.type === 'generic_type' ? left.namedChild(1) : null;
    if (list) {
      outer = this.open('type-parameters', text, start, end, outer);
      this.typeParameterNames(list, outer, segments);
    }
    const scope = this.open('type-alias', text, right.startIndex, right.endIndex, outer);
    segments.push({ start: right.startIndex, end: right.endIndex, scope });
    this.pending.push(...segments.reverse());
  }

  /** Annotations are evaluated lazily in a scope of their own (PEP 649), those in a function's body never. */
  private annotations(block: 'signature' | 'annotation', nodes: SyntaxNode[], parent: PythonScope): Pending[] {
    const scope = this.open(block, '', nodes[0]!.startIndex, nodes.at(-1)!.endIndex, parent);
    scope.unevaluated ||= this.futureAnnotations || (block === 'annotation' && parent.kind === 'function');
    return nodes.map((node) => ({ start: node.startIndex, end: node.endIndex, scope }));
  }

  private open(
    block: PythonBlock,
    name: string,
    start: number,
    end: number,
    parent: PythonScope,
    privateName?: string,
    mangledOnly?: Set<string>,
  ): PythonScope {
    const scope = new PythonScope(block, name, start, end, parent, privateName, mangledOnly);
    this.scopes.push(scope);
    return scope;
  }

  private mark(offset: number, role: Role): void {
    this.marks[offset]! |= CODE[role];
  }

  private markField(node: SyntaxNode, field: string, role: Role): void {
    const target = node.childForFieldName(field);
    if (target) this.markTarget(target, role);
  }

  /** The first mark stays: `except E as e` is marked before the `as` pattern in it is met. */
  private markTarget(target: SyntaxNode, role: Role): void {
    for (const name of targetNames(target)) {
      if ((this.marks[name.startIndex]! & ~ATTRIBUTE_END) === 0) this.mark(name.startIndex, role);
    }
  }

  private later(start: number, end: number, scope: PythonScope): void {
    this.pending.push({ start, end, scope });
  }

  private enter(segment: Pending): void {
    this.current = { ...segment, outer: this.current };
    this.segments.push(this.current);
  }

  /** Leaves the segments that ended before an offset and enters those that have begun. */
  private advance(offset: number): void {
    while (this.current.end <= offset) this.current = this.current.outer!;
    for (let next = this.pending.at(-1); next && next.start <= offset; next = this.pending.at(-1)) {
      this.pending.pop();
      while (this.current.end <= next.start) this.current = this.current.outer!;
      this.enter(next);
      while (this.current.end <= offset) this.current = this.current.outer!;
    }
  }
}

const CODE = Object.fromEntries(ROLES.map((role, code) => [role, code])) as Readonly<Record<Role, number>>;

const FLAGS: Readonly<Record<Role, number>> = {
  read: READ,
  assign: BOUND,
  // CPython counts the target of `x += 1` as a store only.
  augment: BOUND,
  delete: BOUND,
  declare: BOUND,
  'annotated-assign': BOUND,
  walrus: BOUND,
  'for-target': BOUND,
  'with-target': BOUND,
  capture: BOUND,
  parameter: BOUND | PARAMETER,
  function: BOUND,
  class: BOUND,
  import: BOUND | IMPORTED,
  exception: BOUND,
  'type-parameter': BOUND,
  'type-alias': BOUND,
  global: GLOBAL,
  nonlocal: NONLOCAL,
};

function isLazy(scope: PythonScope): boolean {
  for (let at: PythonScope | undefined = scope; at; at = at.parent) {
    if (at.kind === 'function' || at.kind === 'lambda') return true;
  }
  return false;
}

/** `T`, `*Ts` or `**P` under any wrapping. */
function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at && at.type !== 'identifier') at = at.firstNamedChild;
  return at ?? undefined;
}
