import type { ImportGroup } from '../../../modules/python/modules';

/** What decides where an import statement stands among others. */
export interface OrderKey {
  readonly group: ImportGroup;
  /** `import a` and not `from a import b`. */
  readonly isStraight: boolean;
  /** As written, with leading dots. */
  readonly module: string;
  /** The first imported member, with its alias: `a as b` stands behind `a`. */
  readonly member: string | undefined;
}

/** How a file sorts its import statements: what isort and Ruff call their settings. */
export interface Order {
  /** Standard library before third party, and so on. */
  readonly sections: boolean;
  /** `force-sort-within-sections`: by module alone, or all of one form before all of the other. */
  readonly forms: 'together' | 'import-first' | 'from-first';
  /** `..a` before `.a`. */
  readonly furthestFirst: boolean;
  readonly caseSensitive: boolean;
}

const GROUPS: readonly ImportGroup[] = ['future', 'standard', 'third', 'first', 'local'];

/** The orders in use, the defaults of isort and Ruff first. */
export const ORDERS: readonly Order[] = [true, false].flatMap((sections) =>
  [false, true].flatMap((caseSensitive) =>
    [true, false].flatMap((furthestFirst) =>
      (['import-first', 'together', 'from-first'] as const).map((forms) => ({
        sections,
        forms,
        furthestFirst,
        caseSensitive,
      })),
    ),
  ),
);

export const compareGroups = (a: ImportGroup, b: ImportGroup): number => GROUPS.indexOf(a) - GROUPS.indexOf(b);

/** Compares two statements as Ruff's `ModuleKey` does. */
export function compareImports(a: OrderKey, b: OrderKey, order: Order): number {
  const byGroup = order.sections || a.group === 'future' || b.group === 'future' ? compareGroups(a.group, b.group) : 0;
  if (byGroup !== 0) return byGroup;
  const byForm = Number(b.isStraight) - Number(a.isStraight);
  if (order.forms !== 'together' && byForm !== 0) return order.forms === 'import-first' ? byForm : -byForm;
  const dots = (module: string): number => /^\.*/.exec(module)![0].length;
  const byDistance = dots(b.module) - dots(a.module);
  if (byDistance !== 0 && dots(a.module) > 0 && dots(b.module) > 0)
    return order.furthestFirst ? byDistance : -byDistance;
  return (
    (order.caseSensitive ? 0 : compareNaturally(a.module.toLowerCase(), b.module.toLowerCase())) ||
    compareNaturally(a.module, b.module) ||
    byForm ||
    compareMembers(a.member ?? '', b.member ?? '', MEMBER_ORDERS[0]!)
  );
}

/** How the members of one statement are sorted. */
export interface MemberOrder {
  /** Constants, then classes, then the rest. */
  readonly byKind: boolean;
  readonly caseSensitive: boolean;
}

export const MEMBER_ORDERS: readonly MemberOrder[] = [
  { byKind: true, caseSensitive: false },
  { byKind: false, caseSensitive: false },
  { byKind: true, caseSensitive: true },
  { byKind: false, caseSensitive: true },
];

export function compareMembers(a: string, b: string, order: MemberOrder): number {
  return (
    (order.byKind ? kindOf(a) - kindOf(b) : 0) ||
    (order.caseSensitive ? 0 : compareNaturally(a.toLowerCase(), b.toLowerCase())) ||
    compareNaturally(a, b)
  );
}

function kindOf(written: string): number {
  const member = written.split(' ', 1)[0]!;
  if (member.length > 1 && member === member.toUpperCase() && member !== member.toLowerCase()) return 0;
  return /^\p{Lu}/u.test(member) ? 1 : 2;
}

export function isSorted<T>(elements: readonly T[], compare: (a: T, b: T) => number): boolean {
  return elements.every((element, index) => index === 0 || compare(elements[index - 1]!, element) <= 0);
}

/** The place in a list that leaves the fewest pairs in the wrong order; the last of them. */
export function bestPlace<T>(elements: readonly T[], added: T, compare: (a: T, b: T) => number): number {
  // Wrong pairs when it stands first: all that should come before it.
  let wrong = elements.filter((element) => compare(element, added) <= 0).length;
  let best = 0;
  let least = wrong;
  for (const [index, element] of elements.entries()) {
    wrong += compare(element, added) <= 0 ? -1 : 1;
    if (wrong > least) continue;
    least = wrong;
    best = index + 1;
  }
  return best;
}

/** Runs of digits count as numbers: `m2` before `m10`. */
function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D/gu) ?? [];
  const right = b.match(/\d+|\D/gu) ?? [];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [one, other] = [left[at]!, right[at]!];
    if (one === other) continue;
    if (/^\d/.test(one) && /^\d/.test(other)) {
      const difference = Number(one) - Number(other);
      if (difference !== 0) return difference;
    }
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
