import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { indentAt, isIn, refusal } from './nodes';
import type { Plan } from './plan';
import { ownThis } from './receiver';
import type { Handler } from './site';
import { isCalled, mayMindObject, type Variable } from './variables';

/** What a method calls the object that its callback was called on. */
export const SELF = 'self';

interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a callback says otherwise as a method, in the order of the text. @throws Refusal `binding-form` */
export function rewritesOf(handler: Handler, plan: Plan): Rewrite[] {
  const { site, roles, receiver, wrappers } = plan;
  const { callback } = handler;
  const root = site.source.node;
  const found: Rewrite[] = [];
  const member = (use: ts.Identifier, code: string): void => {
    if (!isIn(use, callback)) return;
    const isShort = ts.isShorthandPropertyAssignment(use.parent) && use.parent.name === use;
    found.push({ start: use.getStart(root), end: use.end, text: isShort ? `${use.text}: ${code}` : code });
  };
  const respell = (use: ts.Identifier): void => {
    if (isIn(use, callback)) found.push({ start: use.getStart(root), end: use.end, text: use.text });
  };
  const taken = takenOut(handler, plan);
  for (const one of handler.captured) {
    const role = roles.get(one.symbol);
    if (!role) continue;
    for (const use of one.uses) {
      // A parameter of the method is another variable, although it has the name.
      if (role.kind === 'argument' || (taken.includes(one) && isIn(use, callback.body!))) respell(use);
      else member(use, role.kind === 'getter' ? `this.${one.name}()` : `this.${one.name}`);
    }
  }
  for (const other of site.handlers) {
    const uses = other.named ? [...other.named.uses, ...(other === handler ? other.named.own : [])] : [];
    for (const use of uses.filter((one) => isIn(one, callback))) {
      if (wrappers.has(other)) throw refusal('binding-form', site.source, use, { name: use.text });
      member(use, `this.${other.method}`);
    }
  }
  const passesThis = wrappers.get(handler)?.passesThis;
  for (const node of ownThis(callback)) {
    if (passesThis) found.push({ start: node.getStart(root), end: node.end, text: SELF });
    else if (receiver.nodes.includes(node)) found.push(...receiverRewrite(node, plan));
  }
  for (const access of receiver.statics.filter((one) => isIn(one, callback)))
    found.push(...receiverRewrite(access.expression, plan));
  if (taken.length > 0) found.push(takingOut(taken, callback.body!, plan));
  return found.sort((a, b) => a.start - b.start);
}

/** Functions that came from elsewhere and that the method calls: `this.run()` would call them on the handler. */
function takenOut({ callback, captured }: Handler, { roles, site }: Plan): Variable[] {
  const body = callback.body!;
  if (!ts.isBlock(body)) return [];
  return captured.filter(
    (one) =>
      roles.get(one.symbol)?.kind === 'value' &&
      mayMindObject(one, site.source) &&
      one.uses.some((use) => isIn(use, body) && isCalled(use)),
  );
}

/** `const { run } = this`, as the first statement. */
function takingOut(taken: readonly Variable[], body: ts.Node, { site }: Plan): Rewrite {
  const { node: root, text, style } = site.source;
  const start = body.getStart(root) + 1;
  const isOneLine = !text.slice(start, body.end).includes('\n');
  const gap = isOneLine ? ' ' : `\n${indentAt(text, body.getStart(root))}${style.indent}`;
  const names = taken.map(({ name }) => name).join(', ');
  return { start, end: start, text: `${gap}const { ${names} } = this${style.semicolons || isOneLine ? ';' : ''}` };
}

function receiverRewrite(node: ts.Node, { receiver, site }: Plan): Rewrite[] {
  const root = site.source.node;
  const access = node.parent;
  const name = ts.isPropertyAccessExpression(access) && access.expression === node ? access.name.text : '';
  const part = receiver.parts.find((one) => one.name === name.replace(/^#/, ''));
  const start = node.getStart(root);
  if (part) return [{ start, end: access.end, text: `this.${part.name}${part.kind === 'getter' ? '()' : ''}` }];
  return [{ start, end: node.end, text: `this.${receiver.whole!.name}` }];
}

/** A range of the file as a fragment, with some of its names spelled anew. */
export function rewritten(start: number, end: number, rewrites: readonly Rewrite[], { site }: Plan): Fragment {
  const { file, text } = site.source;
  const document = { file, source: { text } };
  const parts: (string | Fragment)[] = [];
  let at = start;
  for (const one of rewrites) {
    if (one.start < at || one.end > end) continue;
    parts.push(Fragment.copy(document, at, one.start), one.text);
    at = one.end;
  }
  parts.push(Fragment.copy(document, at, end));
  return Fragment.of(...parts);
}
