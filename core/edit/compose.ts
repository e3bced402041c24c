import { applyEdits, type Origin, type TextEdit } from './text-edit';

/** A stretch of the text between the two changes, and what makes it one. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** What the first change wrote there; undefined for what the second one replaces. */
  readonly first?: TextEdit;
  readonly second?: TextEdit;
}

/**
 * The edits that do at once what two changes do one after the other. An edit of the second change becomes part of the one of the first
 * whose text it touches, reaches or meets at its border; elsewhere it stays an edit of its own. Code that stood elsewhere before keeps its
 * origins, character by character, but where the second change replaces it.
 * @param edits lead from `before` to the text between; sorted and disjoint
 * @param then lead on from there; sorted and disjoint
 * @returns sorted and disjoint edits of `before`, without those that change nothing
 */
export function composeEdits(before: string, edits: readonly TextEdit[], then: readonly TextEdit[]): TextEdit[] {
  if (then.length === 0) return [...edits];
  const composed: TextEdit[] = [];
  /** How much later than in `before` a character stands in the text between. */
  let shift = 0;
  for (const cluster of clustersOf(stretches(edits, then))) {
    const [{ start }] = cluster;
    const end = Math.max(...cluster.map((one) => one.end));
    const firsts = cluster.flatMap(({ first, start: at }) => (first ? [{ first, at: at - start }] : []));
    const from = start - shift;
    for (const { first } of firsts) shift += first.newText.length - (first.end - first.start);
    const to = end - shift;
    const seconds = cluster.flatMap(({ second }) => (second ? [second] : []));
    if (seconds.length === 0) composed.push(firsts[0]!.first);
    else composed.push(joined(before, { start: from, end: to }, firsts, seconds, start));
  }
  return composed.filter((one) => one.isRewritten || before.slice(one.start, one.end) !== one.newText);
}

/** The origins of a text after edits of it: cut where an edit replaces a part, or puts something between. */
export function movedOrigins(origins: readonly Origin[], edits: readonly TextEdit[]): Origin[] {
  return origins.flatMap((origin) => {
    const parts: Origin[] = [];
    const end = origin.at + origin.length;
    let shift = 0;
    let from = origin.at;
    const keep = (to: number) => {
      if (to > from)
        parts.push({ ...origin, at: from + shift, length: to - from, start: origin.start + from - origin.at });
    };
    for (const edit of edits) {
      if (edit.start >= end) break;
      keep(edit.start);
      from = Math.max(from, edit.end);
      shift += edit.newText.length - (edit.end - edit.start);
    }
    keep(end);
    return parts;
  });
}

/** What both changes do to the text between, in its order. */
function stretches(edits: readonly TextEdit[], then: readonly TextEdit[]): Stretch[] {
  let shift = 0;
  const written = edits.map((first): Stretch => {
    const start = first.start + shift;
    shift += first.newText.length - (first.end - first.start);
    return { start, end: start + first.newText.length, first };
  });
  const replaced = then.map((second): Stretch => ({ start: second.start, end: second.end, second }));
  // The sort is stable: edits of one change stay in their order.
  return [...written, ...replaced].sort((a, b) => a.start - b.start || a.end - b.end);
}

type Cluster = [Stretch, ...Stretch[]];

/** Stretches that become one edit; two of the first change do so only where one of the second brings them together. */
function clustersOf(all: readonly Stretch[]): Cluster[] {
  const clusters: Cluster[] = [];
  let end = -1;
  for (const one of all) {
    const last = clusters.at(-1);
    if (last && one.start <= end && (one.second || last.some(({ second }) => touches(second, one)))) {
      last.push(one);
      end = Math.max(end, one.end);
    } else {
      clusters.push([one]);
      end = one.end;
    }
  }
  return clusters;
}

const touches = (edit: TextEdit | undefined, { start, end }: Stretch): boolean =>
  edit !== undefined && edit.start <= end && start <= edit.end;

/** @param start of the cluster in the text between */
function joined(
  before: string,
  place: { readonly start: number; readonly end: number },
  firsts: readonly { readonly first: TextEdit; readonly at: number }[],
  seconds: readonly TextEdit[],
  start: number,
): TextEdit {
  const parts: string[] = [];
  let from = place.start;
  for (const { first } of firsts) {
    parts.push(before.slice(from, first.start), first.newText);
    from = first.end;
  }
  parts.push(before.slice(from, place.end));
  const between = parts.join('');
  const own = seconds.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const copied = firsts.flatMap(({ first, at }) =>
    (first.origins ?? []).map((origin) => ({ ...origin, at: origin.at + at })),
  );
  const origins = movedOrigins(copied, own);
  return {
    ...place,
    newText: applyEdits(between, own),
    ...(origins.length > 0 ? { origins } : {}),
    ...(firsts.some(({ first }) => first.isRewritten) ? { isRewritten: true as const } : {}),
  };
}
