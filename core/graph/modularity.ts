import { compareText } from '../rule/finding';

/** An undirected edge between two named nodes; several edges between the same two add up. */
export interface WeightedEdge {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
}

/** Edges of nodes known by number, as parallel lists: each pair stands once, its lesser node in `a`, with a weight above 0. */
export interface EdgeList {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly weight: readonly number[];
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
  return numberedCommunities(names.length, canonical(names, edges), resolution).map((members) =>
    members.map((index) => names[index]!),
  );
}

/**
 * {@link greedyModularity} for nodes that are numbers from 0: no name is compared or looked up. The caller answers for an order of nodes
 * and edges that does not depend on chance.
 */
export function numberedCommunities(size: number, edges: EdgeList, resolution: number): number[][] {
  const merging = new Merging(size, edges, resolution);
  while (merging.step());
  return merging.communities();
}

/** Communities on the way. A community is known by the least index of its members. */
class Merging {
  /** The communities next to each; they may have been merged since the list was made: {@link root} tells into which. */
  private readonly near: number[][];
  /** Weight between a community and each of those near it, as a share of all edge ends. */
  private readonly between: number[][];
  /** Whether communities near this one have been merged since its lists were made. */
  private readonly isStale: Uint8Array;
  /** The community into which each was merged; itself while it lives. */
  private readonly root: Int32Array;
  /** Share of edge ends that belong to each community. */
  private readonly shares: Float64Array;
  private readonly members: number[][] = [];
  /** The best partner of each community, -1 for none, and the gain of merging with it. */
  private readonly partner: Int32Array;
  private readonly gain: Float64Array;
  /** All zero between uses. */
  private readonly scratch: Float64Array;

  constructor(
    private readonly size: number,
    { a, b, weight }: EdgeList,
    private readonly resolution: number,
  ) {
    this.near = [];
    this.between = [];
    this.root = new Int32Array(size);
    for (let index = 0; index < size; index++) {
      this.near.push([]);
      this.between.push([]);
      this.members.push([index]);
      this.root[index] = index;
    }
    this.isStale = new Uint8Array(size);
    this.shares = new Float64Array(size);
    this.partner = new Int32Array(size);
    this.gain = new Float64Array(size);
    this.scratch = new Float64Array(size);
    let ends = 0;
    for (const one of weight) ends += 2 * one;
    for (let edge = 0; edge < weight.length; edge++) {
      const share = weight[edge]! / ends;
      this.link(a[edge]!, b[edge]!, share);
      this.link(b[edge]!, a[edge]!, share);
    }
    for (let index = 0; index < size; index++) this.findPartner(index);
  }

  /** Merges the best pair; false when no union raises modularity any more. */
  step(): boolean {
    const { partner, gain } = this;
    let best = -1;
    let least = TIE;
    for (let index = 0; index < this.size; index++) {
      if (gain[index]! <= least || partner[index]! < 0) continue;
      best = index;
      least = gain[index]! + TIE;
    }
    if (best < 0) return false;
    const other = partner[best]!;
    this.merge(Math.min(best, other), Math.max(best, other));
    return true;
  }

  communities(): number[][] {
    return this.members.filter((_, index) => this.root[index] === index).map((list) => list.sort((a, b) => a - b));
  }

  private link(from: number, to: number, share: number): void {
    this.near[from]!.push(to);
    this.between[from]!.push(share);
    this.shares[from]! += share;
  }

  private merge(into: number, from: number): void {
    this.root[from] = into;
    this.partner[from] = -1;
    this.shares[into]! += this.shares[from]!;
    for (const member of this.members[from]!) this.members[into]!.push(member);
    this.gather(into, from);
    this.findPartner(into);
    const near = this.near[into]!;
    const between = this.between[into]!;
    for (let at = 0; at < near.length; at++) this.reconsider(near[at]!, into, from, between[at]!);
  }

  /** Brings a neighbour of a merged community up to date; only its gain with that one community has changed. */
  private reconsider(index: number, into: number, from: number, between: number): void {
    this.isStale[index] = 1;
    const gain = between - this.resolution * this.shares[index]! * this.shares[into]!;
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

  /** The gain of a union is the rise of modularity, halved. */
  private findPartner(index: number): void {
    if (this.isStale[index]) this.gather(index, index);
    const near = this.near[index]!;
    const between = this.between[index]!;
    const factor = this.resolution * this.shares[index]!;
    let best = -1;
    let bestGain = 0;
    for (let at = 0; at < near.length; at++) {
      const other = near[at]!;
      const gain = between[at]! - factor * this.shares[other]!;
      if (best < 0 || gain > bestGain + TIE || (gain > bestGain - TIE && other < best)) {
        best = other;
        bestGain = gain;
      }
    }
    this.partner[index] = best;
    this.gain[index] = bestGain;
  }

  /** Makes the lists of a community anew, with those of the one that was merged into it. */
  private gather(into: number, from: number): void {
    const near: number[] = [];
    this.collect(this.near[into]!, this.between[into]!, into, near);
    if (from !== into) {
      this.collect(this.near[from]!, this.between[from]!, into, near);
      this.near[from] = [];
      this.between[from] = [];
    }
    const between: number[] = [];
    for (const other of near) {
      between.push(this.scratch[other]!);
      this.scratch[other] = 0;
    }
    this.near[into] = near;
    this.between[into] = between;
    this.isStale[into] = 0;
  }

  private collect(near: readonly number[], between: readonly number[], into: number, found: number[]): void {
    const { scratch, root } = this;
    for (let at = 0; at < near.length; at++) {
      let other = near[at]!;
      while (root[other] !== other) {
        root[other] = root[root[other]!]!;
        other = root[other]!;
      }
      if (other === into) continue;
      if (scratch[other] === 0) found.push(other);
      scratch[other]! += between[at]!;
    }
  }
}

/** Edges by index, in one order whatever the order of the input, so that sums of weights round alike. */
function canonical(names: readonly string[], edges: Iterable<WeightedEdge>): EdgeList {
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const list: [number, number, number][] = [];
  for (const edge of edges) {
    const a = indexOf.get(edge.a);
    const b = indexOf.get(edge.b);
    if (a === undefined || b === undefined || a === b || !(edge.weight > 0)) continue;
    list.push([Math.min(a, b), Math.max(a, b), edge.weight]);
  }
  list.sort((left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2]);
  const sums = { a: [] as number[], b: [] as number[], weight: [] as number[] };
  for (const [a, b, weight] of list) {
    const last = sums.a.length - 1;
    if (sums.a[last] === a && sums.b[last] === b) sums.weight[last]! += weight;
    else {
      sums.a.push(a);
      sums.b.push(b);
      sums.weight.push(weight);
    }
  }
  return sums;
}
