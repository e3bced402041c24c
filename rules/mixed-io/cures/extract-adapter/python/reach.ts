import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { isNamed, type Reach } from '../reach';
import { isObstacle } from '../site';
import { textOf } from '../subject';
import { endWithAnswers, judgedUpTo, mayMoveAsBlock, operationOfBlock } from './block-reach';
import { SENT } from './expression';
import { namesOfCall } from './file-names';
import { isHandle, isOfStorage, isOpening } from './handles';
import { isLongEnough } from './method-names';
import { SERVICES } from './services';
import { type Site, siteOf } from './site';
import { holderOf } from './span';
import { isSpecific } from './specific';
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
  const known = { method: site.method.startIndex, isNamed: isNamed({ site }, subject, SERVICES) };
  if (call.kind === 'http' && isSession(site, block, subject)) return 'apart';
  const opener = block ?? openerAround(site, subject);
  if (opener && mayMoveAsBlock(site, opener, subject))
    return {
      ...known,
      isBlock: true,
      isProtocol: isLongEnough(opener.startIndex, endWithAnswers(opener, subject), subject),
    };
  if (block && !blocks.isItem(site.node, block)) return 'stays';
  const judged = call.kind === 'http' ? judgedUpTo(site, subject) : undefined;
  if (judged) return { ...known, isBlock: true, isProtocol: isLongEnough(judged[0], judged[1], subject) };
  if (call.kind === 'cloud' || isSpecific(site, subject)) return { ...known, isBlock: false };
  if (!hidesConstant(site, subject)) return 'hands-on';
  const names = NAMES.get(call.path.slice(call.path.lastIndexOf('.') + 1));
  return { ...known, isBlock: false, ...(names ? { names: withTwin(site, names) } : {}) };
}

/** Names of methods for calls that are handed their command or URL, by the last word of the call. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'run', 'call', 'check_call', 'check_output'].map(
    (verb): [string, string[]] => [verb, [verb]],
  ),
  ['urlopen', ['open']],
  ['Popen', ['start']],
  ['create_subprocess_exec', ['start', 'start_program']],
]);

/** A session that the function has at hand, and that no block around the call opens, is asked where it was. */
function isSession({ callee }: Site, block: SyntaxNode | undefined, { model }: Subject): boolean {
  let root = callee.childForFieldName('object');
  while (root?.type === 'attribute') root = root.childForFieldName('object');
  const binding = root?.type === 'identifier' ? model.bindingAt(root.startIndex) : undefined;
  const isOpened = binding?.writes.some(({ start }) => block && block.startIndex <= start && start < block.endIndex);
  return binding?.scope.kind === 'function' && binding.imported === undefined && !isOpened;
}

/** A session or client of an SDK that the object holds is an adapter already. */
function isOwnClient({ call, callee, receiver }: Site, { document }: Subject): boolean {
  const object = callee.childForFieldName('object');
  return /^(?:cloud|http)$/.test(call.kind) && object !== null && textOf(document, object).startsWith(`${receiver}.`);
}

function reachOfFile(site: Site, subject: Subject): Reach {
  if (isHandle(site, subject) || isOfStorage(site.call)) return 'apart';
  if (isOpening(site.call)) return 'stays';
  const names = withTwin(site, namesOfCall(site.call));
  return { method: site.method.startIndex, isBlock: false, names };
}

/** A block that opens a file is one operation on it, or what it opens the file for moves with it. */
function reachOfBlock(site: Site, block: SyntaxNode, subject: Subject): Reach {
  if (site.receiver !== undefined && holderOf(site.node)?.id !== site.method.id) return 'stays';
  const { operation } = operationOfBlock(site, block, subject) ?? {};
  if (operation !== undefined)
    return { method: site.method.startIndex, isBlock: true, names: withTwin(site, [operation]) };
  const others = subject.calls.filter(
    ({ kind, start, end }) => kind !== 'file' && block.startIndex <= start && end <= block.endIndex,
  );
  // A block that opens a file for a request or a command is about that.
  const isForOther = others.some((one) => {
    const other = siteOf(one, subject);
    return !isObstacle(other) && mayMoveAsBlock(other, block, subject);
  });
  return isForOther ? 'apart' : 'stays';
}

/** A method that waits and one that does not may have one name, and what tells them apart. */
function withTwin({ node, method, call }: Site, names: readonly string[]): readonly string[] {
  const mayWait =
    node.type === 'await' || /^aiofiles\b|\banyio\b/.test(call.path) || method.firstChild?.type === 'async';
  return mayWait ? [...names, ...names.map((name) => `${name}_async`)] : names;
}

/** The block around a call that opens a file, which may be opened for it. */
function openerAround({ node }: Site, { unit, calls }: Subject): SyntaxNode | undefined {
  for (let at = node.parent; at && at.id !== unit.id; at = at.parent) {
    const clause = at.type === 'with_statement' && at.namedChildren.find(({ type }) => type === 'with_clause');
    if (clause && calls.some(({ start, end }) => clause.startIndex <= start && end <= clause.endIndex)) return at;
  }
  return undefined;
}

/** Whether a method that is handed its command or URL says something of its own: an argument that no caller knows. */
function hidesConstant({ call, callee }: Site, { document, model }: Subject): boolean {
  const list = callee.parent?.type === 'call' ? callee.parent.childForFieldName('arguments') : callee.parent;
  return (list?.namedChildren ?? []).some((one) => {
    if (one.type !== 'keyword_argument') return false;
    const [name, value] = [one.childForFieldName('name')!, one.childForFieldName('value')!];
    const isHanded = value
      .descendantsOfType('identifier')
      .some((each) => model.bindingAt(each.startIndex)?.scope.kind === 'function');
    return !isHanded && !(call.kind === 'http' && SENT.test(textOf(document, name)));
  });
}
