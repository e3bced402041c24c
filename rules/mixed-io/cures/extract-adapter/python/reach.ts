import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { fileOperation } from '../operations';
import { isNamed, type Reach } from '../reach';
import { isObstacle } from '../site';
import { textOf } from '../subject';
import { looksAtAnswer } from './answers';
import { fileBlockOf } from './file-blocks';
import { isHandle, isOpening } from './handles';
import { isLongEnough } from './method-names';
import { SERVICES } from './services';
import { type Site, siteOf } from './site';
import { TAKES_COMMAND } from './specific';
import type { Subject } from './subject';
import { WithBlocks } from './with-blocks';

/** What could become of each call of a class or function. */
export function reachesOf(subject: Subject): Map<IoCall, Reach> {
  const blocks = new WithBlocks(subject);
  return new Map(subject.calls.map((call) => [call, reachOf(call, subject, blocks)]));
}

function reachOf(call: IoCall, subject: Subject, blocks: WithBlocks): Reach {
  const site = siteOf(call, subject);
  if (isObstacle(site)) return 'stays';
  const block = blocks.around(site);
  if (call.kind === 'file') return block ? reachOfBlock(site, block, subject) : reachOfFile(site, subject);
  if ((!block && isHandle(site, subject)) || isOwnClient(site, subject)) return 'apart';
  const isProtocol =
    block !== undefined || isForOpened(site, subject) || (call.kind === 'http' && isAnswerJudged(site, subject));
  if (isProtocol || !handsAllOn(site)) return { isProtocol, isNamed: isNamed({ site }, subject, SERVICES) };
  // A session that is asked for a URL is no call that was left.
  return call.kind === 'http' ? 'apart' : 'stays';
}

/** A session or client of an SDK that the object holds is an adapter already. */
function isOwnClient({ call, callee, receiver }: Site, { document }: Subject): boolean {
  const object = callee.childForFieldName('object');
  return /^(?:cloud|http)$/.test(call.kind) && object !== null && textOf(document, object).startsWith(`${receiver}.`);
}

function reachOfFile(site: Site, subject: Subject): Reach {
  const { path } = site.call;
  if (isHandle(site, subject)) return 'apart';
  if (isOpening(site.call)) return 'stays';
  return { names: withTwin(site, fileOperation(path.slice(path.lastIndexOf('.') + 1))) };
}

/** A block that opens a file is one operation on it, or what it opens the file for moves with it. */
function reachOfBlock(site: Site, block: SyntaxNode, subject: Subject): Reach {
  const [first] = block.childForFieldName('body')?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  const found = first && fileBlockOf({ site, statements: [block], end: first.endIndex }, subject);
  if (found) return { names: withTwin(site, [found.operation]) };
  const isForOther = subject.calls.some(
    ({ kind, start, end }) => kind !== 'file' && block.startIndex <= start && end <= block.endIndex,
  );
  // A block that opens a file for a request or a command is about that.
  return isForOther ? 'apart' : 'stays';
}

/** A method that waits and one that does not may have one name, and what tells them apart. */
function withTwin({ node, method, call }: Site, names: readonly string[]): readonly string[] {
  const mayWait =
    node.type === 'await' || /^aiofiles\b|\banyio\b/.test(call.path) || method.firstChild?.type === 'async';
  return mayWait ? [...names, ...names.map((name) => `${name}_async`)] : names;
}

/** Whether it stands in a block that opens a file, which may be opened for it. */
function isForOpened({ node }: Site, { unit, calls }: Subject): boolean {
  for (let at = node.parent; at && at.id !== unit.id; at = at.parent) {
    const clause = at.type === 'with_statement' && at.namedChildren.find(({ type }) => type === 'with_clause');
    if (clause && calls.some(({ start, end }) => clause.startIndex <= start && end <= clause.endIndex)) return true;
  }
  return false;
}

/** `response = requests.get(url)` with statements behind it that look at the answer, which are long enough together. */
function isAnswerJudged({ node }: Site, subject: Subject): boolean {
  const statement = node.parent?.type === 'assignment' ? node.parent.parent : undefined;
  const taken = statement ? [statement] : [];
  for (let next = statement?.nextNamedSibling; next; next = next.nextNamedSibling) {
    if (next.type === 'comment') continue;
    if (!looksAtAnswer(next, taken, subject)) break;
    taken.push(next);
  }
  return taken.length > 1 && isLongEnough(taken[0]!.startIndex, taken.at(-1)!.endIndex, subject);
}

/** Whether its method would be handed its command or URL and say nothing of its own. */
function handsAllOn({ call, callee }: Site): boolean {
  if (call.kind === 'cloud' || (call.kind === 'process' && !TAKES_COMMAND.test(call.path))) return false;
  const list = callee.parent?.type === 'call' ? callee.parent.childForFieldName('arguments') : null;
  const args = list?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  return args.length > 0 && args.every(({ type }) => /^(?:identifier|attribute|call|subscript)$/.test(type));
}
