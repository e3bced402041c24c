import type { SyntaxNode } from '../../syntax/node';
import { CLASS_KINDS, Frame, FUNCTION_KINDS, PATTERN_KINDS, Phase, SIGNATURE_KINDS, type Target } from './frames';
import { bindImportStatement } from './import-statements';
import type { NameTable } from './name-table';
import type { ScopeNode } from './scope-tree';

/** Opens scopes and tells what the names in a structural node will be, when the pass meets the node. */
export class StructureReader {
  constructor(private readonly table: NameTable) {}

  /** The frame of a node that has begun. */
  open(type: string, node: SyntaxNode, start: number, end: number, parent: Frame): Frame {
    const outer = parent.scopeAt(start);
    const frame = new Frame(type, node, start, end, parent, outer, outer);
    if (FUNCTION_KINDS.has(type)) this.openFunction(frame);
    else if (PATTERN_KINDS.has(type)) this.openPattern(frame, parent);
    else if (CLASS_KINDS.has(type)) frame.scope = this.table.openScope('class', node, start, end, outer, false);
    else if (SIGNATURE_KINDS.has(type)) {
      frame.scope = this.table.openScope('type-parameters', node, start, end, outer, false);
      if (type !== 'function_signature') frame.phase = Phase.rest;
    } else this.openOther(frame, parent);
    return frame;
  }

  private openFunction(frame: Frame): void {
    frame.scope = this.table.openScope('function', frame.node, frame.start, frame.end, frame.outer, true);
    const { parent } = frame;
    if (parent && parent.declaredEnd >= 0 && this.isInitialiser(parent, frame.start))
      frame.scope.name = parent.declared;
  }

  private isInitialiser(declarator: Frame, start: number): boolean {
    if (declarator.type !== 'variable_declarator') return false;
    return this.table.text.slice(declarator.declaredEnd, start).trim() === '=';
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
        if (this.table.text.startsWith('this', start) && !/[\w$]/.test(this.table.text[start + 4] ?? ''))
          frame.phase = Phase.rest;
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
        frame.scope = this.table.openScope('function', node, start, end, outer, true);
        break;
      case 'computed_property_name':
        if (this.isNameOf(parent)) this.evaluateOutside(frame, parent);
        break;
      case 'decorator':
        this.openDecorator(frame, parent);
        break;
      case 'lexical_declaration':
      case 'using_declaration':
        frame.target = { declare: this.table.text.startsWith('let', start) ? 'variable' : 'constant', hoisted: false };
        break;
      case 'variable_declaration':
        frame.target = { declare: 'variable', hoisted: true };
        break;
      case 'variable_declarator':
        frame.target = parent.target ?? { declare: 'variable', hoisted: false };
        break;
      case 'for_in_statement':
        frame.scope = this.table.openScope('block', node, start, end, outer, false);
        this.openForIn(frame);
        break;
      case 'for_statement':
      case 'switch_body':
        frame.scope = this.table.openScope('block', node, start, end, outer, false);
        break;
      case 'catch_clause':
        frame.scope = this.table.openScope('block', node, start, end, outer, false);
        frame.target = { declare: 'exception', hoisted: false };
        break;
      case 'enum_declaration':
        frame.scope = this.table.openScope('enum', node, start, end, outer, false);
        break;
      case 'internal_module':
      case 'module':
        this.openNamespace(frame);
        break;
      case 'mapped_type_clause':
        parent.scope = this.table.openScope(
          'type-parameters',
          parent.node,
          parent.start,
          parent.end,
          parent.outer,
          false,
        );
        parent.phase = Phase.rest;
        frame.scope = parent.scope;
        break;
      case 'infer_type':
        frame.scope = this.scopeOfInferred(frame);
        break;
      case 'import_statement':
        this.table.skipTo = end;
        bindImportStatement(
          node,
          this.table.source,
          outer,
          (local) => {
            const binding = this.table.declare('import', local.start, local.end, outer, outer);
            binding.imported = local;
          },
          this.table.imports,
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
    const name = /([#\w$\u0080-\uffff]+)\s*\??\s*$/.exec(this.table.text.slice(method.start, end));
    method.scope.name = name?.[1] ?? '';
  }

  private openBlock(frame: Frame, parent: Frame): void {
    const { node, start, end, outer } = frame;
    parent.phase = Phase.rest;
    if (FUNCTION_KINDS.has(parent.type) || parent.type === 'catch_clause' || parent.type === 'class_static_block') {
      this.table.scopeOfNode.set(node.id, parent.scope);
    } else if (parent.type === 'internal_module' || parent.type === 'module') {
      parent.scope.innerStart = start;
    } else if (parent.type === 'ambient_declaration') {
      frame.scope = this.table.openScope('namespace', node, start, end, outer, true);
      frame.scope.name = 'global';
      this.table.globalBodies.push(frame.scope);
    } else frame.scope = this.table.openScope('block', node, start, end, outer, false);
  }

  private openTypeParameters(frame: Frame, parent: Frame): void {
    if (parent.type === 'interface_declaration' || parent.type === 'type_alias_declaration') {
      parent.scope = this.table.openScope(
        'type-parameters',
        parent.node,
        parent.start,
        parent.end,
        parent.outer,
        false,
      );
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
      this.table.text.slice(frame.start, frame.leftStart),
    )?.[1];
    const declared = kind ?? frame.node.childForFieldName('kind')?.type;
    if (declared === undefined) frame.target = 'assign';
    else if (declared === 'var') frame.target = { declare: 'variable', hoisted: true };
    else frame.target = { declare: declared === 'let' ? 'variable' : 'constant', hoisted: false };
  }

  private openNamespace(frame: Frame): void {
    const { node, start, end } = frame;
    const name = node.childForFieldName('name');
    frame.scope = this.table.openScope('namespace', node, start, end, frame.outer, true);
    if (!name) return;
    this.table.skipTo = name.endIndex;
    if (name.type === 'string') {
      frame.scope.name = this.table.text.slice(name.startIndex + 1, name.endIndex - 1);
      return;
    }
    // `namespace A.B` is a namespace B in a namespace A.
    let owner = frame.outer;
    for (const part of this.table.text.slice(name.startIndex, name.endIndex).matchAll(/[^\s.]+/g)) {
      const at = name.startIndex + part.index;
      if (part.index > 0) frame.scope = this.table.openScope('namespace', node, start, end, frame.scope, true);
      const binding = this.table.declare('namespace', at, at + part[0].length, owner, owner);
      frame.scope.name = part[0];
      this.table.merge(binding, frame.scope);
      owner = frame.scope;
    }
  }

  /** The scope of `infer X`: its conditional type up to the false branch. */
  private scopeOfInferred(frame: Frame): ScopeNode {
    for (let at = frame.parent; at; at = at.parent) {
      if (at.type !== 'conditional_type') continue;
      const right = at.node.childForFieldName('right');
      if (!right || frame.start < right.startIndex || frame.start >= right.endIndex) continue;
      if (at.scope === at.outer) {
        at.scopeEnd = at.node.childForFieldName('alternative')?.startIndex ?? at.end;
        at.scope = this.table.openScope('type-parameters', at.node, at.start, at.scopeEnd, at.outer, false);
        at.scope.innerStart = right.startIndex;
      }
      return at.scope;
    }
    return frame.outer;
  }

  private openExport(frame: Frame): void {
    const { node, start, end, outer } = frame;
    const head = this.table.text.slice(start, start + 80);
    if (/^export\s+as\s+namespace\b/.test(head)) this.table.skipTo = end;
    // Only `export *`, `export {` and `export type {` can name another module, and those bind nothing.
    if (!/^export\s*(?:type\s*)?(?:\*|\{|\/[/*])/.test(head)) return;
    if (!node.childForFieldName('source')) return;
    this.table.skipTo = end;
    bindImportStatement(node, this.table.source, outer, () => undefined, this.table.imports);
  }
}
