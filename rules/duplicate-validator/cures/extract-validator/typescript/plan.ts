import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import { cycleOf, sharesNoKind } from '../../../../../core/edit/typescript/new-module/target';
import type { CureRequest } from '../../../../../core/rule/cure';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import type { Cluster } from '../unify';
import type { HeldConstant } from './check';
import { saidPlace } from './clues';
import { clusterOf, inputName, isInside, takenIn } from './cluster';
import { runsWhenImported } from './effects';
import { answersAtOnce, type ExistingPredicate, existingPredicate, wouldHandOn } from './existing';
import { argumentName, NameFinder, stemOf } from './names';
import { areHeldApart } from './noun';
import {
  type LeftPlaces,
  type NearPlaces,
  nearPlaces,
  refuseNoLighter,
  withoutOtherWords,
  withoutTexts,
} from './places';
import { commonNoun, constantFor, isAtTop, predicateName, validatorName } from './plan-names';
import { refuseOtherSources } from './same-sources';
import { type KeptConstant, keptConstant } from './shared-constant';
import { usesOf } from './shared-use';
import { type Site, sitesOf, textOf } from './site';
import { isNear, type Target, targetOf } from './target';
import { type Twin, twinsOf } from './twins';
import type { Unit } from './unit';
import type { Use } from './use';

/** What will be done, before anything is written. */
export interface Plan {
  /** Those that change, in the order of the finding. */
  readonly sites: readonly Site[];
  readonly target: Target;
  /** How each place that does not become a call of the validator shares the check. */
  readonly uses: readonly { readonly site: Site; readonly use: Use }[];
  /** The places that become a call of one validator. */
  readonly cluster: Cluster<Unit> | undefined;
  readonly noun: string;
  /** What the predicate calls its argument, and the validator its only one. */
  readonly argument: string;
  readonly validator: string | undefined;
  readonly predicate: string | undefined;
  /** Functions that are the same: the first one stays or moves, the others go. */
  readonly twins: readonly Twin[] | undefined;
  /** The predicate is there already. */
  readonly existing: ExistingPredicate | undefined;
  /** The shared pattern or set that has a name of its own. */
  readonly constant: SharedConstant | undefined;
  /** The place whose pattern or members are written. */
  readonly holder: Site;
  /** The constant is the places' own, which their other code names as well. */
  readonly isKept: boolean;
  /** What stays as it is. */
  readonly left: LeftPlaces;
}

export interface SharedConstant {
  readonly name: string;
  /** The places name it. */
  readonly isShared: boolean;
  /** It stands in the target already. */
  readonly there: HeldConstant | undefined;
}

/**
 * Decides which places share what, under which names and where.
 * @throws Refusal
 */
export async function planOf(request: CureRequest): Promise<Plan> {
  const all = await sitesOf(request);
  const near = await nearPlaces(all, request.choices.places !== undefined, request.snapshot);
  try {
    return await planNear(near, all, request);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not-exported' || !near.largest) throw error;
    return planNear(near.largest, all, request);
  }
}

async function planNear(
  { sites: near, home }: NearPlaces,
  all: readonly Site[],
  { choices, finding, snapshot }: CureRequest,
): Promise<Plan> {
  const sites = withoutOtherWords(withoutTexts(near));
  const left = {
    elsewhere: all.filter((site) => !near.includes(site)),
    texts: near.filter((site) => !sites.includes(site)),
  };
  const twins = choices.name === undefined ? twinsOf(sites) : undefined;
  const ofTwins = twins && (await planOfTwins(twins, sites, left, choices.into, home, snapshot));
  if (ofTwins) return ofTwins;
  const cluster = clusterOf(sites, finding.data.kind === 'body');
  refuseOtherSources(sites, cluster, snapshot);
  const uses = sites
    .filter((site) => !cluster?.units.some((unit) => unit.site === site || isInside(site, unit)))
    .map((site) => ({ site, use: usesOf(site) }));
  const mayReuse = !cluster && choices.into === undefined && choices.name === undefined;
  if (mayReuse && areHeldApart(sites.map(saidPlace))) throw new Refusal('no-common-name', {}, sites[0]!.place);
  const existing = mayReuse ? usable(uses, snapshot) : undefined;
  if (existing) return reusing(existing, uses, left);
  if (choices.into === undefined && choices.name === undefined && finding.data.kind !== 'body')
    refuseHandingOn(sites, cluster);
  const documents = [...new Map(sites.map(({ document }) => [document.file, document])).values()];
  const other = documents.find((one) => isCommonJs(one) !== isCommonJs(documents[0]!));
  // What one asks for with `require` the other cannot import, nor the other way round.
  if (other) throw new Refusal('unreachable-module', { module: other.file, file: documents[0]!.file });
  const kept = cluster || choices.name !== undefined ? undefined : keptConstant(sites, snapshot);
  if (kept?.isThere && (choices.into ?? kept.site.document.file) === kept.site.document.file)
    return keeping(kept, { file: kept.site.document.file, document: kept.site.document }, sites, left);
  const target = await targetOf(documents, choices.into, home, snapshot);
  if (kept) return keeping(kept, target, sites, left);
  const holder = holderOf(sites, target);
  const noun = choices.name === undefined ? commonNoun(sites, cluster) : stemOf(choices.name);
  const finder = new NameFinder(target, sites, snapshot);
  const needsPredicate = uses.some(({ use }) => use.kind === 'predicate');
  const validator = cluster && validatorName(noun, cluster, choices.name, finder, target);
  const wanted = cluster ? undefined : choices.name;
  const predicate = needsPredicate ? predicateName(noun, uses, wanted, finder, target) : undefined;
  const isShared = uses.some(({ use }) => use.kind === 'constant');
  const isNamed = sites.some(
    ({ check, document }) => check?.held && (check.held.isField || isAtTop(check.held, document)),
  );
  const constant =
    isShared || isNamed || (needsPredicate && isLong(holder))
      ? constantFor(noun, holder, sites, isShared, needsPredicate ? undefined : wanted, finder, target)
      : undefined;
  refuseNoLighter(all, left, target, uses, predicate !== undefined);
  const taken = takenIn(cluster, [constant?.name ?? '', predicate ?? '']);
  const argument = inputName(cluster) ?? argumentName(noun, taken);
  return {
    sites,
    target,
    uses,
    cluster,
    noun,
    argument,
    validator,
    predicate,
    twins: undefined,
    existing: undefined,
    constant,
    holder,
    isKept: false,
    left,
  };
}

/** @throws Refusal `name-taken` */
function keeping({ name, site }: KeptConstant, target: Target, sites: readonly Site[], left: LeftPlaces): Plan {
  const own = sites.find(({ check, document }) => document.file === target.file && check!.held?.name === name);
  if (!own && target.document?.semantics.root.bindings.has(name))
    throw new Refusal('name-taken', { name, file: target.file });
  return {
    sites,
    target,
    uses: sites.map((one) => ({ site: one, use: { kind: 'constant' } })),
    cluster: undefined,
    noun: stemOf(name),
    argument: 'value',
    validator: undefined,
    predicate: undefined,
    twins: undefined,
    existing: undefined,
    constant: { name, isShared: true, there: own?.check?.held },
    holder: own ?? site,
    isKept: true,
    left,
  };
}

/** Undefined where the one that is exported cannot be imported, or the name is taken where it would go. */
async function planOfTwins(
  twins: readonly Twin[],
  sites: readonly Site[],
  left: LeftPlaces,
  into: string | undefined,
  home: string,
  snapshot: Snapshot,
): Promise<Plan | undefined> {
  const [kept, ...others] = twins as readonly [Twin, ...Twin[]];
  const { document, name, isExported } = kept;
  if (isExported && ((into ?? document.file) !== document.file || runsWhenImported(document))) return undefined;
  if (isExported && others.some((one) => cycleOf(document.file, one.document.file, snapshot))) return undefined;
  const target = isExported
    ? { file: document.file, document }
    : await targetOf(
        twins.map((one) => one.document),
        into,
        home,
        snapshot,
      );
  const isTaken = !isExported && target.document?.semantics.root.bindings.has(name) === true;
  if (isTaken || (!isExported && twins.some((one) => one.document.file === target.file))) return undefined;
  return {
    sites,
    target,
    uses: [],
    cluster: undefined,
    noun: stemOf(name),
    argument: 'value',
    validator: undefined,
    predicate: name,
    twins,
    existing: isExported ? { name } : undefined,
    constant: undefined,
    holder: sites.find((one) => one.document === document)!,
    isKept: false,
    left,
  };
}

/** More than reads well within a call. */
function isLong({ check, document }: Site): boolean {
  return (
    check !== undefined && check.kind === 'set' && textOf(document, check.literal).replace(/\s+/g, ' ').length > 60
  );
}

function usable(uses: Plan['uses'], snapshot: Snapshot): (ExistingPredicate & { readonly site: Site }) | undefined {
  for (const { site, use } of uses) {
    const found = existingPredicate(site, use);
    if (!found) continue;
    const others = uses.filter((one) => one.site !== site);
    const { file } = site.document;
    const fits = others.every(
      (one) =>
        one.use.kind === 'predicate' &&
        (one.site.document.file === file || !cycleOf(file, one.site.document.file, snapshot)) &&
        !bindsAt(one.site, found.name, file) &&
        (!found.hidden || (isNear(one.site.document.file, file) && !sharesNoKind(file, [one.site.document.file]))),
    );
    if (fits && others.length > 0) return { ...found, site };
  }
  return undefined;
}

/** @throws Refusal `asks-already` for a function that would be left to hand the question on */
function refuseHandingOn(sites: readonly Site[], cluster: Cluster<Unit> | undefined): void {
  for (const site of sites) {
    const unit = cluster?.units.find((one) => one.site === site);
    const answers = unit && answersAtOnce(unit.owner) ? typeScriptNameOf(unit.owner, site.document.source) : undefined;
    const name = wouldHandOn(site) ?? answers;
    const { place } = site;
    if (name !== undefined)
      throw new Refusal('asks-already', { name, line: place.range.start.line + 1, file: place.file }, place);
  }
}

function bindsAt({ document, place }: Site, name: string, file: string): boolean {
  const { semantics, source } = document;
  const binding = semantics.lookup(name, semantics.scopeAt(source.offsetAt(place.range.start)));
  return binding !== undefined && (document.file !== file || binding.scope !== semantics.root);
}

function reusing(existing: ExistingPredicate & { readonly site: Site }, uses: Plan['uses'], left: LeftPlaces): Plan {
  const { site, name } = existing;
  const others = uses.filter((one) => one.site !== site);
  return {
    sites: others.map((one) => one.site),
    target: { file: site.document.file, document: site.document },
    uses: others,
    cluster: undefined,
    validator: undefined,
    noun: stemOf(name),
    argument: 'value',
    predicate: name,
    twins: undefined,
    existing,
    constant: undefined,
    holder: site,
    isKept: false,
    left,
  };
}

/**
 * The place whose literal is written: the constant that the target holds already; then one that a library is given, because its text may
 * be part of a message; then one that a constant holds.
 */
function holderOf(sites: readonly Site[], target: Target): Site {
  const rank = (site: Site): number => {
    const { check, document } = site;
    if (check?.held && document.file === target.file && isAtTop(check.held, document)) return 0;
    if (check?.method === 'declared') return 1;
    // What has a name and comments brings them along.
    return (check?.held ? 2 : 4) + Number(check?.literal.type !== 'regex' && check?.literal.type !== 'array');
  };
  return [...sites].sort((a, b) => rank(a) - rank(b))[0]!;
}
