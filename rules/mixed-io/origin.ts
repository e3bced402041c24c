import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Binding } from '../../core/semantics/model';
import type { LanguageFamily } from '../../core/syntax/language';
import type { SyntaxNode } from '../../core/syntax/node';
import type { IoTable } from './table';

/** Where a value comes from, as a qualified name: of its class, or of the call that made it (`boto3.client`). */
export interface Origin {
  readonly path: string;
  /** The way there goes through attributes of objects, so that only SDKs with deep clients may match. */
  readonly chained: boolean;
}

/** The node types and fields in which Python and TypeScript differ. */
interface Grammar {
  readonly member: string;
  readonly memberName: string;
  readonly call: string;
  readonly awaiting: string;
  readonly self: RegExp;
  readonly classes: ReadonlySet<string>;
}

const GRAMMARS: Readonly<Record<LanguageFamily, Grammar>> = {
  python: {
    member: 'attribute',
    memberName: 'attribute',
    call: 'call',
    awaiting: 'await',
    self: /^(?:self|cls)$/,
    classes: new Set(['class_definition']),
  },
  typescript: {
    member: 'member_expression',
    memberName: 'property',
    call: 'call_expression',
    awaiting: 'await_expression',
    self: /^this$/,
    classes: new Set(['class_declaration', 'class', 'abstract_class_declaration']),
  },
};

/** Attributes and methods of a path that are paths again; of their iterators, the elements. */
const PATH_MEMBERS =
  /^(?:parent|joinpath|resolve|absolute|expanduser|with_suffix|with_name|with_stem|relative_to|home|cwd|rename|replace)$/;
const PATH_LISTS = /^pathlib\.(?:\w*Path)\.(?:glob|rglob|iterdir)$/;
const PATH = 'pathlib.Path';

/** What may stand before the name of a field with an initial value. */
const MODIFIERS = '[ \\t]*(?:(?:private|public|protected|readonly|static|override)[ \\t]+)*';

const MAX_HOPS = 8;
/** Writes of one name that are looked at. */
const MAX_WRITES = 8;

/**
 * Follows calls and receivers back to the libraries they come from. The semantic model answers first; what it leaves open, values made
 * by calls of a library (`boto3.client(...)`, `drizzle(pool)`), is followed here through assignments.
 */
export class OriginReader {
  private readonly grammar: Grammar;
  private readonly ofBinding = new Map<Binding, Origin | undefined>();

  constructor(
    private readonly file: ParsedFile,
    private readonly table: IoTable,
    /** Renames clients that projects wrap by convention to the library's own. */
    private readonly rename: (path: string) => string = (path) => path,
  ) {
    this.grammar = GRAMMARS[file.family];
  }

  /** What the callee of a call refers to, with its path as far as it is known. */
  ofCallee(callee: SyntaxNode, hops = 0): Origin | undefined {
    const named = this.named(callee);
    if (named) return named;
    if (callee.type === this.grammar.member) {
      const object = callee.childForFieldName('object');
      const origin = object && this.of(object, hops + 1);
      return origin ? { path: `${origin.path}.${this.nameOf(callee)}`, chained: origin.chained } : undefined;
    }
    return callee.type === 'identifier' ? this.of(callee, hops + 1) : undefined;
  }

  /** Where the value of an expression comes from. */
  of(expression: SyntaxNode, hops = 0): Origin | undefined {
    if (hops > MAX_HOPS) return undefined;
    const node = this.unwrap(expression);
    const type = this.file.semantics.typeOf(node);
    if (type && this.table.covers(this.rename(type.path))) return { path: this.rename(type.path), chained: false };
    const named = this.named(node);
    if (named) return named;
    switch (node.type) {
      case this.grammar.call:
        return this.ofResult(node, hops);
      case this.grammar.member:
        return this.ofMember(node, hops);
      case 'identifier':
        return this.ofName(node, hops);
      case 'binary_operator':
        return this.ofPathJoin(node, hops);
      default:
        return undefined;
    }
  }

  private named(node: SyntaxNode): Origin | undefined {
    const name = this.file.semantics.qualifiedName(node);
    if (!name) return undefined;
    const path = this.rename(name.path);
    return this.table.covers(path) ? { path, chained: false } : undefined;
  }

  /** The result of a call of a library, unless it is data from outside. */
  private ofResult(call: SyntaxNode, hops: number): Origin | undefined {
    const callee = call.childForFieldName('function');
    if (!callee) return undefined;
    if (/\bpromisify$/.test(this.textOf(callee))) {
      const promised = call.childForFieldName('arguments')?.firstNamedChild;
      return promised ? this.ofCallee(promised, hops + 1) : undefined;
    }
    const made = this.ofCallee(callee, hops + 1);
    if (!made) return undefined;
    const verb = made.path.slice(made.path.lastIndexOf('.') + 1);
    if (made.path.startsWith(`${PATH}.`) && PATH_MEMBERS.test(verb)) return { path: PATH, chained: false };
    return this.table.makesHandle(made.path, made.chained) ? made : undefined;
  }

  private ofMember(node: SyntaxNode, hops: number): Origin | undefined {
    const object = node.childForFieldName('object');
    if (!object) return undefined;
    const name = this.nameOf(node);
    if (this.grammar.self.test(this.textOf(object))) return this.ofField(node, name, hops);
    const origin = this.of(object, hops + 1);
    if (!origin) return undefined;
    if (origin.path === PATH) return PATH_MEMBERS.test(name) ? origin : undefined;
    return { path: `${origin.path}.${name}`, chained: true };
  }

  /** `self.x` and `this.x`: what the class assigns to it. */
  private ofField(node: SyntaxNode, name: string, hops: number): Origin | undefined {
    let around = node.parent;
    while (around && !this.grammar.classes.has(around.type)) around = around.parent;
    if (!around || !/^[\w$]+$/.test(name)) return undefined;
    const text = this.file.source.slice(around.startIndex, around.endIndex);
    const field = name.replaceAll('$', '\\$');
    const target = this.file.family === 'python' ? `\\bself\\.${field}` : `(?:\\bthis\\.|^${MODIFIERS})${field}`;
    const assigned = new RegExp(`${target}[ \\t]*(?::[^=\\n]{0,120})?=(?!=)\\s*`, 'm').exec(text);
    if (!assigned) return undefined;
    const value = this.expressionAt(around.startIndex + assigned.index + assigned[0].length);
    return value && value.startIndex !== node.startIndex ? this.of(value, hops + 1) : undefined;
  }

  private ofName(identifier: SyntaxNode, hops: number): Origin | undefined {
    const binding = this.file.semantics.bindingAt(identifier.startIndex);
    if (!binding || binding.imported) return undefined;
    if (this.ofBinding.has(binding)) return this.ofBinding.get(binding);
    // Guards against names that are defined by each other; what such a name is for them is kept, so that nothing is asked twice.
    this.ofBinding.set(binding, undefined);
    let found: Origin | undefined;
    for (const write of binding.writes.slice(0, MAX_WRITES)) {
      const target = this.file.root.namedDescendantForIndex(write.start, write.end);
      found = target ? this.ofWrite(target, hops) : undefined;
      if (found) break;
    }
    this.ofBinding.set(binding, found);
    return found;
  }

  /** The value that a name takes where it is written. */
  private ofWrite(target: SyntaxNode, hops: number): Origin | undefined {
    const parent = target.parent;
    if (!parent) return undefined;
    switch (parent.type) {
      case 'assignment':
      case 'assignment_expression':
      case 'variable_declarator':
      case 'named_expression': {
        const value = parent.childForFieldName('right') ?? parent.childForFieldName('value');
        return value && value.id !== target.id ? this.of(value, hops + 1) : undefined;
      }
      case 'as_pattern_target': {
        const opened = parent.parent?.firstNamedChild;
        return opened && parent.parent?.parent?.type === 'with_item' ? this.of(opened, hops + 1) : undefined;
      }
      case 'for_statement':
      case 'for_in_clause': {
        const iterated = parent.childForFieldName('right');
        return iterated ? this.ofElement(iterated, hops) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** The elements of `directory.glob(...)`, also through `sorted(...)` and `list(...)`. */
  private ofElement(iterated: SyntaxNode, hops: number): Origin | undefined {
    let call = iterated;
    while (
      call.type === 'call' &&
      /^(?:sorted|list|set|tuple|reversed)$/.test(this.textOf(call.childForFieldName('function') ?? call))
    ) {
      const inner = call.childForFieldName('arguments')?.firstNamedChild;
      if (!inner) return undefined;
      call = inner;
    }
    const callee = call.type === 'call' ? call.childForFieldName('function') : null;
    const listed = callee && this.ofCallee(callee, hops + 1);
    return listed && PATH_LISTS.test(listed.path) ? { path: PATH, chained: false } : undefined;
  }

  /** `directory / 'name'` is a path where its left side is one. */
  private ofPathJoin(node: SyntaxNode, hops: number): Origin | undefined {
    if (node.childForFieldName('operator')?.type !== '/') return undefined;
    const left = node.childForFieldName('left');
    const origin = left && this.of(left, hops + 1);
    return origin?.path === PATH ? origin : undefined;
  }

  private unwrap(expression: SyntaxNode): SyntaxNode {
    let node = expression;
    while (
      node.type === this.grammar.awaiting ||
      node.type === 'parenthesized_expression' ||
      node.type === 'non_null_expression' ||
      node.type === 'as_expression'
    ) {
      const inner = node.firstNamedChild;
      if (!inner) break;
      node = inner;
    }
    return node;
  }

  /** The whole expression that starts at an offset, right of an assignment. */
  private expressionAt(offset: number): SyntaxNode | undefined {
    let node = this.file.root.namedDescendantForIndex(offset, offset + 1);
    while (node?.parent && node.parent.startIndex === offset) node = node.parent;
    return node ?? undefined;
  }

  private nameOf(member: SyntaxNode): string {
    const name = member.childForFieldName(this.grammar.memberName);
    return name ? this.textOf(name) : '';
  }

  private textOf(node: SyntaxNode): string {
    return this.file.source.slice(node.startIndex, node.endIndex);
  }
}
