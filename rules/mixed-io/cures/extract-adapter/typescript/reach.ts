import type { IoCall } from '../../../collect';
import { isNamed, type Reach } from '../reach';
import { isObstacle } from '../site';
import { textOf } from '../subject';
import { isHandle, isOpening } from './handles';
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
  // `const response = await fetch(url)`, of which what follows may be a part.
  const isProtocol = call.kind === 'http' && site.node.parent?.parent?.type === 'variable_declarator';
  if (isProtocol || !handsAllOn(site, subject)) return { isProtocol, isNamed: isNamed({ site }, subject, SERVICES) };
  // A client that is asked for a URL is no call that was left.
  return call.kind === 'http' ? 'apart' : 'stays';
}

/** A client that the object holds is an adapter already. */
function isOwnClient({ call, callee }: Site, { document }: Subject): boolean {
  const object = callee.childForFieldName('object');
  return /^(?:cloud|http)$/.test(call.kind) && object !== null && /^this\b/.test(textOf(document, object));
}

/** Whether its method would be handed its command or URL and say nothing of its own. */
function handsAllOn(site: Site, subject: Subject): boolean {
  if (!/^(?:http|process)$/.test(site.call.kind) || isSpecific(site, subject)) return false;
  const args = site.callee.parent?.childForFieldName('arguments');
  const all = args?.type === 'arguments' ? args.namedChildren.filter(({ type }) => type !== 'comment') : [];
  return all.length === 1 && /^(?:identifier|member_expression|call_expression)$/.test(all[0]!.type);
}
