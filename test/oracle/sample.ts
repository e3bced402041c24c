/** `count` elements chosen at random but repeatably: the same seed gives the same choice. Order is kept. */
export function sample<T>(elements: readonly T[], count: number, seed: number): T[] {
  return shuffle([...elements.keys()], seed)
    .slice(0, Math.max(0, count))
    .sort((a, b) => a - b)
    .map((index) => elements[index]!);
}

/** The elements in an order that only the seed and their number decide: Fisher-Yates. */
export function shuffle<T>(elements: readonly T[], seed: number): T[] {
  const random = mulberry32(seed);
  const list = [...elements];
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list;
}

/** Mulberry32 by Tommy Ettinger: 32 bits of state, good enough to choose files. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
