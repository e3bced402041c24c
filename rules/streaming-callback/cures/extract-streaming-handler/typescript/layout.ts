import { ts } from 'ts-morph';
import { callExpression, widthOf } from '../../../../../core/edit/typescript/format';
import type { RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { literalLines } from './moved-code';
import { indentAt, isIn } from './nodes';

export interface Relaid {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The arguments of a call as its file's formatter would have them when one of them, a function on lines of its own, is only a name:
 * on one line again, or with an object at the end that is opened. Undefined where the lines have another reason.
 * @param isTouched whether something in another argument is changed as well
 */
export function closedArguments(
  callback: ts.Node,
  code: string,
  { node: root, text, style }: RecipeSource,
  isTouched: (node: ts.Node) => boolean,
): Relaid | undefined {
  const call = callback.parent;
  if (!ts.isCallExpression(call) || call.expression === callback) return undefined;
  const open = text.indexOf('(', call.typeArguments?.end ?? call.expression.end);
  const start = open + 1;
  const end = call.end - 1;
  // Only where each argument had its line, the function too.
  if (!/^\s*\n/.test(text.slice(start, call.arguments[0]!.getStart(root)))) return undefined;
  const others = call.arguments.filter((one) => one !== callback);
  if (others.some((one) => isTouched(one) || one.getText(root).includes('\n'))) return undefined;
  let gaps = text.slice(start, end);
  for (const one of [...call.arguments].reverse())
    gaps = gaps.slice(0, one.getStart(root) - start) + gaps.slice(one.end - start);
  if (!/^[\s,]*$/.test(gaps)) return undefined;
  const args = call.arguments.map((one) => (one === callback ? code : one.getText(root)));
  const line = text.lastIndexOf('\n', open) + 1;
  const behind = /^[^\n]*/.exec(text.slice(call.end))![0];
  const flat = args.join(', ');
  if (widthOf(text.slice(line, open), style) + flat.length + 2 + behind.trimEnd().length <= style.lineLength)
    return { start, end, text: flat };
  const last = call.arguments.at(-1)!;
  if (!ts.isObjectLiteralExpression(last) || last.properties.length === 0) return undefined;
  const indentation = indentAt(text, open);
  const head = text.slice(line + indentation.length, open);
  const members = last.properties.map((one) => one.getText(root));
  const broken = callExpression(head, [...args.slice(0, -1), { members }], { style, indentation });
  const isOpened = broken.startsWith(`${head}(`) && !broken.startsWith(`${head}(\n`);
  return isOpened
    ? { start, end, text: broken.slice(head.length + 1, -1).replaceAll('\n', `\n${indentation}`) }
    : undefined;
}

/**
 * Breaks and deeper lines for a chain of calls whose functions, now names, would leave it on one long line: `source.on('a', x).on('b', y)`.
 * @param callbacks the functions that go
 */
export function brokenChains(callbacks: readonly ts.Node[], { node: root, text, style }: RecipeSource): Relaid[] {
  const found = new Map<ts.Node, ts.CallExpression[]>();
  for (const one of callbacks) {
    const call = one.parent;
    if (!ts.isCallExpression(call) || call.expression === one) continue;
    const access = call.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== call) continue;
    if (text.slice(call.end, access.name.getStart(root)) !== '.') continue;
    const whole = wholeChain(call);
    found.set(whole, [...(found.get(whole) ?? []), call]);
  }
  const edits: Relaid[] = [];
  for (const [whole, calls] of found) {
    if (calls.length < 2) continue;
    const indent = indentAt(text, whole.getStart(root));
    const add = (at: number, code: string): unknown => edits.push({ start: at, end: at, text: code });
    const first = calls.reduce((a, b) => (a.end < b.end ? a : b));
    if (ts.isPropertyAccessExpression(first.expression) && !ts.isCallExpression(first.expression.expression)) {
      const { expression: receiver } = first.expression;
      if (receiver.getText(root).length > style.indent.length) add(receiver.end, `\n${indent}${style.indent}`);
    }
    // Each call from there on has its line, also those that keep their functions.
    for (let one = first; one !== whole; one = one.parent.parent as ts.CallExpression)
      if (text[one.end] === '.') add(one.end, `\n${indent}${style.indent}`);
    const fixed = literalLines(whole, root);
    let line = 0;
    const from = whole.getStart(root);
    for (let at = text.indexOf('\n', from); at >= 0 && at < whole.end; at = text.indexOf('\n', at + 1)) {
      line++;
      const isGone = callbacks.some((one) => isInside(at, one, root));
      if (at > first.end && !isGone && !fixed.has(line) && !/^[ \t]*\r?\n/.test(text.slice(at + 1)))
        add(at + 1, style.indent);
    }
  }
  return edits;
}

function wholeChain(call: ts.CallExpression): ts.CallExpression {
  const access = call.parent;
  const next = ts.isPropertyAccessExpression(access) && access.expression === call ? access.parent : undefined;
  return next && ts.isCallExpression(next) && isIn(access, next) && next.expression === access
    ? wholeChain(next)
    : call;
}

const isInside = (at: number, node: ts.Node, root: ts.SourceFile): boolean =>
  node.getStart(root) <= at && at < node.end;
