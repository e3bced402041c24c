import { singular } from '../../../../core/text/inflection';
import { wordsOf as words } from '../../../../core/text/words';

export { words };

/** Words that say something only together with another. */
export const VAGUE =
  /^(?:name|id|key|type|code|status|state|mode|kind|title|path|version|label|number|format|url|lang|language|action|size)$/;

/** Words before a noun that do not say what it is. */
export const NO_KIND =
  /^(?:\w{1,2}|the|any|each|all|and|or|for|from|with|this|that|your|its|not|only|one|valid|invalid|unknown|unsupported|supported|allowed|known|accepted|permitted|possible|available|bad|wrong|illegal|legal|missing|empty|given|provided|new|such|must|whose|what|which|same|other|expected|required|incorrect|unrecognized|unexpected|specified|value|values)$/;

/** `similarity_metric` of `expected_similarity_metrics`: what is said of the list is not said of a member. */
export function withoutListWords(name: string): string {
  const parts = words(name);
  while (parts.length > 1 && parts[0]!.length > 2 && NO_KIND.test(parts[0]!)) parts.shift();
  return parts.join('_');
}

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

/** Whether a name is true of a place that says something itself. */
export function isTrueOf(name: string, place: NamesOfPlace): boolean {
  return place.own.length > 0 && fits(name, place, false);
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
  return a === b || isShortFor(a, b) || isShortFor(b, a);
}

/** A word that names belong to by themselves is short for no other one: `name` is no `namespace`. */
function isShortFor(short: string, word: string): boolean {
  return short.length > 2 && !VAGUE.test(short) && word.startsWith(short);
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

/** Words of the names of classes, functions and files that say of which kind they are, and not what they are about. */
export const CLASS_KIND =
  /^(?:request|response|schema|base|create|update|patch|in|out|input|output|dto|data|config|settings|form|serializer|payload|params|args|body|model|item|entry|record|service|manager|handler|view|router|controller|resolver|command|event|message|api|new|get|set|delete|add|the|of|and|page|component|modal|validate|validator|check|verify|ensure|assert|is|valid|has)$/;

/** Words of the names of files that hold what has no place of its own. */
const FILE_KIND =
  /^(?:index|main|init|common|core|lib|src|app|shared|util|utils|helper|helpers|tool|tools|type|types)$/;

/** A place by what it belongs to. */
interface PlaceAround {
  readonly document: { readonly file: string };
  /** `Class.method` around it. */
  readonly symbol: string;
}

/** So many places have the same pattern by chance. */
export const BY_CHANCE = 2;

/**
 * Whether places speak of one thing, so that a name which says little is meant alike by all: they are too many for chance, or from each of
 * them a chain leads to each other one, of places that stand in one file, or in files, classes or functions that have a telling word in
 * common.
 */
export function areRelated(places: readonly PlaceAround[]): boolean {
  if (places.length > BY_CHANCE) return true;
  const left = new Set(places.map(({ document: { file }, symbol }) => ({ file, words: tellingWords(file, symbol) })));
  const reached = [...left].slice(0, 1);
  // Grows while it is walked.
  for (const one of reached) {
    left.delete(one);
    for (const other of left) {
      if (one.file !== other.file && ![...one.words].some((word) => other.words.has(word))) continue;
      left.delete(other);
      reached.push(other);
    }
  }
  return left.size === 0;
}

function tellingWords(file: string, symbol: string): ReadonlySet<string> {
  const isTelling = (word: string): boolean =>
    word.length > 2 && !VAGUE.test(word) && !CLASS_KIND.test(word) && !FILE_KIND.test(word);
  return new Set([...wordsAround(file, [symbol])].filter(isTelling));
}
