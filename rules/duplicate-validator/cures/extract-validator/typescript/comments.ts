import { Refusal } from '../../../../../core/edit/refusal';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Range } from './left-behind';
import { placeAt, textOf } from './site';
import type { Unit } from './unit';

/** Comments of units that become one. */
export interface Comments {
  /** Where the statements of a unit begin, with the comments above them that go along; and where they end, with the comment behind. */
  rangeOf(unit: Unit): Range;
  /** What stays at the place of a unit, each a line of its own. */
  stayingAt(unit: Unit): readonly SyntaxNode[];
  /** Whether a comment of the first unit goes into the shared function. */
  isShared(comment: SyntaxNode): boolean;
}

/** Comments that tools read: away from their line they say nothing. */
const PRAGMA = /^\/[/*]\s*(?:eslint-|@ts-|biome-|prettier-|istanbul |c8 |v8 |tslint:|oxlint-|sonar|NOSONAR)/i;

/**
 * Decides where each comment goes: to the shared function if all copies say it, else it stays.
 * @throws Refusal `comment-would-be-lost`
 */
export function commentsOf(units: readonly Unit[]): Comments {
  const inside = new Map(units.map((unit) => [unit, commentsIn(unit)]));
  const said = (unit: Unit): Set<string> => new Set(inside.get(unit)!.map((one) => normal(unit, one)));
  const shared = [...said(units[0]!)].filter((text) => units.every((unit) => said(unit).has(text)));
  const ranges = new Map(
    units.map((unit) => [unit, rangeOf(unit, inside.get(unit)!, (one) => shared.includes(normal(unit, one)))]),
  );
  for (const unit of units) {
    for (const comment of inside.get(unit)!) {
      const text = normal(unit, comment);
      if (shared.includes(text) || !PRAGMA.test(text)) continue;
      const at = placeAt(unit.site.document, comment);
      throw new Refusal('comment-would-be-lost', { comment: text, line: at.range.start.line + 1, file: at.file }, at);
    }
  }
  return {
    rangeOf: (unit) => ranges.get(unit)!,
    stayingAt: (unit) => {
      const { start, end } = ranges.get(unit)!;
      return inside
        .get(unit)!
        .filter((one) => start <= one.startIndex && one.startIndex < end && !shared.includes(normal(unit, one)));
    },
    isShared: (comment) => shared.includes(normal(units[0]!, comment)),
  };
}

/** The comments of a body, which are also those above its first statement. */
function commentsIn({ owner, statements, site }: Unit): SyntaxNode[] {
  const end = lineEnd(site.document.source.text, statements.at(-1)!.endIndex);
  return owner
    .childForFieldName('body')!
    .descendantsOfType('comment')
    .filter((one) => one.startIndex < end);
}

function rangeOf(
  { statements, site }: Unit,
  comments: readonly SyntaxNode[],
  isShared: (one: SyntaxNode) => boolean,
): Range {
  const { text } = site.document.source;
  let start = statements[0]!.startIndex;
  for (const above of comments.filter((one) => one.startIndex < start).reverse()) {
    if (!isShared(above)) break;
    start = above.startIndex;
  }
  const code = statements.at(-1)!.endIndex;
  const behind = comments.find((one) => one.startIndex >= code && /^[ \t;]*$/.test(text.slice(code, one.startIndex)));
  return { start, end: behind ? behind.endIndex : code };
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at;
}

function normal({ site }: Unit, comment: SyntaxNode): string {
  return textOf(site.document, comment).replace(/\s+/g, ' ').trim();
}
