import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { knownCall, listMethod, textMethod, type ValueKind } from './raised-table';

const URL_PARTS = /^(?:hash|host|hostname|href|origin|password|pathname|port|protocol|search|username)$/;
const RESPONSE_PARTS = /^(?:ok|status|statusText|headers|url|redirected|type)$/;

/** A value that is written into another one is followed so many times. */
const DEEPEST = 8;

/** Tells where the values of a block come from. */
export class Values {
  private readonly model: TypeScriptModel;

  /** @param isFollowed whether the block is that of a called function, whose parameters may be anything */
  constructor(
    private readonly file: ParsedFile,
    private readonly block: SyntaxNode,
    private readonly isFollowed: boolean,
  ) {
    this.model = file.semantics as TypeScriptModel;
  }

  kindOf(node: SyntaxNode, depth = 0): ValueKind {
    if (depth > DEEPEST) return 'any';
    switch (node.type) {
      case 'string':
      case 'template_string':
        return 'text';
      case 'array':
        return 'list';
      case 'object':
      case 'number':
      case 'regex':
      case 'arrow_function':
      case 'function_expression':
        return 'present';
      case 'this':
      case 'super':
        return 'outside';
      case 'parenthesized_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
      case 'await_expression':
        return node.firstNamedChild ? this.kindOf(node.firstNamedChild, depth + 1) : 'any';
      case 'identifier':
        return this.ofName(node, depth);
      case 'member_expression':
      case 'subscript_expression':
        return this.ofMember(node, depth);
      case 'call_expression':
      case 'new_expression':
        return this.ofCall(node, depth);
      default:
        return 'any';
    }
  }

  private ofName(name: SyntaxNode, depth: number): ValueKind {
    const binding = this.model.bindingAt(name.startIndex);
    if (!binding) return 'outside';
    if (this.isFollowed && binding.kind === 'parameter') return 'any';
    const isInside = binding.writes.some(({ start }) => this.block.startIndex <= start && start < this.block.endIndex);
    const [only] = binding.writes;
    const target = only && this.file.root.descendantForIndex(only.start, only.end);
    const value = target && binding.writes.length === 1 ? initialValue(target) : undefined;
    if (isInside) return value ? this.kindOf(value, depth + 1) : 'any';
    // A list that was made before is a list; of other values it is only known that they were there.
    return value?.type === 'array' && binding.kind === 'constant' ? 'list' : 'outside';
  }

  private ofMember(node: SyntaxNode, depth: number): ValueKind {
    const object = node.childForFieldName('object');
    const property = node.childForFieldName('property');
    const kind = object ? this.kindOf(object, depth + 1) : 'any';
    const name = property ? this.textOf(property) : '';
    if (kind === 'outside') return 'outside';
    if (kind === 'url' && URL_PARTS.test(name)) return 'text';
    if (kind === 'response' && RESPONSE_PARTS.test(name)) return 'present';
    return name === 'length' && (kind === 'text' || kind === 'list') ? 'present' : 'any';
  }

  private ofCall(node: SyntaxNode, depth: number): ValueKind {
    const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
    if (!callee) return 'any';
    const path = this.model.qualifiedName(callee);
    if (path) return path.path === 'globalThis.fetch' ? 'response' : (knownCall(path.path)?.gives ?? 'any');
    const object = callee.childForFieldName('object');
    const property = callee.childForFieldName('property');
    if (!object || !property) return node.type === 'new_expression' ? 'present' : 'any';
    const kind = this.kindOf(object, depth + 1);
    const name = this.textOf(property);
    if (kind === 'list') return listMethod(name) ?? 'any';
    return textMethod(name) ?? (name === 'toString' ? 'text' : 'any');
  }

  private textOf(node: SyntaxNode): string {
    return this.file.source.slice(node.startIndex, node.endIndex);
  }
}

/** The value that a declaration gives to a name. */
export function initialValue(name: SyntaxNode): SyntaxNode | undefined {
  const declarator = name.parent;
  if (declarator?.type !== 'variable_declarator' || declarator.childForFieldName('name')?.id !== name.id)
    return undefined;
  return declarator.childForFieldName('value') ?? undefined;
}
