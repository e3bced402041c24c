import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { type Site as AnySite, nodeOf, type Obstacle, obstacle, obstacleOf } from '../site';
import { textOf } from '../subject';
import { frameworkOf } from './injection';
import type { Subject } from './subject';

/** A call in TypeScript: what only unpacks its answer belongs to it (`ky(url).json()`). */
export interface Site extends AnySite {
  /** There is no object at hand, only the class. */
  readonly isStatic: boolean;
}

/** Functions that have a `this` of their own. */
const OWN_THIS =
  /^(?:function_expression|function_declaration|generator_function|generator_function_declaration|class|class_declaration|abstract_class_declaration)$/;

const UNPACKING = /^(?:json|text|buffer|blob|arrayBuffer)$/;

/** Finds a call in the tree, and whether its method can reach an adapter. */
export function siteOf(call: IoCall, subject: Subject): Site | Obstacle {
  const { document, isClass } = subject;
  const callee = nodeOf(document.root, call.start, call.calleeEnd);
  const own = callee?.parent;
  const called = own?.childForFieldName('function') ?? own?.childForFieldName('constructor');
  if (!callee || !own) return obstacleOf('not-movable', subject, call);
  if (called?.id !== callee.id) return obstacleOf('handed-on', subject, call);
  // `$({ cwd })` only makes what runs the command behind it.
  if (own.parent?.childForFieldName('function')?.id === own.id) return obstacleOf('not-movable', subject, call);
  const node = call.kind === 'http' ? unpacked(own, subject) : own;
  return isClass ? siteInClass(call, node, callee, subject) : siteInFunction(call, node, callee, subject);
}

/** `.json()` and the like belong to the request. */
function unpacked(call: SyntaxNode, { document }: Subject): SyntaxNode {
  const member = call.parent?.type === 'member_expression' ? call.parent : undefined;
  const outer = member?.parent?.type === 'call_expression' ? member.parent : undefined;
  if (!member || !outer || outer.childForFieldName('function')?.id !== member.id) return call;
  const isPlain = UNPACKING.test(textOf(document, member.childForFieldName('property')!));
  return isPlain && outer.childForFieldName('arguments')?.namedChildCount === 0 ? outer : call;
}

function siteInFunction(call: IoCall, node: SyntaxNode, callee: SyntaxNode, subject: Subject): Site | Obstacle {
  const { unit, symbol } = subject;
  const body = unit.childForFieldName('body');
  if (body?.type !== 'statement_block' || node.startIndex < body.startIndex)
    return obstacle('outside-method', subject, node);
  return { call, node, callee, method: unit, methodName: symbol.split('.').at(-1)!, isStatic: false };
}

function siteInClass(call: IoCall, node: SyntaxNode, callee: SyntaxNode, subject: Subject): Site | Obstacle {
  const { document, unit } = subject;
  const body = unit.childForFieldName('body');
  let inner = node;
  for (let at = node.parent; at && at.id !== unit.id; at = at.parent) {
    if (at.parent?.id === body?.id) return siteInMember(call, node, callee, at, inner, subject);
    if (OWN_THIS.test(at.type) || at.type === 'method_definition') {
      const name = at.childForFieldName('name');
      return obstacle('no-self', subject, node, { method: name ? textOf(document, name) : 'the function' });
    }
    inner = at;
  }
  return obstacle('outside-method', subject, node);
}

/** @param inner the child of the member through which the call is reached */
function siteInMember(
  call: IoCall,
  node: SyntaxNode,
  callee: SyntaxNode,
  member: SyntaxNode,
  inner: SyntaxNode,
  subject: Subject,
): Site | Obstacle {
  const { document } = subject;
  const name = member.childForFieldName('name') ?? member.childForFieldName('property');
  const holder = member.type === 'method_definition' ? member : member.childForFieldName('value');
  const block = holder?.childForFieldName('body');
  const isFunction = member.type === 'method_definition' || holder?.type === 'arrow_function';
  const isInBody = member.type === 'method_definition' ? inner.id === block?.id : inner.id === holder?.id;
  if (!name || !isFunction || !isInBody || !block || node.startIndex < block.startIndex)
    return obstacle('outside-method', subject, node);
  const methodName = textOf(document, name);
  if (methodName === 'constructor' && isBeforeSuper(node, block)) return obstacle('outside-method', subject, node);
  const isStatic = member.children.some(({ type }) => type === 'static');
  // What a framework hands over it hands to objects.
  if (isStatic && frameworkOf(subject)) return obstacle('no-self', subject, node, { method: methodName });
  return { call, node, callee, method: member, methodName, isStatic };
}

/** Before the base class is made there is no object. */
function isBeforeSuper(node: SyntaxNode, block: SyntaxNode): boolean {
  const made = block
    .descendantsOfType('super')
    .find((one) => one.parent?.type === 'call_expression' && one.parent.firstChild?.id === one.id);
  return made !== undefined && node.startIndex < made.parent!.endIndex;
}
