import { Refusal } from '../../../../core/edit/refusal';
import type { IoKind } from '../../kinds';
import type { Group } from './adapters';
import type { Piece } from './piece';
import { shared } from './sharing';
import { type Obstacle, obstacle } from './site';
import { lineAt, placeAt, type Subject } from './subject';

/** A class with fewer kinds of I/O than these mixes none. */
const MIXED = 2;

export interface Worth {
  readonly groups: readonly Group[];
  /** Calls that stay, because a class for them would be more than they are. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Leaves calls of a kind where they are, if they are one short line and the rest is no mixture any more: a class around
 * `shutil.rmtree(path)` is a layer without need.
 * @param staying the kinds of the calls that stay anyhow
 * @param hasClass whether an earlier run has made the class for a group
 * @throws Refusal `little-to-gain` where there is nothing else to move
 */
export function worthwhile(
  groups: readonly Group[],
  staying: ReadonlySet<IoKind>,
  subject: Subject,
  hasClass: (group: Group) => boolean,
): Worth {
  const tiny = groups.filter((one) => isTiny(one, subject) && !hasClass(one));
  if (tiny.length === 0) return { groups, obstacles: [] };
  const { document } = subject;
  const [first] = tiny.flatMap(({ pieces }) => pieces);
  if (tiny.length === groups.length) {
    const at = { startIndex: first!.start, endIndex: first!.end };
    const line = lineAt(document, first!.start);
    throw new Refusal('little-to-gain', { line, file: document.file }, placeAt(document, at));
  }
  const left = new Set([...staying, ...tiny.map(({ kind }) => kind)]);
  if (left.size >= MIXED) return { groups, obstacles: [] };
  const stays = tiny.flatMap(({ pieces }) =>
    pieces.map(({ start, end }) => obstacle('tiny', subject, { startIndex: start, endIndex: end })),
  );
  return { groups: groups.filter((one) => !tiny.includes(one)), obstacles: stays };
}

/** As much as one call on one line; in a function, where the adapter is a variable, as two of them. */
function isTiny({ pieces }: Group, subject: Subject): boolean {
  const methods = shared(pieces, subject.document);
  const weight = methods.reduce((sum, [piece]) => sum + weightOf(piece!, subject), 0);
  return weight <= (subject.isClass ? 1 : 2);
}

/** What a method is worth: `with open(path):` of a block that stays says no more elsewhere. */
function weightOf(piece: Piece, subject: Subject): number {
  if (!isShort(piece, subject)) return 3;
  return piece.site.call.kind === 'file' && /^(?:with_item|as_pattern)$/.test(piece.expression?.parent?.type ?? '')
    ? 0
    : 1;
}

function isShort({ site, expression, start, end, statements }: Piece, { document }: Subject): boolean {
  const { kind, path } = site.call;
  const isLine = lineAt(document, start) === lineAt(document, end);
  if (!expression || statements.length > 0 || !isLine) return false;
  return (
    kind === 'file' || (kind === 'process' && /^(?:os|psutil|signal)\./.test(path) && !/(?:system|popen)$/.test(path))
  );
}
