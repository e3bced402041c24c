import type { IoCall } from '../../../collect';
import { isNamed, type Reach } from '../reach';
import { isObstacle } from '../site';
import { textOf } from '../subject';
import { isHandle, isOpening } from './handles';
import { fileNames } from './method-names';
import { NameReader } from './names';
import { SERVICES } from './services';
import { type Site, siteOf } from './site';
import { isSpecific } from './specific';
import type { Subject } from './subject';

/** What could become of each call of a class or function. */
export function reachesOf(subject: Subject): Map<IoCall, Reach> {
  return new Map(subject.calls.map((call) => [call, reachOf(call, subject)]));
}

function reachOf(call: IoCall, subject: Subject): Reach {
  const site = siteOf(call, subject);
  if (isObstacle(site)) return 'stays';
  if (isHandle(site, subject) || isOwnClient(site, subject)) return 'apart';
  if (isOpening(call)) return 'stays';
  const method = site.method.startIndex;
  if (call.kind === 'file') return { method, names: operationsOf(site, subject) };
  // `const response = await fetch(url)`, of which what follows may be a part.
  const isProtocol = call.kind === 'http' && site.node.parent?.parent?.type === 'variable_declarator';
  if (isProtocol || !handsAllOn(site, subject))
    return { method, isProtocol, isNamed: isNamed({ site }, subject, SERVICES) };
  if (call.kind === 'process') return 'stays';
  // A client that is asked for a URL is no call that was left.
  return isOfLocal(site, subject) ? 'apart' : 'hands-on';
}

/** What its method may be called; what waits is another operation than what does not. */
function operationsOf(site: Site, subject: Subject): string[] {
  const verb = site.call.path.slice(site.call.path.lastIndexOf('.') + 1);
  const isWaiting = !verb.endsWith('Sync') || site.node.parent?.type === 'await_expression';
  return fileNames({ site }, subject, verb).map((name) => `${name} ${isWaiting}`);
}

/** Whether a variable or parameter is asked, and not a module. */
function isOfLocal({ callee }: Site, { document }: Subject): boolean {
  const names = new NameReader(document, callee.startIndex, callee.endIndex);
  const root = callee.childForFieldName('object') && names.rootOf(callee);
  return root != null && names.kindOf(root) === 'outside';
}

/** A client that the object holds is an adapter already. */
function isOwnClient({ call, callee }: Site, { document }: Subject): boolean {
  const object = callee.childForFieldName('object');
  return /^(?:cloud|http)$/.test(call.kind) && object !== null && /^this\b/.test(textOf(document, object));
}

/** Whether its method would be handed its command or URL and say nothing of its own. */
function handsAllOn(site: Site, subject: Subject): boolean {
  const { kind } = site.call;
  if (!/^(?:http|process)$/.test(kind) || isSpecific(site, subject)) return false;
  if (kind === 'http') return true;
  const args = site.callee.parent?.childForFieldName('arguments');
  const all = args?.type === 'arguments' ? args.namedChildren.filter(({ type }) => type !== 'comment') : [];
  return all.length === 1 && /^(?:identifier|member_expression|call_expression)$/.test(all[0]!.type);
}
