import { isFreeName, type UsePlace } from '../../../../core/edit/python/new-module/free-name';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import type { Snapshot } from '../../../../core/edit/snapshot';
import { pythonStringValue } from '../../../../core/syntax/python';
import { driftName } from '../../drift';
import type { ValidationFact } from '../../facts';
import { comparesOthers, eitherOf, isTooWide, memberWords } from './meaning';
import { EMPTY, isReserved } from './naming';
import { refusingVerbs, wrongAsked } from './polarity';
import { type Site, textOf } from './site';
import type { Cluster } from './unify';

interface Names {
  readonly noun: string;
  readonly validator: string | undefined;
  readonly predicate: string | undefined;
  /** `binary_or_multiclass` where the predicate is called after all that is allowed. */
  readonly either?: string;
}

/**
 * Names for the shared functions that mean nothing yet, neither where they go nor where they will be called.
 * @throws Refusal `name-taken`, `invalid-name`
 */
export function namesFor(
  noun: string,
  wanted: string | undefined,
  cluster: Cluster | undefined,
  needsPredicate: boolean,
  target: CodeTarget,
  sites: readonly Site[],
  snapshot: Snapshot,
): Names {
  const key = keyOf(sites[0]!, snapshot);
  const uses = usesOf(sites);
  const isFree = (name: string): boolean => isFreeName(name, target, uses);
  // Only the name of the function that holds the pattern is compared with those of others.
  const isNew = (name: string): boolean => isFree(name) && !drifts(name, sites[0]!, key, snapshot);
  const answers = cluster?.units[0]?.returns === 'boolean';
  const refusing = wanted === undefined && (!cluster || needsPredicate) ? refusingVerbs(sites, noun) : undefined;
  // Every member of an enumeration is valid; the places allow some of them.
  const allowing = sites[0]!.check && sites[0]!.check.roots.length > 0 ? ['is_allowed', 'is_accepted'] : ['is_valid'];
  const wrong = cluster && wrongAsked(cluster);
  const verbs =
    cluster && !answers
      ? ['validate', 'check', 'ensure']
      : wrong
        ? [`is_${wrong.word}`]
        : (refusing ?? [...allowing, 'is']);
  if (wanted !== undefined) {
    if (!/^[A-Za-z_]\w*$/.test(wanted) || isReserved(wanted)) throw new Refusal('invalid-name', { name: wanted });
    if (!isFree(wanted)) throw new Refusal('name-taken', { name: wanted, file: target.file });
  }
  const lead = isPrivateHere(target, sites) ? '_' : '';
  const either = cluster || refusing || wanted !== undefined ? undefined : membersName(noun, sites);
  if (either !== undefined && isFree(`${lead}is_${either}`))
    return { noun, validator: undefined, predicate: `${lead}is_${either}`, either };
  // Beside a place that asks the question under its own name, and a little more, there would be two names for one question.
  const twin =
    wanted === undefined && !cluster ? sites.find((site) => isCalled(site, `${verbs[0]}_${noun}`)) : undefined;
  if (twin) throw new Refusal('name-taken', { name: `${verbs[0]}_${noun}`, file: twin.document.file }, twin.place);
  for (const { verb, stem } of candidates(noun, verbs, sites[0]!)) {
    const main = wanted ?? `${lead}${verb}_${stem}`;
    const questions = (refusing ?? [...allowing, 'has_valid', 'is'])
      .map((one) => `${lead}${one}_${stem}`)
      .filter((one) => one !== main);
    const second = cluster && needsPredicate ? questions.find(isNew) : undefined;
    if (!(second === undefined ? isNew : isFree)(main) || (cluster && needsPredicate && second === undefined)) continue;
    return { noun: stem, validator: cluster ? main : undefined, predicate: cluster ? second : main };
  }
  throw new Refusal('name-taken', { name: `${verbs[0]}_${noun}`, file: target.file });
}

/**
 * `pass_or_fail` where two words are all that is allowed and the noun alone would promise more.
 * @throws Refusal `other-values` where the same name is compared with other values too, and these cannot be said in a name
 */
function membersName(noun: string, sites: readonly Site[]): string | undefined {
  const [{ check, document }] = sites as readonly [Site, ...Site[]];
  if (!check || check.mode !== undefined) return undefined;
  // Every member of an enumeration is valid; of two of them the name can say which.
  if (check.roots.length > 0) {
    const paths = check.roots.map(({ start }) => /^[\w.]+/.exec(document.source.text.slice(start, start + 500))![0]);
    return check.literal.namedChildren.length === paths.length ? eitherOf(memberWords(paths)) : undefined;
  }
  const display =
    check.literal.type === 'call' ? check.literal.descendantsOfType(['list', 'tuple', 'set'])[0] : check.literal;
  const members = (display?.namedChildren ?? [])
    .filter(({ type }) => type !== 'comment')
    .map((one) => pythonStringValue(one, document.source)?.value);
  const site = sites.find((one) => {
    const subject = /(\w+)$/.exec(textOf(one.document, one.check!.subject))?.[1];
    const own = one.owner ? textOf(one.document, one.owner) : '';
    // What another function calls a value is another value.
    const text = EMPTY.test(subject ?? '') ? own : one.document.source.text;
    return subject !== undefined && comparesOthers(text, own, subject, members);
  });
  const either = isTooWide(noun, site !== undefined) ? eitherOf(members) : undefined;
  if (site && either === undefined && members.length > 0) {
    const args = {
      line: site.place.range.start.line + 1,
      file: site.document.file,
      name: textOf(site.document, site.check!.subject),
    };
    throw new Refusal('other-values', args, site.place);
  }
  return either;
}

/** Whether the function around a place has a name, private or not. */
function isCalled({ owner, document }: Site, name: string): boolean {
  const own = owner?.childForFieldName('name');
  return own != null && textOf(document, own).replace(/^_+/, '') === name;
}

/** Whether the functions serve one module alone whose own helpers are private, so that one more is expected to be. */
function isPrivateHere({ file, document }: CodeTarget, sites: readonly Site[]): boolean {
  if (!document || sites.some((site) => site.document.file !== file)) return false;
  const functions = [...document.semantics.root.bindings.values()].filter(({ kind }) => kind === 'function');
  const hidden = functions.filter(({ name }) => /^_[A-Za-z]/.test(name));
  const isListed = document.semantics.root.bindings.has('__all__');
  // What a module lists is what others may use of it, and nobody else needs the new function.
  return isListed || (hidden.length > 0 && hidden.length * 2 >= functions.length);
}

/** Whether another pattern goes by that name already: the new function would be taken for a copy of it that somebody changed. */
function drifts(name: string, { check }: Site, key: string, snapshot: Snapshot): boolean {
  const own = driftName(name);
  if (check?.mode === undefined || own === undefined) return false;
  return snapshot.files.some((file) => {
    const facts = (snapshot.facts(file)?.byCollector['duplicate-validator'] ??
      []) as unknown as readonly ValidationFact[];
    return facts.some(
      (one) => one.kind === 'regex' && one.key !== key && one.name !== undefined && driftName(one.name) === own,
    );
  });
}

const CHARACTERS: readonly (readonly [string, string])[] = [
  ['/', 'slash'],
  [' ', 'space'],
  ['@', 'at_sign'],
];

/** The noun, then with what sets this pattern apart from one that has the name already, then with other verbs; never with a number. */
function candidates(
  noun: string,
  verbs: readonly string[],
  { check, document }: Site,
): { verb: string; stem: string }[] {
  const pattern = check?.mode === undefined ? undefined : pythonStringValue(check.literal, document.source)?.value;
  const [, special] = CHARACTERS.find(([character]) => pattern?.includes(character)) ?? [];
  const verb = verbs[0]!;
  return [
    { verb, stem: noun },
    ...(special ? [{ verb, stem: `${noun}_with_${special}` }] : []),
    ...verbs.slice(1).map((other) => ({ verb: other, stem: noun })),
  ];
}

/** Where the shared functions will be called. */
function usesOf(sites: readonly Site[]): UsePlace[] {
  return sites.map(({ check, owner, place, document }) => {
    const body = owner?.childForFieldName('body');
    return { document, at: check?.node.startIndex ?? body?.startIndex ?? document.source.offsetAt(place.range.start) };
  });
}

/** The normal form of the pattern at a place. */
function keyOf({ document, place }: Site, snapshot: Snapshot): string {
  const facts = (snapshot.facts(document.file)?.byCollector['duplicate-validator'] ??
    []) as unknown as readonly ValidationFact[];
  const { line, character } = place.range.start;
  return facts.find((one) => one.at[0] === line && one.at[1] === character)?.key ?? '';
}
