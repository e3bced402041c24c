import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pythonStringValue } from '../../../../../core/syntax/python';
import { snakeOf } from '../../../../../core/text/words';
import type { Least } from '../../../worth';
import { FIRST } from '../expression';
import { type Arranged, type Arranging, partOfSdk } from '../methods';
import { isObstacle } from '../site';
import { expressionPiece } from './expression';
import { fileNames } from './file-names';
import { httpNames } from './http-names';
import { isLargeModule } from './large-module';
import { joined } from './nouns';
import type { Piece } from './piece';
import { processNames } from './process-names';
import { shared } from './sharing';
import type { Subject } from './subject';

export const ARRANGING: Arranging<Subject, Piece> = {
  httpNames,
  processNames,
  fileNames,
  sdkNames,
  alike: (pieces, { document }) => shared(pieces, document),
  whole(piece, subject) {
    if (!piece.expression || piece.handed === 'all') return undefined;
    const hasFirst = FIRST[piece.site.call.kind] !== undefined && piece.handed === 'parts';
    const found = expressionPiece(piece.site, subject, true, hasFirst ? 'first' : 'all');
    return isObstacle(found) ? undefined : found;
  },
  waits: ({ isAsync }) => isAsync,
  waitingName: (name, isWaiting) => `${name}_${isWaiting ? 'async' : 'sync'}`,
  weightOf: ({ pieces }) => {
    const [first] = pieces;
    if (!/^(?:process|http)$/.test(first!.site.call.kind) || !first!.expression || first!.handed === 'parts') return 1;
    return hidesConstants(pieces) ? 1 : 0;
  },
  isBlock: ({ expression }) => expression === undefined,
  leastOf,
  isProtocol: ({ expression, site, start, end }, subject) =>
    expression === undefined && site.call.kind !== 'file' && isLongEnough(start, end, subject),
};

/** Two operations on files are no module of their own. */
function leastOf({ kind }: Arranged<Piece>, { document }: Subject): Least | undefined {
  return kind === 'file' && isLargeModule(document) ? { operations: 3, calls: 0 } : undefined;
}

/** Whether statements are more than a call with its answer. */
function isLongEnough(start: number, end: number, { document: { source } }: Subject): boolean {
  return source.lineAt(end) - source.lineAt(start) >= 3;
}

/** Whether a method says something that its callers do not: a constant argument that is no parameter. */
function hidesConstants([first, ...others]: readonly Piece[]): boolean {
  const args = first!.site.callee.parent?.childForFieldName('arguments')?.namedChildren ?? [];
  const handed = [first!, ...others].flatMap(({ inputs }) => inputs.map(({ name }) => name));
  const isHanded = (one: SyntaxNode): boolean =>
    first!.inputs.some(({ places }) =>
      places.some(({ startIndex, endIndex }) => one.startIndex <= startIndex && endIndex <= one.endIndex),
    );
  const constants = args.filter((one) => one.type === 'keyword_argument' && !isHanded(one));
  return constants.length > 0 && new Set(handed).size <= 4;
}

/** What the value at a position is for. */
export function roleOf({ site, inputs }: Piece, at: number): string | undefined {
  const { kind } = site.call;
  if (kind === 'file') return inputs[at]?.name;
  return at === 0 ? FIRST[kind] : undefined;
}

/** `chat.completions.create` creates completions, `AutoModel.from_pretrained` loads an auto model. */
function sdkNames({ site }: Piece, { document }: Subject, verb: string): readonly string[] {
  const { path } = site.call;
  const owner = path.split('.').at(-2) ?? '';
  if (/^from_pretrained$/.test(verb)) return [joined('load', snakeOf(owner))];
  // Making the object loads the model.
  if (/^[A-Z]/.test(verb)) return [joined(path.startsWith('sentence_transformers.') ? 'load' : 'make', snakeOf(verb))];
  if (verb === 'build') {
    const first = site.callee.parent!.childForFieldName('arguments')?.namedChildren[0];
    const api = first && pythonStringValue(first, document.source)?.value;
    if (api && /^[A-Za-z]\w*$/.test(api)) return [joined(verb, snakeOf(api))];
  }
  const part = partOfSdk(path, verb);
  const own = part === undefined ? snakeOf(verb) : joined(verb, part);
  const whole = /^[a-z]\w*$/.test(owner) && path.split('.').length > 2 ? [joined(snakeOf(verb), owner)] : [];
  return [own, ...whole];
}
