import { type CharSet, mergeRanges, printSet, setAtoms } from './char-set';

/**
 * A regular expression as a value that can be compared: what it accepts, without the ways of writing it. Built by the parser of
 * each dialect, never executed, so a pattern that would stall an engine costs nothing here.
 */
export type Pattern =
  | { readonly type: 'alternation'; readonly options: readonly Pattern[] }
  | { readonly type: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly type: 'set'; readonly set: CharSet }
  | {
      readonly type: 'repeat';
      readonly min: number;
      readonly max: number;
      readonly suffix: string;
      readonly item: Pattern;
    }
  | { readonly type: 'edge'; readonly kind: string }
  | { readonly type: 'look'; readonly kind: string; readonly item: Pattern }
  | { readonly type: 'capture'; readonly index: number; readonly item: Pattern }
  | { readonly type: 'reference'; readonly index: number };

/** A pattern in its normal form. */
export interface NormalPattern {
  /** Equal for patterns that accept the same texts in the same way. */
  readonly text: string;
  /** How much it says: characters and members of classes count one each, explicit counts one more; edges count nothing. */
  readonly atoms: number;
}

/** Joins items into one sequence: nested sequences dissolve, neighbours that repeat the same thing become one repetition. */
export function sequence(items: readonly Pattern[]): Pattern {
  const flat: Pattern[] = [];
  for (const item of items.flatMap((one) => (one.type === 'sequence' ? one.items : [one]))) {
    const merged = flat.length > 0 ? mergeRepeats(flat.at(-1)!, item) : undefined;
    if (merged) flat[flat.length - 1] = merged;
    else flat.push(item);
  }
  return flat.length === 1 ? flat[0]! : { type: 'sequence', items: flat };
}

/** `a|b`: the order of alternatives does not decide whether a text is accepted, and single characters are a class. */
export function alternation(options: readonly Pattern[]): Pattern {
  const flat = options.flatMap((one) => (one.type === 'alternation' ? one.options : [one]));
  if (flat.length > 1 && flat.every((one) => one.type === 'set' && !one.set.negated && one.set.names.length === 0)) {
    const ranges = flat.flatMap((one) => (one.type === 'set' ? one.set.ranges : []));
    return { type: 'set', set: { negated: false, names: [], ranges: mergeRanges(ranges) } };
  }
  const byText = new Map(flat.map((one) => [printPattern(one), one]));
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return sorted.length === 1 ? sorted[0]! : { type: 'alternation', options: sorted };
}

/** `item{min,max}`; a suffix (`+` of a possessive quantifier) keeps it apart from a plain one. */
export function repeat(item: Pattern, min: number, max: number, suffix = ''): Pattern {
  if (min === 1 && max === 1) return item;
  return { type: 'repeat', min, max, suffix, item };
}

/** `aa*` is `a+`, `\d\d` is `\d{2}`: for single characters only, where nothing can be split differently. */
function mergeRepeats(a: Pattern, b: Pattern): Pattern | undefined {
  const left = asRepeat(a);
  const right = asRepeat(b);
  if (!left || !right || printPattern(left.item) !== printPattern(right.item)) return undefined;
  return repeat(left.item, left.min + right.min, left.max + right.max);
}

function asRepeat(one: Pattern): { item: Pattern; min: number; max: number } | undefined {
  if (one.type === 'set') return { item: one, min: 1, max: 1 };
  return one.type === 'repeat' && one.suffix === '' && one.item.type === 'set' ? one : undefined;
}

/** The normal form as text; the same text means the same pattern. */
export function printPattern(one: Pattern): string {
  switch (one.type) {
    case 'alternation':
      return `(?:${one.options.map(printPattern).join('|')})`;
    case 'sequence':
      return one.items.map(printPattern).join('');
    case 'set':
      return printSet(one.set);
    case 'repeat':
      return `${needsGroup(one.item) ? `(?:${printPattern(one.item)})` : printPattern(one.item)}${printCount(one.min, one.max)}${one.suffix}`;
    case 'edge':
      return one.kind;
    case 'look':
      return `(${one.kind}${printPattern(one.item)})`;
    case 'capture':
      return `(<${one.index}>${printPattern(one.item)})`;
    case 'reference':
      return `(=${one.index})`;
  }
}

function needsGroup(item: Pattern): boolean {
  return item.type === 'sequence' || item.type === 'repeat';
}

function printCount(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** How much a pattern says, see {@link NormalPattern.atoms}. */
export function countAtoms(one: Pattern): number {
  switch (one.type) {
    case 'alternation':
      return one.options.reduce((sum, option) => sum + countAtoms(option), 0);
    case 'sequence':
      return one.items.reduce((sum, item) => sum + countAtoms(item), 0);
    case 'set':
      return setAtoms(one.set);
    case 'repeat':
      // `tt` of `http` was merged into `t{2}`; a real count says where the text ends, which is worth two characters.
      if (isLiteral(one.item) && one.min === one.max) return Math.min(one.min, 4);
      return countAtoms(one.item) + (isCount(one.min) || isCount(one.max) ? 2 : 0);
    case 'edge':
      return 0;
    case 'look':
    case 'capture':
      return countAtoms(one.item);
    case 'reference':
      return 1;
  }
}

function isLiteral(one: Pattern): boolean {
  return one.type === 'set' && /^\\?.$/u.test(printSet(one.set)) && one.set.ranges.length === 1;
}

function isCount(bound: number): boolean {
  return bound > 1 && bound !== Number.POSITIVE_INFINITY;
}

/** Whether an edge or a set that flags act on occurs; decides which flags mean anything. */
export function someNode(one: Pattern, test: (node: Pattern) => boolean): boolean {
  if (test(one)) return true;
  switch (one.type) {
    case 'alternation':
      return one.options.some((option) => someNode(option, test));
    case 'sequence':
      return one.items.some((item) => someNode(item, test));
    case 'repeat':
    case 'look':
    case 'capture':
      return someNode(one.item, test);
    default:
      return false;
  }
}
