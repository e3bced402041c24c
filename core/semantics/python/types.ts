import type { SyntaxNode } from '../../syntax/node';
import type { QualifiedName } from '../model';
import { typeTerms } from './annotations';
import { isBuiltinClass } from './builtins';
import { type ClassMember, classMembers, enclosingClass } from './class-members';
import { assignedValue, localPath, type Names, qualifiedNameOf, qualifiedText } from './names';
import { firstPart, parts } from './parts';
import type { PythonBinding, PythonOccurrence, PythonScope } from './scope';
import { ENTERED, isPathClass, memberType, RESULTS, TRANSPARENT, TYPING_ALIASES } from './well-known';

/** `none` is the value None, which an Optional may hold besides; `unknown` is a value about which nothing is known. */
type Candidate = QualifiedName | 'none' | 'unknown';

/** Steps of inference that one question may take; long chains of aliases and nested conditions end as unknown. */
const DEPTH = 40;

const LITERALS: Readonly<Record<string, string>> = {
  integer: 'builtins.int',
  float: 'builtins.float',
  true: 'builtins.bool',
  false: 'builtins.bool',
  concatenated_string: 'builtins.str',
  list: 'builtins.list',
  list_comprehension: 'builtins.list',
  dictionary: 'builtins.dict',
  dictionary_comprehension: 'builtins.dict',
  set: 'builtins.set',
  set_comprehension: 'builtins.set',
  tuple: 'builtins.tuple',
};

/** Answers `typeOf`; everything is computed on demand and kept by binding. */
export class Types {
  private readonly byBinding = new Map<PythonBinding, Candidate>();
  /** By the id of the node that a member is assigned. */
  private readonly byMember = new Map<number, Candidate>();
  private readonly members = new Map<PythonScope, ReadonlyMap<string, readonly ClassMember[]>>();

  constructor(private readonly names: Names) {}

  typeOf(expression: SyntaxNode): QualifiedName | undefined {
    const candidate = this.ofExpression(expression, DEPTH);
    return typeof candidate === 'string' ? undefined : candidate;
  }

  private ofExpression(expression: SyntaxNode, depth: number): Candidate {
    if (depth === 0) return 'unknown';
    const type = expression.type;
    const literal = LITERALS[type];
    if (literal !== undefined) return { path: literal, certain: true };
    switch (type) {
      case 'identifier':
        return this.ofIdentifier(expression, depth);
      case 'attribute':
        return this.ofAttribute(expression, depth);
      case 'call':
        return this.ofCall(expression, depth);
      case 'none':
        return 'none';
      case 'string':
        return { path: /^[rR]?[bB]/.test(this.text(expression)) ? 'builtins.bytes' : 'builtins.str', certain: true };
      case 'parenthesized_expression':
      case 'await':
        return this.ofField(firstPart(expression), depth);
      case 'named_expression':
        return this.ofField(expression.childForFieldName('value'), depth);
      case 'conditional_expression':
        return combine([0, 2].map((at) => this.ofField(parts(expression)[at] ?? null, depth)));
      case 'boolean_operator':
        return combine(['left', 'right'].map((side) => this.ofField(expression.childForFieldName(side), depth)));
      case 'binary_operator':
        return this.ofBinary(expression, depth);
      default:
        return 'unknown';
    }
  }

  private ofField(node: SyntaxNode | null, depth: number): Candidate {
    return node ? this.ofExpression(node, depth - 1) : 'unknown';
  }

  /** `base / "a" / "b"` is a path when its first operand is one. */
  private ofBinary(expression: SyntaxNode, depth: number): Candidate {
    let first: SyntaxNode | null = expression;
    while (first?.type === 'binary_operator') {
      const operator = first.childForFieldName('operator');
      if (!operator || this.text(operator) !== '/') return 'unknown';
      first = first.childForFieldName('left');
    }
    const left = this.ofField(first, depth);
    return typeof left !== 'string' && isPathClass(left.path) ? left : 'unknown';
  }

  private ofIdentifier(identifier: SyntaxNode, depth: number): Candidate {
    const binding = this.names.occurrenceAt(identifier.startIndex)?.symbol.binding;
    return binding ? this.ofBinding(binding, depth) : 'unknown';
  }

  private ofBinding(binding: PythonBinding, depth: number): Candidate {
    const known = this.byBinding.get(binding);
    if (known) return known;
    // `x = x.next` asks for itself; the answer to that inner question is unknown.
    this.byBinding.set(binding, 'unknown');
    const annotated = binding.writes.map((write) => this.annotationOf(write)).find((text) => text !== undefined);
    const result =
      annotated !== undefined
        ? this.ofAnnotation(annotated.text, annotated.scope)
        : combine(binding.writes.flatMap((write) => this.ofWrite(write, depth)));
    this.byBinding.set(binding, result);
    return result;
  }

  private annotationOf(write: PythonOccurrence): { text: string; scope: PythonScope } | undefined {
    if (write.role !== 'parameter' && write.role !== 'declare' && write.role !== 'annotated-assign') return undefined;
    let node = this.names.tree.namedDescendantForIndex(write.start, write.end)?.parent ?? null;
    // `*args: T` makes a tuple, `**kwargs: T` a dict, whatever T is.
    if (node?.type === 'list_splat_pattern' || node?.type === 'dictionary_splat_pattern') node = null;
    const annotation = node?.childForFieldName('type');
    return annotation ? { text: this.text(annotation), scope: this.names.scopeAt(annotation.startIndex) } : undefined;
  }

  /** The types that one write gives its name; none for writes that keep the type. */
  private ofWrite(write: PythonOccurrence, depth: number): Candidate[] {
    switch (write.role) {
      case 'delete':
      case 'declare':
      case 'augment':
        return [];
      case 'assign':
      case 'annotated-assign':
      case 'walrus': {
        const value = assignedValue(write, this.names.tree) ?? this.unpackedValue(write);
        return [this.ofField(value ?? null, depth)];
      }
      case 'parameter':
        return [this.ofParameter(write)];
      case 'with-target':
        return [this.ofEntered(write, depth)];
      case 'exception':
        return [this.ofCaught(write)];
      default:
        return ['unknown'];
    }
  }

  /** `a, b = X(), Y()`: the value that stands where the name stands. */
  private unpackedValue(write: PythonOccurrence): SyntaxNode | undefined {
    const target = this.names.tree.namedDescendantForIndex(write.start, write.end);
    const pattern = target?.parent;
    const statement = pattern?.parent;
    const value = statement?.type === 'assignment' ? statement.childForFieldName('right') : null;
    if (!pattern || !value || !/^(?:tuple_pattern|pattern_list)$/.test(pattern.type)) return undefined;
    if (!/^(?:tuple|expression_list)$/.test(value.type)) return undefined;
    const [targets, values] = [parts(pattern), parts(value)];
    const starred = [...targets, ...values].some((node) => node.type.startsWith('list_splat'));
    if (starred || targets.length !== values.length) return undefined;
    return values[targets.findIndex((node) => node.id === target?.id)];
  }

  private ofParameter(write: PythonOccurrence): Candidate {
    const node = this.names.tree.namedDescendantForIndex(write.start, write.end)?.parent;
    if (node?.type === 'list_splat_pattern') return { path: 'builtins.tuple', certain: true };
    if (node?.type === 'dictionary_splat_pattern') return { path: 'builtins.dict', certain: true };
    const owner = enclosingClass(write, this.names);
    if (owner) return { path: localPath(owner.binding), certain: true };
    if (node?.type !== 'default_parameter') return 'unknown';
    const value = node.childForFieldName('value');
    const fallback = value ? this.ofExpression(value, DEPTH / 2) : 'unknown';
    return typeof fallback === 'string' ? 'unknown' : { path: fallback.path, certain: false };
  }

  private ofEntered(write: PythonOccurrence, depth: number): Candidate {
    const target = this.names.tree.namedDescendantForIndex(write.start, write.end)?.parent;
    const manager = target?.type === 'as_pattern_target' ? target.parent && firstPart(target.parent) : undefined;
    const candidate = this.ofField(manager ?? null, depth);
    if (typeof candidate === 'string' || !ENTERED.has(candidate.path)) return candidate;
    const entered = ENTERED.get(candidate.path);
    return entered === undefined ? 'unknown' : { path: entered, certain: candidate.certain };
  }

  private ofCaught(write: PythonOccurrence): Candidate {
    const target = this.names.tree.namedDescendantForIndex(write.start, write.end)?.parent;
    const caught = target?.parent && firstPart(target.parent);
    if (!caught) return 'unknown';
    const classes = caught.type === 'tuple' ? parts(caught) : [caught];
    return combine(classes.map((node) => qualifiedNameOf(node, this.names) ?? 'unknown'));
  }

  private ofCall(call: SyntaxNode, depth: number): Candidate {
    const callee = call.childForFieldName('function');
    if (!callee) return 'unknown';
    const path = qualifiedNameOf(callee, this.names);
    const made = path && this.ofCallee(path, callee);
    if (made) return made;
    if (callee.type !== 'attribute') return 'unknown';
    const member = this.memberOf(callee, depth);
    if (!member) return 'unknown';
    const known = memberType(member.owner.path, member.name);
    if (known !== undefined) return { path: known, certain: member.owner.certain };
    return combine(member.found.filter((found) => found.kind === 'method').map((found) => this.ofMember(found, depth)));
  }

  /** What calling a name makes: an instance of a class, a known result, or what a local function says it returns. */
  private ofCallee(callee: QualifiedName, node: SyntaxNode): Candidate | undefined {
    const result = RESULTS.get(callee.path);
    if (result !== undefined) return { path: result, certain: callee.certain };
    const binding = node.type === 'identifier' ? this.names.occurrenceAt(node.startIndex)?.symbol.binding : undefined;
    if (binding?.kind === 'function') return this.ofFunction(binding);
    if (binding?.kind === 'class') return callee;
    const builtin = /^builtins\.(\w+)$/.exec(callee.path);
    if (builtin) return isBuiltinClass(builtin[1]!) ? callee : undefined;
    const last = callee.path.slice(callee.path.lastIndexOf('.') + 1);
    return /^_*[A-Z]/.test(last) ? callee : undefined;
  }

  private ofFunction(binding: PythonBinding): Candidate {
    const results = binding.writes
      .filter((write) => write.role === 'function')
      .map((write) => this.resultOf(write.start));
    return combine(results);
  }

  /** The return annotation of the function whose name starts at an offset. */
  private resultOf(nameStart: number): Candidate {
    const definition = this.names.tree.namedDescendantForIndex(nameStart, nameStart + 1)?.parent;
    const result = definition?.type === 'function_definition' ? definition.childForFieldName('return_type') : null;
    return result ? this.ofAnnotation(this.text(result), this.names.scopeAt(result.startIndex)) : 'unknown';
  }

  private ofAttribute(attribute: SyntaxNode, depth: number): Candidate {
    const member = this.memberOf(attribute, depth);
    if (!member) return 'unknown';
    const known = memberType(member.owner.path, member.name);
    if (known !== undefined) return { path: known, certain: member.owner.certain };
    const values = member.found.filter((found) => found.kind !== 'method');
    const annotated = values.find((found) => found.annotation);
    return annotated ? this.ofMember(annotated, depth) : combine(values.map((found) => this.ofMember(found, depth)));
  }

  /** The owner's class, and what the file's class of that name says about the member. */
  private memberOf(
    attribute: SyntaxNode,
    depth: number,
  ): { owner: QualifiedName; name: string; found: readonly ClassMember[] } | undefined {
    const object = attribute.childForFieldName('object');
    const name = attribute.childForFieldName('attribute');
    const owner = this.ofField(object, depth);
    if (!name || typeof owner === 'string') return undefined;
    const text = this.text(name);
    const scope = this.localClass(owner.path, attribute.startIndex);
    return { owner, name: text, found: scope ? this.membersOf(scope, text, depth) : [] };
  }

  private localClass(path: string, offset: number): PythonScope | undefined {
    let scope: PythonScope | undefined = this.names.scopeAt(offset);
    for (; scope; scope = scope.parent) {
      const named = path.split('.');
      if (scope.kind === 'class' && scope.name === named.at(-1)) return scope;
      let at: PythonScope | undefined = scope;
      for (const part of named) at = at && classNamed(at, part);
      if (at) return at;
    }
    return undefined;
  }

  private membersOf(scope: PythonScope, name: string, depth: number): readonly ClassMember[] {
    let members = this.members.get(scope);
    if (!members) {
      members = classMembers(scope, this.names);
      this.members.set(scope, members);
    }
    const own = members.get(name);
    if (own || depth <= 1) return own ?? [];
    for (const base of members.get('') ?? []) {
      const path = base.value && qualifiedNameOf(base.value, this.names);
      const parent = path && this.localClass(path.path, scope.start);
      const inherited = parent && parent !== scope ? this.membersOf(parent, name, depth - 1) : [];
      if (inherited.length > 0) return inherited;
    }
    return [];
  }

  private ofMember(member: ClassMember, depth: number): Candidate {
    const { annotation, value } = member;
    if (annotation) return this.ofAnnotation(this.text(annotation), this.names.scopeAt(annotation.startIndex));
    if (!value) return 'unknown';
    const known = this.byMember.get(value.id);
    if (known) return known;
    // `self.x = self.x.next()` asks for itself, and once more wherever it stands again.
    this.byMember.set(value.id, 'unknown');
    const result = this.ofExpression(value, depth - 1);
    this.byMember.set(value.id, result);
    return result;
  }

  private ofAnnotation(text: string, scope: PythonScope): Candidate {
    const found: Candidate[] = [];
    const pending = [text];
    // The count ends annotations that are nested without end.
    for (let step = 0, part = pending.pop(); part !== undefined && step < 50; step++, part = pending.pop()) {
      for (const term of typeTerms(part)) {
        if (term.name === 'None') continue;
        const path = qualifiedText(term.name, scope, this.names);
        const typing = path && /^typing(?:_extensions)?\.(\w+)$/.exec(path.path)?.[1];
        if (typing === 'Self') found.push(this.selfType(scope));
        else if (typing === 'Union') pending.push(...term.args);
        else if (typing && TRANSPARENT.has(typing)) pending.push(...term.args.slice(0, 1));
        else if (typing === 'Any' || path?.path === 'builtins.object') found.push('unknown');
        else
          found.push(
            path ? { path: (typing && TYPING_ALIASES[typing]) ?? path.path, certain: path.certain } : 'unknown',
          );
      }
    }
    return combine(found);
  }

  private selfType(scope: PythonScope): Candidate {
    let at: PythonScope | undefined = scope;
    while (at && at.kind !== 'class') at = at.parent;
    return at ? { path: at.name, certain: true } : 'unknown';
  }

  private text(node: SyntaxNode): string {
    return this.names.source.slice(node.startIndex, node.endIndex);
  }
}

function classNamed(scope: PythonScope, name: string): PythonScope | undefined {
  for (const child of scope.children) {
    if (child.kind === 'class' && child.name === name) return child;
    const inner =
      child.block === 'type-parameters'
        ? child.children.find((at) => at.kind === 'class' && at.name === name)
        : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** One type out of several: the first that is known, certain when all that are not None agree. */
function combine(candidates: readonly Candidate[]): Candidate {
  let first: QualifiedName | undefined;
  let certain = true;
  let isKnown = false;
  for (const candidate of candidates) {
    if (candidate === 'none') {
      isKnown = true;
      continue;
    }
    if (candidate === 'unknown') certain = false;
    else {
      if (!candidate.certain || (first && first.path !== candidate.path)) certain = false;
      first ??= candidate;
    }
  }
  if (first) return { path: first.path, certain };
  return isKnown && certain ? 'none' : 'unknown';
}
