import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName } from '../model';
import { type Collection, openAnnotation, openClass, openFunction, openLambda, openTypeAlias } from './definitions';
import { importedNames } from './imports';
import { BOUND, FLAGS, GLOBAL, Marks, NONLOCAL, READ, type Role } from './roles';
import { type PythonBlock, PythonOccurrence, PythonScope, type PythonSymbol } from './scope';
import { type Segment, SegmentStack } from './segments';
import { patternNames, targetNames } from './targets';

export interface Collected {
  readonly root: PythonScope;
  /** Ordered by start, an outer scope before the inner. */
  readonly scopes: readonly PythonScope[];
  /** In document order. */
  readonly occurrences: readonly PythonOccurrence[];
  readonly imports: readonly ImportedName[];
  /** Ordered by start, an outer segment before the inner. */
  readonly segments: readonly Segment[];
}

/**
 * First pass: finds scopes and occurrences of names; what they mean is the resolver's business. It asks the engine once for
 * all nodes of the kinds that matter, in document order. A node says beforehand what the identifiers in it are (`Marks`)
 * and where which scope evaluates (`SegmentStack`), so that identifiers, by far the most nodes, need no look at the tree.
 */
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

/** `name =`, but not `name ==`: the target of most assignments, told without asking the tree. */
const SIMPLE_TARGET = /[A-Za-z_]\w*[ \t]*=(?!=)/y;

class Collector implements Collection {
  readonly marks: Marks;
  readonly segments: SegmentStack;
  /** Owners of parameters and type parameters, which stand outside the segments of their scope. */
  readonly owners = new Map<number, PythonScope>();
  futureAnnotations = false;
  private readonly root: PythonScope;
  private readonly scopes: PythonScope[] = [];
  private readonly occurrences: PythonOccurrence[] = [];
  private readonly imports: ImportedName[] = [];
  /** Comprehensions whose first `for` has yet to come. */
  private readonly awaitsClause = new Set<PythonScope>();

  constructor(
    private readonly tree: SyntaxNode,
    readonly source: SourceFile,
  ) {
    const length = source.text.length;
    this.marks = new Marks(length);
    this.root = new PythonScope('module', '', 0, length, undefined);
    this.scopes.push(this.root);
    this.segments = new SegmentStack(this.root);
  }

  run(): Collected {
    let skipUntil = 0;
    for (const node of this.tree.descendantsOfType(KINDS)) {
      const start = node.startIndex;
      // The identifiers of an import were taken with their statement.
      if (start < skipUntil) continue;
      this.segments.advance(start);
      const type = node.type;
      if (type === 'identifier') this.identifier(start, node.endIndex);
      else if (type.startsWith('import_') || type === 'future_import_statement') {
        this.importStatement(node);
        skipUntil = node.endIndex;
      } else this.structure(type, node, start);
    }
    // Segments without any name in them have yet to be entered.
    this.segments.advance(this.source.text.length + 1);
    // Stable: scopes of equal range stay in the order in which they nest.
    this.scopes.sort((a, b) => a.start - b.start || b.end - a.end);
    const { root, scopes, occurrences, imports } = this;
    return { root, scopes, occurrences, imports, segments: this.segments.entered };
  }

  open(
    block: PythonBlock,
    name: string,
    range: { readonly start: number; readonly end: number },
    parent: PythonScope,
    privateName?: string,
    mangledOnly?: Set<string>,
  ): PythonScope {
    const scope = new PythonScope(block, name, range.start, range.end, parent, privateName, mangledOnly);
    this.scopes.push(scope);
    return scope;
  }

  private structure(type: string, node: SyntaxNode, start: number): void {
    switch (type) {
      case 'attribute':
      case 'member_type':
        this.marks.endAttribute(node.endIndex);
        break;
      case 'keyword_argument':
        this.marks.ignore(start);
        break;
      case 'assignment':
        this.assignment(node, start);
        break;
      case 'augmented_assignment':
        this.markField(node, 'left', 'augment');
        break;
      case 'named_expression':
        this.marks.set(start, 'walrus');
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
        for (const child of node.namedChildren) this.markTarget(child, 'global');
        break;
      case 'nonlocal_statement':
        for (const child of node.namedChildren) this.markTarget(child, 'nonlocal');
        break;
      case 'function_definition':
        openFunction(node, this);
        break;
      case 'class_definition':
        openClass(node, this);
        break;
      case 'lambda':
        openLambda(node, this);
        break;
      case 'type_alias_statement':
        if (!openTypeAlias(node, this)) {
          // `type(x).y = z` and `type[x] = y` are calls and subscripts of the builtin, which the grammar takes for the statement.
          this.record('read', start, start + 'type'.length, this.segments.scope);
        }
        break;
      case 'case_clause':
        this.caseClause(node);
        break;
      case 'print_statement':
        // Python 2 in the grammar's eyes; `print >> file, text` is a tuple in Python 3, and reads the name.
        this.record('read', start, start + 'print'.length, this.segments.scope);
        break;
      default:
        this.comprehension(COMPREHENSION[type]!, node, start);
    }
  }

  private identifier(start: number, end: number): void {
    const role = this.marks.roleOf(start, end);
    if (role === undefined) return;
    const isOwned = role === 'parameter' || role === 'type-parameter';
    const scope = isOwned ? this.owners.get(start) : undefined;
    this.record(role, start, end, scope ?? this.segments.scope);
  }

  private record(role: Role, start: number, end: number, scope: PythonScope): PythonOccurrence {
    const text = this.source.slice(start, end);
    if (role === 'type-parameter') scope.mangledOnly?.add(text);
    const symbol = scope.symbol(text);
    const occurrence = new PythonOccurrence(start, end, role, scope, symbol);
    symbol.flags |= FLAGS[role];
    this.occurrences.push(occurrence);
    if (role === 'walrus' && scope.kind === 'comprehension') bindAround(text, scope, symbol);
    else if (role === 'read' && text === 'super' && scope.kind !== 'module' && scope.kind !== 'class') {
      // Zero-argument super() reads the class through an implicit cell.
      scope.symbol('__class__').flags |= READ;
    }
    return occurrence;
  }

  private importStatement(node: SyntaxNode): void {
    const scope = this.segments.scope;
    for (const name of importedNames(node, this.source, isLazy(scope))) {
      this.imports.push(name);
      if (name.module === '__future__' && name.member === 'annotations') this.futureAnnotations = true;
      if (name.local !== '') this.record('import', name.start, name.end, scope).imported = name;
    }
  }

  private assignment(node: SyntaxNode, start: number): void {
    SIMPLE_TARGET.lastIndex = start;
    if (SIMPLE_TARGET.test(this.source.text)) {
      this.marks.set(start, 'assign');
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
    if (left.type === 'identifier') this.marks.set(left.startIndex, hasValue ? 'annotated-assign' : 'declare');
    else if (hasValue) this.markTarget(left, 'assign');
    else if (left.type === 'tuple_pattern') {
      // `(x): int` without a value binds nothing, and the name is not even evaluated (language reference, 7.2.2).
      for (const name of targetNames(left)) this.marks.ignore(name.startIndex);
    }
    openAnnotation(annotation, this);
  }

  private exceptClause(node: SyntaxNode): void {
    const value = node.childForFieldName('value');
    const alias = value?.type === 'as_pattern' ? value.childForFieldName('alias') : node.childForFieldName('alias');
    if (alias) this.markTarget(alias, 'exception');
  }

  private caseClause(node: SyntaxNode): void {
    const names = patternNames(node);
    for (const name of names.captures) this.marks.set(name.startIndex, 'capture');
    for (const name of names.ignored) this.marks.ignore(name.startIndex);
  }

  private comprehension(block: PythonBlock, node: SyntaxNode, start: number): void {
    const end = node.endIndex;
    const scope = this.open(block, '', { start, end }, this.segments.scope);
    this.awaitsClause.add(scope);
    this.segments.enter({ start, end, scope });
  }

  private forInClause(node: SyntaxNode): void {
    this.markField(node, 'left', 'for-target');
    const scope = this.segments.scope;
    if (!this.awaitsClause.delete(scope)) return;
    const iterable = node.childForFieldName('right');
    if (!iterable || !scope.parent) return;
    // The first iterable is evaluated before the comprehension's own scope is entered.
    this.segments.plan({ start: iterable.startIndex, end: iterable.endIndex, scope: scope.parent });
  }

  private markField(node: SyntaxNode, field: string, role: Role): void {
    const target = node.childForFieldName(field);
    if (target) this.markTarget(target, role);
  }

  private markTarget(target: SyntaxNode, role: Role): void {
    for (const name of targetNames(target)) this.marks.set(name.startIndex, role);
  }
}

/** PEP 572: `:=` in a comprehension binds in the scope around all comprehensions, and the innermost one declares the name. */
function bindAround(text: string, scope: PythonScope, symbol: PythonSymbol): void {
  let owner = scope;
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

function isLazy(scope: PythonScope): boolean {
  for (let at: PythonScope | undefined = scope; at; at = at.parent) {
    if (at.kind === 'function' || at.kind === 'lambda') return true;
  }
  return false;
}
