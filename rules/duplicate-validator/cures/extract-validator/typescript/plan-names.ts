import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { plural, singular } from '../../../../../core/text/inflection';
import { words, wordsAround } from '../noun-words';
import type { Cluster } from '../unify';
import type { HeldConstant } from './check';
import { type SaidPlace, saidPlace } from './clues';
import { commonName } from './cluster';
import { type NameFinder, pascal, stemOf, upper } from './names';
import { areHeldApart, nounOf } from './noun';
import type { Plan, SharedConstant } from './plan';
import { eitherNames, isProblem, predicateNames } from './predicate-names';
import type { Site } from './site';
import type { Target } from './target';
import type { Unit } from './unit';

/** @throws Refusal `no-common-name` */
export function commonNoun(sites: readonly Site[], cluster: Cluster<Unit> | undefined): string {
  const own = cluster && commonName(cluster);
  const isTelling = own !== undefined && words(own).length > 1;
  const places = sites.map(saidPlace);
  if (areHeldApart(places)) throw new Refusal('no-common-name', {}, sites[0]!.place);
  // What functions that only ask are called says more of them than one of their conditions.
  if (isTelling && cluster?.units.every(({ returns }) => returns === 'boolean') && /^(?:is|has)[A-Z]/.test(own))
    return stemOf(own);
  const noun = nounOf(places, isTelling ? stemOf(own) : undefined);
  if (noun === undefined) throw new Refusal('no-common-name', {}, sites[0]!.place);
  return noun;
}

/** @throws Refusal `no-common-name`, `other-values`, `looks-inside`, `name-taken` */
export function predicateName(
  noun: string,
  uses: Plan['uses'],
  wanted: string | undefined,
  finder: NameFinder,
  target: Target,
): string {
  if (wanted !== undefined) return finder.wanted(wanted);
  const asking = uses.flatMap(({ site, use }) => (use.kind === 'predicate' ? [site] : []));
  const names = predicateNames(noun, asking.map(saidPlace));
  if (isProblem(names)) {
    const { place } = asking[names.at]!;
    throw new Refusal(names.code, { line: place.range.start.line + 1, file: place.file, ...names.args }, place);
  }
  const told = finder.hasOthers(noun) ? eitherNames(asking.map(saidPlace)) : names;
  if (told.length === 0) {
    const { place } = asking[0]!;
    throw new Refusal('other-values', { line: place.range.start.line + 1, file: place.file, name: noun }, place);
  }
  const found = finder.first(told, true, true);
  if (found === undefined) throw new Refusal('name-taken', { name: names[0]!, file: target.file });
  return found;
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
  sites: readonly Site[],
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
      ? // Where both mean another pattern, a third name would not say which is which.
        [`${stem}_PATTERN`, `${stem}_REGEX`]
      : [...['VALID', 'KNOWN', 'ALLOWED'].map((one) => `${one}_${upper(plural(noun))}`), `${stem}_VALUES`];
  const list = words(held?.name ?? '').join('_');
  const isList = kind === 'set' && list !== noun && singular(list) === noun;
  const named = held ?? (kind === 'pattern' ? namedByOthers(noun, sites) : undefined);
  const own =
    named && /^[A-Z][A-Z0-9_]*$/.test(named.name)
      ? [named.name, ...(held ? [] : [`${named.name.replace(/_[A-Z]+$/, '')}_PATTERN`])]
      : isList
        ? [upper(plural(noun))]
        : [];
  const name = finder.first([...own, ...candidates], isShared, kind === 'pattern');
  if (name === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return { name, isShared, there: undefined };
}

/** The constant of a place that says more than the noun, and nothing that is not said of all places. */
function namedByOthers(noun: string, sites: readonly Site[]): HeldConstant | undefined {
  const places = sites.map(saidPlace);
  const isTrue = ({ file, symbol, clues }: SaidPlace, word: string): boolean =>
    clues.own.some((one) => words(one).includes(word)) || wordsAround(file, [symbol]).has(word);
  return sites.find((_, at) => {
    const parts = words(places[at]!.clues.constant ?? '');
    const more = parts.slice(0, -words(noun).length);
    return parts.join('_').endsWith(`_${noun}`) && places.every((one) => more.every((word) => isTrue(one, word)));
  })?.check?.held;
}

export function isAtTop({ declarator, isField }: HeldConstant, { root }: Document): boolean {
  const statement = declarator.parent?.parent;
  return !isField && (statement?.id === root.id || statement?.parent?.id === root.id);
}
