import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { Binding } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { bindsName } from '../../../typescript';
import type { HandedFunction } from './candidates';
import { isAboutMore } from './comment-words';
import { isIn, type Joined } from './joined';

/**
 * Whether a variable that certainly goes to the class has a comment above it that may be about more: refused as `shared-comment`. A function with a
 * name may be handed on further down, where the variable may have another value already.
 */
export function hasSharedComment({ node, captured }: HandedFunction, { group }: Joined, file: ParsedFile): boolean {
  if (bindsName(node)) return false;
  const used = new Set(group.flatMap(({ captured: all }) => [...all.reads, ...all.writes, ...all.mutates]));
  return captured.writes.some((one) => {
    const declarator = declaratorOf(one, file);
    const statement = declarator?.parent;
    const block = statement?.parent;
    if (!statement || block?.type !== 'statement_block' || !isPlain(declarator.childForFieldName('value')))
      return false;
    const isBefore = [...one.reads, ...one.writes.slice(1)].some(
      (use) => use.start < node.startIndex && !group.some((other) => isIn(use, other.node)),
    );
    if (isBefore) return false;
    const comment = commentAbove(statement, file);
    return isAboutMore({
      comment,
      names: [one.name],
      isFirst: firstOf(block)?.id === statement.id && !FUNCTION_KINDS.has(block.parent?.type ?? ''),
      isShared: paragraphOf(statement, file).some((other) => !declaresOnly(other, used, file)),
    });
  });
}

function declaratorOf({ writes: [write] }: Binding, { root }: ParsedFile): SyntaxNode | undefined {
  const parent = write && root.namedDescendantForIndex(write.start, write.end)?.parent;
  return parent?.type === 'variable_declarator' ? parent : undefined;
}

/** What a class says as the first value of a field. */
const isPlain = (value: SyntaxNode | null): boolean =>
  value === null || /^(?:number|string|true|false|null|undefined)$/.test(value.type);

const firstOf = (block: SyntaxNode): SyntaxNode | undefined =>
  block.namedChildren.find(({ type }) => type !== 'comment');

/** The comments right above a statement, on lines of their own. */
function commentAbove(statement: SyntaxNode, { source }: ParsedFile): string {
  let start = statement.startIndex;
  for (let at = statement.previousSibling; at?.type === 'comment'; at = at.previousSibling) {
    const isOwnLine = /(?:^|\n)[ \t]*$/.test(source.slice(Math.max(0, at.startIndex - 200), at.startIndex));
    if (!isOwnLine || isBlankBetween(at.endIndex, start, source)) break;
    start = at.startIndex;
  }
  return source.slice(start, statement.startIndex).trim();
}

function paragraphOf(statement: SyntaxNode, { source }: ParsedFile): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = statement.nextNamedSibling; at && at.type !== 'comment'; at = at.nextNamedSibling) {
    if (isBlankBetween((found.at(-1) ?? statement).endIndex, at.startIndex, source)) break;
    found.push(at);
  }
  return found;
}

const isBlankBetween = (start: number, end: number, source: ParsedFile['source']): boolean =>
  /\n[ \t]*\r?\n/.test(source.slice(start, end));

/** Whether a statement declares nothing but variables that the class may hold. */
function declaresOnly(statement: SyntaxNode, used: ReadonlySet<Binding>, file: ParsedFile): boolean {
  return (
    /^(?:lexical|variable)_declaration$/.test(statement.type) &&
    statement.namedChildren.every((one) => {
      const name = one.childForFieldName('name');
      const binding = name?.type === 'identifier' ? file.semantics.bindingAt(name.startIndex) : undefined;
      return binding !== undefined && used.has(binding);
    })
  );
}
