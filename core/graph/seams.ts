import { compareText } from '../rule/finding';
import { greedyModularity, type WeightedEdge } from './modularity';

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
  return greedyModularity(
    members.map((member) => member.name),
    [
      ...callEdges(members),
      ...fieldEdges(members),
      ...likenessEdges(members, (member) => [...member.calls, ...member.callees], CALLEE),
      ...likenessEdges(members, (member) => nameStems(member.name), STEM),
    ],
    resolution,
  );
}

function callEdges(members: readonly SeamMember[]): WeightedEdge[] {
  const callers = invert(members, (member) => member.calls);
  return [...callers].flatMap(([callee, all]) => {
    const names = all.filter((name) => name !== callee);
    return names.map((a) => ({ a, b: callee, weight: CALL / Math.sqrt(names.length) }));
  });
}

function fieldEdges(members: readonly SeamMember[]): WeightedEdge[] {
  const pairs = new Pairs();
  const users = invert(members, (member) => member.fields);
  for (const [, names] of users) {
    const uses = names.length;
    if (uses < 2 || uses > MOST_SHARERS) continue;
    pairs.addAll(names, Math.log(members.length / uses) / Math.sqrt(uses - 1));
  }
  return pairs.edges((weight) => weight);
}

/**
 * Edges between members with like features, the rarer the feature the more alike: weight times the sum of idf of what both have,
 * over the sum of idf of what either has.
 */
function likenessEdges(
  members: readonly SeamMember[],
  featuresOf: (member: SeamMember) => readonly string[],
  weight: number,
): WeightedEdge[] {
  const pairs = new Pairs();
  const sums = new Map<string, number>();
  for (const [, names] of invert(members, featuresOf)) {
    const idf = Math.log(members.length / names.length);
    for (const name of names) sums.set(name, (sums.get(name) ?? 0) + idf);
    if (names.length > 1 && names.length <= MOST_SHARERS) pairs.addAll(names, idf);
  }
  return pairs.edges((shared, a, b) => (weight * shared) / (sums.get(a)! + sums.get(b)! - shared));
}

/** Who has a feature, in the order of the features' names, so that sums of weights round alike whatever the order of the input. */
function invert(
  members: readonly SeamMember[],
  featuresOf: (member: SeamMember) => readonly string[],
): [feature: string, names: string[]][] {
  const having = new Map<string, string[]>();
  for (const member of members) {
    for (const feature of new Set(featuresOf(member))) {
      const list = having.get(feature);
      if (list) list.push(member.name);
      else having.set(feature, [member.name]);
    }
  }
  return [...having].sort(([a], [b]) => compareText(a, b));
}

/** Sums of weights between members. */
class Pairs {
  private readonly rows = new Map<string, Map<string, number>>();

  /** Adds the weight between every two of the names. */
  addAll(names: readonly string[], weight: number): void {
    const sorted = [...names].sort(compareText);
    for (const [index, a] of sorted.entries()) {
      let row = this.rows.get(a);
      if (!row) {
        row = new Map();
        this.rows.set(a, row);
      }
      for (let at = index + 1; at < sorted.length; at++) row.set(sorted[at]!, (row.get(sorted[at]!) ?? 0) + weight);
    }
  }

  edges(weigh: (sum: number, a: string, b: string) => number): WeightedEdge[] {
    return [...this.rows].flatMap(([a, row]) => [...row].map(([b, sum]) => ({ a, b, weight: weigh(sum, a, b) })));
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
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const stems = words.map(singular);
  return [...new Set(stems.filter((stem) => stem.length > 2 && !GENERIC.has(stem)))].sort(compareText);
}

/** `models` -> model, `matches` -> match, `class` stays. */
function singular(word: string): string {
  if (word.length <= 3 || !/[^s]s$/.test(word)) return word;
  return /(?:ch|sh|x|z|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
