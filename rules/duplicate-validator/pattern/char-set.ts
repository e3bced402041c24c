/** A class of characters: ranges of code points and named classes (`\d`, `.`, `\p{L}`), possibly negated. */
export interface CharSet {
  readonly negated: boolean;
  /** Sorted names such as `\w`, `\s`, `.`; `\D` is `\d` in a negated set where it stands alone. */
  readonly names: readonly string[];
  /** Sorted and disjoint. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

type Ranges = readonly (readonly [number, number])[];

const DIGITS: Ranges = [[48, 57]];
const WORDS: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
/** ASCII white space, which every `\s` holds. */
const SPACES: Ranges = [
  [9, 13],
  [32, 32],
];

export interface SetRules {
  /** `\d` and `\w` mean ASCII only, so that `\w` is `[0-9A-Za-z_]`. */
  readonly ascii: boolean;
  /** Case does not count, so that `A-Z` is `a-z`. */
  readonly ignoreCase: boolean;
}

/** Brings the members of a class into normal form. */
export function charSet(
  members: { negated: boolean; names: readonly string[]; ranges: Ranges },
  rules: SetRules,
): CharSet {
  let names = new Set(members.names);
  let ranges = [...members.ranges];
  let negated = members.negated;
  if (rules.ascii) {
    if (names.delete('\\d')) ranges.push(...DIGITS);
    if (names.delete('\\w')) ranges.push(...WORDS);
  }
  if (names.has('\\w')) names.delete('\\d');
  if (rules.ignoreCase) ranges = foldCase(ranges);
  ranges = mergeRanges(ranges);
  for (const [name, covered] of [
    ['\\w', rules.ignoreCase ? foldCase(WORDS) : WORDS],
    ['\\d', DIGITS],
    ['\\s', SPACES],
  ] as const) {
    if (names.has(name)) ranges = subtract(ranges, mergeRanges(covered));
  }
  // A single `\D` is the negation of `\d`, so `[^\D]` is `\d` again.
  const only = names.size === 1 && ranges.length === 0 ? [...names][0]! : undefined;
  if (only && /^\\[DWS]$/.test(only)) {
    negated = !negated;
    const plain = charSet({ negated: false, names: [only.toLowerCase()], ranges: [] }, rules);
    names = new Set(plain.names);
    ranges = [...plain.ranges];
  }
  return { negated, names: [...names].sort(), ranges };
}

/** Upper-case ASCII letters become lower-case ones. */
function foldCase(ranges: Ranges): [number, number][] {
  const folded: [number, number][] = [];
  for (const [from, to] of ranges) {
    if (from < 65) folded.push([from, Math.min(to, 64)]);
    if (from <= 90 && to >= 65) folded.push([Math.max(from, 65) + 32, Math.min(to, 90) + 32]);
    if (to > 90) folded.push([Math.max(from, 91), to]);
  }
  return folded;
}

/** Sorted, disjoint ranges that hold the same code points. */
export function mergeRanges(ranges: Ranges): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function subtract(ranges: Ranges, covered: Ranges): [number, number][] {
  let left = ranges.map(([from, to]) => [from, to] as [number, number]);
  for (const [from, to] of covered) {
    left = left.flatMap(([a, b]) => {
      if (to < a || from > b) return [[a, b] as [number, number]];
      const parts: [number, number][] = [];
      if (a < from) parts.push([a, from - 1]);
      if (b > to) parts.push([to + 1, b]);
      return parts;
    });
  }
  return left;
}

/** `a`, `\w`, `[0-9a-f]`, `[^/]`. */
export function printSet(set: CharSet): string {
  const single = !set.negated && set.names.length + set.ranges.length === 1;
  if (single && set.names[0]) return set.names[0];
  if (single && set.ranges[0]![0] === set.ranges[0]![1]) return printCode(set.ranges[0]![0]);
  const ranges = set.ranges.map(([from, to]) => {
    if (from === to) return printCode(from);
    return to <= from + 2 ? codes(from, to).map(printCode).join('') : `${printCode(from)}-${printCode(to)}`;
  });
  return `[${set.negated ? '^' : ''}${set.names.join('')}${ranges.join('')}]`;
}

/** Members of a class, at least one: `.` and `/` that happen to be neighbours are two, `a-z` is one. */
export function setAtoms(set: CharSet): number {
  const members = set.ranges.reduce((sum, [from, to]) => sum + (to <= from + 2 ? to - from + 1 : 1), set.names.length);
  return Math.max(1, members);
}

function codes(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function printCode(code: number): string {
  const char = String.fromCodePoint(code);
  if (/[0-9A-Za-z_]/.test(char) || code > 0xa0) return char;
  if (code < 33 || code === 127) return `\\x${code.toString(16).padStart(2, '0')}`;
  return /[-!"#%&',/:;<=>@`~]/.test(char) && char !== '-' ? char : `\\${char}`;
}
