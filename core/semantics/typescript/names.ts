import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName, QualifiedName } from '../model';
import { GLOBAL_OBJECTS, isGlobal } from './globals';
import { calledModule, patternPath, withoutWrappers } from './patterns';
import type { BindingNode, OccurrenceNode } from './scope-tree';

/** Aliases of aliases are followed this far; a longer chain is code that nobody reads either. */
const MAX_HOPS = 8;

/** Follows expressions back to imports and globals, on demand. */
export class NameReader {
  constructor(
    private readonly root: SyntaxNode,
    readonly source: SourceFile,
    /** The name that covers an offset. */
    readonly occurrenceAt: (offset: number) => OccurrenceNode | undefined,
  ) {}

  qualifiedName(expression: SyntaxNode, hops = 0): QualifiedName | undefined {
    // Members are peeled off from the outside, so that a long chain of calls cannot overflow the stack.
    const members: string[] = [];
    let node = withoutWrappers(expression);
    for (;;) {
      const member = this.memberOf(node);
      if (!member) break;
      members.unshift(member.name);
      node = withoutWrappers(member.object);
      if (node.type === 'await_expression') node = withoutWrappers(node.firstNamedChild ?? node);
    }
    const head = this.headName(node, hops);
    if (!head) return undefined;
    if (members.length === 0) return head;
    const path = GLOBAL_PATHS.has(head.path) ? 'globalThis' : head.path;
    return { path: `${path}.${members.join('.')}`, certain: head.certain };
  }

  private memberOf(node: SyntaxNode): { object: SyntaxNode; name: string } | undefined {
    if (node.type === 'member_expression' || node.type === 'nested_identifier') {
      const object = node.childForFieldName('object');
      const property = node.childForFieldName('property');
      return object && property ? { object, name: this.textOf(property) } : undefined;
    }
    if (node.type === 'nested_type_identifier') {
      const object = node.childForFieldName('module');
      const name = node.childForFieldName('name');
      return object && name ? { object, name: this.textOf(name) } : undefined;
    }
    if (node.type === 'subscript_expression') {
      const object = node.childForFieldName('object');
      const index = node.childForFieldName('index');
      if (!object || index?.type !== 'string') return undefined;
      const name = this.textOf(index).slice(1, -1);
      return /^[\w$]+$/.test(name) ? { object, name } : undefined;
    }
    return undefined;
  }

  private headName(node: SyntaxNode, hops: number): QualifiedName | undefined {
    switch (node.type) {
      case 'identifier':
      case 'type_identifier':
      case 'shorthand_property_identifier':
        return this.ofIdentifier(node, hops);
      case 'generic_type':
      case 'instantiation_expression': {
        const name = node.childForFieldName('name') ?? node.firstNamedChild;
        return name ? this.qualifiedName(name, hops + 1) : undefined;
      }
      case 'await_expression': {
        const awaited = withoutWrappers(node.firstNamedChild ?? node);
        return awaited.type === 'call_expression' ? this.ofCall(awaited) : undefined;
      }
      case 'call_expression':
        return this.ofCall(node);
      default:
        return undefined;
    }
  }

  private ofCall(call: SyntaxNode): QualifiedName | undefined {
    const module = calledModule(call, this.source);
    if (module === undefined) return undefined;
    const callee = call.firstChild;
    // A `require` of the file's own is not Node's.
    if (callee?.type === 'identifier' && this.occurrenceAt(callee.startIndex)?.binding) return undefined;
    return { path: modulePath(module), certain: true };
  }

  private ofIdentifier(node: SyntaxNode, hops: number): QualifiedName | undefined {
    const at = this.occurrenceAt(node.startIndex);
    if (!at) return undefined;
    const { binding, name } = at;
    if (!binding) return { path: `globalThis.${name}`, certain: isGlobal(name) };
    if (binding.imported) return { path: importedPath(binding.imported), certain: binding.writes.length === 1 };
    return hops < MAX_HOPS ? this.ofAlias(binding, hops) : undefined;
  }

  /** `const read = fs.readFile`, `const { readFile: read } = fs`. */
  private ofAlias(binding: BindingNode, hops: number): QualifiedName | undefined {
    if ((binding.kind !== 'constant' && binding.kind !== 'variable') || binding.writes.length !== 1) return undefined;
    const name = this.nodeOf(binding.writes[0]!);
    const path = name && patternPath(name, this.source);
    if (path?.owner.type !== 'variable_declarator') return undefined;
    const value = path.owner.childForFieldName('value');
    const head = value && this.qualifiedName(value, hops + 1);
    if (!head) return undefined;
    const base = GLOBAL_PATHS.has(head.path) && path.properties.length > 0 ? 'globalThis' : head.path;
    return { path: [base, ...path.properties].join('.'), certain: head.certain && !path.hasDefault };
  }

  /** The node of a name that the model knows by its offsets. */
  nodeOf(at: { readonly start: number; readonly end: number }): SyntaxNode | null {
    return this.root.namedDescendantForIndex(at.start, at.end);
  }

  textOf(node: SyntaxNode): string {
    return this.source.slice(node.startIndex, node.endIndex);
  }
}

const GLOBAL_PATHS: ReadonlySet<string> = new Set([...GLOBAL_OBJECTS].map((name) => `globalThis.${name}`));

/** Node's modules have two names, `fs` and `node:fs`; the shorter one stands for both. */
export function modulePath(module: string): string {
  return module.startsWith('node:') ? module.slice(5) : module;
}

/** A default import stands for its module, as CommonJS packages are used: `axios.get` after `import axios from 'axios'`. */
export function importedPath({ module, member }: ImportedName): string {
  const path = modulePath(module);
  return member === undefined || member === 'default' || member === '*' ? path : `${path}.${member}`;
}
