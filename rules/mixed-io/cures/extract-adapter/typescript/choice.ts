import { leaving, something } from '../choice';
import type { Pieces } from '../piece';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { boundTo } from './carried';
import type { Piece } from './piece';
import { piecesOf } from './pieces';
import type { Subject } from './subject';

/**
 * The pieces that are to move, and why other calls stay.
 * @param isPicked whether the user named the calls: then those of clients move as well
 * @param isElsewhere whether they go to another module: then what only their own can say stays
 * @param unsaid places that hand over what has no name
 * @throws Refusal with the first reason where nothing can move
 */
export function piecesToMove(
  subject: Subject,
  isPicked: boolean,
  unsaid: readonly Obstacle[],
  isElsewhere: boolean,
): Pieces<Piece> {
  const pieces = piecesOf(subject);
  const movable = without(unsaid, isElsewhere ? sayable(pieces, subject) : pieces, subject);
  return something(isPicked ? movable : withoutClients(movable, subject), subject);
}

function sayable({ pieces, obstacles }: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  const bound = pieces.map((piece) => boundTo(piece, subject));
  const stays = bound.filter((one) => one !== undefined);
  return { pieces: pieces.filter((_, at) => !bound[at]), obstacles: [...obstacles, ...stays] };
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
