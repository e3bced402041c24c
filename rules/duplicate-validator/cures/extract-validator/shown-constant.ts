import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isOnlyRead } from './read-only';
import { textOf } from './site';

/** The members that a class holds. */
interface ClassConstant {
  readonly name: string;
  readonly holder: SyntaxNode;
  readonly document: Document;
  readonly isImmutable: boolean;
}

interface Mention {
  readonly document: Document;
  readonly at: number;
}

/** Offsets of a word. */
export function mentionsIn({ source: { text } }: Document, name: string): number[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => index);
}

/**
 * Whether nobody replaces or changes the members that a class holds, so that it can hold those of another module instead.
 * @param mentions where the constant's name stands in the documents, but for its definition and the checks
 * @param documents those that know the class or a subclass of it
 */
export function isOnlyShown(
  constant: ClassConstant,
  mentions: readonly Mention[],
  documents: readonly Document[],
): boolean {
  const family = familyOf(nameOf(constant.holder, constant.document), documents);
  return mentions.every((mention) => isHarmless(constant, mention, documents, family, 0));
}

/** The class and what is made of it, by their names. */
function familyOf(name: string, documents: readonly Document[]): ReadonlySet<string> {
  const family = new Set([name]);
  for (const one of family) {
    const heir = new RegExp(`^[ \\t]*class\\s+(\\w+)\\s*\\([^)]*\\b${one}\\b`, 'gm');
    for (const { source } of documents) for (const match of source.text.matchAll(heir)) family.add(match[1]!);
  }
  return family;
}

/** How many names may stand between the members and their use. */
const MAX_ALIASES = 2;

function isHarmless(
  constant: ClassConstant,
  { document, at }: Mention,
  documents: readonly Document[],
  family: ReadonlySet<string>,
  depth: number,
): boolean {
  const node = document.root.descendantForIndex(at, at);
  if (!node || node.type === 'comment') return node !== null;
  // What is looked up by its name may be done anything with; a docstring only tells.
  if (node.type !== 'identifier') return isDocstring(node);
  const own = classAt(node);
  const isStranger = own !== undefined && !family.has(nameOf(own, document));
  const access =
    node.parent?.type === 'attribute' && node.parent.firstNamedChild?.id !== node.id ? node.parent : undefined;
  if (access) {
    const owner = textOf(document, access.firstNamedChild!);
    if (isStranger && /^(?:self|cls)$/.test(owner)) return true;
    return isRead(access) && (constant.isImmutable || isOnlyRead(access, document.source));
  }
  const binding = document.semantics.bindingAt(at);
  if (binding?.scope.kind !== 'class') return true;
  if (isStranger) return true;
  const isOwn = document === constant.document && own?.id === constant.holder.id;
  // A subclass that has members of its own is asked for them.
  if (!isOwn || !isRead(node)) return false;
  if (constant.isImmutable || isOnlyRead(node, document.source)) return true;
  const alias = aliasOf(node);
  if (!alias || depth === MAX_ALIASES) return false;
  const name = textOf(document, alias);
  const mentions = documents.flatMap((one) => mentionsIn(one, name).map((offset) => ({ document: one, at: offset })));
  return mentions
    .filter((one) => one.document !== document || one.at !== alias.startIndex)
    .every((one) => isAliasHarmless({ ...constant, name }, one, documents, family, depth + 1));
}

/** A subclass may well give another name other members: what it had is not asked for then. */
function isAliasHarmless(
  constant: ClassConstant,
  mention: Mention,
  documents: readonly Document[],
  family: ReadonlySet<string>,
  depth: number,
): boolean {
  const node = mention.document.root.descendantForIndex(mention.at, mention.at);
  const isReplaced =
    node?.type === 'identifier' &&
    node.parent?.type === 'assignment' &&
    node.parent.childForFieldName('left')?.id === node.id &&
    mention.document.semantics.bindingAt(mention.at)?.scope.kind === 'class';
  return isReplaced || isHarmless(constant, mention, documents, family, depth);
}

/** `OTHER` of `OTHER = MEMBERS`. */
function aliasOf(node: SyntaxNode): SyntaxNode | undefined {
  const assignment = node.parent;
  const left = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
  return left?.type === 'identifier' && left.id !== node.id ? left : undefined;
}

function isRead(node: SyntaxNode): boolean {
  const user = node.parent;
  if (user?.type === 'delete_statement' || user?.type === 'augmented_assignment') return false;
  return user?.type !== 'assignment' || user.childForFieldName('left')?.id !== node.id;
}

function isDocstring(node: SyntaxNode): boolean {
  let at: SyntaxNode | null = node;
  while (at && at.type !== 'string') at = at.parent;
  return at?.parent?.type === 'expression_statement';
}

function classAt(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return undefined;
}

function nameOf(definition: SyntaxNode, document: Document): string {
  return textOf(document, definition.childForFieldName('name')!);
}
