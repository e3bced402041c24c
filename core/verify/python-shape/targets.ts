import type { Expression } from './expression';
import { parseList, parseOperators, parseStarred } from './expressions';
import type { Parser } from './parser';
import { normalName } from './tokens';

/** Targets before a starred one in one list: CPython keeps their number in a byte. */
export const MAX_BEFORE_STAR = 256;

/** Reads the targets of `for`, which end before `in`, and checks them. */
export function parseTargets(p: Parser): Expression {
  const target = parseList(p, parseTarget);
  checkTarget(p, target, 'assign to');
  return target;
}

/** Reads one element of a list of targets. */
export function parseTarget(p: Parser): Expression {
  return p.is('*') ? parseStarred(p) : parseOperators(p);
}

/** Rejects what nothing can be assigned to, or what cannot be deleted. */
export function checkTarget(p: Parser, target: Expression, action: 'assign to' | 'delete'): void {
  if (target.kind === 'starred' && action === 'assign to') {
    const message = 'starred assignment target must be in a list or tuple';
    p.failCompiled('starred-target-alone', message, target.first, target.last);
  }
  const pending = [target];
  for (let one = pending.pop(); one; one = pending.pop()) {
    switch (one.kind) {
      case 'name':
      case 'attribute':
        if (nameAt(p, one) === '__debug__')
          p.fail('assign-to-debug', `cannot ${action} __debug__`, one.first, one.last);
        break;
      case 'subscript':
        break;
      case 'starred':
        if (action === 'delete') failTarget(p, one, action);
        pending.push(one.items[0]!);
        break;
      case 'tuple':
      case 'list':
        checkStars(p, one);
        pending.push(...[...one.items].reverse());
        break;
      default:
        failTarget(p, one, action);
    }
  }
}

/** May it be the target of `+=` or of an annotation? */
export function isSingleTarget(target: Expression): boolean {
  return target.kind === 'name' || target.kind === 'attribute' || target.kind === 'subscript';
}

/** The names that a target binds. */
export function boundNames(p: Parser, target: Expression): string[] {
  const names: string[] = [];
  const pending = [target];
  for (let one = pending.pop(); one; one = pending.pop()) {
    if (one.kind === 'name') names.push(nameAt(p, one));
    else pending.push(...one.items);
  }
  return names;
}

/** The last name in a name or attribute, without the parentheses around it. */
function nameAt(p: Parser, target: Expression): string {
  let last = target.last;
  while (p.tokens.types[last] === ')') last--;
  return normalName(p.tokens.textOf(last));
}

function checkStars(p: Parser, list: Expression): void {
  const stars = list.items.flatMap((item, index) => (item.kind === 'starred' ? [index] : []));
  if (stars.length > 1) {
    const second = list.items[stars[1]!]!;
    p.failCompiled('two-starred-targets', 'multiple starred expressions in assignment', second.first, second.last);
  }
  if (stars.length === 1 && stars[0]! >= MAX_BEFORE_STAR) {
    p.failCompiled('too-many-targets', 'too many expressions in star-unpacking assignment', list.first, list.last);
  }
}

function failTarget(p: Parser, target: Expression, action: string): never {
  p.fail('invalid-target', `cannot ${action} ${target.kind}`, target.first, target.last);
}
