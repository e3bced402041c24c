import { leaving, something } from '../choice';
import type { Pieces } from '../piece';
import { textOf } from '../subject';
import { isOfStorage } from './handles';
import { unrepeatable } from './local-imports';
import type { Piece } from './piece';
import { piecesOf } from './pieces';
import type { Subject } from './subject';

/**
 * The pieces that are to move, and why other calls stay.
 * @param isPicked whether the user named the calls: then those of clients move as well
 * @throws Refusal with the first reason where nothing can move
 */
export function piecesToMove(subject: Subject, isElsewhere: boolean, isPicked: boolean): Pieces<Piece> {
  const movable = repeatable(piecesOf(subject, isElsewhere), subject, isElsewhere);
  if (isPicked) return something(movable, subject);
  const asked = withoutSessions(withoutHandedClients(movable, subject), subject);
  return something(withoutOwnClients(asked, subject), subject);
}

/** A session that is there already can be replaced as it is: who has it at hand asks it, and needs no client that is handed it each time. */
function withoutSessions(found: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  return leaving(found, subject, (piece) => {
    const { site, inputs } = piece;
    const object = site.callee.childForFieldName('object');
    const isHanded = inputs.some(({ places }) => places.some(({ id }) => id === object?.id));
    if (site.call.kind !== 'http' || !object || !isHanded) return undefined;
    if (textOf(subject.document, object).startsWith(`${site.receiver}.`)) return 'own-client';
    return 'handed-client';
  });
}

/** The client of an SDK that a function is handed can be replaced as it is, and so can a storage. */
function withoutHandedClients(found: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  return leaving(found, subject, ({ site }) => {
    let root = site.callee.childForFieldName('object');
    while (root?.type === 'attribute') root = root.childForFieldName('object');
    const binding = root && subject.model.bindingAt(root.startIndex);
    const isParameter = binding?.writes.length === 1 && binding.writes[0]!.role === 'parameter';
    const isHanded = isParameter && textOf(subject.document, root!) !== site.receiver;
    const isClient = isOfStorage(site.call) || (site.call.kind === 'cloud' && isHanded);
    return isClient ? 'handed-client' : undefined;
  });
}

/** The client of an SDK that the object holds is an adapter already. */
function withoutOwnClients(found: Pieces<Piece>, subject: Subject): Pieces<Piece> {
  return leaving(found, subject, ({ site, inputs }) => {
    const isOwn = site.call.kind === 'cloud' && inputs[0]?.node.id === site.callee.childForFieldName('object')?.id;
    return isOwn ? 'own-client' : undefined;
  });
}

/** Without the pieces whose function imports what they name, and cannot import it anew in a method. */
function repeatable(found: Pieces<Piece>, subject: Subject, isElsewhere: boolean): Pieces<Piece> {
  const bad = unrepeatable(found.pieces, subject, isElsewhere);
  return leaving(found, subject, ({ localImports }) =>
    localImports.some((one) => bad.has(one)) ? 'local-import' : undefined,
  );
}
