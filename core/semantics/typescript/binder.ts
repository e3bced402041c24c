import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { BindingKind, ImportedName, OccurrenceKind, ScopeKind } from '../model';
import {
  CLASS_KINDS,
  Frame,
  FUNCTION_KINDS,
  NAME_KINDS,
  PATTERN_KINDS,
  Phase,
  SIGNATURE_KINDS,
  type Target,
  WALK_KINDS,
} from './frames';
import { bindImportStatement } from './import-statements';
import { BindingNode, Meaning, OccurrenceNode, resolve, ScopeNode } from './scope-tree';
import { isAssignedName, isUpdatedName, targetOfLeftSide } from './targets';

/** What one pass over a file finds. */
export interface BoundFile {
  readonly root: ScopeNode;
  readonly scopes: readonly ScopeNode[];
  /** All places of names, in document order, resolved. */
  readonly occurrences: readonly OccurrenceNode[];
  readonly imports: ImportedName[];
  /** The scope that a node opens, by the node's id. */
  readonly scopeOfNode: ReadonlyMap<number, ScopeNode>;
}

const NAMES: ReadonlySet<string> = new Set(NAME_KINDS);
const KINDS: string[] = [...WALK_KINDS];

/**
 * Finds scopes, definitions and references in one pass over the nodes that matter, in document order. Nesting follows from
 * offsets, so the tree is never descended: a wide or deep file costs what its names cost.
 */
export function bind(root: SyntaxNode, source: SourceFile): BoundFile {
  return new Binder(root, source).run();
}

class Binder {
  private readonly rootScope: ScopeNode;
  private readonly scopes: ScopeNode[] = [];
  private readonly occurrences: OccurrenceNode[] = [];
  private readonly imports: ImportedName[] = [];
  private readonly scopeOfNode = new Map<number, ScopeNode>();
  private readonly text: string;
  /** Names of function and class expressions, bound inside unless something inside hides them. */
  private readonly selfNames: { kind: BindingKind; at: OccurrenceNode }[] = [];
  /** Bodies of `declare global`: their names hold in the whole file where nothing nearer does. */
  private readonly globalBodies: ScopeNode[] = [];
  private top: Frame;
  /** Names before this offset were handled with the statement around them. */
  private skipTo = 0;
  /** Functions declared in blocks: where code is not strict, their names are also known in the function around them. */
  private readonly blockFunctions = new Map<string, BindingNode[]>();

  constructor(
    private readonly root: SyntaxNode,
    private readonly source: SourceFile,
  ) {
    this.text = source.text;
    this.rootScope = new ScopeNode('module', 0, this.text.length, undefined, true);
    this.scopes.push(this.rootScope);
    this.scopeOfNode.set(root.id, this.rootScope);
    this.top = new Frame('program', root, 0, this.text.length + 1, undefined, this.rootScope, this.rootScope);
  }

  run(): BoundFile {
    for (const node of this.root.descendantsOfType(KINDS)) {
      const start = node.startIndex;
      while (this.top.end <= start && this.top.parent) this.top = this.top.parent;
      if (start < this.skipTo) continue;
      const type = node.type;
      const end = node.endIndex;
      if (start === end) continue; // MISSING: the parser invented it.
      if (NAMES.has(type)) this.name(type, node, start, end);
      else this.open(type, node, start, end);
    }
    for (const { kind, at } of this.selfNames) {
      // Where a parameter or variable inside has the same name, the expression's own name is seen by nobody.
      const isHidden = at.scope.bindings.has(at.name);
      const binding = isHidden ? new BindingNode(at.name, kind, at.scope) : at.scope.own(at.name, kind);
      binding.declare(kind, at);
    }
    this.resolveAll();
    const { rootScope, scopes, occurrences, imports, scopeOfNode } = this;
    return { root: rootScope, scopes, occurrences, imports, scopeOfNode };
  }

  private resolveAll(): void {
    // Members of enums and names of imports are met before the names around them.
    const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start;
    this.occurrences.sort(byStart);
    this.scopes.sort(byStart);
    for (const at of this.occurrences) {
      if (at.binding) continue;
      const binding = resolve(at.name, at.scope, at.meaning, at.start) ?? this.inBlocks(at) ?? this.inGlobalBodies(at);
      if (!binding) continue;
      at.binding = binding;
      if (at.kind === 'read') binding.reads.push(at);
      else {
        binding.writes.push(at);
        if (at.kind === 'read-write') binding.reads.push(at);
      }
    }
    for (const scope of this.scopes) {
      scope.children.sort(byStart);
      for (const { writes } of scope.bindings.values()) if (writes.length > 1) writes.sort(byStart);
    }
  }

  private inBlocks(at: OccurrenceNode): BindingNode | undefined {
    if ((at.meaning & Meaning.value) === 0) return undefined;
    return this.blockFunctions.get(at.name)?.find(({ scope }) => {
      const owner = scope.hoistTarget();
      return owner.start <= at.start && at.end <= owner.end;
    });
  }

  private inGlobalBodies(at: OccurrenceNode): BindingNode | undefined {
    for (const scope of this.globalBodies) {
      const binding = scope.bindings.get(at.name);
      if (binding && (binding.meaning & at.meaning) !== 0) return binding;
    }
    return undefined;
  }

  // Names ------------------------------------------------------------------------------------------------------------------

  private name(type: string, node: SyntaxNode, start: number, end: number): void {
    const { top } = this;
    const scope = top.scopeAt(start);
    if (type === 'shorthand_property_identifier_pattern') {
      this.bindTarget(top.target ?? 'assign', start, end, scope);
      top.phase = Phase.rest;
    } else if (type === 'type_identifier') this.typeName(top, start, end, scope);
    else if (type === 'identifier' && this.inHead(top, node, start, end, scope)) return;
    else this.occur(start, end, 'read', scope, this.meaningIn(top));
  }

  private meaningIn(top: Frame): number {
    if (top.type === 'nested_type_identifier') return Meaning.namespace;
    if (top.type === 'export_statement' || top.type === 'export_specifier' || top.type === 'import_alias')
      return Meaning.any;
    return Meaning.value;
  }

  private typeName(top: Frame, start: number, end: number, scope: ScopeNode): void {
    if (top.phase === Phase.head) {
      switch (top.type) {
        case 'class_declaration':
        case 'abstract_class_declaration':
        case 'class':
          this.className(top, start, end);
          return;
        case 'interface_declaration':
        case 'type_alias_declaration':
          top.phase = Phase.rest;
          this.declare('type', start, end, top.outer, top.outer);
          return;
        case 'type_parameter':
        case 'mapped_type_clause':
        case 'infer_type':
          top.phase = Phase.rest;
          this.declare('type-parameter', start, end, scope, scope);
          return;
        case 'nested_type_identifier':
          return; // The member of a namespace, which no scope knows.
      }
    }
    this.occur(start, end, 'read', scope, Meaning.type);
  }

  private className(top: Frame, start: number, end: number): void {
    top.phase = Phase.rest;
    top.scope.name = this.text.slice(start, end);
    if (top.type === 'class') this.bindSelf('class', start, end, top.scope);
    else this.declare('class', start, end, top.outer, top.outer);
  }

  /** Handles an identifier whose place in its parent makes it more than a read; false when it is a read. */
  private inHead(top: Frame, node: SyntaxNode, start: number, end: number, scope: ScopeNode): boolean {
    const atHead = top.phase === Phase.head;
    switch (top.type) {
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'function_signature':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope.name = this.text.slice(start, end);
        this.declareFunction(start, end, top.outer);
        return true;
      case 'function_expression':
      case 'generator_function':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope.name = this.text.slice(start, end);
        this.bindSelf('function', start, end, top.scope);
        return true;
      case 'arrow_function':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope.bodyStart = end;
        this.declare('parameter', start, end, scope, scope);
        return true;
      case 'class_declaration':
      case 'class':
        if (!atHead) return false;
        this.className(top, start, end);
        return true;
      case 'enum_declaration':
        if (!atHead) return false;
        top.phase = Phase.rest;
        this.enumName(top, start, end);
        return true;
      case 'import_alias':
        if (!atHead) return false;
        top.phase = Phase.rest;
        this.declare('import', start, end, scope, scope);
        return true;
      case 'export_specifier':
        if (!atHead) return true;
        top.phase = Phase.rest;
        return false;
      case 'index_signature':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope = this.openScope('type-parameters', top.node, top.start, top.end, top.outer, false);
        this.declare('parameter', start, end, top.scope, top.scope);
        return true;
      case 'jsx_namespace_name':
        return true;
      case 'jsx_opening_element':
      case 'jsx_self_closing_element':
      case 'jsx_closing_element':
        if (!atHead) return false;
        top.phase = Phase.rest;
        return this.isIntrinsic(start, end);
      case 'update_expression':
        if (!isUpdatedName(this.text, top, node, start, end)) return false;
        this.occur(start, end, 'read-write', scope, Meaning.value);
        return true;
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return this.assignedName(top, start, end, scope);
      case 'for_in_statement':
        if (start !== top.leftStart || end !== top.leftEnd) return false;
        this.bindTarget(top.target!, start, end, scope);
        return true;
      case 'variable_declarator':
        if (!atHead) return false;
        top.declared = this.text.slice(start, end);
        top.declaredEnd = end;
        break;
      case 'required_parameter':
      case 'optional_parameter':
      case 'catch_clause':
      case 'assignment_pattern':
        if (!atHead) return false;
        break;
      case 'formal_parameters':
        break;
      case 'array_pattern':
      case 'pair_pattern':
      case 'rest_pattern':
      case 'object_pattern':
        break;
      default:
        if (!this.isDeleted(start)) return false;
        this.occur(start, end, 'delete', scope, Meaning.value);
        return true;
    }
    top.phase = Phase.rest;
    // Only an assignment can hold `[a.b, c[d]] = ...`, where `a`, `c` and `d` are read.
    if (top.target === 'assign' && !isAssignedName(node)) return false;
    this.bindTarget(top.target ?? 'assign', start, end, scope);
    return true;
  }

  private assignedName(top: Frame, start: number, end: number, scope: ScopeNode): boolean {
    if (top.phase === Phase.rest) return false;
    top.phase = Phase.rest;
    const target = targetOfLeftSide(this.text, top, start, end);
    if (target === 'none') return false;
    if (target === 'using') {
      this.declare('constant', start, end, scope, scope);
      top.declared = this.text.slice(start, end);
      top.declaredEnd = end;
    } else {
      this.occur(start, end, top.type === 'assignment_expression' ? 'write' : 'read-write', scope, Meaning.value);
    }
    return true;
  }

  private isIntrinsic(start: number, end: number): boolean {
    const after = this.text.charCodeAt(end);
    if (after === 46 /* . */) return false;
    const name = this.text.slice(start, end);
    return /^[a-z]/.test(name) || name.includes('-') || after === 58; /* : */
  }

  private isDeleted(start: number): boolean {
    // The last letter first: this runs for every plain read of a file.
    let at = start - 1;
    while (this.text.charCodeAt(at) === 32 || this.text.charCodeAt(at) === 40) at--;
    if (at === start - 1 || this.text.charCodeAt(at) !== 101 /* e */) return false;
    if (!/(?:^|[^\w$.])delete$/.test(this.text.slice(Math.max(0, at - 6), at + 1))) return false;
    return !/^[\w$]*\s*\)*\s*[.[(?!]/.test(this.text.slice(start, start + 200));
  }

  private bindTarget(target: Target, start: number, end: number, scope: ScopeNode): void {
    if (target === 'ignore') return;
    if (target === 'assign') this.occur(start, end, 'write', scope, Meaning.value);
    else this.declare(target.declare, start, end, target.hoisted ? scope.hoistTarget() : scope, scope);
  }

  private declareFunction(start: number, end: number, scope: ScopeNode): void {
    const binding = this.declare('function', start, end, scope, scope);
    if (scope.hoists) return;
    const known = this.blockFunctions.get(binding.name);
    if (known) known.push(binding);
    else this.blockFunctions.set(binding.name, [binding]);
  }

  private bindSelf(kind: BindingKind, start: number, end: number, scope: ScopeNode): void {
    const at = new OccurrenceNode(this.text.slice(start, end), start, end, 'write', scope, Meaning.any);
    this.occurrences.push(at);
    this.selfNames.push({ kind, at });
  }

  private declare(kind: BindingKind, start: number, end: number, owner: ScopeNode, scope: ScopeNode): BindingNode {
    const at = this.occur(start, end, 'write', scope, Meaning.any);
    const binding = owner.own(at.name, kind);
    binding.declare(kind, at);
    return binding;
  }

  private occur(start: number, end: number, kind: OccurrenceKind, scope: ScopeNode, meaning: number): OccurrenceNode {
    const at = new OccurrenceNode(this.text.slice(start, end), start, end, kind, scope, meaning);
    this.occurrences.push(at);
    return at;
  }

  // Structure --------------------------------------------------------------------------------------------------------------

  private open(type: string, node: SyntaxNode, start: number, end: number): void {
    const parent = this.top;
    const outer = parent.scopeAt(start);
    const frame = new Frame(type, node, start, end, parent, outer, outer);
    this.top = frame;
    if (FUNCTION_KINDS.has(type)) this.openFunction(frame);
    else if (PATTERN_KINDS.has(type)) this.openPattern(frame, parent);
    else if (CLASS_KINDS.has(type)) frame.scope = this.openScope('class', node, start, end, outer, false);
    else if (SIGNATURE_KINDS.has(type)) {
      frame.scope = this.openScope('type-parameters', node, start, end, outer, false);
      if (type !== 'function_signature') frame.phase = Phase.rest;
    } else this.openOther(frame, parent);
  }

  private openFunction(frame: Frame): void {
    frame.scope = this.openScope('function', frame.node, frame.start, frame.end, frame.outer, true);
    const { parent } = frame;
    if (parent && parent.declaredEnd >= 0 && this.isInitialiser(parent, frame.start))
      frame.scope.name = parent.declared;
  }

  private isInitialiser(declarator: Frame, start: number): boolean {
    if (declarator.type !== 'variable_declarator') return false;
    return this.text.slice(declarator.declaredEnd, start).trim() === '=';
  }

  private openPattern(frame: Frame, parent: Frame): void {
    frame.target = this.targetFor(frame, parent);
    if (frame.type === 'object_pattern' || frame.type === 'array_pattern') frame.phase = Phase.rest;
  }

  /** What a pattern's names become, by the node it stands in. */
  private targetFor(frame: Frame, parent: Frame): Target {
    switch (parent.type) {
      case 'formal_parameters':
        return parent.target!;
      case 'for_in_statement':
        return frame.start === parent.leftStart ? parent.target! : 'assign';
      case 'assignment_expression':
        parent.phase = Phase.rest;
        return 'assign';
      case 'variable_declarator':
      case 'required_parameter':
      case 'optional_parameter':
      case 'catch_clause':
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        if (parent.phase === Phase.rest) return 'assign';
        parent.phase = Phase.rest;
        return parent.target ?? 'assign';
      default:
        return PATTERN_KINDS.has(parent.type) ? (parent.target ?? 'assign') : 'assign';
    }
  }

  private openOther(frame: Frame, parent: Frame): void {
    const { type, node, start, end, outer } = frame;
    switch (type) {
      case 'formal_parameters':
        this.openParameters(frame, parent);
        break;
      case 'required_parameter':
      case 'optional_parameter':
        // Names of tuple members look like parameters; `this` is a parameter that binds nothing.
        frame.target = parent.type === 'formal_parameters' ? parent.target! : 'ignore';
        if (this.text.startsWith('this', start) && !/[\w$]/.test(this.text[start + 4] ?? '')) frame.phase = Phase.rest;
        break;
      case 'statement_block':
        this.openBlock(frame, parent);
        break;
      case 'class_heritage':
      case 'class_body':
      case 'type_parameters':
        this.nameMethod(parent, start);
        parent.phase = Phase.rest;
        if (type === 'type_parameters') this.openTypeParameters(frame, parent);
        break;
      case 'class_static_block':
        frame.scope = this.openScope('function', node, start, end, outer, true);
        break;
      case 'computed_property_name':
        if (this.isNameOf(parent)) this.evaluateOutside(frame, parent);
        break;
      case 'decorator':
        this.openDecorator(frame, parent);
        break;
      case 'lexical_declaration':
      case 'using_declaration':
        frame.target = { declare: this.text.startsWith('let', start) ? 'variable' : 'constant', hoisted: false };
        break;
      case 'variable_declaration':
        frame.target = { declare: 'variable', hoisted: true };
        break;
      case 'variable_declarator':
        frame.target = parent.target ?? { declare: 'variable', hoisted: false };
        break;
      case 'for_in_statement':
        frame.scope = this.openScope('block', node, start, end, outer, false);
        this.openForIn(frame);
        break;
      case 'for_statement':
      case 'switch_body':
        frame.scope = this.openScope('block', node, start, end, outer, false);
        break;
      case 'catch_clause':
        frame.scope = this.openScope('block', node, start, end, outer, false);
        frame.target = { declare: 'exception', hoisted: false };
        break;
      case 'enum_declaration':
        frame.scope = this.openScope('enum', node, start, end, outer, false);
        break;
      case 'internal_module':
      case 'module':
        this.openNamespace(frame);
        break;
      case 'mapped_type_clause':
        parent.scope = this.openScope('type-parameters', parent.node, parent.start, parent.end, parent.outer, false);
        parent.phase = Phase.rest;
        frame.scope = parent.scope;
        break;
      case 'infer_type':
        frame.scope = this.scopeOfInferred(frame);
        break;
      case 'import_statement':
        this.skipTo = end;
        bindImportStatement(
          node,
          this.source,
          outer,
          (local) => {
            const binding = this.declare('import', local.start, local.end, outer, outer);
            binding.imported = local;
          },
          this.imports,
        );
        break;
      case 'export_statement':
        this.openExport(frame);
        break;
    }
  }

  private openParameters(frame: Frame, parent: Frame): void {
    frame.target = { declare: 'parameter', hoisted: false };
    const scope = parent.scope;
    scope.innerStart = scope.innerStart > parent.start ? scope.innerStart : frame.start;
    scope.bodyStart = frame.end;
    this.nameMethod(parent, frame.start);
    parent.phase = Phase.rest;
  }

  private nameMethod(method: Frame, end: number): void {
    if (method.phase !== Phase.head || method.type !== 'method_definition') return;
    const name = /([#\w$\u0080-\uffff]+)\s*\??\s*$/.exec(this.text.slice(method.start, end));
    method.scope.name = name?.[1] ?? '';
  }

  private openBlock(frame: Frame, parent: Frame): void {
    const { node, start, end, outer } = frame;
    parent.phase = Phase.rest;
    if (FUNCTION_KINDS.has(parent.type) || parent.type === 'catch_clause' || parent.type === 'class_static_block') {
      this.scopeOfNode.set(node.id, parent.scope);
    } else if (parent.type === 'internal_module' || parent.type === 'module') {
      parent.scope.innerStart = start;
    } else if (parent.type === 'ambient_declaration') {
      frame.scope = this.openScope('namespace', node, start, end, outer, true);
      frame.scope.name = 'global';
      this.globalBodies.push(frame.scope);
    } else frame.scope = this.openScope('block', node, start, end, outer, false);
  }

  private openTypeParameters(frame: Frame, parent: Frame): void {
    if (parent.type === 'interface_declaration' || parent.type === 'type_alias_declaration') {
      parent.scope = this.openScope('type-parameters', parent.node, parent.start, parent.end, parent.outer, false);
      parent.scope.innerStart = frame.start;
      frame.scope = parent.scope;
    } else if (parent.scope.innerStart === parent.start) parent.scope.innerStart = frame.start;
  }

  private openDecorator(frame: Frame, parent: Frame): void {
    if (CLASS_KINDS.has(parent.type) || parent.type === 'method_definition') this.evaluateOutside(frame, parent);
    else if (parent.type === 'required_parameter' || parent.type === 'optional_parameter') {
      const owner = parent.parent?.parent;
      if (owner) this.evaluateOutside(frame, owner);
    }
  }

  /** Whether a computed name stands in front of the parameters of a method, and not in its return type. */
  private isNameOf(parent: Frame): boolean {
    return (parent.type === 'method_definition' || SIGNATURE_KINDS.has(parent.type)) && parent.scope.bodyStart === 0;
  }

  private evaluateOutside(frame: Frame, owner: Frame): void {
    frame.scope = owner.outer;
    if (owner.scope === owner.outer) return;
    owner.scope.holes ??= [];
    owner.scope.holes.push([frame.start, frame.end]);
  }

  private openForIn(frame: Frame): void {
    const left = frame.node.childForFieldName('left');
    if (!left) return;
    frame.leftStart = left.startIndex;
    frame.leftEnd = left.endIndex;
    const kind = /^for\s*(?:await\s*)?\(\s*(?:await\s+)?(const|let|var|using)\b/.exec(
      this.text.slice(frame.start, frame.leftStart),
    )?.[1];
    const declared = kind ?? frame.node.childForFieldName('kind')?.type;
    if (declared === undefined) frame.target = 'assign';
    else if (declared === 'var') frame.target = { declare: 'variable', hoisted: true };
    else frame.target = { declare: declared === 'let' ? 'variable' : 'constant', hoisted: false };
  }

  private enumName(top: Frame, start: number, end: number): void {
    const binding = this.declare('enum', start, end, top.outer, top.outer);
    top.scope.name = binding.name;
    this.merge(binding, top.scope);
    const members = top.node.childForFieldName('body')?.namedChildren ?? [];
    for (const member of members) {
      const name = member.type === 'enum_assignment' ? member.childForFieldName('name') : member;
      if (name?.type === 'property_identifier') {
        this.declare('constant', name.startIndex, name.endIndex, top.scope, top.scope);
      }
    }
  }

  private openNamespace(frame: Frame): void {
    const { node, start, end } = frame;
    const name = node.childForFieldName('name');
    frame.scope = this.openScope('namespace', node, start, end, frame.outer, true);
    if (!name) return;
    this.skipTo = name.endIndex;
    if (name.type === 'string') {
      frame.scope.name = this.text.slice(name.startIndex + 1, name.endIndex - 1);
      return;
    }
    // `namespace A.B` is a namespace B in a namespace A.
    let owner = frame.outer;
    for (const part of this.text.slice(name.startIndex, name.endIndex).matchAll(/[^\s.]+/g)) {
      const at = name.startIndex + part.index;
      if (part.index > 0) frame.scope = this.openScope('namespace', node, start, end, frame.scope, true);
      const binding = this.declare('namespace', at, at + part[0].length, owner, owner);
      frame.scope.name = part[0];
      this.merge(binding, frame.scope);
      owner = frame.scope;
    }
  }

  private readonly bodies = new Map<BindingNode, ScopeNode[]>();

  private merge(binding: BindingNode, body: ScopeNode): void {
    const bodies = this.bodies.get(binding) ?? [];
    bodies.push(body);
    this.bodies.set(binding, bodies);
    if (bodies.length > 1) for (const each of bodies) each.merged = bodies;
  }

  /** The scope of `infer X`: its conditional type up to the false branch. */
  private scopeOfInferred(frame: Frame): ScopeNode {
    for (let at = frame.parent; at; at = at.parent) {
      if (at.type !== 'conditional_type') continue;
      const right = at.node.childForFieldName('right');
      if (!right || frame.start < right.startIndex || frame.start >= right.endIndex) continue;
      if (at.scope === at.outer) {
        at.scopeEnd = at.node.childForFieldName('alternative')?.startIndex ?? at.end;
        at.scope = this.openScope('type-parameters', at.node, at.start, at.scopeEnd, at.outer, false);
        at.scope.innerStart = right.startIndex;
      }
      return at.scope;
    }
    return frame.outer;
  }

  private openExport(frame: Frame): void {
    const { node, start, end, outer } = frame;
    const head = this.text.slice(start, start + 80);
    if (/^export\s+as\s+namespace\b/.test(head)) this.skipTo = end;
    // Only `export *`, `export {` and `export type {` can name another module, and those bind nothing.
    if (!/^export\s*(?:type\s*)?(?:\*|\{|\/[/*])/.test(head)) return;
    if (!node.childForFieldName('source')) return;
    this.skipTo = end;
    bindImportStatement(node, this.source, outer, () => undefined, this.imports);
  }

  private openScope(
    kind: ScopeKind,
    node: SyntaxNode,
    start: number,
    end: number,
    parent: ScopeNode,
    hoists: boolean,
  ): ScopeNode {
    const scope = new ScopeNode(kind, start, end, parent, hoists);
    this.scopes.push(scope);
    this.scopeOfNode.set(node.id, scope);
    return scope;
  }
}
