import type { At, BodyFact, RegexFact, SetFact } from './facts';

/** A string, a template and a pattern are one token each; whatever else is a word, a number or an operator. */
const TOKEN =
  /[bfruBFRU]{0,2}"(?:[^"\\\n]|\\.)*"|[bfruBFRU]{0,2}'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=[(!&|=,\s]|^)\/(?![/*\s])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|\d[\w.]*|[A-Za-z_$][\w$]*|[<>=!]=?=?|&&|\|\|/g;

/** What the conditions of a validator must say together; below, it is what everybody writes. */
export const MIN_WEIGHT = 8;

/**
 * How much a condition says: one for each name, operator and constant, two more for a constant that carries a decision (65535, a
 * word), so that `not v` and `v <= 0` are little and `not 1 <= v <= 65535` is much.
 */
export function conditionWeight(condition: string): number {
  let weight = 0;
  for (const [token] of condition.slice(0, 2000).matchAll(TOKEN))
    weight += /^(?:["'][\w .-]{2,}["']|\d{2,}.*|[2-9])$/.test(token) ? 3 : 1;
  return weight;
}

/** What the conditions of a Python body say together: what stands between `if` and the colon that ends a line. */
export function bodyWeight(body: string): number {
  let weight = 0;
  for (const hit of body.matchAll(/^[ \t]*(?:el)?if\b([\s\S]*?):[ \t]*(?:#[^\n]*)?$/gm))
    weight += conditionWeight(hit[1]!);
  return weight;
}

/** Whether a statement calls nothing but these names and their methods: what asks other objects does more than validate. */
export function callsOnly(statement: string, known: ReadonlySet<string>): boolean {
  for (const hit of statement.matchAll(/(?<![\w$.)\]"'`])([A-Za-z_$][\w$]*)(?:\.[\w$]+)*\s*\(/g)) {
    if (!known.has(hit[1]!) && !/^(?:not|and|or|in|if|else|return|await|function|lambda)$/.test(hit[1]!)) return false;
  }
  return true;
}

/** Whether a function that answers yes or no says that it validates. */
export function isValidatorName(name: string): boolean {
  return /valid|verif|check|ensure|assert|safe|allow|legal|accept|permit|conform/i.test(name);
}

/** The patterns and sets that a body holds, by lines. */
export function coversOf(checks: readonly (RegexFact | SetFact)[], at: At, endLine: number): BodyFact['covers'] {
  return checks
    .filter((one) => one.at[0] >= at[0] && one.at[0] <= endLine)
    .map((one) => [one.key, one.via ?? '', one.kind === 'regex' ? one.atoms : Number.MAX_SAFE_INTEGER] as const);
}
