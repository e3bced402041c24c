import type { ExpressionKind } from './expression';
import { parseDisjunction } from './expressions';
import type { Mark } from './frame';
import type { Parser } from './parser';
import { boundNames, parseTargets } from './targets';

export function isComprehension(p: Parser): boolean {
  return p.is('for') || (p.is('async') && p.peek() === 'for');
}

/**
 * Reads the clauses of a comprehension, whose element was read just before, and judges what stands in it.
 * @param first token at which its element begins
 */
export function parseComprehension(p: Parser, first: number, kind: ExpressionKind): void {
  const targets = new Set<string>();
  let isAsync = false;
  let iterable: readonly [number, number] | undefined;
  while (isComprehension(p)) {
    if (p.eat('async')) isAsync = true;
    p.expect('for');
    for (const name of boundNames(p, parseTargets(p))) targets.add(name);
    p.expect('in', "'in' expected after for-loop variables", 'for-without-in');
    const start = p.at;
    p.iterables++;
    parseDisjunction(p);
    p.iterables--;
    iterable ??= [start, p.at];
    while (p.eat('if')) parseDisjunction(p);
  }
  const inside = takeMarks(p, first);
  for (const mark of inside) {
    // The first iterable is evaluated before the comprehension is entered.
    if (mark.token >= iterable![0] && mark.token < iterable![1]) p.frame.marks.push(mark);
    else if (mark.what === 'walrus') keepWalrus(p, mark, targets);
    else if (mark.what === 'yield') p.fail('yield-in-comprehension', `'yield' inside ${kind}`, mark.token);
    else isAsync = true;
  }
  // An asynchronous generator is awaited by whoever iterates over it; the others are where they stand.
  if (isAsync && kind !== 'generator expression') p.frame.marks.push({ token: first, what: 'async-comprehension' });
}

/** Takes the marks from a token on out of the frame: they are the last ones. */
function takeMarks(p: Parser, first: number): Mark[] {
  const { marks } = p.frame;
  let from = marks.length;
  while (from > 0 && marks[from - 1]!.token >= first) from--;
  return marks.splice(from);
}

/** PEP 572: a walrus binds outside of all comprehensions, where that is possible and no target is in the way. */
function keepWalrus(p: Parser, mark: Mark, targets: ReadonlySet<string>): void {
  const { frame } = p;
  if (targets.has(mark.name!)) {
    const message = `assignment expression cannot rebind comprehension iteration variable '${mark.name}'`;
    p.fail('walrus-rebinds-target', message, mark.token);
  }
  const { binder } = frame;
  if (binder.kind === 'class' || binder.kind === 'deferred') {
    const where = binder.kind === 'class' ? 'in a class body' : `within ${binder.label}`;
    const message = `assignment expression within a comprehension cannot be used ${where}`;
    p.fail('walrus-in-class-comprehension', message, mark.token);
  }
  frame.marks.push({ ...mark, isOuter: true });
}
