import { wordsOf } from '../../core/text/words';
import { AUTH_WORDS, HARMLESS } from './vocabulary';
import * as data from './vocabulary-stakes';
import { withoutStrings } from './words';

/**
 * Whether something is at stake in guarded code: it starts a process, talks to the network or a database, reads or writes files,
 * decides who may do what, or waits for work that is not its own. Measured on judged findings, a dropped exception is worth a word
 * there; around other code it mostly is the answer that was asked for. Judges by names alone, so it says no when they say nothing.
 * @param code the guarded code
 */
export function isAtStake(code: string): boolean {
  return stakeOf(code) !== undefined;
}

/**
 * As `isAtStake`, for a promise whose rejection is dropped: there only a call that itself leaves the program counts, as functions of
 * the program that nobody waits for tend to report their failures themselves.
 */
export function isPromiseAtStake(code: string): boolean {
  return stakeOf(code) === 'direct';
}

function stakeOf(code: string): 'direct' | 'named' | 'awaited' | undefined {
  const bare = withoutStrings(code).replace(/\s+(?=\??\.[A-Za-z_$])/g, '');
  if (/\.\$(?:query|execute)Raw\w*(?:`|"")/.test(bare)) return 'direct';
  let stake: 'named' | 'awaited' | undefined;
  for (const { 1: callee, 2: first, index } of bare.matchAll(
    /(?<![\w$.?!])(?<!\bdef[ \t])(?<!\bfunction[ \t])([A-Za-z_$][\w$.?!]*)(?:<[^()<>]*>)?\((?=(.?))/g,
  )) {
    const path = callee!.replace(/[?!]/g, '').split('.');
    const last = path.pop() ?? '';
    const owner = path.at(-1) ?? '';
    if (data.NICETIES.test(last) || data.NICE_OWNERS.test(owner)) continue;
    const own = leaves(last, owner, first === ')');
    if (own === 'direct') return own;
    if (own) stake = own;
    if (
      WAITED.test(bare.slice(Math.max(0, index - 40), index)) &&
      !data.WAITS.test(last) &&
      !HARMLESS.test(last) &&
      !data.CONVERTS.test(last)
    )
      stake ??= 'awaited';
  }
  return stake;
}

/** What stands before a call whose end is waited for. */
const WAITED = /\b(?:await|async with|yield)[ \t\n(]*$/;

/** Whether one call leaves the program: directly by what it is called on or a well-known function, or by the first word of its name. */
function leaves(last: string, owner: string, isWithoutArguments: boolean): 'direct' | 'named' | undefined {
  if (data.CONVERTS.test(last)) return undefined;
  const words = wordsOf(last);
  const verb = words[0] ?? '';
  const on = wordsOf(owner).at(-1) ?? '';
  if (data.OUTSIDE_OWNERS.has(on))
    return !HARMLESS.test(last) || last === 'get' || last === 'find' ? 'direct' : undefined;
  if (data.SYSTEM_OWNERS.has(on) && data.SYSTEM_CALLS.test(last)) return 'direct';
  if (owner === '' && data.WELL_KNOWN.test(last)) return last === 'open' && isWithoutArguments ? undefined : 'direct';
  if (last === verb && data.PLAIN_WHEN_ALONE.has(verb)) return undefined;
  if (data.OUTSIDE_VERBS.has(verb)) return 'named';
  return words.some((word) => AUTH_WORDS.has(word)) && data.AUTH_VERBS.has(verb) ? 'named' : undefined;
}
