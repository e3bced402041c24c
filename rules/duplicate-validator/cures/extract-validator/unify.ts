import type { Hole } from './shape';
import type { Unit } from './unit';

/** How a piece of the shared code is written that differs among the copies: as a parameter, or as text with parameters in it. */
export type Filling =
  | { readonly kind: 'parameter'; readonly parameter: number }
  | { readonly kind: 'text'; readonly parts: readonly (string | number)[] };

export interface Parameter {
  readonly name: string;
  readonly kind: 'number' | 'text' | 'class';
  /** Of each unit: a number or a name as written, a text's value. */
  readonly values: readonly string[];
}

/** What of a unit matters here, whatever its language. */
export interface Unifiable {
  readonly shape: string;
  readonly holes: readonly Hole[];
  readonly site: { readonly document: { readonly source: { slice(start: number, end: number): string } } };
}

/** Units that can be one function. */
export interface Cluster<U extends Unifiable = Unit> {
  readonly units: readonly U[];
  readonly parameters: readonly Parameter[];
  /** By index of the hole; holes that are equal everywhere are not in it. */
  readonly fillings: ReadonlyMap<number, Filling>;
}

/** What a shared function must keep clear of. */
export interface UnifyWorld<U extends Unifiable = Unit> {
  /** Names that its code uses already. */
  readonly taken: ReadonlySet<string>;
  /** Whether an exception cannot be imported where the function goes, so that the callers must hand it over. */
  mustPass(unit: U, hole: Hole): boolean;
}

/** More than this is no longer simpler than the copies. */
const MAX_PARAMETERS = 3;

/**
 * Makes one function of units of one shape: what differs becomes a parameter.
 * @returns undefined where they differ in too much, or in what cannot be handed over
 */
export function unify<U extends Unifiable>(units: readonly U[], world: UnifyWorld<U>): Cluster<U> | undefined {
  const { taken, mustPass } = world;
  const parameters: Parameter[] = [];
  const fillings = new Map<number, Filling>();
  const columns = units[0]!.holes.map((_, index) => units.map((unit) => unit.holes[index]!));
  let isPatched = false;
  const parameterFor = (kind: Parameter['kind'], hint: string, values: readonly string[]): number => {
    // To hand over `or ` for the one and nothing for the other is to patch a sentence.
    isPatched ||= kind === 'text' && values.some((one) => one.trim() === '');
    const known = parameters.findIndex((one) => one.kind === kind && isEqual(one.values, values));
    if (known >= 0) return known;
    const names = new Set([...taken, ...parameters.map(({ name }) => name)]);
    return parameters.push({ name: freeName(hint, names), kind, values }) - 1;
  };
  for (const [index, column] of columns.entries()) {
    const { kind, hint } = column[0]!;
    if (kind === 'text') continue;
    const isEqualEverywhere = column.every((one) => one.value === column[0]!.value);
    if (isEqualEverywhere && !(kind === 'class' && units.some((unit, at) => mustPass(unit, column[at]!)))) continue;
    const written = units.map((unit, at) => textAt(unit, column[at]!.start, column[at]!.end));
    const name = kind === 'class' ? 'error' : hint;
    fillings.set(index, {
      kind: 'parameter',
      parameter: parameterFor(kind, name, kind === 'class' ? written : column.map((one) => one.value)),
    });
  }
  for (const [index, column] of columns.entries()) {
    const first = column[0]!;
    const values = column.map((one) => one.value);
    if (
      first.kind !== 'text' ||
      isEqual(
        values,
        values.map(() => values[0]!),
      )
    )
      continue;
    if (!column.every((one) => one.isPlain)) return undefined;
    const numbers = parameters.flatMap((one, at) => (one.kind === 'number' ? [{ at, values: one.values }] : []));
    const parts = segments(values, numbers, (differing, isStart) =>
      parameterFor('text', isStart ? 'label' : textName(first.hint, differing, values), differing),
    );
    const isWhole =
      parts.length === 1 && typeof parts[0] === 'number' && !first.isPiece && parameters[parts[0]]!.kind === 'text';
    fillings.set(index, isWhole ? { kind: 'parameter', parameter: parts[0] as number } : { kind: 'text', parts });
  }
  return isPatched || parameters.length > MAX_PARAMETERS ? undefined : { units, parameters, fillings };
}

function textName(hint: string, differing: readonly string[], values: readonly string[]): string {
  if (!isEqual(differing, values)) return 'detail';
  return hint === 'value' ? 'message' : `${hint}_message`;
}

/** Cuts texts into what is equal in all of them and what is not: the numbers that are parameters already, then one stretch of words. */
function segments(
  values: readonly string[],
  numbers: readonly { at: number; values: readonly string[] }[],
  parameterOf: (differing: readonly string[], isStart: boolean) => number,
): (string | number)[] {
  const lists = values.map((value) => value.match(/\w+|[^\w]/g) ?? []);
  const marked: (string | number)[][] = lists.map((list, unit) =>
    list.map((token) => numbers.find((one) => one.values[unit] === token && isPlainNumber(token))?.at ?? token),
  );
  const shortest = Math.min(...marked.map((list) => list.length));
  let start = 0;
  while (start < shortest && marked.every((list) => list[start] === marked[0]![start])) start++;
  let end = 0;
  while (end < shortest - start && marked.every((list) => list.at(-1 - end) === marked[0]!.at(-1 - end))) end++;
  const head = marked[0]!.slice(0, start);
  const tail = end === 0 ? [] : marked[0]!.slice(-end);
  const middle = lists.map((list) => list.slice(start, list.length - end).join(''));
  const found: (string | number)[] = [...head];
  if (middle.some((one) => one !== '')) {
    // A number that only some of the texts name says nothing about the limit: the stretch is what it was.
    found.push(parameterOf(middle, start === 0 && end > 0));
  }
  found.push(...tail);
  return found.reduce<(string | number)[]>((merged, part) => {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
    return merged;
  }, []);
}

/** `100` prints as it is written; `1_000` and `0x10` do not. */
function isPlainNumber(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token);
}

/** Shape by shape, the largest set of units that can be one function; those of earlier places win ties. */
export function largestCluster<U extends Unifiable>(units: readonly U[], world: UnifyWorld<U>): Cluster<U> | undefined {
  const shapes = new Map<string, U[]>();
  for (const unit of units) shapes.set(unit.shape, [...(shapes.get(unit.shape) ?? []), unit]);
  let best: Cluster<U> | undefined;
  for (const alike of shapes.values()) {
    if (alike.length < 2) continue;
    const cluster = unify(alike, world) ?? mostEqual(alike, world);
    if (cluster && cluster.units.length > (best?.units.length ?? 1)) best = cluster;
  }
  return best;
}

/** Of units that differ in too much those that are equal. */
function mostEqual<U extends Unifiable>(units: readonly U[], world: UnifyWorld<U>): Cluster<U> | undefined {
  const groups = new Map<string, U[]>();
  for (const unit of units) {
    const key = JSON.stringify(unit.holes.map(({ value }) => value));
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  const largest = [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a));
  return largest.length < 2 ? undefined : unify(largest, world);
}

function textAt({ site }: Unifiable, start: number, end: number): string {
  return site.document.source.slice(start, end);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count++) if (!taken.has(`${wanted}_${count}`)) return `${wanted}_${count}`;
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
