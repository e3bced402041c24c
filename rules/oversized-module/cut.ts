import type { DefinitionFact, ModuleFacts } from './facts';

/** A group that loses more than this share of its lines to become separable was no seam. */
const LEAST_LEFT = 0.6;

/** For each definition the indices of those that name it. */
export function usersOf(definitions: readonly DefinitionFact[]): number[][] {
  const users: number[][] = definitions.map(() => []);
  for (const [index, one] of definitions.entries()) for (const use of one.uses) users[use]?.push(index);
  return users;
}

/**
 * Cuts groups of definitions out of a module so that the two parts name each other in one direction only: a split along a two-way cut
 * would make the two modules import each other.
 */
export class Cut {
  private readonly definitions: readonly DefinitionFact[];
  private readonly users: readonly (readonly number[])[];
  private readonly light: readonly boolean[];
  /** Definitions that loose statements of the module name: those stay behind. */
  private readonly loose: ReadonlySet<number>;

  constructor(module: ModuleFacts) {
    this.definitions = module.definitions;
    this.users = usersOf(module.definitions);
    this.light = lightDefinitions(module.definitions);
    this.loose = new Set(module.rest);
  }

  /**
   * The part of a group that can be cut out one way: either it names nothing outside, or nothing outside names it. Members that stand
   * in the way are left behind, as long as most of the group remains; else the result is empty.
   */
  oneWay(group: readonly number[]): number[] {
    const below = this.shrink(group, (index, inside) => this.uses(index).every((use) => inside.has(use)));
    const above = this.shrink(
      group,
      (index, inside) =>
        !this.loose.has(index) && this.users[index]!.every((user) => inside.has(user) || this.light[user] === true),
    );
    const best = this.lines(above) > this.lines(below) ? above : below;
    return this.lines(best) >= LEAST_LEFT * this.lines(group) ? best : [];
  }

  /** Definitions with weight that a definition names. */
  private uses(index: number): number[] {
    return this.definitions[index]!.uses.filter((use) => use < this.definitions.length && !this.light[use]);
  }

  /** Removes members until all that remain may stay; what is light stays only with those who use it. */
  private shrink(group: readonly number[], mayStay: (index: number, inside: ReadonlySet<number>) => boolean): number[] {
    const inside = new Set(group);
    const original = new Set(group);
    for (let size = -1; size !== inside.size; ) {
      size = inside.size;
      for (const index of group) {
        if (!inside.has(index)) continue;
        const users = this.users[index]!.filter((user) => original.has(user));
        const isLeftAlone = users.length > 0 && !users.some((user) => inside.has(user));
        if (this.light[index] ? isLeftAlone : !mayStay(index, inside)) inside.delete(index);
      }
    }
    return group.filter((index) => inside.has(index));
  }

  private lines(part: readonly number[]): number {
    return part.reduce((sum, index) => sum + linesOf(this.definitions[index]!), 0);
  }
}

/**
 * Definitions that can stand on either side of a cut, or in a third module: types, and constants and data classes that name nothing
 * with behaviour. Naming them ties no knot.
 */
function lightDefinitions(definitions: readonly DefinitionFact[]): boolean[] {
  const light = definitions.map(
    (one) => one.kind === 'type' || (one.behaviour === undefined && one.kind !== 'function'),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, one] of definitions.entries()) {
      if (!light[index] || one.kind === 'type') continue;
      if (one.uses.every((use) => use >= definitions.length || light[use])) continue;
      light[index] = false;
      changed = true;
    }
  }
  return light;
}

export function linesOf(one: DefinitionFact): number {
  return one.end - one.start + 1 + (one.more ?? 0);
}
