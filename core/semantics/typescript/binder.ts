import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import { Frame, NAME_KINDS, Phase, type Target, WALK_KINDS } from './frames';
import { type BoundFile, NameTable } from './name-table';
import { Meaning, type ScopeNode } from './scope-tree';
import { StructureReader } from './structure';
import { isAssignedName, isUpdatedName, targetOfLeftSide } from './targets';

const NAMES: ReadonlySet<string> = new Set(NAME_KINDS);
const KEYWORDS: ReadonlySet<string> = new Set(['class', 'module']);
const KINDS: string[] = [...WALK_KINDS];

/**
 * Finds scopes, definitions and references in one pass over the nodes that matter, in document order. Nesting follows from
 * offsets, so the tree is never descended: a wide or deep file costs what its names cost.
 */
export function bind(root: SyntaxNode, source: SourceFile): BoundFile {
  const table = new NameTable(root, source);
  new Binder(root, table).run();
  table.resolveAll();
  return table;
}

class Binder {
  private readonly structure: StructureReader;
  private readonly text: string;
  private top: Frame;

  constructor(
    private readonly root: SyntaxNode,
    private readonly table: NameTable,
  ) {
    this.text = table.text;
    this.structure = new StructureReader(table);
    this.top = new Frame('program', root, 0, this.text.length + 1, undefined, table.root, table.root);
  }

  run(): void {
    for (const node of this.root.descendantsOfType(KINDS)) {
      const start = node.startIndex;
      while (this.top.end <= start && this.top.parent) this.top = this.top.parent;
      if (start < this.table.skipTo) continue;
      const type = node.type;
      const end = node.endIndex;
      if (start === end) continue; // MISSING: the parser invented it.
      // The keywords `class` and `module` are nodes of the same type as what they begin.
      if (end - start === type.length && KEYWORDS.has(type)) continue;
      if (NAMES.has(type)) this.name(type, node, start, end);
      else this.top = this.structure.open(type, node, start, end, this.top);
    }
  }

  private name(type: string, node: SyntaxNode, start: number, end: number): void {
    const { top } = this;
    const scope = top.scopeAt(start);
    if (type === 'shorthand_property_identifier_pattern') {
      this.bindTarget(top.target ?? 'assign', start, end, scope);
      top.phase = Phase.rest;
    } else if (type === 'type_identifier') this.typeName(top, start, end, scope);
    else if (type === 'identifier' && this.inHead(top, node, start, end, scope)) return;
    else this.table.occur(start, end, 'read', scope, this.meaningIn(top));
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
          this.table.declare('type', start, end, top.outer, top.outer);
          return;
        case 'type_parameter':
        case 'mapped_type_clause':
        case 'infer_type':
          top.phase = Phase.rest;
          this.table.declare('type-parameter', start, end, scope, scope);
          return;
        case 'nested_type_identifier':
          return; // The member of a namespace, which no scope knows.
      }
    }
    this.table.occur(start, end, 'read', scope, Meaning.type);
  }

  private className(top: Frame, start: number, end: number): void {
    top.phase = Phase.rest;
    top.scope.name = this.text.slice(start, end);
    if (top.type === 'class') this.table.bindSelf('class', start, end, top.scope);
    else this.table.declare('class', start, end, top.outer, top.outer);
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
        this.table.declareFunction(start, end, top.outer);
        return true;
      case 'function_expression':
      case 'generator_function':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope.name = this.text.slice(start, end);
        this.table.bindSelf('function', start, end, top.scope);
        return true;
      case 'arrow_function':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope.bodyStart = end;
        this.table.declare('parameter', start, end, scope, scope);
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
        this.table.declare('import', start, end, scope, scope);
        return true;
      case 'export_specifier':
        if (!atHead) return true;
        top.phase = Phase.rest;
        return false;
      case 'index_signature':
        if (!atHead) return false;
        top.phase = Phase.rest;
        top.scope = this.table.openScope('type-parameters', top.node, top.start, top.end, top.outer, false);
        this.table.declare('parameter', start, end, top.scope, top.scope);
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
        this.table.occur(start, end, 'read-write', scope, Meaning.value);
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
        this.table.occur(start, end, 'delete', scope, Meaning.value);
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
      this.table.declare('constant', start, end, scope, scope);
      top.declared = this.text.slice(start, end);
      top.declaredEnd = end;
    } else {
      this.table.occur(start, end, top.type === 'assignment_expression' ? 'write' : 'read-write', scope, Meaning.value);
    }
    return true;
  }

  private enumName(top: Frame, start: number, end: number): void {
    const binding = this.table.declare('enum', start, end, top.outer, top.outer);
    top.scope.name = binding.name;
    this.table.merge(binding, top.scope);
    const members = top.node.childForFieldName('body')?.namedChildren ?? [];
    for (const member of members) {
      const name = member.type === 'enum_assignment' ? member.childForFieldName('name') : member;
      if (name?.type === 'property_identifier') {
        this.table.declare('constant', name.startIndex, name.endIndex, top.scope, top.scope);
      }
    }
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
    if (target === 'assign') this.table.occur(start, end, 'write', scope, Meaning.value);
    else {
      const owner = target.hoisted ? scope.hoistTarget() : scope;
      const binding = this.table.declare(target.declare, start, end, owner, scope);
      if (target.hoisted) binding.isVar = true;
    }
  }
}
