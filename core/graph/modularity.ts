import { compareText } from '../rule/finding';

/** An undirected edge between two named nodes; several edges between the same two add up. */
export interface WeightedEdge {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
}

/** Gains closer than this are a tie: rounding must not decide where the names should. */
const TIE = 1e-9;

/**
 * Communities of a weighted undirected graph by greedy modularity: every node starts alone, and the two communities whose union
 * raises modularity the most are merged until no union raises it (A. Clauset, M. E. J. Newman, C. Moore: "Finding community structure
 * in very large networks", Physical Review E 70, 066111, 2004). The resolution is that of J. Reichardt and S. Bornholdt (Physical
 * Review E 74, 016110, 2006): below 1 it favours fewer, larger communities. Edges of a node with itself, with unknown ends or
 * without weight are ignored.
 *
 * **Invariant:** the result does not depend on the order of nodes and edges. Both are brought into the order of their names first, and
 * between equal gains the community with the lesser name is merged first.
 * @returns every node exactly once; members and communities sorted by name
 */
export function greedyModularity(nodes: Iterable<string>, edges: Iterable<WeightedEdge>, resolution = 1): string[][] {
  const names = [...new Set(nodes)].sort(compareText);
  const merging = new Merging(names, edges, resolution);
  while (merging.step());
  return merging.communities().map((members) => members.map((index) => names[index]!));
}

/** Communities on the way. A community is known by the least index, and so by the least name, of its members. */
class Merging {
  /** Weight between two communities, as a share of all edge ends; undefined once merged into another. */
  private readonly rows: (Map<number, number> | undefined)[];
  /** Share of edge ends that belong to each community. */
  private readonly shares: Float64Array;
  private readonly members: number[][];
  /** The best partner of each community, -1 for none, and the gain of merging with it. */
  private readonly partner: Int32Array;
  private readonly gain: Float64Array;

  constructor(
    names: readonly string[],
    edges: Iterable<WeightedEdge>,
    private readonly resolution: number,
  ) {
    this.rows = names.map(() => new Map());
    this.shares = new Float64Array(names.length);
    this.members = names.map((_, index) => [index]);
    this.partner = new Int32Array(names.length).fill(-1);
    this.gain = new Float64Array(names.length);
    const sorted = canonical(names, edges);
    const ends = 2 * sorted.reduce((sum, [, , weight]) => sum + weight, 0);
    for (const [a, b, weight] of sorted) {
      const share = weight / ends;
      this.rows[a]!.set(b, (this.rows[a]!.get(b) ?? 0) + share);
      this.rows[b]!.set(a, (this.rows[b]!.get(a) ?? 0) + share);
      this.shares[a]! += share;
      this.shares[b]! += share;
    }
    for (let index = 0; index < names.length; index++) this.findPartner(index);
  }

  /** Merges the best pair; false when no union raises modularity any more. */
  step(): boolean {
    let best = -1;
    for (let index = 0; index < this.rows.length; index++) {
      if (this.partner[index]! < 0 || this.gain[index]! <= TIE) continue;
      if (best < 0 || this.gain[index]! > this.gain[best]! + TIE) best = index;
    }
    if (best < 0) return false;
    const other = this.partner[best]!;
    this.merge(Math.min(best, other), Math.max(best, other));
    return true;
  }

  communities(): number[][] {
    return this.members.filter((_, index) => this.rows[index]).map((list) => list.sort((a, b) => a - b));
  }

  private merge(into: number, from: number): void {
    const row = this.rows[into]!;
    for (const [other, share] of this.rows[from]!) {
      if (other === into) continue;
      row.set(other, (row.get(other) ?? 0) + share);
      this.rows[other]!.delete(from);
      this.rows[other]!.set(into, row.get(other)!);
    }
    row.delete(from);
    this.rows[from] = undefined;
    this.partner[from] = -1;
    this.shares[into]! += this.shares[from]!;
    this.members[into]!.push(...this.members[from]!);
    this.findPartner(into);
    for (const other of row.keys()) this.reconsider(other, into, from);
  }

  /** Brings a neighbour of a merged community up to date; only its gain with that one community has changed. */
  private reconsider(index: number, into: number, from: number): void {
    const gain = this.gainOf(index, into);
    const partner = this.partner[index]!;
    if (partner === into || partner === from) {
      this.partner[index] = into;
      if (gain + TIE < this.gain[index]!) this.findPartner(index);
      else this.gain[index] = gain;
      return;
    }
    const isBetter = gain > this.gain[index]! + TIE || (gain > this.gain[index]! - TIE && into < partner);
    if (partner >= 0 && !isBetter) return;
    this.partner[index] = into;
    this.gain[index] = gain;
  }

  private findPartner(index: number): void {
    let best = -1;
    let bestGain = 0;
    for (const other of this.rows[index]!.keys()) {
      const gain = this.gainOf(index, other);
      if (best < 0 || gain > bestGain + TIE || (gain > bestGain - TIE && other < best)) {
        best = other;
        bestGain = gain;
      }
    }
    this.partner[index] = best;
    this.gain[index] = bestGain;
  }

  /** The rise of modularity by the union of two communities, halved. */
  private gainOf(a: number, b: number): number {
    return (this.rows[a]!.get(b) ?? 0) - this.resolution * this.shares[a]! * this.shares[b]!;
  }
}

/** Edges by index, the lesser first, in one order whatever the order of the input, so that sums of weights round alike. */
function canonical(names: readonly string[], edges: Iterable<WeightedEdge>): [a: number, b: number, weight: number][] {
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const list: [number, number, number][] = [];
  for (const edge of edges) {
    const a = indexOf.get(edge.a);
    const b = indexOf.get(edge.b);
    if (a === undefined || b === undefined || a === b || !(edge.weight > 0)) continue;
    list.push([Math.min(a, b), Math.max(a, b), edge.weight]);
  }
  return list.sort((left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2]);
}
