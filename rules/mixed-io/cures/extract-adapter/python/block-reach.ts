import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { looksAtAnswer } from './answers';
import { type FileBlock, fileBlockOf, isProtocol } from './file-blocks';
import { resultOf } from './leaving';
import { isLong } from './pieces';
import type { Site } from './site';
import type { Span } from './span';
import { LOGGING } from './statements';
import type { Subject } from './subject';

/** What the block of an opened file may be for: one operation on it, told by the whole block or its start. */
export function operationOfBlock(site: Site, block: SyntaxNode, subject: Subject): FileBlock | undefined {
  for (const { statements, end } of spansOf(site, block, subject)) {
    const found = fileBlockOf({ site, statements, end }, subject);
    if (found) return found;
  }
  return undefined;
}

/**
 * Whether a block around a call may become one method: it decides nothing, logs nothing and is left at its end, as a whole or up to where
 * what it opens is asked last.
 */
export function mayMoveAsBlock(site: Site, block: SyntaxNode, subject: Subject): boolean {
  const hasAnswer = answersBehind(block, inner(block), subject).length > 0;
  return spansOf(site, block, subject).some((span) => {
    if (isLong(span, subject) || !isProtocol({ ...span, site }, subject) || hasLog(block, span.end, subject))
      return false;
    return hasAnswer || typeof resultOf(span, subject) === 'string';
  });
}

/** The shortest and the longest part of a block that can move. */
function spansOf({ node }: Site, block: SyntaxNode, { model }: Subject): Span[] {
  const statements = inner(block);
  const start = block.startIndex;
  const whole: Span = { statements: [block], start, end: block.endIndex, rest: [] };
  const opened = block
    .descendantsOfType('as_pattern_target')
    .filter((one) => statements[0] && one.endIndex <= statements[0].startIndex)
    .flatMap((one) => one.descendantsOfType('identifier'))
    .flatMap((one) => model.bindingAt(one.startIndex) ?? []);
  const uses = opened.flatMap(({ reads }) => reads.map((one) => one.start)).filter((at) => at < block.endIndex);
  const last = Math.max(node.endIndex - 1, ...uses);
  const count = statements.findIndex(({ endIndex }) => endIndex > last) + 1;
  if (count === 0 || count === statements.length) return [whole];
  return [{ ...whole, end: statements[count - 1]!.endIndex, rest: statements.slice(count) }, whole];
}

function hasLog(block: SyntaxNode, end: number, { document }: Subject): boolean {
  return block
    .descendantsOfType('call')
    .some((one) => one.startIndex < end && LOGGING.test(textOf(document, one.childForFieldName('function')!)));
}

/** The end of a block with the statements behind it that look at its answer. */
export function endWithAnswers(block: SyntaxNode, subject: Subject): number {
  return answersBehind(block, inner(block), subject).at(-1)?.endIndex ?? block.endIndex;
}

const inner = (block: SyntaxNode): readonly SyntaxNode[] =>
  block.childForFieldName('body')?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];

/** `response = requests.get(url)` with statements behind it that look at the answer: where they start and end. */
export function judgedUpTo({ node }: Site, subject: Subject): readonly [number, number] | undefined {
  const statement = node.parent?.type === 'assignment' ? node.parent.parent : undefined;
  if (!statement) return undefined;
  const last = answersBehind(statement, [statement], subject).at(-1);
  return last && [statement.startIndex, last.endIndex];
}

function answersBehind(statement: SyntaxNode, before: readonly SyntaxNode[], subject: Subject): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let next = statement.nextNamedSibling; next; next = next.nextNamedSibling) {
    if (next.type === 'comment') continue;
    if (!looksAtAnswer(next, [...before, ...found], subject)) break;
    found.push(next);
  }
  return found;
}
