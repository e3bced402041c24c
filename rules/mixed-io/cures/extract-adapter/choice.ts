import { Refusal } from '../../../../core/edit/refusal';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { IoKind } from '../../kinds';
import { unrepeatable } from './local-imports';
import type { Piece } from './piece';
import { type Pieces, piecesOf } from './pieces';
import { obstacle } from './site';
import { lineAt, type Subject, textOf } from './subject';

/**
 * The pieces that are to move, and why other calls stay.
 * @param isPicked whether the user named the calls: then those of clients move as well
 * @throws Refusal with the first reason where nothing can move
 */
export function piecesToMove(subject: Subject, isElsewhere: boolean, isPicked: boolean): Pieces {
  const movable = repeatable(piecesOf(subject, isElsewhere), subject, isElsewhere);
  const found = isPicked ? movable : withoutOwnClients(withoutHandedClients(movable, subject), subject);
  if (found.pieces.length > 0) return found;
  const [first] = found.obstacles;
  if (first) throw new Refusal(first.code, first.args, first.at);
  const { document, calls } = subject;
  throw new Refusal('handles-only', { line: lineAt(document, calls[0]!.start), file: document.file });
}

/** The kinds of the calls that do not move; what is asked of a process that a method starts is none. */
export function stayingKinds({ pieces }: Pieces, { all }: Subject): ReadonlySet<IoKind> {
  const moved = new Set(pieces.flatMap(({ calls }) => calls));
  const stays = all.filter((one) => !moved.has(one) && !/^(?:asyncio|subprocess)\.\w+\./.test(one.path));
  return new Set(stays.map(({ kind }) => kind));
}

/** The client of an SDK that a function is handed can be replaced as it is. */
function withoutHandedClients({ pieces, obstacles }: Pieces, subject: Subject): Pieces {
  const isHanded = ({ site }: Piece): boolean => {
    let root = site.callee.childForFieldName('object');
    while (root?.type === 'attribute') root = root.childForFieldName('object');
    const binding = root && (subject.model.bindingAt(root.startIndex) as PythonBinding | undefined);
    const isParameter = binding?.writes.length === 1 && binding.writes[0]!.role === 'parameter';
    return site.call.kind === 'cloud' && isParameter && textOf(subject.document, root!) !== site.receiver;
  };
  const stays = pieces
    .filter(isHanded)
    .map(({ start, end }) => obstacle('handed-client', subject, { startIndex: start, endIndex: end }));
  return { pieces: pieces.filter((one) => !isHanded(one)), obstacles: [...obstacles, ...stays] };
}

/**
 * The client of an SDK that the object holds is an adapter already: where the class is rid of all other I/O without them, its calls
 * stay.
 */
function withoutOwnClients({ pieces, obstacles }: Pieces, subject: Subject): Pieces {
  const isOwn = ({ site, inputs }: Piece): boolean =>
    site.call.kind === 'cloud' && inputs[0]?.node.id === site.callee.childForFieldName('object')?.id;
  const others = pieces.filter((one) => !isOwn(one));
  const isRid = subject.calls
    .filter(({ kind }) => kind !== 'cloud')
    .every((call) => others.some(({ calls }) => calls.includes(call)));
  const hasDatabase = subject.all.some(({ kind }) => kind === 'database');
  if (hasDatabase || !isRid || others.length === 0 || others.length === pieces.length) return { pieces, obstacles };
  const stays = pieces
    .filter(isOwn)
    .map(({ start, end }) => obstacle('own-client', subject, { startIndex: start, endIndex: end }));
  return { pieces: others, obstacles: [...obstacles, ...stays] };
}

/** Without the pieces whose function imports what they name, and cannot import it anew in a method. */
function repeatable({ pieces, obstacles }: Pieces, subject: Subject, isElsewhere: boolean): Pieces {
  const bad = unrepeatable(pieces, subject, isElsewhere);
  const isBad = (piece: Piece): boolean => piece.localImports.some((one) => bad.has(one));
  const stays = pieces
    .filter(isBad)
    .map(({ start, end }) => obstacle('local-import', subject, { startIndex: start, endIndex: end }));
  return { pieces: pieces.filter((one) => !isBad(one)), obstacles: [...obstacles, ...stays] };
}
