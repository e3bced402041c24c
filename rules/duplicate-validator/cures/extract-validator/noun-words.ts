import { singular } from '../../../../core/text/inflection';
import { wordsOf as words } from '../../../../core/text/words';

export { words };

/** Words that say something only together with another. */
export const VAGUE =
  /^(?:name|id|key|type|code|status|state|mode|kind|title|path|version|label|number|format|url|lang|language|action|size)$/;

/** What a place says of what it checks. */
export interface NamesOfPlace {
  /** Its own names in snake case, from the most telling to the least. */
  readonly own: readonly string[];
  /** The words of what stands around it. */
  readonly context: ReadonlySet<string>;
}

/**
 * The name that is true of every place, the most telling first; undefined where the places name different things or nothing.
 * @param areTold what they have in common says that they check the same, so that a place without a name agrees with the others
 */
export function commonName(places: readonly NamesOfPlace[], areTold: boolean): string | undefined {
  const votes = new Map<string, number>();
  for (const { own } of places) for (const name of own) votes.set(name, (votes.get(name) ?? 0) + 1);
  const ranked = [...votes.keys()].sort(
    (a, b) => words(b).length - words(a).length || votes.get(b)! - votes.get(a)! || b.length - a.length,
  );
  return ranked.find((name) =>
    places.every((place) => fits(name, place, areTold || votes.get(name)! > 1) || isHead(name, place.own, votes)),
  );
}

/** Whether a name is true of a place: it is the place's own, or the end of one, or the rest of it is in what stands around. */
function fits(name: string, { own, context }: NamesOfPlace, isAgreed: boolean): boolean {
  const parts = words(name);
  // Who allows the same few values means the same; a pattern alone does not tell, unless others agree on the name.
  if (own.length === 0) return isAgreed || parts.some((part) => context.has(part) && !VAGUE.test(part));
  return own.some((one) => {
    const others = words(one);
    if (isEnd(parts, others) || isEnd(parts, withoutVagueEnd(others)) || isEnd(withoutVagueEnd(parts), others))
      return true;
    return isEnd(others, parts) && parts.slice(0, -others.length).every((part) => context.has(part));
  });
}

/** `model` beside `name`, where another place says `model_name`: they are about one thing. */
function isHead(name: string, own: readonly string[], votes: ReadonlyMap<string, number>): boolean {
  return own.some((one) => votes.has(`${one}_${name}`));
}

function isEnd(end: readonly string[], list: readonly string[]): boolean {
  const offset = list.length - end.length;
  return offset >= 0 && end.length > 0 && end.every((word, at) => isSameWord(word, list[offset + at]!));
}

/** `prec` and `precision` are one word. */
function isSameWord(a: string, b: string): boolean {
  return a === b || (a.length > 2 && b.startsWith(a)) || (b.length > 2 && a.startsWith(b));
}

/** `runtime_id` is about a runtime. */
function withoutVagueEnd(list: readonly string[]): readonly string[] {
  return list.length > 1 && VAGUE.test(list.at(-1)!) ? list.slice(0, -1) : list;
}

/**
 * The words of what stands around a place, with their singulars.
 * @param file from the workspace's root; its last folder and its own name count
 * @param others names of class and function, and messages
 */
export function wordsAround(file: string, others: readonly string[]): ReadonlySet<string> {
  const near = file
    .replace(/\.\w+$/, '')
    .split('/')
    .slice(-2)
    .join('_');
  return new Set([near, ...others].flatMap(words).flatMap((one) => [one, singular(one)]));
}
