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
 * shared callees (0.4) and stems of names (0.6). What many share ties less, and what more than half share ties nothing.
 * @returns every member exactly once, sorted by name; groups in the order of their first names
 */
export function clusterMembers(members: readonly SeamMember[]): string[][] {
  const resolution = members.length < FEW ? RESOLUTION_OF_FEW : RESOLUTION;
  return greedyModularity(
    members.map((member) => member.name),
    [...callEdges(members), ...sharedEdges(members)],
    resolution,
  );
}

function callEdges(members: readonly SeamMember[]): WeightedEdge[] {
  const callers = new Map<string, string[]>();
  for (const member of members) for (const callee of new Set(member.calls)) add(callers, callee, member.name);
  return [...callers].flatMap(([callee, names]) => {
    const others = names.filter((name) => name !== callee);
    return others.map((a) => ({ a, b: callee, weight: CALL / Math.sqrt(others.length) }));
  });
}

function sharedEdges(members: readonly SeamMember[]): WeightedEdge[] {
  const fields = new Map<string, string[]>();
  const callees = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  for (const member of members) {
    for (const field of new Set(member.fields)) add(fields, field, member.name);
    for (const callee of new Set([...member.calls, ...member.callees])) add(callees, callee, member.name);
    for (const stem of nameStems(member.name)) add(stems, stem, member.name);
  }
  const count = members.length;
  return [
    ...pairs(fields, count, (uses) => Math.log(count / uses) / Math.sqrt(uses - 1)),
    ...pairs(callees, count, (uses) => CALLEE / Math.sqrt(uses - 1)),
    ...pairs(stems, count, (uses) => STEM / Math.sqrt(uses - 1)),
  ];
}

/** An edge between every two that share something. */
function pairs(
  sharers: ReadonlyMap<string, readonly string[]>,
  count: number,
  weight: (uses: number) => number,
): WeightedEdge[] {
  const edges: WeightedEdge[] = [];
  for (const names of sharers.values()) {
    const uses = names.length;
    if (uses < 2 || uses > MOST_SHARERS || (uses > count / 2 && count > 3)) continue;
    for (let a = 0; a < uses; a++)
      for (let b = a + 1; b < uses; b++) edges.push({ a: names[a]!, b: names[b]!, weight: weight(uses) });
  }
  return edges;
}

function add(map: Map<string, string[]>, key: string, name: string): void {
  const list = map.get(key);
  if (list) list.push(name);
  else map.set(key, [name]);
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
  const stems = words.map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word));
  return [...new Set(stems.filter((stem) => stem.length > 2 && !GENERIC.has(stem)))].sort(compareText);
}
