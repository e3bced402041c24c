import type { SyntaxNode } from '../../core/syntax/node';
import type { SourceFile } from '../../core/text/source-file';
import type { IoCall } from './collect';
import { type CallsByKind, isListing, isRemoval } from './side-lines';
import type { Unit } from './units';

/** In a method of fewer lines there is nothing beside the call. */
const LOGIC_LINES = 12;

/**
 * Whether something speaks for it that a class or function mixes I/O with its own logic, and is not an adapter, a driver or a transfer:
 * two kinds stand among code of their own, in a function in one and the same of its parts; calls of an SDK are waited for; the files are
 * not merely sent.
 */
export function isMixture(calls: CallsByKind, unit: Unit, source: SourceFile): boolean {
  const kinds = Object.entries(calls).flatMap(([kind, all]) => {
    const own =
      kind === 'cloud' ? all.filter((call) => unit.node.type.endsWith('definition') || isAwaited(call, source)) : all;
    const parts = own.map((call) => partAround(call, unit)).filter((part) => linesOf(part, source) >= LOGIC_LINES);
    return parts.length > 0 ? [{ kind, own, parts: new Set(parts.map(({ startIndex }) => startIndex)) }] : [];
  });
  if (kinds.length < 2) return false;
  if (kinds.every(({ kind }) => kind === 'process' || kind === 'file') && isDriver(calls, source)) return false;
  const file = kinds.find(({ kind }) => kind === 'file');
  // To clear a folder is no job of its own.
  if (kinds.length === 2 && file?.own.every(isRemoval)) return false;
  if (kinds.length === 2 && kinds.some(({ kind }) => kind === 'database') && isLoneRead(file?.own, source))
    return false;
  if (!unit.isClass)
    return kinds.some((a) => kinds.some((b) => a !== b && [...a.parts].some((part) => b.parts.has(part))));
  const rest = kinds.filter((one) => one !== file);
  return !file || rest.some(({ kind }) => kind !== 'http') || !isSent(file.own, rest[0]!.own, unit, source);
}

/** Files that are what a process has written. */
const OUTPUT = /(?<![A-Za-z])_?(?:out(?:put)?|to_?file|result|stdout|stderr)s?(?![a-z])|(?:Output|Result)s?(?![a-z])/;

/** Beside one command, so many file calls are no job of their own where they list, remove and put output away. */
const BESIDE_COMMAND = 5;

/** Whether a class or function drives a command-line tool: what it does with files is to list, to remove, and to put output away. */
function isDriver({ process = [], file = [] }: CallsByKind, source: SourceFile): boolean {
  const own = file.filter(
    (call) => !isListing(call) && !isRemoval(call) && !OUTPUT.test(source.slice(call.calleeEnd, call.end)),
  );
  return file.length <= BESIDE_COMMAND && (own.length === 0 || (own.length === 1 && process.length === 1));
}

/** One file that is read says where rows come from, and no more. */
function isLoneRead(files: readonly IoCall[] | undefined, source: SourceFile): boolean {
  const [file] = files ?? [];
  return files?.length === 1 && OPENS.test(file!.path) && !WRITING.test(source.slice(file!.start, file!.end));
}

/** How a request is given what it sends. */
const SENDS = /\b(?:files|data|content|body|json)\s*[:=]/;
const OPENS = /(?:^|\.)(?:open|read_bytes|readFile|readFileSync|createReadStream)$/;
const WRITING = /,\s*(?:mode\s*=\s*)?["'][rbt]*[wax+]/;

/** More than an attachment. */
const FEW = 2;

/** Whether the files are opened for the request of the same method, as attachments are. */
function isSent(files: readonly IoCall[], requests: readonly IoCall[], unit: Unit, source: SourceFile): boolean {
  if (files.length > FEW) return false;
  return files.every((file) => {
    if (!OPENS.test(file.path) || WRITING.test(source.slice(file.start, file.end))) return false;
    const part = partAround(file, unit).startIndex;
    return requests.some(
      (call) => partAround(call, unit).startIndex === part && SENDS.test(source.slice(call.calleeEnd, call.end)),
    );
  });
}

/** In TypeScript, whether the value of a call is a promise that somebody waits for: what an SDK's objects merely hold is not. */
function isAwaited({ start, end }: IoCall, source: SourceFile): boolean {
  return (
    /(?:\b(?:await|return|yield|void)|=>|[[,])\s*\(?\s*$/.test(source.slice(Math.max(0, start - 20), start)) ||
    /^\s*\.(?:then|catch|finally|on)\(/.test(source.slice(end, end + 40))
  );
}

const METHOD = /^(?:method_definition|function_definition)$/;
/** What a function is assigned to so that others call it by itself. */
const MEMBER = /^(?:pair|public_field_definition|field_definition)$/;

/**
 * The innermost part of a unit around a call that is called by itself: a method, or a function that is assigned to a member. Helpers and
 * callbacks are part of what they stand in.
 */
function partAround(call: IoCall, unit: Unit): SyntaxNode {
  for (let at = unit.node.namedDescendantForIndex(call.start, call.end); at; at = at.parent) {
    if (at.id === unit.node.id) return at;
    if (METHOD.test(at.type) ? isMember(at) : /function/.test(at.type) && isAssigned(at)) return at;
  }
  return unit.node;
}

function isMember(method: SyntaxNode): boolean {
  const around = method.parent?.type === 'decorated_definition' ? method.parent.parent : method.parent;
  return method.type === 'method_definition' || /class/.test(around?.parent?.type ?? '');
}

function isAssigned({ parent }: SyntaxNode): boolean {
  if (parent?.type !== 'assignment_expression') return MEMBER.test(parent?.type ?? '');
  return parent.childForFieldName('left')?.type === 'member_expression';
}

function linesOf({ startIndex, endIndex }: SyntaxNode, source: SourceFile): number {
  return source.lineAt(endIndex) - source.lineAt(startIndex) + 1;
}
