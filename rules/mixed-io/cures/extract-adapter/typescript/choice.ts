import type { SyntaxNode } from '../../../../../core/syntax/node';
import { isPlace } from '../../../apis-typescript';
import { leaving, something } from '../choice';
import type { Pieces } from '../piece';
import type { Obstacle } from '../site';
import { textOf } from '../subject';
import { boundTo } from './carried';
import type { Piece } from './piece';
import { piecesOf } from './pieces';
import { argumentsOf } from './services';
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
  return something(isPicked ? movable : withoutLonePlaces(withoutOthers(movable, subject), subject), subject);
}

/** What asks for a place or makes one goes with what reads and writes files, or is left where it is without a word. */
function withoutLonePlaces({ pieces, obstacles }: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  if (pieces.some(({ site: { call } }) => call.kind === 'file' && !isPlace(call))) return { pieces, obstacles };
  return { pieces: pieces.filter(({ site }) => !isPlace(site.call)), obstacles: withoutPlaces(obstacles, subject) };
}

/** Why other calls stay than those that ask for a place. */
export function withoutPlaces(obstacles: readonly Obstacle[], { document, calls }: Subject): readonly Obstacle[] {
  const places = calls.filter(isPlace);
  return obstacles.filter(({ at }) => {
    const start = document.source.offsetAt(at.range.start);
    return !places.some((one) => one.start <= start && start < one.end);
  });
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

/** What stays unless the user picks it. */
function withoutOthers(found: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  const { pieces, obstacles } = leaving(found, subject, (piece) => clientOf(piece, subject) ?? toldOf(piece));
  return { pieces, obstacles: [...obstacles].sort((a, b) => a.at.range.start.line - b.at.range.start.line) };
}

/**
 * The client of an SDK or service that the object holds can be replaced as it is. A method that is handed the client, as its function is,
 * or because that makes it, says no more than the call.
 */
function clientOf(piece: Piece, { document }: Subject): string | undefined {
  const { site, inputs } = piece;
  const object = site.callee.childForFieldName('object');
  // `waitUntilStackExists({ client }, query)` is a function of the SDK's that is handed the client.
  if (!object && site.call.kind === 'cloud' && inputs.some(({ node }) => isClientKey(node, document)))
    return 'handed-client';
  if (!object || inputs[0]?.node.id !== object.id) return undefined;
  if (/^this\b/.test(textOf(document, object))) return 'own-client';
  return /^(?:cloud|http)$/.test(site.call.kind) ? 'handed-client' : undefined;
}

function isClientKey(node: SyntaxNode, document: Subject['document']): boolean {
  if (node.type === 'shorthand_property_identifier') return textOf(document, node) === 'client';
  const key = node.parent?.type === 'pair' ? node.parent.childForFieldName('key') : undefined;
  return key != null && key.id !== node.id && textOf(document, key) === 'client';
}

/** A method for any file that is handed on who is to be told gives its caller nothing. */
function toldOf({ site }: Piece): string | undefined {
  const last = site.call.kind === 'file' ? argumentsOf({ site }).at(-1) : undefined;
  return last && /^(?:arrow_function|function_expression)$/.test(last.type) ? 'tells-callback' : undefined;
}
