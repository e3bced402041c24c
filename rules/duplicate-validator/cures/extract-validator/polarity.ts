import { Refusal } from '../../../../core/edit/refusal';
import { words } from './noun-words';
import { textOf } from './site';
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
