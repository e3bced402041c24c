import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { QualifiedName } from '../model';
import { ClassMembers } from './class-members';
import type { NameReader } from './names';
import { isTransparent, patternPath } from './patterns';
import type { BindingNode, OccurrenceNode } from './scope-tree';

const MAX_HOPS = 8;

/** Calls whose result is an instance of a class that bears another name. */
const FACTORIES: ReadonlyMap<string, string> = new Map([
  ['axios.create', 'axios.AxiosInstance'],
  ['express', 'express.Express'],
  ['express.Router', 'express.Router'],
  ['http.createServer', 'http.Server'],
  ['https.createServer', 'https.Server'],
  ['net.createServer', 'net.Server'],
  ['net.connect', 'net.Socket'],
  ['net.createConnection', 'net.Socket'],
  ['fs.createReadStream', 'fs.ReadStream'],
  ['fs.createWriteStream', 'fs.WriteStream'],
  ['child_process.spawn', 'child_process.ChildProcess'],
  ['child_process.fork', 'child_process.ChildProcess'],
  ['readline.createInterface', 'readline.Interface'],
  ['got.extend', 'got.Got'],
  ['ky.create', 'ky.KyInstance'],
]);

/** Types that say nothing of a value's class: what is left of a union without them counts. */
const NEUTRAL_TYPES: ReadonlySet<string> = new Set(['null', 'undefined', 'void']);

/** Where the type of a name or a member comes from: an annotation, or a value that is put in. */
export interface TypeSource {
  readonly annotation?: SyntaxNode;
  readonly value?: SyntaxNode;
  /** Properties that a pattern takes out of the value: then only members of known classes tell. */
  readonly properties?: readonly string[];
}

/** Finds the classes of values from annotations and constructor calls, on demand; remembers what it found. */
export class TypeReader {
  private readonly ofBinding = new Map<BindingNode, QualifiedName | undefined>();
  private readonly members: ClassMembers;

  constructor(
    root: SyntaxNode,
    private readonly source: SourceFile,
    private readonly names: NameReader,
  ) {
    this.members = new ClassMembers(root, source);
  }

  /** The class that the expression's value is an instance of. */
  typeOf(expression: SyntaxNode, hops = 0): QualifiedName | undefined {
    if (hops > MAX_HOPS) return undefined;
    let node = expression;
    let awaited = false;
    for (;;) {
      if (node.type === 'as_expression' || node.type === 'satisfies_expression' || node.type === 'type_assertion') {
        const type = node.type === 'type_assertion' ? node.firstNamedChild?.firstNamedChild : node.namedChild(1);
        const asserted = type && this.typeOfAnnotation(type, awaited, hops);
        if (asserted) return asserted;
      }
      const isAwait = node.type === 'await_expression';
      if (!isAwait && !isTransparent(node) && node.type !== 'type_assertion') break;
      const inner = node.type === 'type_assertion' ? node.lastNamedChild : node.firstNamedChild;
      if (!inner) return undefined;
      if (isAwait) awaited = true;
      node = inner;
    }
    switch (node.type) {
      case 'new_expression':
        return this.ofConstructor(node.childForFieldName('constructor'), hops);
      case 'call_expression':
        return this.ofCall(node, awaited, hops);
      case 'identifier':
      case 'shorthand_property_identifier':
        return this.ofName(this.names.occurrenceAt(node.startIndex), awaited, hops);
      case 'this': {
        const body = this.members.classBodyOfThis(node);
        const name = body?.parent?.childForFieldName('name');
        return name ? { path: this.textOf(name), certain: true } : undefined;
      }
      case 'member_expression':
        return this.ofMember(node, awaited, hops);
      case 'assignment_expression': {
        const right = node.childForFieldName('right');
        return right ? this.typeOf(right, hops + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  private ofConstructor(callee: SyntaxNode | null, hops: number): QualifiedName | undefined {
    if (!callee) return undefined;
    return this.localClass(callee, hops) ?? this.names.qualifiedName(callee);
  }

  /** A class, interface or alias of this file goes by its own name; an alias of another type by that type's name. */
  private localClass(name: SyntaxNode, hops: number): QualifiedName | undefined {
    if (name.type !== 'identifier' && name.type !== 'type_identifier') return undefined;
    const binding = this.names.occurrenceAt(name.startIndex)?.binding;
    if (!binding || binding.imported) return undefined;
    if (binding.kind === 'class') return { path: binding.name, certain: true };
    if (binding.kind !== 'type' || name.type !== 'type_identifier') return undefined;
    const alias = this.names.nodeOf(binding.declarations[0]!)?.parent;
    const value = alias?.type === 'type_alias_declaration' ? alias.childForFieldName('value') : null;
    const target = value && value.type !== 'object_type' ? this.typeOfAnnotation(value, false, hops + 1) : undefined;
    return target ?? { path: binding.name, certain: true };
  }

  /** @param type a type, or an annotation with its colon. @param awaited whether a promise's content is asked for. */
  private typeOfAnnotation(type: SyntaxNode, awaited: boolean, hops: number): QualifiedName | undefined {
    if (hops > MAX_HOPS) return undefined;
    switch (type.type) {
      case 'type_annotation':
      case 'parenthesized_type':
      case 'readonly_type':
        return type.firstNamedChild ? this.typeOfAnnotation(type.firstNamedChild, awaited, hops + 1) : undefined;
      case 'type_identifier':
        return this.localClass(type, hops) ?? this.ofTypeName(type);
      case 'nested_type_identifier':
      case 'member_expression':
        return this.names.qualifiedName(type);
      case 'generic_type': {
        const name = type.childForFieldName('name');
        if (!name) return undefined;
        const argument = type.childForFieldName('type_arguments')?.firstNamedChild;
        if (awaited && argument && /^Promise(?:Like)?$/.test(this.textOf(name))) {
          return this.typeOfAnnotation(argument, false, hops + 1);
        }
        return name.type === 'type_identifier'
          ? this.typeOfAnnotation(name, awaited, hops + 1)
          : this.names.qualifiedName(name);
      }
      case 'union_type': {
        const parts = unionMembers(type).filter((part) => !NEUTRAL_TYPES.has(this.textOf(part)));
        const first = parts[0] && this.typeOfAnnotation(parts[0], awaited, hops + 1);
        return first && { path: first.path, certain: first.certain && parts.length === 1 };
      }
      default:
        return undefined;
    }
  }

  private ofTypeName(name: SyntaxNode): QualifiedName | undefined {
    const binding = this.names.occurrenceAt(name.startIndex)?.binding;
    return binding?.kind === 'type-parameter' ? undefined : this.names.qualifiedName(name);
  }

  private ofCall(call: SyntaxNode, awaited: boolean, hops: number): QualifiedName | undefined {
    const callee = call.childForFieldName('function');
    if (!callee) return undefined;
    const name = this.names.qualifiedName(callee);
    const made = name && FACTORIES.get(name.path);
    if (name && made) return { path: made, certain: name.certain };
    // A function of this file says itself what it returns.
    const binding = callee.type === 'identifier' ? this.names.occurrenceAt(callee.startIndex)?.binding : undefined;
    if (binding?.kind !== 'function') return undefined;
    const declaration = this.names.nodeOf(binding.declarations[0]!)?.parent;
    const returned = declaration?.childForFieldName('return_type');
    return returned ? this.typeOfAnnotation(returned, awaited, hops + 1) : undefined;
  }

  private ofName(at: OccurrenceNode | undefined, awaited: boolean, hops: number): QualifiedName | undefined {
    const binding = at?.binding;
    if (!binding || binding.imported) return undefined;
    if (this.ofBinding.has(binding) && !awaited) return this.ofBinding.get(binding);
    // Guards against names that are defined by each other.
    if (!awaited) this.ofBinding.set(binding, undefined);
    const type = this.combine(this.sourcesOf(binding), awaited, hops);
    if (!awaited && hops === 0) this.ofBinding.set(binding, type);
    else if (!awaited) this.ofBinding.delete(binding);
    return type;
  }

  private sourcesOf(binding: BindingNode): TypeSource[] {
    const sources: TypeSource[] = [];
    for (const write of binding.writes) {
      const name = this.names.nodeOf(write);
      const path = name && patternPath(name, this.source);
      if (!path) {
        sources.push({});
        continue;
      }
      const { owner, properties } = path;
      if (properties.length > 0) sources.push({});
      else if (owner.type === 'for_in_statement' || owner.type === 'update_expression') sources.push({});
      else {
        const annotation = owner.childForFieldName('type') ?? undefined;
        const value = owner.childForFieldName('value') ?? owner.childForFieldName('right') ?? undefined;
        if (annotation || value) sources.push({ annotation, value });
        else if (owner.type !== 'variable_declarator') sources.push({});
      }
    }
    return sources;
  }

  /** One type out of all places that give one: an annotation wins; values must agree for the answer to be certain. */
  private combine(sources: readonly TypeSource[], awaited: boolean, hops: number): QualifiedName | undefined {
    for (const { annotation } of sources) if (annotation) return this.typeOfAnnotation(annotation, awaited, hops + 1);
    let found: QualifiedName | undefined;
    let certain = true;
    for (const { value } of sources) {
      if (value && (value.type === 'null' || value.type === 'undefined')) continue;
      const type = value && this.typeOf(value, hops + 1);
      if (!type || (found && type.path !== found.path)) certain = false;
      found ??= type;
    }
    return found && { path: found.path, certain: found.certain && certain };
  }

  private ofMember(node: SyntaxNode, awaited: boolean, hops: number): QualifiedName | undefined {
    const object = node.childForFieldName('object');
    const property = node.childForFieldName('property');
    if (!object || !property) return undefined;
    const body = object.type === 'this' ? this.members.classBodyOfThis(object) : this.localClassBody(object, hops);
    return body && this.combine(this.members.sourcesOf(body, this.textOf(property)), awaited, hops);
  }

  /** The body of the class of this file that an object is an instance of. */
  private localClassBody(object: SyntaxNode, hops: number): SyntaxNode | undefined {
    const type = this.typeOf(object, hops + 1);
    return type && /^[\w$]+$/.test(type.path) ? this.members.bodyOfClass(type.path) : undefined;
  }

  private textOf(node: SyntaxNode): string {
    return this.source.slice(node.startIndex, node.endIndex);
  }
}

function unionMembers(union: SyntaxNode): SyntaxNode[] {
  const members: SyntaxNode[] = [];
  const open: SyntaxNode[] = [union];
  while (open.length > 0) {
    const node = open.pop()!;
    if (node.type === 'union_type') open.push(...[...node.namedChildren].reverse());
    else members.push(node);
  }
  return members;
}
