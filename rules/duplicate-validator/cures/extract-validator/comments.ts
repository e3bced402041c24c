import { Refusal } from '../../../../core/edit/refusal';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { placeAt, textOf } from './site';
import type { Unit } from './unit';

/** Comments of units that become one. */
export interface Comments {
  /** Where the statements of a unit begin, with the comments above them that go along; and where they end, with the comment behind. */
  rangeOf(unit: Unit): { readonly start: number; readonly end: number };
  /** What stays at the place of a unit, each a line of its own. */
  stayingAt(unit: Unit): readonly string[];
  /** Whether a comment of the first unit goes into the shared function. */
  isShared(comment: SyntaxNode): boolean;
}

/** Comments that tools read: away from their line they say nothing. */
const PRAGMA = /^#\s*(?:noqa|type:|pylint:|pyright:|mypy:|ruff:|nosec|pragma:|fmt:|yapf:|isort:|sonar)/i;

/**
 * Decides where each comment goes: to the shared function if all copies say it, else it stays.
 * @throws Refusal `comment-would-be-lost`
 */
export function commentsOf(units: readonly Unit[]): Comments {
  const ranges = new Map(units.map((unit) => [unit, statementRange(unit)]));
  const inside = new Map(units.map((unit) => [unit, commentsIn(unit, ranges.get(unit)!)]));
  const said = (unit: Unit): Set<string> => new Set(inside.get(unit)!.map((one) => normal(unit, one)));
  const shared = [...said(units[0]!)].filter((text) => units.every((unit) => said(unit).has(text)));
  for (const unit of units) {
    for (const comment of inside.get(unit)!) {
      const text = normal(unit, comment);
      if (shared.includes(text) || !PRAGMA.test(text)) continue;
      const at = placeAt(unit.site.document, comment);
      throw new Refusal('comment-would-be-lost', { comment: text, line: at.range.start.line + 1, file: at.file }, at);
    }
    extendOverShared(ranges.get(unit)!, inside.get(unit)!, (one) => shared.includes(normal(unit, one)));
  }
  return {
    rangeOf: (unit) => ranges.get(unit)!,
    stayingAt: (unit) =>
      inside
        .get(unit)!
        .filter((one) => one.startIndex >= ranges.get(unit)!.start && !shared.includes(normal(unit, one)))
        .map((one) => textOf(unit.site.document, one)),
    isShared: (comment) => shared.includes(normal(units[0]!, comment)),
  };
}

interface MutableRange {
  start: number;
  end: number;
}

function statementRange({ statements, site }: Unit): MutableRange {
  const { text } = site.document.source;
  const end = lastCode(statements.at(-1)!);
  const behind = /^[ \t]*#[^\r\n]*/.exec(text.slice(end, end + 2000));
  return { start: statements[0]!.startIndex, end: behind ? end + behind[0].length : end };
}

/** The end of a statement without the comments that the engine counts to it. */
function lastCode(node: SyntaxNode): number {
  let at = node;
  for (;;) {
    let last = at.lastChild;
    while (last?.type === 'comment') last = last.previousSibling;
    if (!last) return at.endIndex;
    at = last;
  }
}

/** The comments within the statements, and for a body those directly above them. */
function commentsIn({ site, kind }: Unit, { start, end }: MutableRange): SyntaxNode[] {
  const { document, owner } = site;
  const from = kind === 'body' ? leadingStart(document.source.text, start) : start;
  return (owner ?? document.root)
    .descendantsOfType('comment')
    .filter((one) => from <= one.startIndex && one.startIndex < end);
}

function leadingStart(text: string, start: number): number {
  let top = text.lastIndexOf('\n', start - 1) + 1;
  while (top > 0) {
    const above = text.lastIndexOf('\n', top - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, top))) break;
    top = above;
  }
  return top;
}

/** Comments above the first statement go along where all copies have them, from the first of an unbroken row on. */
function extendOverShared(
  range: MutableRange,
  comments: readonly SyntaxNode[],
  isShared: (one: SyntaxNode) => boolean,
): void {
  const above = comments.filter((one) => one.startIndex < range.start);
  for (const comment of above.reverse()) {
    if (!isShared(comment)) break;
    range.start = comment.startIndex;
  }
}

function normal({ site }: Unit, comment: SyntaxNode): string {
  return textOf(site.document, comment).replace(/\s+/g, ' ').trim();
}
