import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { cluesOf } from './clues';
import { byPackage, commonPackage } from './packages';
import type { Plan } from './plan';
import type { Site } from './site';
import type { Target } from './target';

export interface LeftPlaces {
  /** Of other packages. */
  readonly elsewhere: readonly Site[];
  /** Patterns that are given as texts, beside real ones. */
  readonly texts: readonly Site[];
}

export interface NearPlaces {
  readonly sites: readonly Site[];
  /** The package that the shared code goes to. */
  readonly home: string;
  /** Those of the package with most of them, where what the others could import is not exported. */
  readonly largest?: NearPlaces;
}

/**
 * All places, where one of their packages is a dependency of all others; else those of the package that holds most of them, because
 * packages do not import each other's files.
 * @param arePicked whether the user named the places: then none is left out
 * @throws Refusal `not-a-dependency`, `no-common-package`
 */
export async function nearPlaces(sites: readonly Site[], arePicked: boolean, snapshot: Snapshot): Promise<NearPlaces> {
  const groups = await byPackage(sites, snapshot);
  const [[home, largest]] = groups as [[string, Site[]]];
  if (groups.length === 1) return { sites, home };
  const common = await commonPackage(
    groups.map(([one]) => one),
    snapshot,
  );
  const own = !arePicked && largest.length > 1 && !areShared(largest) ? { sites: largest, home } : undefined;
  if ('home' in common) return { sites, home: common.home, ...(own && { largest: own }) };
  if (own) return own;
  const [first] = sites;
  const other = groups.find(([, own]) => !own.includes(first!))![1][0]!;
  const args = { file: first!.document.file, other: other.document.file };
  throw common.refusal
    ? new Refusal(common.refusal.code, common.refusal.args, other.place)
    : new Refusal('no-common-package', args, other.place);
}

/**
 * Beside places that stay, those that follow a constant of their own module count as before.
 * @throws Refusal `no-common-package`
 */
export function refuseNoLighter(
  all: readonly Site[],
  { elsewhere, texts }: LeftPlaces,
  target: Target,
  uses: Plan['uses'],
  hasPredicate: boolean,
): void {
  const [stranger] = [...elsewhere, ...texts];
  if (!stranger) return;
  const own = uses.filter(
    ({ use, site }) =>
      use.kind === 'constant' && site.document.file === target.file && site.check?.method === 'declared',
  );
  const after = elsewhere.length + texts.length + own.length + Number(hasPredicate);
  if (after < all.length) return;
  const args = { file: uses[0]?.site.document.file ?? target.file, other: stranger.document.file };
  throw new Refusal('no-common-package', args, stranger.place);
}

/** Places that go through one constant share it already. */
function areShared(sites: readonly Site[]): boolean {
  const [first] = sites;
  const start = first!.check?.held?.declarator.startIndex;
  return (
    start !== undefined &&
    sites.every(({ check, document }) => document === first!.document && check?.held?.declarator.startIndex === start)
  );
}

/** Angular takes patterns as texts too, and shows them in its errors: such a place stays beside real patterns. */
export function withoutTexts(sites: readonly Site[]): readonly Site[] {
  const isText = (site: Site): boolean => cluesOf(site).isText === true;
  const real = sites.filter((site) => !isText(site));
  if (real.length === 0 || real.length === sites.length) return sites;
  if (real.length < 2) throw new Refusal('declared-constraint', {}, sites.find(isText)!.place);
  return real;
}

/**
 * A library may show the pattern in its messages, where it must stay as it is written: those that write it as the first one does share it.
 * @throws Refusal `messages-would-change`
 */
export function withoutOtherWords(sites: readonly Site[]): readonly Site[] {
  const isDeclared = ({ check }: Site): boolean => check?.method === 'declared';
  const first = sites.find(isDeclared);
  if (!first) return sites;
  const said = cluesOf(first).shown;
  const found = sites.filter((site) => !isDeclared(site) || cluesOf(site).shown === said);
  const other = sites.find((site) => !found.includes(site));
  if (!other || found.length > 1) return found;
  throw new Refusal(
    'messages-would-change',
    { line: other.place.range.start.line + 1, file: other.place.file },
    other.place,
  );
}
