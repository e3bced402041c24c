import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { plural, singular } from '../../../../../core/text/inflection';
import {
  alternatives,
  areNamedApart,
  comparesOthers,
  eitherOf,
  isOneOfSeveral,
  isTooWide,
  looksForMarkup,
  memberWords,
} from '../meaning';
import { words } from '../noun-words';
import { isNamedAfter } from '../polarity';
import type { Cluster } from '../unify';
import type { HeldConstant } from './check';
import { commonName } from './cluster';
import { type NameFinder, pascal, stemOf, upper } from './names';
import { EMPTY, nounOf } from './noun';
import type { Plan, SharedConstant } from './plan';
import { type Site, textOf } from './site';
import type { Target } from './target';
import type { Unit } from './unit';
import { rejectsFitting } from './use';

/** @throws Refusal `no-common-name` */
export function commonNoun(sites: readonly Site[], cluster: Cluster<Unit> | undefined): string {
  const held = sites.flatMap(({ check, document: { file } }) => (check?.held ? [{ file, name: check.held.name }] : []));
  if (areNamedApart(held)) throw new Refusal('no-common-name', {}, sites[0]!.place);
  const own = cluster && commonName(cluster);
  const isTelling = own !== undefined && words(own).length > 1;
  // What functions that only ask are called says more of them than one of their conditions.
  if (isTelling && cluster?.units.every(({ returns }) => returns === 'boolean') && /^(?:is|has)[A-Z]/.test(own))
    return stemOf(own);
  const noun = nounOf(sites, isTelling ? stemOf(own) : undefined);
  if (noun === undefined) throw new Refusal('no-common-name', {}, sites[0]!.place);
  return noun;
}

export function predicateName(
  noun: string,
  uses: Plan['uses'],
  wanted: string | undefined,
  finder: NameFinder,
  target: Target,
): string {
  if (wanted !== undefined) return finder.wanted(wanted);
  refuseMarkup(uses);
  const said = uses.flatMap(({ site, use }) =>
    use.kind === 'predicate' ? [rejectsFitting(use, site.document.source)] : [],
  );
  const own = pascal(noun);
  const isRefused = said.every((one) => one === true);
  const isHeld = uses.some(({ site }) => isNamedAfter(noun, site.check?.held?.name));
  // The constant says what is refused; else it is one of several things that may be wrong, and nothing says which.
  const one = uses.find(({ site: { check, owner, document }, use }) =>
    use.kind === 'predicate' && check?.subject
      ? isOneOfSeveral(owner, textOf(document, check.subject), document.source)
      : false,
  );
  if (isRefused && !isHeld && one) throw new Refusal('no-common-name', {}, one.site.place);
  const common = commonPredicate(uses);
  const isSplit = said.includes(true) && !isRefused;
  // What one place wants and another one refuses is neither valid nor invalid.
  if (!common && !isHeld && (isSplit || saysTooLittle(noun, uses)))
    throw new Refusal('no-common-name', {}, uses[0]!.site.place);
  const isSaid = /^(?:safe|secure|known|trusted)_/.test(noun);
  const verbs = isRefused
    ? [isHeld ? 'is' : 'isInvalid']
    : isSplit || isSaid || isOneOfList(noun, uses)
      ? ['is', 'isValid'].slice(0, isSplit ? 1 : 2)
      : ['isValid', 'is', 'hasValid'];
  const either = common || said.includes(true) ? undefined : membersName(noun, uses);
  const candidates = [
    ...(common ? [common] : []),
    ...(either ? [`is${pascal(either)}`] : []),
    ...verbs.map((verb) => verb + own),
  ];
  const found = finder.first(candidates, true, true);
  if (found === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return found;
}

/** `lazyImports.includes(resource)`: what stands in a list of such things is one, where no place says that the list is of valid ones. */
function isOneOfList(noun: string, uses: Plan['uses']): boolean {
  return uses.every(({ site: { check, document } }) => {
    if (check?.kind !== 'set' || !check.held || !check.subject) return false;
    const subject = words(textOf(document, check.subject));
    const list = words(check.held.name).join('_');
    return list !== noun && singular(list) === noun && subject.at(-1) !== words(noun).at(-1);
  });
}

/** Whether a pattern is a list of a few words, and the noun is true of many others: every block has a type. */
function saysTooLittle(noun: string, uses: Plan['uses']): boolean {
  const site = uses.find(({ use }) => use.kind === 'predicate')?.site;
  const pattern = site && patternOf(site);
  return pattern !== undefined && alternatives(pattern) !== undefined && isTooWide(noun, false);
}

/** The source of a regular expression. */
function patternOf({ check, document }: Site): string | undefined {
  return check?.kind === 'pattern' ? /^\/(.+)\/\w*$/s.exec(textOf(document, check.literal))?.[1] : undefined;
}

/** @throws Refusal `looks-inside` */
function refuseMarkup(uses: Plan['uses']): void {
  const site = uses.find(({ use }) => use.kind === 'predicate')?.site;
  const pattern = site && patternOf(site);
  if (site && pattern !== undefined && looksForMarkup(pattern, true))
    throw new Refusal('looks-inside', { line: site.place.range.start.line + 1, file: site.place.file }, site.place);
}

/**
 * `pass_or_fail` where two words are all that is allowed and the noun alone would promise more.
 * @throws Refusal `other-values`
 */
function membersName(noun: string, uses: Plan['uses']): string | undefined {
  const sites = uses.flatMap(({ site }) => (site.check?.kind === 'set' && site.check.subject ? [site] : []));
  const [first] = sites;
  if (!first) return undefined;
  const { source } = first.document;
  const paths = first.check!.literal.descendantsOfType('member_expression').map((one) => textOf(first.document, one));
  // Every member of an enumeration is valid; of two of them the name can say which.
  if (paths.length > 0 && paths.every((one) => /^[A-Z]\w*\.\w+$/.test(one))) return eitherOf(memberWords(paths));
  const texts = first
    .check!.literal.descendantsOfType('string')
    .map((one) => source.slice(one.startIndex + 1, one.endIndex - 1));
  const site = sites.find(({ document, owner, check }) => {
    const subject = check!.subject!;
    const name = /([\w$]+)$/.exec(document.source.slice(subject.startIndex, subject.endIndex))?.[1];
    const own = owner ? textOf(document, owner) : '';
    // What another function calls a value is another value.
    const text = EMPTY.test(words(name ?? '').join('_')) ? own : document.source.text;
    return name !== undefined && comparesOthers(text, own, name, texts);
  });
  const either = isTooWide(noun, site !== undefined) ? eitherOf(texts) : undefined;
  if (site && either === undefined && texts.length > 0) {
    const name = site.document.source.slice(site.check!.subject!.startIndex, site.check!.subject!.endIndex);
    const { range, file } = site.place;
    throw new Refusal('other-values', { line: range.start.line + 1, file, name }, site.place);
  }
  return either;
}

/** Functions of one name that only ask: the shared one is called so too, where that is no name of the place. */
function commonPredicate(uses: Plan['uses']): string | undefined {
  const names = uses.map(({ site, use }) => {
    const parent = use.kind === 'predicate' ? use.node.parent : undefined;
    const isAnswer = parent?.type === 'return_statement' || parent?.type === 'arrow_function';
    return isAnswer && site.owner ? typeScriptNameOf(site.owner, site.document.source) : undefined;
  });
  const [first] = names;
  return first !== undefined && /^(?:is|has)[A-Z]/.test(first) && names.every((one) => one === first)
    ? first
    : undefined;
}

export function validatorName(
  noun: string,
  cluster: Cluster<Unit>,
  wanted: string | undefined,
  finder: NameFinder,
  target: Target,
): string {
  if (wanted !== undefined) return finder.wanted(wanted);
  const common = commonName(cluster);
  const [unit] = cluster.units;
  const verbs = unit!.returns === 'boolean' ? ['isValid', 'is'] : ['validate', 'check', 'ensure', 'assert'];
  const own = pascal(noun);
  const candidates = [...(common && /^[a-z]\w*[A-Z]/.test(common) ? [common] : []), ...verbs.map((verb) => verb + own)];
  const found = finder.first(candidates, true, unit!.returns === 'boolean');
  if (found === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return found;
}

export function constantFor(
  noun: string,
  holder: Site,
  isShared: boolean,
  wanted: string | undefined,
  finder: NameFinder,
  target: Target,
): SharedConstant {
  const { held, kind } = holder.check!;
  if (wanted !== undefined) return { name: finder.wanted(wanted), isShared, there: undefined };
  if (held && holder.document.file === target.file && isAtTop(held, holder.document))
    return { name: held.name, isShared, there: held };
  const stem = upper(noun);
  const candidates =
    kind === 'pattern'
      ? [`${stem}_PATTERN`, `${stem}_REGEX`, `VALID_${stem}_PATTERN`, `SHARED_${stem}_PATTERN`]
      : [...['VALID', 'KNOWN', 'ALLOWED'].map((one) => `${one}_${upper(plural(noun))}`), `${stem}_VALUES`];
  const list = words(held?.name ?? '').join('_');
  const isList = kind === 'set' && list !== noun && singular(list) === noun;
  const own = held && /^[A-Z][A-Z0-9_]*$/.test(held.name) ? [held.name] : isList ? [upper(plural(noun))] : [];
  const name = finder.first([...own, ...candidates], isShared, kind === 'pattern');
  if (name === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return { name, isShared, there: undefined };
}

export function isAtTop({ declarator, isField }: HeldConstant, { root }: Document): boolean {
  const statement = declarator.parent?.parent;
  return !isField && (statement?.id === root.id || statement?.parent?.id === root.id);
}
