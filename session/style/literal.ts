import type { SyntaxNode } from '../../core/syntax/node';

/** The plain values of an object that a module exports. */
export interface Exported {
  readonly value: unknown;
  /** Whether it is certain what the object says of a key: false for what is only known when the module runs. */
  isKnown(key: string): boolean;
}

/**
 * What a module in JavaScript or TypeScript exports as a whole, as far as it is written out: `module.exports = {...}`, `export default
 * {...}`, also by the name of a constant, within parentheses or with a type. Nothing is run: a member whose value is computed is left
 * out, and so is what a spread behind it may replace.
 * @returns undefined where it exports nothing of the kind
 */
export function exportedLiteral(root: SyntaxNode, text: string): Exported | undefined {
  const reader = new Reader(root, text);
  for (const statement of root.namedChildren) {
    const exported = reader.exportedBy(statement);
    if (exported) return reader.object(exported);
  }
  return undefined;
}

/** What has no plain value. */
const OPEN = Symbol('computed');

class Reader {
  constructor(
    private readonly root: SyntaxNode,
    private readonly text: string,
  ) {}

  exportedBy(statement: SyntaxNode): SyntaxNode | undefined {
    if (statement.type === 'export_statement')
      return statement.children.some(({ type }) => type === 'default')
        ? (statement.childForFieldName('value') ?? undefined)
        : undefined;
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : undefined;
    const left = assignment?.type === 'assignment_expression' ? assignment.childForFieldName('left') : undefined;
    return left && /^module\s*\.\s*exports$/.test(this.textOf(left))
      ? (assignment!.childForFieldName('right') ?? undefined)
      : undefined;
  }

  object(expression: SyntaxNode): Exported | undefined {
    const node = this.meant(expression);
    if (node?.type === 'string') return { value: this.value(node), isKnown: () => true };
    if (node?.type !== 'object') return undefined;
    let value: Record<string, unknown> = {};
    let isWhole = true;
    const computed = new Set<string>();
    for (const member of node.namedChildren) {
      if (member.type === 'comment') continue;
      const key = member.type === 'pair' ? this.keyOf(member.childForFieldName('key')!) : undefined;
      if (key !== undefined) {
        const own = this.value(member.childForFieldName('value')!);
        if (own === OPEN) computed.add(key);
        else computed.delete(key);
        value = { ...value, [key]: own };
      } else {
        // What a spread, a computed key or a shorthand brings may stand in the place of all before it.
        value = {};
        isWhole = false;
      }
    }
    for (const key of computed) delete value[key];
    return { value, isKnown: (key) => key in value || (isWhole && !computed.has(key)) };
  }

  private value(expression: SyntaxNode): unknown {
    const node = this.meant(expression);
    switch (node?.type) {
      case 'true':
      case 'false':
        return node.type === 'true';
      case 'number':
        return Number(this.textOf(node));
      case 'string': {
        const text = this.textOf(node).slice(1, -1);
        return text.includes('\\') ? OPEN : text;
      }
      case 'array': {
        const items = node.namedChildren.filter(({ type }) => type !== 'comment').map((one) => this.value(one));
        return items.includes(OPEN) ? OPEN : items;
      }
      case 'object': {
        const members = node.namedChildren.filter(({ type }) => type !== 'comment');
        const found = this.object(node)!;
        return members.every((one) => one.type === 'pair') &&
          Object.keys(found.value as object).length === members.length
          ? found.value
          : OPEN;
      }
      default:
        return OPEN;
    }
  }

  /** Without parentheses and types, and behind the name of a constant. */
  private meant(expression: SyntaxNode): SyntaxNode | undefined {
    let node: SyntaxNode | null = expression;
    while (node && /^(?:parenthesized|as|satisfies)_expression$/.test(node.type)) node = node.firstNamedChild;
    if (node?.type !== 'identifier') return node ?? undefined;
    const name = this.textOf(node);
    // What changes a constant's object elsewhere cannot be told from here.
    if (this.text.split(new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`)).length !== 3) return undefined;
    const declarator = this.root.namedChildren
      .filter(({ type }) => /^(?:lexical|variable)_declaration$/.test(type))
      .flatMap(({ namedChildren }) => namedChildren)
      .find((one) => {
        const own = one.type === 'variable_declarator' ? one.childForFieldName('name') : undefined;
        return own && this.textOf(own) === name;
      });
    const value = declarator?.childForFieldName('value');
    return value?.type === 'identifier' ? undefined : value ? this.meant(value) : undefined;
  }

  private keyOf(key: SyntaxNode): string | undefined {
    if (key.type === 'property_identifier') return this.textOf(key);
    return key.type === 'string' ? this.textOf(key).slice(1, -1) : undefined;
  }

  private textOf({ startIndex, endIndex }: SyntaxNode): string {
    return this.text.slice(startIndex, endIndex);
  }
}
