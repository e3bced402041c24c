import type { SyntaxNode } from '../../core/syntax/node';
import type { SourceFile } from '../../core/text/source-file';
import type { IoCall } from './collect';
import type { IoKind } from './kinds';
import { methodsOf, nameNode, type Unit } from './units';

export type CallsByKind = Partial<Record<IoKind, readonly IoCall[]>>;

/** Calls that ask which files there are. */
const LISTS =
  /(?:^|\.)(?:listdir|scandir|walk|iterdir|i?glob|rglob|readdir|opendir|globby|tiny-glob|fast-glob|readDirectory|readDir)(?:Sync)?(?:\.sync)?$/;

/** Calls that take files away. */
const REMOVES =
  /(?:^|\.)(?:remove|unlink|rmdir|removedirs|rmtree|rm|emptyDir|rimraf|del|delete)(?:Sync|Async)?(?:\.sync)?$/;

/** More than a few removals are a job of their own. */
const FEW = 4;

/**
 * Leaves out the calls that go with others and say nothing about the job of a class or function: a folder that is listed once (as little
 * as to ask whether it exists), the removal of temporary files of its own, what a process is given and leaves behind, where an answer is
 * put or the body of a request comes from, where a client finds its key. What a class of many methods does in a method of its own, once
 * and apart from all else, is not mixed with it.
 */
export function withoutSideLines(calls: CallsByKind, unit: Unit, source: SourceFile): CallsByKind {
  const { file, ...others } = calls;
  if (file && isSideLine(file, others, unit, source)) return others;
  return withoutLone(isApart(calls, unit) ? {} : calls, unit, source);
}

function isSideLine(files: readonly IoCall[], others: CallsByKind, unit: Unit, source: SourceFile): boolean {
  if (files.length === 1 && isListing(files[0]!)) return true;
  if (files.every((call) => isOwnResource(call, unit, source))) return true;
  if (files.every((call) => isRemoval(call) && /te?mp/i.test(source.slice(call.start, call.end)))) return true;
  const kinds = Object.keys(others);
  if (kinds.every((kind) => kind === 'process')) return isOfProcess(files, unit, source);
  if (!kinds.every((kind) => kind === 'http' || kind === 'cloud')) return false;
  return isKeyOfClient(files, unit, source) || isTransfer(files, others.http ?? [], unit, source);
}

export const isListing = ({ path }: IoCall): boolean => LISTS.test(path);
export const isRemoval = ({ path }: IoCall): boolean => REMOVES.test(path);

/** Whole words of a name, in either spelling: `pid_path`, `logFile`, `SERVICE_LOG`. */
const PLUMBING: readonly RegExp[] = ['pid', 'logs?|stdout|stderr', 'fifo|pipe'].map((words) => {
  const capital = words.replace(/(^|\|)(\w)/g, (_, bar: string, letter: string) => bar + letter.toUpperCase());
  return new RegExp(`(?<![A-Za-z])(?:${words})(?![a-z])|(?:${capital})(?![a-z])|_(?:${words.toUpperCase()})\\b`);
});

/** A runner that is longer, or has more to do with its files, does more than run. */
const MUCH_PLUMBING = 8;
const LONG_RUNNER = 300;

/**
 * Whether the files are a process's own: the pipe that it reads from, or its pid and its log, and what is listed and removed beside them.
 * One of them alone is what a class makes of it.
 */
function isOfProcess(files: readonly IoCall[], unit: Unit, source: SourceFile): boolean {
  const isRunner = files.length <= MUCH_PLUMBING && unit.lines <= LONG_RUNNER;
  const pipes = files.filter(({ path }) => path.endsWith('.mkfifo')).map((call) => firstArgument(call, source));
  const sorts = new Set(pipes.length > 0 ? PLUMBING.slice(0, 2) : []);
  const rest = files.filter((call) => {
    const text = source.slice(call.start, call.end);
    if (pipes.some((pipe) => pipe !== '' && text.includes(pipe))) return false;
    const sort =
      PLUMBING.find((one) => one.test(text)) ?? PLUMBING.find((one) => one.test(nameAround(call, unit, source)));
    if (sort) sorts.add(sort);
    return !sort;
  });
  const own = isRunner && sorts.size > 1 ? rest : files;
  return own.length <= FEW && own.every((call) => isListing(call) || isRemoval(call));
}

function firstArgument(call: IoCall, source: SourceFile): string {
  return /^\(\s*([\w.]+)/.exec(source.slice(call.calleeEnd, call.end))?.[1] ?? '';
}

const READS = /\.(?:read_text|read_bytes|readFile|readFileSync|readJson|readJsonSync|open)$/;
/** A mode in which a file is written. */
const WRITING = /,\s*(?:mode\s*=\s*)?["'][rbt]*[wax+]/;

/** Whether a client of a service does no more than look for its key, when it is made. */
function isKeyOfClient(files: readonly IoCall[], unit: Unit, source: SourceFile): boolean {
  return (
    unit.isClass &&
    files.every(
      (call) =>
        (isListing(call) || (READS.test(`.${call.path}`) && !WRITING.test(source.slice(call.start, call.end)))) &&
        /^(?:__init__|constructor)$/.test(nameAround(call, unit, source)),
    )
  );
}

const OF_PROGRAM = String.raw`__file__|__dirname|import\.meta|importlib\.resources`;

/** Whether a call reads a file that comes with the program: `open(os.path.join(os.path.dirname(__file__), 'badge.svg'))`. */
function isOwnResource(call: IoCall, unit: Unit, source: SourceFile): boolean {
  const text = source.slice(call.start, call.end);
  if (!READS.test(`.${call.path}`) || WRITING.test(text)) return false;
  if (new RegExp(OF_PROGRAM).test(text)) return true;
  const name = firstArgument(call, source);
  const around = /^\w+$/.test(name) ? functionAround(call, unit) : undefined;
  if (!around) return false;
  const made = new RegExp(`(?<![\\w.])${name}\\s*=(?!=)[^;]{0,200}?(?:${OF_PROGRAM})`);
  return made.test(source.slice(around.startIndex, call.start));
}

/** How an answer is handed on to a file, or a file to a request, as a whole. */
const TAKES =
  /\biter_content\(|\ba?iter_bytes\(|\.content\b|copyfileobj\(|\bpipeline\(|\.pipe\(|\.pipeTo\(|\.arrayBuffer\(\)/;
const GIVES = /\bbody\s*[:=]\s*[\w$.]|\b(?:data|files|content)\s*=\s*[\w{]/;
const WRITES =
  /(?:^|\.)(?:createWriteStream|writeFile(?:Sync)?|write_bytes|rename(?:Sync)?|replace|move|mkstemp|outputFile|write)$/;

const LONG_TRANSFER = 50;

/** Whether the one request fills a file, or sends one, as a whole: the file is one end of the transfer. */
function isTransfer(files: readonly IoCall[], requests: readonly IoCall[], unit: Unit, source: SourceFile): boolean {
  if (requests.length === 0 || files.length > FEW) return false;
  const around = functionAround(files[0]!, unit);
  if (!around || !files.every((call) => functionAround(call, unit)?.id === around.id)) return false;
  const inside = requests.filter((call) => around.startIndex <= call.start && call.end <= around.endIndex);
  if (inside.length !== 1 || (requests.length > 1 && files.length > 1)) return false;
  // A long function does more than transfer.
  if (source.lineAt(around.endIndex) - source.lineAt(around.startIndex) > LONG_TRANSFER) return false;
  const text = source.slice(around.startIndex, around.endIndex);
  const isWrite = (call: IoCall): boolean => WRITES.test(call.path) || WRITING.test(source.slice(call.start, call.end));
  if (TAKES.test(text) && files.every((call) => isWrite(call) || isRemoval(call))) return requests.length === 1;
  const [file] = files;
  return (
    files.length === 1 &&
    READS.test(`.${file!.path}`) &&
    !isWrite(file!) &&
    GIVES.test(source.slice(inside[0]!.start, inside[0]!.end)) &&
    file!.start < inside[0]!.start
  );
}

/** A class with so many methods is about something else than its two calls. */
const MANY_METHODS = 20;

/** Whether a class of many methods makes one call of each of two kinds, in different methods: nothing stands between them. */
function isApart(calls: CallsByKind, unit: Unit): boolean {
  const kinds = Object.values(calls);
  if (kinds.length !== 2 || kinds.some((list) => list.length !== 1) || methodsOf(unit) < MANY_METHODS) return false;
  const [first, second] = kinds.map(([call]) => memberAround(call!, unit));
  return first !== undefined && second !== undefined && first.id !== second.id;
}

/** From so many methods on, one short method more or less does not make a class. */
const SEVERAL_METHODS = 10;
const SHORT_METHOD = 10;

/** Says nothing of a class of several methods whose second kind is one call, in a short method that does nothing of another kind. */
function withoutLone(calls: CallsByKind, unit: Unit, source: SourceFile): CallsByKind {
  if (!unit.isClass || methodsOf(unit) < SEVERAL_METHODS) return calls;
  const all = Object.values(calls).flat();
  const kept = Object.entries(calls).filter(([kind, own]) => {
    const member = own.length === 1 ? memberAround(own[0]!, unit) : undefined;
    if (!member || source.lineAt(member.endIndex) - source.lineAt(member.startIndex) >= SHORT_METHOD) return true;
    return all.some((call) => call.kind !== kind && member.startIndex <= call.start && call.end <= member.endIndex);
  });
  return kept.length < 2 ? {} : calls;
}

/** The member of a class that holds a call. */
function memberAround(call: IoCall, unit: Unit): SyntaxNode | undefined {
  const members = unit.node.childForFieldName('body')?.namedChildren ?? [];
  return members.find((one) => one.startIndex <= call.start && call.end <= one.endIndex);
}

/** The innermost function or method around a call that does not leave the unit; callbacks are part of what they stand in. */
function functionAround(call: IoCall, unit: Unit): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at = unit.node.namedDescendantForIndex(call.start, call.end); at; at = at.parent) {
    if (/^(?:function_definition|function_declaration|method_definition)$/.test(at.type)) {
      found = at;
      break;
    }
    if (at.id === unit.node.id) return at.type.includes('class') ? undefined : at;
  }
  return found;
}

function nameAround(call: IoCall, unit: Unit, source: SourceFile): string {
  const around = functionAround(call, unit);
  const name = around && nameNode(around);
  return name ? source.slice(name.startIndex, name.endIndex) : '';
}
