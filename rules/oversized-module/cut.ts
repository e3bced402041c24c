import type { DefinitionFact, ModuleParts } from './facts';

/** A group that loses more than this share of its lines to become separable was no seam. */
const LEAST_LEFT = 0.6;

/** For each definition the indices of those that name it. */
export function usersOf(definitions: readonly DefinitionFact[]): number[][] {
  const users: number[][] = definitions.map(() => []);
  for (const [index, one] of definitions.entries()) for (const use of one.uses) users[use]?.push(index);
  return users;
}

const OUTSIDE = 0;
const INSIDE = 1;
const LEFT_BEHIND = 2;

/**
 * Cuts groups of definitions out of a module so that the two parts name each other in one direction only: a split along a two-way cut
 * would make the two modules import each other.
 */
export class Cut {
  private readonly definitions: readonly DefinitionFact[];
  private readonly light: readonly boolean[];
  /** Definitions that loose statements of the module name: those stay behind. */
  private readonly loose: ReadonlySet<number>;
  /** Where each definition is while a group is cut. */
  private readonly place: Uint8Array;

  /** @param users see {@link usersOf} */
  constructor(
    { definitions, rest }: ModuleParts,
    private readonly users: readonly (readonly number[])[],
  ) {
    this.definitions = definitions;
    this.light = lightDefinitions(definitions);
    this.loose = new Set(rest);
    this.place = new Uint8Array(definitions.length);
  }

  /**
   * The part of a group that can be cut out one way: either it names nothing outside, or nothing outside names it. Members that stand
   * in the way are left behind, as long as most of the group remains; else the result is empty.
   */
  oneWay(group: readonly number[]): number[] {
    const below = this.shrink(group, (index) => this.namesNothingOutside(index));
    const above = this.shrink(group, (index) => !this.loose.has(index) && this.isUnknownOutside(index));
    const best = this.lines(above) > this.lines(below) ? above : below;
    return this.lines(best) >= LEAST_LEFT * this.lines(group) ? best : [];
  }

  private namesNothingOutside(index: number): boolean {
    return this.definitions[index]!.uses.every(
      (use) => use >= this.definitions.length || this.light[use] || this.place[use] === INSIDE,
    );
  }

  private isUnknownOutside(index: number): boolean {
    return this.users[index]!.every((user) => this.light[user] || this.place[user] === INSIDE);
  }

  /** Removes members until all that remain may stay; what is light stays only with those who use it. */
  private shrink(group: readonly number[], mayStay: (index: number) => boolean): number[] {
    const { place } = this;
    for (const index of group) place[index] = INSIDE;
    for (let isChanging = true; isChanging; ) {
      isChanging = false;
      for (const index of group) {
        if (place[index] !== INSIDE || (this.light[index] ? !this.isLeftAlone(index) : mayStay(index))) continue;
        place[index] = LEFT_BEHIND;
        isChanging = true;
      }
    }
    const remaining = group.filter((index) => place[index] === INSIDE);
    for (const index of group) place[index] = OUTSIDE;
    return remaining;
  }

  /** Whether all users of a definition that were in the group have been left behind. */
  private isLeftAlone(index: number): boolean {
    const users = this.users[index]!;
    return users.some((user) => this.place[user] === LEFT_BEHIND) && !users.some((user) => this.place[user] === INSIDE);
  }

  private lines(part: readonly number[]): number {
    return part.reduce((sum, index) => sum + this.definitions[index]!.lines, 0);
  }
}

/**
 * Definitions that can stand on either side of a cut, or in a third module: types, and constants and data classes that name nothing
 * with behaviour. Naming them ties no knot.
 */
function lightDefinitions(definitions: readonly DefinitionFact[]): boolean[] {
  const light = definitions.map((one) => one.kind === 'type' || (!one.behaves && one.kind !== 'function'));
  for (let isChanging = true; isChanging; ) {
    isChanging = false;
    for (const [index, one] of definitions.entries()) {
      if (!light[index] || one.kind === 'type') continue;
      if (one.uses.every((use) => use >= definitions.length || light[use])) continue;
      light[index] = false;
      isChanging = true;
    }
  }
  return light;
}
