import { Refusal } from '../../../../../core/edit/refusal';
import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { Cluster } from '../unify';
import type { HeldConstant } from './check';
import { saidPlace } from './clues';
import { clusterOf, inputName, isInside, takenIn } from './cluster';
import type { ExistingPredicate } from './existing';
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
import { keeping, planOfTwins, refuseHandingOn, reusing, usable } from './plan-there';
import { refuseOtherSources } from './same-sources';
import { keptConstant } from './shared-constant';
import { usesOf } from './shared-use';
import { type Site, sitesOf, textOf } from './site';
import { asksBelow, type Target, targetOf } from './target';
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

async function planNear(near: NearPlaces, all: readonly Site[], request: CureRequest, mayReact = true): Promise<Plan> {
  const { choices, finding, snapshot } = request;
  const { home } = near;
  const sites = withoutOtherWords(withoutTexts(near.sites));
  const left = {
    elsewhere: all.filter((site) => !near.sites.includes(site)),
    texts: near.sites.filter((site) => !sites.includes(site)),
  };
  const twins = choices.name === undefined ? twinsOf(sites) : undefined;
  const ofTwins = twins && (await planOfTwins(twins, sites, left, choices.into, home, snapshot));
  if (ofTwins) return ofTwins;
  const isBody = finding.data.kind === 'body';
  const cluster = mayReact ? clusterOf(sites, isBody) : undefined;
  refuseOtherSources(sites, cluster, snapshot);
  const uses = sites
    .filter((site) => !cluster?.units.some((unit) => unit.site === site || isInside(site, unit)))
    .map((site) => ({ site, use: usesOf(site) }));
  const mayReuse = !cluster && choices.into === undefined && choices.name === undefined;
  if (mayReuse && areHeldApart(sites.map(saidPlace))) throw new Refusal('no-common-name', {}, sites[0]!.place);
  const existing = mayReuse ? usable(uses, snapshot) : undefined;
  if (existing) return reusing(existing, uses, left);
  if (choices.into === undefined && choices.name === undefined && !isBody) refuseHandingOn(sites, cluster);
  const documents = [...new Map(sites.map(({ document }) => [document.file, document])).values()];
  const other = documents.find((one) => isCommonJs(one) !== isCommonJs(documents[0]!));
  // What one asks for with `require` the other cannot import, nor the other way round.
  if (other) throw new Refusal('unreachable-module', { module: other.file, file: documents[0]!.file });
  const kept = cluster || choices.name !== undefined ? undefined : keptConstant(sites, snapshot);
  if (kept?.isThere && (choices.into ?? kept.site.document.file) === kept.site.document.file)
    return keeping(kept, { file: kept.site.document.file, document: kept.site.document }, sites, left);
  const target = await targetOf(documents, choices.into, home, snapshot);
  // What the places do alike stays with them where shared code would have to know the errors of one of them.
  if (cluster && !isBody && asksBelow(cluster, target, snapshot)) return planNear(near, all, request, false);
  if (kept) return keeping(kept, target, sites, left);
  const holder = holderOf(sites, target);
  const noun = choices.name === undefined ? commonNoun(sites, cluster) : stemOf(choices.name);
  const finder = new NameFinder(target, sites, snapshot, home);
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

/** More than reads well within a call. */
function isLong({ check, document }: Site): boolean {
  return (
    check !== undefined && check.kind === 'set' && textOf(document, check.literal).replace(/\s+/g, ' ').length > 60
  );
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
