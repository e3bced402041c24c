import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { camelOf } from '../../../../../core/text/words';
import { isPlace } from '../../../apis-typescript';
import { FIRST, firstOf } from '../expression';
import { type Arranging, partOfSdk } from '../methods';
import { isObstacle } from '../site';
import { textOf } from '../subject';
import { expressionPiece } from './expression';
import { isOwnJob, leastOf, saysMore } from './least';
import { shapeOf } from './method-code';
import type { Piece } from './piece';
import { argumentsOf } from './services';
import { commandWords, urlNoun } from './specific';
import type { Subject } from './subject';

export const ARRANGING: Arranging<Subject, Piece> = {
  httpNames,
  processNames,
  fileNames,
  sdkNames: ({ site: { call } }, _, verb) => {
    const owner = call.path.split('.').at(-2) ?? '';
    const part = partOfSdk(call.path, verb);
    return [camelOf(`${verb} ${part ?? ''}`), ...(/^[a-z]\w*$/.test(owner) ? [camelOf(`${verb} ${owner}`)] : [])];
  },
  alike(pieces, { document }) {
    const byShape = new Map<string, Piece[]>();
    for (const piece of pieces) {
      const shape = shapeOf(piece, document);
      byShape.set(shape, [...(byShape.get(shape) ?? []), piece]);
    }
    const all = [...byShape.values()];
    // What waits has the plain name, as in Node, and what does not is told by `Sync`: also where that comes first.
    const isTold = ([one]: readonly Piece[]): boolean =>
      !ARRANGING.waits(one!) && all.some(([other]) => ARRANGING.waits(other!) && verbOf(other!) === verbOf(one!));
    return [...all.filter((alike) => !isTold(alike)), ...all.filter(isTold)];
  },
  whole(piece, subject) {
    // A method for files that is handed its options as well says no more than the call.
    if (piece.last || piece.handed === 'all' || piece.site.call.kind === 'file') return undefined;
    const hasFirst = FIRST[piece.site.call.kind] !== undefined && piece.handed === 'parts';
    const found = expressionPiece(piece.site, subject, hasFirst ? 'first' : 'all');
    return isObstacle(found) ? undefined : found;
  },
  waits: ({ site, value }) => value.parent?.type === 'await_expression' || !/Sync$/.test(site.call.path),
  waitingName: (name, isWaiting) => `${name}${isWaiting ? 'Async' : 'Sync'}`,
  weightOf({ pieces }, subject) {
    const [first] = pieces;
    const { kind } = first!.site.call;
    if (isPlace(first!.site.call)) return 0;
    // `get` and `post` tell of no request which it is.
    if (kind === 'http') return isNamedRequest(first!, subject) || isCheckedAnswer(first!, subject) ? 1 : 0;
    return kind === 'file' || saysMore(first!) ? 1 : 0;
  },
  isBlock: ({ last }) => last !== undefined,
  isProtocol: isCheckedAnswer,
  isStatic: (site) => site.isStatic,
  isOwnJob,
  leastOf,
};

function isNamedRequest(piece: Piece, subject: Subject): boolean {
  return piece.handed === 'parts' && urlNoun(piece, subject) !== undefined;
}

/** A request with a check between it and what is made of its answer. The only request of all is one call, however many steps it takes. */
function isCheckedAnswer({ last, start, calls }: Piece, { all }: Subject): boolean {
  if (all.filter(({ kind }) => kind === 'http').length <= calls.length) return false;
  const around = last?.parent?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  return around.filter((one) => start <= one.startIndex && one.startIndex <= last!.startIndex).length > 2;
}

/** The last name of the call without `Sync`. */
function verbOf({ site: { call } }: Piece): string {
  return call.path.slice(call.path.lastIndexOf('.') + 1).replace(/Sync$/, '');
}

/** What the value at a position is for. */
export function roleOf({ site, inputs }: Piece, at: number): string | undefined {
  if (site.call.kind === 'file') return inputs[at]?.name;
  return at === 0 ? firstOf(site.call) : undefined;
}

/** Names for a request: its verb, and what is asked for where the call says it by the last word of the path, or how it is answered. */
function httpNames(piece: Piece, subject: Subject, verb: string): readonly string[] {
  const call = textOf(subject.document, piece.site.callee.parent!);
  let method = /^(?:get|post|put|patch|delete|head|options)$/.test(verb) ? verb : '';
  if (method === '') {
    const said = /\bmethod\s*:\s*(["'`])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\1/i.exec(call)?.[2];
    const isOpen = piece.handed === 'all' || /\bmethod\b|\.\.\.|,\s*[\w$.]+\s*\)$/.test(call);
    method =
      said && piece.handed !== 'all'
        ? said.toLowerCase()
        : isOpen || /^(?:request|rawRequest|send)$/.test(verb)
          ? 'request'
          : 'get';
  }
  const noun = piece.handed === 'parts' ? urlNoun(piece, subject) : undefined;
  if (noun !== undefined) return [camelOf(`${method} ${noun}`)];
  const answer = piece.last
    ? /\.\s*(json|text|blob|arrayBuffer|bytes)\(\)/.exec(textOf(subject.document, piece.value))?.[1]
    : undefined;
  return [answer === undefined ? method : camelOf(`${method} ${answer}`)];
}

/** What starts a process, and does not wait for its end where nobody waits for the call. */
const STARTS = /^(?:spawn|fork|Command)$/;

/** @param program the one that the method's class is for, which the method need not say again */
function processNames(piece: Piece, subject: Subject, verb: string, program: string | undefined): readonly string[] {
  if (verb === 'kill') return killNames(piece, subject);
  const words = piece.handed === 'parts' ? commandWords(piece, subject) : undefined;
  const isStart = STARTS.test(verb) && piece.value.parent?.type !== 'await_expression';
  if (!words) return verb === 'fork' ? ['fork'] : [isStart ? 'start' : 'run'];
  const start = isStart ? 'start' : 'run';
  const said = words[0] === program ? words.slice(1) : words;
  const name = said.length === 0 ? start : camelOf([start, ...said].join(' '));
  return [name];
}

/** Signal 0 only asks whether a process is there; a negative number is that of a group. */
function killNames(piece: Piece, subject: Subject): readonly string[] {
  const [target, signal] = argumentsOf(piece);
  const text = signal ? textOf(subject.document, signal) : '';
  if (text === '0') return ['isRunning'];
  if (target?.type === 'unary_expression') return text === '' ? ['killGroup', 'signalGroup'] : ['signalGroup'];
  return text === '' || /^["']SIG(?:KILL|TERM)["']$/.test(text) ? ['killProcess', 'signalProcess'] : ['signalProcess'];
}

/** What is done to files, by the last name of the call without `Sync`. */
const FILE_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  readTextFile: ['readText'],
  writeFile: ['writeFile'],
  writeTextFile: ['writeText'],
  outputFile: ['writeFile', 'outputFile'],
  appendFile: ['appendFile'],
  readJson: ['readJson'],
  readJSON: ['readJson'],
  writeJson: ['writeJson'],
  writeJSON: ['writeJson'],
  outputJson: ['writeJson', 'outputJson'],
  opendir: ['openFolder'],
  readDir: ['listFolder'],
  readDirectory: ['listFolder'],
  unlink: ['unlink'],
  rmdir: ['removeFolder'],
  remove: ['removeTree'],
  delete: ['delete'],
  rimraf: ['removeTree'],
  del: ['removeTree'],
  deleteAsync: ['removeTree'],
  deleteSync: ['removeTree'],
  emptyDir: ['emptyFolder'],
  copyFile: ['copy', 'copyFile'],
  copy: ['copyTree'],
  cp: ['copyTree'],
  chmod: ['setMode'],
  chown: ['setOwner'],
  symlink: ['link'],
  link: ['hardLink'],
  readlink: ['readLink'],
  utimes: ['setTimes'],
  glob: ['findFiles'],
  globby: ['findFiles'],
  watchFile: ['watch', 'watchFile'],
  pathExists: ['exists'],
  realpath: ['realPath'],
  mkdtemp: ['makeTemporaryFolder'],
  mkdirs: ['makeFolders'],
  mkdirp: ['makeFolders'],
  ensureDir: ['makeFolders'],
  createDirectory: ['makeFolders'],
};

/** Names for what is done to a file, whichever it is. What does not wait is told from what does where both are needed. */
function fileNames(piece: Placed, subject: Subject, verb: string): readonly string[] {
  const bare = verb.replace(/Sync$/, '');
  return operationOf(piece, bare, subject);
}

/** What stands at a call. */
type Placed = Pick<Piece, 'site'>;

function operationOf(piece: Placed, verb: string, { document }: Subject): readonly string[] {
  const args = argumentsOf(piece);
  const options = args.slice(1).map((one) => textOf(document, one));
  if (verb === 'readFile') {
    if (/vscode/.test(piece.site.call.path)) return ['readBytes'];
    const encoding = args[1] && encodingOf(args[1], document);
    return encoding === undefined
      ? args.length > 1 && args[1]!.type !== 'arrow_function'
        ? ['readFile']
        : ['readBytes']
      : ['readText'];
  }
  if (verb === 'readdir')
    return options.some((one) => /\bwithFileTypes\b/.test(one)) ? ['listEntries'] : ['listFolder'];
  if (verb === 'mkdir')
    return options.some((one) => /\brecursive\s*:\s*true\b/.test(one)) ? ['makeFolders'] : ['makeFolder'];
  if (verb === 'rm')
    return options.some((one) => /\brecursive\s*:\s*true\b/.test(one)) ? ['removeTree'] : ['remove', 'rm'];
  if (verb === 'sync') return /glob/.test(piece.site.call.path) ? ['findFiles'] : ['removeTree'];
  if (verb === 'write') return ['writeFile'];
  return Object.hasOwn(FILE_OPERATIONS, verb) ? FILE_OPERATIONS[verb]! : [verb];
}

function encodingOf(node: SyntaxNode, document: Subject['document']): string | undefined {
  const plain = typeScriptStringValue(node, document.source);
  if (plain !== undefined) return plain;
  return /\bencoding\s*:\s*["'`]([\w-]+)/.exec(textOf(document, node))?.[1];
}
