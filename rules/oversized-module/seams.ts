import { clusterMembers, nameStems, type SeamMember } from '../../core/graph/seams';
import { compareText } from '../../core/rule/finding';
import { Cut, usersOf } from './cut';
import type { DefinitionFact, ModuleParts, Seam } from './facts';

const LEAST_MEMBERS = 3;
/** A module with fewer definitions that are no variables has no seams. */
export const LEAST_DEFINITIONS = 2 * LEAST_MEMBERS;
/** A group that holds more than this share of all lines of definitions is the module itself, not a part of it. */
const LARGEST_SHARE = 0.8;
/** Resolution for a group that is the module itself. */
const CLOSER_RESOLUTION = 1;
/** A group below this share of the lines of definitions would not make the module any lighter. */
const LEAST_SHARE = 0.05;

/**
 * The seams of a module, the largest first: groups of definitions that name each other, with a one-way cut (else the two modules after
 * a split would import each other). Variables that only one group uses go with it.
 */
export function findSeams(module: ModuleParts): Seam[] {
  const { definitions } = module;
  const members = definitions.filter((one) => one.kind !== 'value');
  if (members.length < LEAST_DEFINITIONS) return [];
  const total = sumLines(definitions);
  const groups = groupMembers(members, module, total);
  const users = usersOf(definitions);
  const parts = partsOf(module, groups, users);
  const cut = new Cut(module, users);
  const seams: Seam[] = [];
  for (const [group, names] of groups.entries()) {
    if (names.length < LEAST_MEMBERS) continue;
    const part = cut.oneWay(parts[group]!).map((index) => definitions[index]!);
    const lines = sumLines(part);
    if (lines > LARGEST_SHARE * total || lines < LEAST_SHARE * total) continue;
    if (part.filter((one) => one.kind !== 'value').length >= LEAST_MEMBERS) seams.push(describe(part, definitions));
  }
  return seams.sort((a, b) => b.lines - a.lines || compareText(a.names[0]!, b.names[0]!));
}

/** Names of members that belong together. A group that is the module itself is looked at again, more closely. */
function groupMembers(
  members: readonly DefinitionFact[],
  { definitions, imported }: ModuleParts,
  total: number,
): string[][] {
  // No definition is called like that.
  const outside = imported.map((name) => `import ${name}`);
  const seamMembers = members.map((one) => seamMember(one, definitions, outside));
  return clusterMembers(seamMembers).flatMap((names) => {
    if (names.length < LEAST_DEFINITIONS) return [names];
    const inside = new Set(names);
    const lines = sumLines(members.filter((one) => inside.has(one.name)));
    if (lines <= LARGEST_SHARE * total) return [names];
    return clusterMembers(
      seamMembers.filter((one) => inside.has(one.name)),
      CLOSER_RESOLUTION,
    );
  });
}

function sumLines(list: readonly DefinitionFact[]): number {
  return list.reduce((sum, one) => sum + one.lines, 0);
}

function seamMember(
  one: DefinitionFact,
  definitions: readonly DefinitionFact[],
  outside: readonly string[],
): SeamMember {
  const calls: string[] = [];
  const fields: string[] = [];
  const callees: string[] = [];
  for (const use of one.uses) {
    const target = definitions[use];
    if (!target) callees.push(outside[use - definitions.length]!);
    else (target.kind === 'value' ? fields : calls).push(target.name);
  }
  return { name: one.name, calls, fields, callees };
}

/**
 * The definitions of each group, in the order of the file: its members, and the variables whose users all live in it. A variable that
 * several groups or loose statements use belongs to none.
 */
function partsOf(
  { definitions, rest }: ModuleParts,
  groups: readonly (readonly string[])[],
  users: readonly (readonly number[])[],
): number[][] {
  const groupOf = new Map<string, number>();
  for (const [index, names] of groups.entries()) for (const name of names) groupOf.set(name, index);
  const homes = definitions.map((one) => (one.kind === 'value' ? undefined : groupOf.get(one.name)));
  const loose = new Set(rest);
  const variables = [...definitions.keys()].filter((index) => definitions[index]!.kind === 'value');
  // Variables may use variables: a few rounds settle chains of them.
  for (let round = 0; round < 3; round++) {
    for (const index of variables) {
      const [first, ...others] = users[index]!;
      if (first === undefined || loose.has(index)) continue;
      const place = homes[first];
      if (place !== undefined && others.every((user) => homes[user] === place)) homes[index] = place;
    }
  }
  const parts: number[][] = groups.map(() => []);
  for (const [index, home] of homes.entries()) if (home !== undefined) parts[home]!.push(index);
  return parts;
}

function describe(part: readonly DefinitionFact[], definitions: readonly DefinitionFact[]): Seam {
  const inside = new Set(part);
  const users = new Map<DefinitionFact, number>();
  for (const one of part) {
    for (const use of one.uses) {
      const target = definitions[use];
      if (target) users.set(target, (users.get(target) ?? 0) + 1);
    }
  }
  const often = [...users]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || compareText(a[0].name, b[0].name));
  const members = part.filter((one) => one.kind !== 'value');
  const stems = new Map<string, number>();
  for (const one of members) for (const stem of nameStems(one.name)) stems.set(stem, (stems.get(stem) ?? 0) + 1);
  const words = [...stems]
    .filter(([, count]) => count * 2 >= members.length)
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return {
    names: part.flatMap((one) => [one.name, ...(one.also ?? [])]),
    lines: sumLines(part),
    line: part.reduce((least, one) => Math.min(least, one.line), Number.POSITIVE_INFINITY),
    shares: often
      .filter(([one]) => one.kind === 'value' && inside.has(one))
      .map(([one]) => one.name)
      .slice(0, 2),
    calls: often
      .filter(([one]) => one.kind !== 'value' && inside.has(one))
      .map(([one]) => one.name)
      .slice(0, 2),
    words: words.map(([word]) => word).slice(0, 2),
    ...(part.some((one) => one.isDefault) ? { hasDefault: true } : {}),
  };
}
