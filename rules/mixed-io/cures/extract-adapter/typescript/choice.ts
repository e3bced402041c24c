import type { IoKind } from '../../../kinds';
import { leaving, something, stayingKinds } from '../choice';
import type { Group } from '../groups';
import type { Pieces } from '../piece';
import type { Obstacle } from '../site';
import { lineAt, textOf } from '../subject';
import type { Piece } from './piece';
import { piecesOf } from './pieces';
import type { Subject } from './subject';

/**
 * The pieces that are to move, and why other calls stay.
 * @param isPicked whether the user named the calls: then those of clients move as well
 * @param unsaid places that hand over what has no name
 * @throws Refusal with the first reason where nothing can move
 */
export function piecesToMove(subject: Subject, isPicked: boolean, unsaid: readonly Obstacle[]): Pieces<Piece> {
  const movable = without(unsaid, piecesOf(subject), subject);
  return something(isPicked ? movable : withoutClients(movable, subject), subject);
}

/** The kinds of the calls that do not move; what is asked of a stream or child that a method opens is none. */
export function kindsLeft(found: Pieces, subject: Subject): ReadonlySet<IoKind> {
  return stayingKinds(found, subject, /^(?:fs|child_process)\.(?!promises)\w+\.\w/);
}

function without(
  unsaid: readonly Obstacle[],
  { pieces, obstacles }: Pieces<Piece>,
  { document }: Subject,
): Pieces<Piece> {
  const isUnsaid = ({ start, end }: Piece): boolean =>
    unsaid.some(({ at }) => {
      const place = document.source.offsetAt(at.range.start);
      return start <= place && place < end;
    });
  return { pieces: pieces.filter((one) => !isUnsaid(one)), obstacles: [...obstacles, ...unsaid] };
}

/** The client of an SDK or service that the object holds, or that a function is handed, can be replaced as it is: its calls stay. */
function withoutClients(found: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  const { pieces, obstacles } = leaving(found, subject, ({ site, inputs }) => {
    const object = site.callee.childForFieldName('object');
    if (!object || inputs[0]?.node.id !== object.id) return undefined;
    if (/^this\b/.test(textOf(subject.document, object))) return 'own-client';
    const [root] = object.descendantsOfType(['this', 'identifier']);
    const binding = root && subject.model.bindingAt(root.startIndex);
    const isParameter = binding?.kind === 'parameter' && binding.writes.length === 1;
    return isParameter && /^(?:cloud|http)$/.test(site.call.kind) ? 'handed-client' : undefined;
  });
  return { pieces, obstacles: [...obstacles].sort((a, b) => a.at.range.start.line - b.at.range.start.line) };
}

/** One call on one line; in a function, where the adapter is a constant, two of them. */
export function isTiny({ kind, pieces }: Group<Piece>, { document, isClass }: Subject): boolean {
  const isSmall = kind === 'file' || (kind === 'process' && pieces.every(({ site }) => /\bkill$/.test(site.call.path)));
  const isShort = ({ last, start, end }: Piece): boolean =>
    last === undefined && lineAt(document, start) === lineAt(document, end);
  return isSmall && pieces.length <= (isClass ? 1 : 2) && pieces.every(isShort);
}
