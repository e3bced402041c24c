import { Refusal } from '../../../../../core/edit/refusal';
import type { IoKind } from '../../../kinds';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import type { Group } from './adapters';
import type { Piece } from './piece';
import { type Pieces, piecesOf } from './pieces';
import { obstacle } from './site';
import type { Subject } from './subject';

/** A class with fewer kinds of I/O than these mixes none. */
const MIXED = 2;

/**
 * The pieces that are to move, and why other calls stay.
 * @param isPicked whether the user named the calls: then those of clients move as well
 * @param unsaid places that hand over what has no name
 * @throws Refusal with the first reason where nothing can move
 */
export function piecesToMove(subject: Subject, isPicked: boolean, unsaid: readonly Obstacle[]): Pieces {
  const movable = without(unsaid, piecesOf(subject), subject);
  const found = isPicked ? movable : withoutClients(movable, subject);
  if (found.pieces.length > 0) return found;
  const [first] = found.obstacles;
  if (first) throw new Refusal(first.code, first.args, first.at);
  const { document, calls } = subject;
  throw new Refusal('handles-only', { line: document.source.lineAt(calls[0]!.start) + 1, file: document.file });
}

function without(unsaid: readonly Obstacle[], { pieces, obstacles }: Pieces, { document }: Subject): Pieces {
  const isUnsaid = ({ start, end }: Piece): boolean =>
    unsaid.some(({ at }) => {
      const place = document.source.offsetAt(at.range.start);
      return start <= place && place < end;
    });
  return { pieces: pieces.filter((one) => !isUnsaid(one)), obstacles: [...obstacles, ...unsaid] };
}

/** The client of an SDK or service that the object holds, or that a function is handed, can be replaced as it is: its calls stay. */
function withoutClients({ pieces, obstacles }: Pieces, subject: Subject): Pieces {
  const codes = new Map<Piece, string>();
  for (const piece of pieces) {
    const object = piece.site.callee.childForFieldName('object');
    if (!object || piece.inputs[0]?.node.id !== object.id) continue;
    const [root] = object.descendantsOfType(['this', 'identifier']);
    const binding = root && subject.model.bindingAt(root.startIndex);
    const isParameter = binding?.kind === 'parameter' && binding.writes.length === 1;
    if (/^this\b/.test(textOf(subject.document, object))) codes.set(piece, 'own-client');
    else if (isParameter && /^(?:cloud|http)$/.test(piece.site.call.kind)) codes.set(piece, 'handed-client');
  }
  const stays = [...codes].map(([{ start, end }, code]) =>
    obstacle(code, subject, { startIndex: start, endIndex: end }),
  );
  const all = [...obstacles, ...stays].sort((a, b) => a.at.range.start.line - b.at.range.start.line);
  return { pieces: pieces.filter((one) => !codes.has(one)), obstacles: all };
}

export interface Worth {
  readonly groups: readonly Group[];
  /** Calls that stay, because a class for them would be more than they are. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Leaves the only call of its kind where it is, if it is one short line and the rest is no mixture any more: a class around one
 * `rmSync(path)` is a layer without need.
 * @param hasClass whether an earlier run has made the class for a group
 * @throws Refusal `little-to-gain` where there is nothing else to move
 */
export function worthwhile(groups: readonly Group[], subject: Subject, hasClass: (group: Group) => boolean): Worth {
  const tiny = groups.filter((one) => isTiny(one, subject) && !hasClass(one));
  if (tiny.length === 0) return { groups, obstacles: [] };
  const stays = tiny.flatMap(({ pieces }) =>
    pieces.map(({ start, end }) => obstacle('tiny', subject, { startIndex: start, endIndex: end })),
  );
  const [first] = stays;
  if (tiny.length === groups.length) throw new Refusal('little-to-gain', first!.args, first!.at);
  const left = new Set([...stayingKinds(groups, subject), ...tiny.map(({ kind }) => kind)]);
  return left.size >= MIXED
    ? { groups, obstacles: [] }
    : { groups: groups.filter((one) => !tiny.includes(one)), obstacles: stays };
}

/** The kinds of the calls that do not move; what is asked of a stream or child that a method opens is none. */
function stayingKinds(groups: readonly Group[], { all }: Subject): ReadonlySet<IoKind> {
  const moved = new Set(groups.flatMap(({ pieces }) => pieces.flatMap(({ calls }) => calls)));
  const stays = all.filter((one) => !moved.has(one) && !/^(?:fs|child_process)\.(?!promises)\w+\.\w/.test(one.path));
  return new Set(stays.map(({ kind }) => kind));
}

/** One call on one line; in a function, where the adapter is a constant, two of them. */
function isTiny({ kind, pieces }: Group, { document, isClass }: Subject): boolean {
  const isSmall = kind === 'file' || (kind === 'process' && pieces.every(({ site }) => /\bkill$/.test(site.call.path)));
  const isShort = ({ last, start, end }: Piece): boolean =>
    last === undefined && document.source.lineAt(start) === document.source.lineAt(end);
  return isSmall && pieces.length <= (isClass ? 1 : 2) && pieces.every(isShort);
}
