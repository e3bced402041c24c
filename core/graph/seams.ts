import { compareText } from '../rule/finding';
import { singular } from '../text/inflection';
import { type EdgeList, numberedCommunities } from './modularity';

/** A member of a module or class, as far as it ties others to itself. Names are unique among the members. */
export interface SeamMember {
  readonly name: string;
  /** Members that it names. */
  readonly calls: readonly string[];
  /** State that it shares: fields of the class, variables of the module. */
  readonly fields: readonly string[];
  /** What it uses of the world outside: imported names. */
  readonly callees: readonly string[];
}

const CALL = 1.5;
const CALLEE = 0.4;
const STEM = 0.6;
const RESOLUTION = 0.5;
const RESOLUTION_OF_FEW = 0.7;
const FEW = 12;

/** What more than this many members share ties none of them: it would only cost time. */
const MOST_SHARERS = 64;

/**
 * Groups members that belong together: greedy modularity over calls (1.5 / sqrt(in-degree)), shared fields (idf / sqrt(uses - 1)),
 * shared callees (up to 0.4) and shared stems of names (up to 0.6). What all share ties nothing.
 * @param resolution 0.5, and 0.7 for less than a dozen members; a higher one gives more, smaller and purer groups
 * @returns every member exactly once, sorted by name; groups in the order of their first names
 */
export function clusterMembers(
  members: readonly SeamMember[],
  resolution = members.length < FEW ? RESOLUTION_OF_FEW : RESOLUTION,
): string[][] {
  // From here on members are numbers, in the order of their names.
  const sorted = [...members].sort((a, b) => compareText(a.name, b.name));
  const edges = sumEdges(sorted.length, [
    callEdges(sorted),
    fieldEdges(sorted),
    likenessEdges(sorted, (member) => [...member.calls, ...member.callees], CALLEE),
    likenessEdges(sorted, (member) => nameStems(member.name), STEM),
  ]);
  return numberedCommunities(sorted.length, edges, resolution).map((group) => group.map((one) => sorted[one]!.name));
}

/** Calls `add` for every member behind `a` that is tied to `a`, several times if it is tied in several ways. */
type Ties = (a: number, add: (b: number, weight: number) => void) => void;

/** The sum of all ties between every two members. */
function sumEdges(size: number, kinds: readonly Ties[]): EdgeList {
  const edges = { a: [] as number[], b: [] as number[], weight: [] as number[] };
  const sums = new Float64Array(size);
  let found: number[] = [];
  const add = (b: number, weight: number) => {
    if (sums[b] === 0) found.push(b);
    sums[b]! += weight;
  };
  for (let a = 0; a < size; a++) {
    for (const ties of kinds) ties(a, add);
    for (const b of found) {
      edges.a.push(a);
      edges.b.push(b);
      edges.weight.push(sums[b]!);
      sums[b] = 0;
    }
    if (found.length > 0) found = [];
  }
  return edges;
}

function callEdges(members: readonly SeamMember[]): Ties {
  const numberOf = new Map(members.map(({ name }, index) => [name, index]));
  const callers: number[][] = members.map(() => []);
  for (const [index, member] of members.entries()) {
    for (const name of member.calls) {
      const callee = numberOf.get(name);
      if (callee !== undefined && callee !== index) append(callers[callee]!, index);
    }
  }
  const ties: { b: number; weight: number }[][] = members.map(() => []);
  for (const [callee, all] of callers.entries()) {
    const weight = CALL / Math.sqrt(all.length);
    for (const caller of all) ties[Math.min(caller, callee)]!.push({ b: Math.max(caller, callee), weight });
  }
  return (a, add) => {
    for (const { b, weight } of ties[a]!) add(b, weight);
  };
}

function fieldEdges(members: readonly SeamMember[]): Ties {
  const shared = new Shared(members.length);
  for (const users of invert(members, (member) => member.fields)) {
    shared.add(users, Math.log(members.length / users.length) / Math.sqrt(users.length - 1));
  }
  return (a, add) => shared.forEach(a, add);
}

/**
 * Ties between members with like features, the rarer the feature the more alike: weight times the sum of idf of what both have,
 * over the sum of idf of what either has.
 */
function likenessEdges(
  members: readonly SeamMember[],
  featuresOf: (member: SeamMember) => readonly string[],
  weight: number,
): Ties {
  const shared = new Shared(members.length);
  const sums = new Float64Array(members.length);
  for (const having of invert(members, featuresOf)) {
    const idf = Math.log(members.length / having.length);
    for (const member of having) sums[member]! += idf;
    shared.add(having, idf);
  }
  return (a, add) => shared.forEach(a, (b, both) => add(b, (weight * both) / (sums[a]! + sums[b]! - both)));
}

/**
 * Who has a feature, for each feature in the order of their names, so that sums of weights round alike whatever the order of the input.
 */
function invert(members: readonly SeamMember[], featuresOf: (member: SeamMember) => readonly string[]): number[][] {
  const having = new Map<string, number[]>();
  for (const [index, member] of members.entries()) {
    for (const feature of featuresOf(member)) {
      const list = having.get(feature);
      if (list) append(list, index);
      else having.set(feature, [index]);
    }
  }
  return [...having.keys()].sort(compareText).map((feature) => having.get(feature)!);
}

/** Adds a number to an ascending list unless it is there. */
function append(list: number[], index: number): void {
  if (list[list.length - 1] !== index) list.push(index);
}

/** What members have in common with others. */
class Shared {
  /** For each member the features that it shares. */
  private readonly features: { readonly having: readonly number[]; readonly weight: number }[][];
  private readonly sums: Float64Array;

  constructor(size: number) {
    this.features = Array.from({ length: size }, () => []);
    this.sums = new Float64Array(size);
  }

  /** @param having who has the feature, ascending */
  add(having: readonly number[], weight: number): void {
    if (having.length < 2 || having.length > MOST_SHARERS || !(weight > 0)) return;
    const feature = { having, weight };
    for (const member of having) this.features[member]!.push(feature);
  }

  /** Calls `each` once for every member behind `a` that shares something with it, with the sum of the weights. */
  forEach(a: number, each: (b: number, sum: number) => void): void {
    const { sums } = this;
    const found: number[] = [];
    for (const { having, weight } of this.features[a]!) {
      for (let at = having.length - 1; having[at]! > a; at--) {
        const b = having[at]!;
        if (sums[b] === 0) found.push(b);
        sums[b]! += weight;
      }
    }
    for (const b of found) {
      const sum = sums[b]!;
      sums[b] = 0;
      each(b, sum);
    }
  }
}

/** Words that say how, not what: sharing them means nothing. */
const GENERIC = new Set(
  (
    'get set has can add new make create update delete remove list load save read write run call init handle handler on use with from ' +
    'for and the all not one build check do to is by of in at up test props type default internal helper util base ' +
    'does are was should can may will function func value data object'
  ).split(' '),
);

/** The words of a name that carry meaning, in the singular: `_parse_models`, `parseModels` -> parse, model. */
export function nameStems(name: string): string[] {
  const stems: string[] = [];
  for (const word of name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []) {
    if (word.length < 3) continue;
    const stem = singular(word.toLowerCase());
    if (!GENERIC.has(stem) && !stems.includes(stem)) stems.push(stem);
  }
  return stems.sort(compareText);
}
