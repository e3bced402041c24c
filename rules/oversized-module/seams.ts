import { clusterMembers, nameStems, type SeamMember } from '../../core/graph/seams';
import { compareText } from '../../core/rule/finding';
import { Cut, linesOf, usersOf } from './cut';
import type { DefinitionFact, ModuleFacts } from './facts';

/** A part of a module that could be a module of its own. */
export interface Seam {
  /** All names that move, in the order in which they stand in the file. */
  readonly names: readonly string[];
  readonly lines: number;
  /** 0-based line of its first definition. */
  readonly line: number;
  /** Module variables that at least two of its definitions use. */
  readonly shares: readonly string[];
  /** Definitions of it that at least two others of it name. */
  readonly calls: readonly string[];
  /** Words that at least half of its names have in common. */
  readonly words: readonly string[];
  /** Is the default export, or the whole of `module.exports`, among it? */
  readonly hasDefault: boolean;
}

const LEAST_MEMBERS = 3;
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
export function findSeams(module: ModuleFacts): Seam[] {
  const { definitions } = module;
  const members = definitions.filter((one) => one.kind !== 'value');
  if (members.length < 2 * LEAST_MEMBERS) return [];
  const total = sumLines(definitions);
  const groups = groupMembers(members, module, total);
  const groupOf = new Map<string, number>();
  for (const [index, names] of groups.entries()) for (const name of names) groupOf.set(name, index);
  const homes = assignHomes(module, groupOf);
  const cut = new Cut(module);
  return groups
    .map((_, group) => [...definitions.keys()].filter((index) => homes[index] === group))
    .map((part) => cut.oneWay(part))
    .map((part) => part.map((index) => definitions[index]!))
    .filter((part) => part.filter((one) => one.kind !== 'value').length >= LEAST_MEMBERS)
    .filter((part) => sumLines(part) <= LARGEST_SHARE * total && sumLines(part) >= LEAST_SHARE * total)
    .map((part) => describe(part, definitions))
    .sort((a, b) => b.lines - a.lines || compareText(a.names[0]!, b.names[0]!));
}

/** Names of members that belong together. A group that is the module itself is looked at again, more closely. */
function groupMembers(
  members: readonly DefinitionFact[],
  { definitions, imported }: ModuleFacts,
  total: number,
): string[][] {
  const seamMembers = members.map((one) => seamMember(one, definitions, imported));
  return clusterMembers(seamMembers).flatMap((names) => {
    const inside = new Set(names);
    const lines = sumLines(members.filter((one) => inside.has(one.name)));
    if (lines <= LARGEST_SHARE * total || names.length < 2 * LEAST_MEMBERS) return [names];
    return clusterMembers(
      seamMembers.filter((one) => inside.has(one.name)),
      CLOSER_RESOLUTION,
    );
  });
}

/** The definition that holds most of a module, if one holds at least half of its lines. */
export function dominant({ definitions }: ModuleFacts, lines: number): DefinitionFact | undefined {
  return definitions.find((one) => one.kind !== 'value' && linesOf(one) >= 0.5 * lines);
}

function sumLines(list: readonly DefinitionFact[]): number {
  return list.reduce((sum, one) => sum + linesOf(one), 0);
}

function seamMember(
  one: DefinitionFact,
  definitions: readonly DefinitionFact[],
  imported: readonly string[],
): SeamMember {
  const calls: string[] = [];
  const fields: string[] = [];
  const callees: string[] = [];
  for (const use of one.uses) {
    const target = definitions[use];
    if (!target) callees.push(`import ${imported[use - definitions.length]}`);
    else (target.kind === 'value' ? fields : calls).push(target.name);
  }
  return { name: one.name, calls, fields, callees };
}

/** Members live in their group; a variable lives where all its users live, and nowhere if several groups or loose statements use it. */
function assignHomes({ definitions, rest }: ModuleFacts, groupOf: ReadonlyMap<string, number>): (number | undefined)[] {
  const homes = definitions.map((one) => (one.kind === 'value' ? undefined : groupOf.get(one.name)));
  const users = usersOf(definitions);
  const loose = new Set(rest);
  // Variables may use variables: a few rounds settle chains of them.
  for (let round = 0; round < 3; round++) {
    for (const [index, one] of definitions.entries()) {
      if (one.kind !== 'value' || loose.has(index)) continue;
      const places = new Set(users[index]!.map((user) => homes[user]));
      const [place] = places;
      if (places.size === 1 && place !== undefined) homes[index] = place;
    }
  }
  return homes;
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
    line: Math.min(...part.map((one) => one.start)),
    shares: often
      .filter(([one]) => one.kind === 'value' && inside.has(one))
      .map(([one]) => one.name)
      .slice(0, 2),
    calls: often
      .filter(([one]) => one.kind !== 'value' && inside.has(one))
      .map(([one]) => one.name)
      .slice(0, 2),
    words: words.map(([word]) => word).slice(0, 2),
    hasDefault: part.some((one) => one.isDefault === true),
  };
}
