import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import type { CarriedName } from './blueprint';
import { carriedBy } from './carried';
import { linesOf, type Range } from './left-behind';
import { type Site, textOf } from './site';

/** One of several functions that are the same, by name and to the letter. */
export interface Twin {
  readonly document: Document;
  readonly name: string;
  /** The whole statement, without `export`. */
  readonly statement: SyntaxNode;
  readonly isExported: boolean;
  /** Its lines, with the comments about it. */
  readonly lines: Range & { readonly comments: readonly Range[] };
  /** What it takes from its module. */
  readonly carried: readonly CarriedName[];
  /** Where its module names it. */
  readonly reads: readonly Range[];
}

/**
 * Places that stand in functions of one name and one text, each at the top of its own file: one of them is enough, and the others import
 * it. Undefined where they are not that, or where several are exported already, so that others count on each.
 */
export function twinsOf(sites: readonly Site[]): readonly Twin[] | undefined {
  const twins: Twin[] = [];
  for (const site of sites) {
    const twin = twinOf(site);
    if (!twin || twins.some(({ document }) => document === twin.document)) return undefined;
    twins.push(twin);
  }
  const [first] = twins;
  const exported = twins.filter(({ isExported }) => isExported);
  if (!first || twins.length < 2 || exported.length > 1) return undefined;
  const kept = exported[0] ?? first;
  const said = new Set(commentsOf(kept));
  const areSame = twins.every(
    (one) =>
      one.name === kept.name && normal(one) === normal(kept) && commentsOf(one).every((comment) => said.has(comment)),
  );
  return areSame ? [kept, ...twins.filter((one) => one !== kept)] : undefined;
}

function twinOf({ owner, document }: Site): Twin | undefined {
  const { root, source, semantics } = document;
  const name = owner && typeScriptNameOf(owner, source);
  if (!owner || !name || isCommonJs(document)) return undefined;
  const statement = owner.type === 'function_declaration' ? owner : owner.parent?.parent;
  if (!statement || !/^(?:function|lexical)_declaration$/.test(statement.type)) return undefined;
  if (
    statement.type === 'lexical_declaration' &&
    (statement.namedChildCount !== 1 || owner.parent?.type !== 'variable_declarator')
  )
    return undefined;
  const outer = statement.parent?.type === 'export_statement' ? statement.parent : statement;
  if (outer.parent?.id !== root.id || outer.children.some(({ type }) => type === 'default')) return undefined;
  const binding = semantics.root.bindings.get(name);
  if (binding?.writes.length !== 1 || owner.hasError) return undefined;
  const { startIndex, endIndex } = statement;
  const own = binding.reads.filter(({ start }) => startIndex <= start && start < endIndex);
  // Handed on by name: `export { name }`.
  const isListed = binding.reads.some(({ start }) =>
    /^export\s*(?:\{|default\b)/.test(statementAt(root, start, source.text)),
  );
  if (own.length > 0 || isListed) return undefined;
  try {
    const carried = carriedBy(document, namesOfModule(statement, document), false, 'other-io');
    const reads = binding.reads.map(({ start, end }) => ({ start, end }));
    return {
      document,
      name,
      statement,
      isExported: outer !== statement,
      lines: linesOf(outer, document),
      carried,
      reads,
    };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function statementAt(root: SyntaxNode, offset: number, text: string): string {
  const at = root.namedChildren.find(({ startIndex, endIndex }) => startIndex <= offset && offset < endIndex);
  return at ? text.slice(at.startIndex, at.startIndex + 20) : '';
}

function namesOfModule(code: SyntaxNode, { semantics }: Document): SyntaxNode[] {
  const kinds = ['identifier', 'shorthand_property_identifier', 'type_identifier'];
  return code.descendantsOfType(kinds).filter((one) => {
    const binding = semantics.bindingAt(one.startIndex);
    const isOwn = binding?.writes.some(({ start }) => code.startIndex <= start && start < code.endIndex);
    return binding?.scope === semantics.root && !isOwn;
  });
}

function normal({ document, statement }: Twin): string {
  return textOf(document, statement)
    .replace(/\s+/g, ' ')
    .replace(/;(?= ?\}| ?$)/g, '');
}

function commentsOf({ document, lines }: Twin): string[] {
  return lines.comments.map(({ start, end }) => document.source.text.slice(start, end).replace(/\s+/g, ' '));
}
