import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { OriginReader } from '../../../origin';
import { PYTHON_LANGUAGE } from '../../../python';
import { textOf } from '../subject';
import type { Site } from './site';
import type { Subject } from './subject';

/** What is known of the `with` statements around calls, and of what they open. */
export class WithBlocks {
  private readonly origins: OriginReader;

  constructor(private readonly subject: Subject) {
    this.origins = new OriginReader(subject.document, PYTHON_LANGUAGE.table, PYTHON_LANGUAGE.rename);
  }

  /** The `with` that makes what the call is made on, or whose item the call is; of nested ones the outermost. */
  around(site: Site): SyntaxNode | undefined {
    let found: SyntaxNode | undefined;
    let at: SyntaxNode | undefined = this.itemAround(site.node) ?? this.makerOf(site.callee);
    while (at) {
      found = at;
      const value = this.itemsOf(at)[0]?.namedChild(0);
      const call = value?.type === 'as_pattern' ? value.firstNamedChild : value;
      const callee = call?.type === 'call' ? call.childForFieldName('function') : undefined;
      at = callee ? this.makerOf(callee) : undefined;
    }
    return found;
  }

  itemsOf(statement: SyntaxNode): readonly SyntaxNode[] {
    const clause = statement.namedChildren.find((one) => one.type === 'with_clause');
    return clause?.namedChildren.filter((one) => one.type === 'with_item') ?? [];
  }

  /** The `with` whose item a call is. */
  private itemAround(node: SyntaxNode): SyntaxNode | undefined {
    const outer = node.parent?.type === 'as_pattern' ? node.parent : node;
    const item = outer.parent?.type === 'with_item' ? outer.parent : undefined;
    return item?.parent?.type === 'with_clause' ? (item.parent.parent ?? undefined) : undefined;
  }

  isItem(node: SyntaxNode, statement: SyntaxNode): boolean {
    return this.itemAround(node)?.id === statement.id;
  }

  /** The `with` that binds the object on which a callee is called. */
  private makerOf(callee: SyntaxNode): SyntaxNode | undefined {
    let root: SyntaxNode | null = callee;
    while (root && root.type !== 'identifier') {
      if (root.type === 'attribute') root = root.childForFieldName('object');
      else return undefined;
    }
    const binding = root && (this.subject.model.bindingAt(root.startIndex) as PythonBinding | undefined);
    if (!root || !binding || binding.scope.kind !== 'function') return undefined;
    for (const { start } of binding.writes) {
      const target = this.subject.document.root.namedDescendantForIndex(start, start);
      const pattern = target?.parent?.type === 'as_pattern_target' ? target.parent.parent : undefined;
      const statement = pattern && this.itemAround(pattern.firstNamedChild ?? pattern);
      if (statement && statement.startIndex < root.startIndex && root.endIndex <= statement.endIndex) return statement;
    }
    return undefined;
  }

  /** Whether it makes no difference when a block ends before the statements that name none of its objects. */
  mayCloseEarly(statement: SyntaxNode): boolean {
    return this.itemsOf(statement).every((item) => {
      const value = item.firstNamedChild;
      const made = value?.type === 'as_pattern' ? value.firstNamedChild : value;
      const callee = made?.type === 'call' ? made.childForFieldName('function') : undefined;
      const path = callee && this.origins.ofCallee(callee)?.path;
      if (!path) return false;
      const isOpen = /^(?:builtins|io|gzip|bz2|lzma|codecs)\.open$/.test(path);
      if (isOpen || path.endsWith('Path.open')) return this.isForReading(made!, isOpen ? 1 : 0);
      return /^(?:httpx|requests|aiohttp)\.(?:AsyncClient|Client|Session|session|ClientSession)$/.test(path);
    });
  }

  /** @param position of the mode among the arguments of an `open` */
  private isForReading(open: SyntaxNode, position: number): boolean {
    const { document } = this.subject;
    const args = open.childForFieldName('arguments')!.namedChildren.filter((one) => one.type !== 'comment');
    if (args.some((one) => /splat/.test(one.type))) return false;
    const named = args.find((one) => one.type === 'keyword_argument' && textOf(document, one).startsWith('mode'));
    const plain = args[position]?.type === 'keyword_argument' ? undefined : args[position];
    const mode = named?.childForFieldName('value') ?? plain;
    return !mode || /^["'][rbtU]+["']$/.test(textOf(document, mode));
  }
}
