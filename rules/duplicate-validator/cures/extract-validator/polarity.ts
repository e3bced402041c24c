import { Refusal } from '../../../../core/edit/refusal';
import { rejectsTrue } from '../../python-guard';
import { isOneOfSeveral } from './meaning';
import { words } from './noun-words';
import { type Site, textOf } from './site';
import { truthPlace } from './truth-place';
import type { Cluster } from './unify';

/** What the functions of a cluster ask that say yes to what is wrong: `invalid` and `token` of `_invalid_token`. */
export interface WrongAsked {
  readonly word: string;
  /** What is wrong then, as far as all names begin alike. */
  readonly noun: string | undefined;
}

/** Words of a name that ask for what is wrong, or for a state that is no question of right and wrong. */
const WRONG = /^(?:invalid|illegal|unsupported|forbidden|bad|unknown|missing|malformed|broken|disallowed|incomplete)$/;
const PREPOSITION = /^(?:of|for|in|with|at|on|to|by|and|or|from)$/;
const LEAD = /^(?:is|are|has|have|check|validate|verify|ensure|the|an?)$/;

/**
 * Whether functions that answer yes or no say yes to what is wrong, so that a name with `valid` in it would turn their meaning round.
 * @throws Refusal `no-common-name` where some do and others do not
 */
export function wrongAsked({ units }: Cluster): WrongAsked | undefined {
  if (units[0]!.returns !== 'boolean' || units.some(({ kind, site }) => kind !== 'body' || !site.owner))
    return undefined;
  const names = units.map(({ site }) => words(textOf(site.document, site.owner!.childForFieldName('name')!)));
  const wrong = names.map((name) => name.find((word) => WRONG.test(word)));
  const [word] = wrong;
  if (wrong.some((one) => one !== word)) throw new Refusal('no-common-name', {}, units[0]!.site.place);
  if (word === undefined) return undefined;
  const rests = names.map((name) => name.slice(name.indexOf(word) + 1));
  const starts = names.every((name) => name.slice(0, name.indexOf(word)).every((one) => LEAD.test(one)));
  let count = 0;
  while (count < rests[0]!.length && rests.every((rest) => rest[count] === rests[0]![count])) count++;
  while (count > 0 && PREPOSITION.test(rests[0]![count - 1]!)) count--;
  const noun = starts && count > 0 ? rests[0]!.slice(0, count).join('_') : undefined;
  return { word, noun };
}

/**
 * What a predicate is called whose yes means that a place rejects: `is_forbidden_label` after the constant that holds the pattern, else
 * `is_invalid_label`.
 * @param noun what all places say of what they check
 * @returns undefined where a yes means that all is well, as mostly
 * @throws Refusal `no-common-name` where the pattern has no name and is one of several things that may be wrong
 */
export function refusingVerbs(sites: readonly Site[], noun: string): string[] | undefined {
  const said = sites.map(rejectsFitting);
  if (!said.includes(true)) return undefined;
  if (said.includes(false)) return ['matches'];
  if (sites.some(({ check }) => isNamedAfter(noun, check?.held?.name))) return ['is', 'matches'];
  const one = sites.find(({ check, owner, document }) =>
    isOneOfSeveral(owner, check ? textOf(document, check.subject) : '', document.source),
  );
  if (one) throw new Refusal('no-common-name', {}, one.place);
  return ['is_invalid', 'matches'];
}

/** Whether a noun is what a constant is called: `email` and `EMAIL_PATTERN`. */
export function isNamedAfter(noun: string, constant: string | undefined): boolean {
  const parts = words(constant ?? '');
  if (parts.length > 1 && /^(?:re|regex|regexp|pattern|rx|format)$/.test(parts.at(-1)!)) parts.pop();
  return parts.join('_') === noun;
}

function rejectsFitting({ check, document: { source } }: Site): boolean | undefined {
  const place = check && truthPlace(check.node, source);
  const rejects = place && rejectsTrue(place.node, source);
  return rejects === undefined ? undefined : rejects !== place!.isNegated;
}
