import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { IoCall } from '../../../collect';
import { PYTHON_LANGUAGE } from '../../../python';
import { type Site as AnySite, nodeOf, type Obstacle, obstacleOf } from '../site';
import { textOf } from '../subject';
import type { Subject } from './subject';

/** A call in Python: its `await` belongs to it, and so does the runner that makes it (`asyncio.to_thread(requests.get, url)`). */
export interface Site extends AnySite {
  /** What the method calls its object or class; undefined for a function. */
  readonly receiver: string | undefined;
  /** The receiver is the class. */
  readonly isOnClass: boolean;
}

/** Methods that Python itself calls, at times when the object may be half made or half gone. */
const SPECIAL = /^__(?:new|del|getattr|getattribute|setattr|init_subclass|class_getitem)__$/;

/** Finds a call in the tree, and whether its method can reach an adapter. */
export function siteOf(call: IoCall, subject: Subject): Site | Obstacle {
  const { document, unit, isClass, model } = subject;
  const callee = nodeOf(document.root, call.start, call.calleeEnd);
  if (!callee) return obstacleOf('not-movable', subject, call);
  // Two processes go on behind it.
  if (/^os\.fork/.test(call.path)) return obstacleOf('not-movable', subject, call);
  const own = ownCall(callee, subject);
  if (!own) return obstacleOf('handed-on', subject, call);
  const node = own.parent?.type === 'await' ? own.parent : own;
  if (!isClass) {
    const name = textOf(document, unit.childForFieldName('name')!);
    const body = unit.childForFieldName('body')!;
    if (node.startIndex < body.startIndex) return obstacleOf('outside-method', subject, call);
    return { call, node, callee, method: unit, methodName: name, receiver: undefined, isOnClass: false };
  }
  const method = methodAround(node, unit);
  const name = method && textOf(document, method.childForFieldName('name')!);
  const body = method?.childForFieldName('body');
  if (!method || !body || node.startIndex < body.startIndex || SPECIAL.test(name!))
    return obstacleOf('outside-method', subject, call);
  const decorators = decoratorsOf(method).map((one) => textOf(document, one));
  const isStatic = decorators.some((one) => /^@\s*staticmethod\b/.test(one));
  const first = method.childForFieldName('parameters')?.namedChildren.find((one) => one.type !== 'comment');
  const receiver = first && /^(?:identifier|typed_parameter)$/.test(first.type) ? first : undefined;
  const receiverName = receiver?.type === 'identifier' ? receiver : receiver?.firstNamedChild;
  if (isStatic || receiverName?.type !== 'identifier') return obstacleOf('no-self', subject, call, { method: name! });
  const binding = model.bindingAt(receiverName.startIndex);
  const text = textOf(document, receiverName);
  const seen = model.lookup(text, model.scopeAt(node.startIndex));
  if (binding?.writes.length !== 1 || seen !== binding) return obstacleOf('no-self', subject, call, { method: name! });
  const isOnClass = decorators.some((one) => /^@\s*classmethod\b/.test(one));
  return { call, node, callee, method, methodName: name!, receiver: text, isOnClass };
}

/** The call that a callee is called by: its own, or that of a runner which it is handed to and which is waited for. */
function ownCall(callee: SyntaxNode, { document }: Subject): SyntaxNode | undefined {
  const parent = callee.parent;
  if (parent?.type === 'call' && parent.childForFieldName('function')?.id === callee.id) return parent;
  const runner = parent?.type === 'argument_list' ? parent.parent : undefined;
  const name = runner?.childForFieldName('function');
  if (!runner || !name) return undefined;
  const last = textOf(document, name).split('.').at(-1)!;
  if (!PYTHON_LANGUAGE.runners.test(last) || /^(?:partial|submit)$/.test(last)) return undefined;
  return runner.parent?.type === 'await' ? runner : undefined;
}

export function decoratorsOf(definition: SyntaxNode): readonly SyntaxNode[] {
  const outer = definition.parent;
  return outer?.type === 'decorated_definition' ? outer.children.filter((one) => one.type === 'decorator') : [];
}

/** The definition directly in the body of the class that a node stands in. */
function methodAround(node: SyntaxNode, unit: SyntaxNode): SyntaxNode | undefined {
  const body = unit.childForFieldName('body');
  let found: SyntaxNode | undefined;
  for (let at = node.parent; at && at.id !== unit.id; at = at.parent) {
    if (at.type === 'class_definition') return undefined;
    if (at.type === 'function_definition') {
      const holder = at.parent?.type === 'decorated_definition' ? at.parent.parent : at.parent;
      if (holder?.id === body?.id) found = at;
    }
  }
  return found;
}
