import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { cycleOf, sharesNoKind } from '../../../../../core/edit/typescript/new-module/target';
import type { Cluster } from '../unify';
import { runsWhenImported } from './effects';
import { answeringFunction, type ExistingPredicate, existingPredicate } from './existing';
import { stemOf } from './names';
import type { LeftPlaces } from './places';
import type { Plan } from './plan';
import type { KeptConstant } from './shared-constant';
import type { Site } from './site';
import { isNear, type Target, targetOf } from './target';
import type { Twin } from './twins';
import type { Unit } from './unit';

/** @throws Refusal `name-taken` */
export function keeping({ name, site }: KeptConstant, target: Target, sites: readonly Site[], left: LeftPlaces): Plan {
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
export async function planOfTwins(
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

export function usable(
  uses: Plan['uses'],
  snapshot: Snapshot,
): (ExistingPredicate & { readonly site: Site }) | undefined {
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
export function refuseHandingOn(sites: readonly Site[], cluster: Cluster<Unit> | undefined): void {
  for (const site of sites) {
    const answering = answeringFunction(site);
    const { place } = site;
    if (answering?.isAll || (answering && cluster?.units.some((one) => one.site === site)))
      throw new Refusal(
        'asks-already',
        { name: answering.name, line: place.range.start.line + 1, file: place.file },
        place,
      );
  }
}

function bindsAt({ document, place }: Site, name: string, file: string): boolean {
  const { semantics, source } = document;
  const binding = semantics.lookup(name, semantics.scopeAt(source.offsetAt(place.range.start)));
  return binding !== undefined && (document.file !== file || binding.scope !== semantics.root);
}

export function reusing(
  existing: ExistingPredicate & { readonly site: Site },
  uses: Plan['uses'],
  left: LeftPlaces,
): Plan {
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
