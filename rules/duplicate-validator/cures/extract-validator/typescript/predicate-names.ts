import type { MessageArgs } from '../../../../../core/rule/finding';
import { singular } from '../../../../../core/text/inflection';
import { pascalOf as pascal } from '../../../../../core/text/words';
import { lastPart } from '../../../place';
import { eitherOf, isTooWide, memberWords } from '../meaning';
import { VAGUE, words } from '../noun-words';
import { isNamedAfter } from '../polarity';
import type { SaidPlace } from './clues';
import { EMPTY } from './names-of-place';

/** Why no name is true, and at which of the places. */
export interface NameProblem {
  readonly code: 'no-common-name' | 'name-taken' | 'other-values' | 'looks-inside';
  readonly at: number;
  readonly args?: MessageArgs;
}

export const isProblem = (one: readonly string[] | NameProblem): one is NameProblem => 'code' in one;

/**
 * What a predicate may be called that some places ask, the best first: `isValidEmail`.
 * @param noun what they check, in snake case
 */
export function predicateNames(noun: string, asking: readonly SaidPlace[]): readonly string[] | NameProblem {
  const clues = asking.map((one) => one.clues);
  const inside = clues.findIndex((one) => one.looksInside || isOfPart(noun, one));
  if (inside >= 0) return { code: 'looks-inside', at: inside };
  const isRefused = clues.every(({ rejects }) => rejects === true);
  const isHeld = clues.some(({ held }) => isNamedAfter(noun, held));
  // The constant says what is refused; else it is one of several things that may be wrong, and nothing says which.
  const one = clues.findIndex(({ isOneOfSeveral }) => isOneOfSeveral);
  if (isRefused && !isHeld && one >= 0) return { code: 'no-common-name', at: one };
  const common = commonAsked(asking);
  // Anything is a value.
  if (common === undefined && EMPTY.test(noun)) return { code: 'no-common-name', at: 0 };
  const isSplit = clues.some(({ rejects }) => rejects === true) && !isRefused;
  // A pattern lists a few words, and the noun is true of many others: every block has a type.
  const saysTooLittle = clues[0]?.isListing === true && isTooWide(noun, false);
  // What one place wants and another one refuses is neither valid nor invalid.
  if (common === undefined && !isHeld && (isSplit || saysTooLittle)) return { code: 'no-common-name', at: 0 };
  const isSaid = /^(?:safe|secure|known|trusted)_/.test(noun);
  const verbs = isRefused
    ? [isHeld ? 'is' : 'isInvalid']
    : isSplit || isSaid || isOneOfList(noun, asking)
      ? ['is', 'isValid'].slice(0, isSplit ? 1 : 2)
      : ['isValid', 'is', 'hasValid'];
  const members = common !== undefined || isRefused || isSplit ? undefined : membersName(noun, asking);
  if (typeof members === 'object') return members;
  // What the list is called says more than its members.
  const hasName = clues.some(({ constant }) => constant !== undefined);
  const either = hasName ? undefined : members;
  // Every member of an enumeration is valid; where nobody gave these a name, nothing says which of them they are.
  const some = either === undefined ? clues.findIndex(({ kind, paths, held }) => kind === 'set' && paths && !held) : -1;
  if (some >= 0 && common === undefined) return { code: 'no-common-name', at: some };
  // Any code has a status, and some of its values are valid here alone.
  const isBare = either === undefined && VAGUE.test(noun) && !hasName;
  const bare = isBare && !isRefused ? clues.findIndex(({ kind }) => kind === 'set') : -1;
  if (bare >= 0 && common === undefined) return { code: 'no-common-name', at: bare };
  const names = [
    ...(common === undefined ? [] : [common]),
    ...(either === undefined ? [] : [`is${pascal(either)}`]),
    ...verbs.map((verb) => verb + pascal(noun)),
  ];
  // A place that has the question under this name asks a little more, or less: two answers to one question.
  const own =
    common === undefined ? asking.findIndex(({ symbol }) => asked(lastPart(symbol)) === asked(names[0]!)) : -1;
  return own < 0 ? names : { code: 'name-taken', at: own, args: { name: names[0]! } };
}

/** `VARIABLE_PATTERN.test(message)` without an anchor: the name is of what is found in the text, which is no variable itself. */
function isOfPart(noun: string, { isLoose, held, subject }: SaidPlace['clues']): boolean {
  const said = words(noun);
  const isOther = subject !== undefined && !words(subject).some((word) => said.includes(word));
  return isLoose === true && isNamedAfter(noun, held) && isOther;
}

/** `validOrder` and `isValidOrder` are one question. */
const asked = (name: string): string => words(name).join('_').replace(/^is_/, '');

/** `isWebOrSite`: what the values themselves say, where the noun is of others as well. */
export function eitherNames([first]: readonly SaidPlace[]): string[] {
  const either =
    first?.clues.paths || first?.clues.constant !== undefined ? undefined : eitherOf(first?.clues.texts ?? []);
  return either === undefined ? [] : [`is${pascal(either)}`];
}

/** Functions of one name that only ask: the shared one is called so too. */
function commonAsked(asking: readonly SaidPlace[]): string | undefined {
  const [first, ...others] = asking.map(({ clues }) => clues.asked);
  return first !== undefined && /^(?:is|has)[A-Z]/.test(first) && others.every((one) => one === first)
    ? first
    : undefined;
}

/**
 * `lazyImports.includes(resource)` and `SSO_PLANS.includes(plan)`: what stands in a list of such things is one, where no place says that
 * the list is of valid ones, or calls by the same name what it checks.
 */
function isOneOfList(noun: string, asking: readonly SaidPlace[]): boolean {
  return asking.every(({ clues: { kind, held, subject } }) => {
    if (kind !== 'set' || held === undefined || !subject) return false;
    const list = words(held).join('_');
    return list !== noun && singular(list) === noun && words(subject).join('_') !== noun;
  });
}

/** `pass_or_fail` where two words are all that is allowed and the noun alone would promise more. */
function membersName(noun: string, asking: readonly SaidPlace[]): string | NameProblem | undefined {
  const sets = asking.flatMap(({ clues }, at) => (clues.kind === 'set' && clues.subject !== undefined ? [at] : []));
  const [first] = sets;
  if (first === undefined) return undefined;
  const { paths = [], texts = [] } = asking[first]!.clues;
  // Every member of an enumeration is valid; of two of them the name can say which.
  if (paths.length > 0 && paths.every((one) => /^[A-Z]\w*\.\w+$/.test(one))) return eitherOf(memberWords(paths));
  const other = sets.find((at) => asking[at]!.clues.comparesOthers);
  const either = isTooWide(noun, other !== undefined) ? eitherOf(texts) : undefined;
  if (other === undefined || either !== undefined || texts.length === 0) return either;
  return { code: 'other-values', at: other, args: { name: asking[other]!.clues.subject! } };
}
