import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import { typeScriptNameOf, typeScriptStringValue } from '../../../../../core/syntax/typescript';
import type { HeldConstant } from './check';
import { type ExistingPredicate, existingPredicate } from './existing';
import { argumentName, NameFinder, pascal, stemOf, upper } from './names';
import { nounOf } from './noun';
import { type Site, sitesOf, textOf } from './site';
import { cycleOf, packageOf, type Target, targetOf } from './target';
import { rejectsFitting, type Use, useOf } from './use';

/** What will be done, before anything is written. */
export interface Plan {
  /** Those that change, in the order of the finding. */
  readonly sites: readonly Site[];
  readonly target: Target;
  /** How each place that does not become a call of the validator shares the check. */
  readonly uses: readonly { readonly site: Site; readonly use: Use }[];
  readonly noun: string;
  readonly argument: string;
  readonly predicate: string | undefined;
  /** The predicate is there already. */
  readonly existing: ExistingPredicate | undefined;
  /** The shared pattern or set that has a name of its own. */
  readonly constant: SharedConstant | undefined;
  /** The place whose pattern or members are written. */
  readonly holder: Site;
  /** Places of other packages, and patterns that are texts beside real ones: they stay. */
  readonly left: readonly Site[];
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
  const { choices, snapshot } = request;
  const all = await sitesOf(request);
  const near = choices.places ? all : await largestPackage(all, snapshot);
  const sites = withoutTexts(near);
  const left = all.filter((site) => !sites.includes(site));
  const uses = sites.map((site) => ({ site, use: usesOf(site) }));
  const existing = choices.into === undefined && choices.name === undefined ? usable(sites, uses, snapshot) : undefined;
  if (existing) return reusing(existing, uses, left);
  const documents = [...new Map(sites.map(({ document }) => [document.file, document])).values()];
  const target = await targetOf(documents, choices.into, snapshot);
  const holder = holderOf(sites, uses, target);
  refuseOtherTexts(sites, holder);
  const noun = choices.name === undefined ? commonNoun(sites) : stemOf(choices.name);
  const finder = new NameFinder(target, sites, snapshot);
  const needsPredicate = uses.some(({ use }) => use.kind === 'predicate');
  const predicate = needsPredicate ? predicateName(noun, uses, choices.name, finder, target) : undefined;
  const isShared = uses.some(({ use }) => use.kind === 'constant');
  const constant =
    isShared || sites.some(({ check }) => check?.held)
      ? constantFor(noun, holder, isShared, needsPredicate ? undefined : choices.name, finder, target)
      : undefined;
  const taken = new Set([constant?.name ?? '', predicate ?? '']);
  return {
    sites,
    target,
    uses,
    noun,
    argument: argumentName(noun, taken),
    predicate,
    existing: undefined,
    constant,
    holder,
    left,
  };
}

/** The places of the package that holds most of them: packages do not import each other's files. */
async function largestPackage(sites: readonly Site[], snapshot: Snapshot): Promise<readonly Site[]> {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const home = await packageOf(site.document.file, snapshot);
    groups.set(home, [...(groups.get(home) ?? []), site]);
  }
  const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
  const [first] = sites;
  if (largest!.length < 2 || areShared(largest!)) {
    const other = sites.find((one) => one.document.file !== first!.document.file)!;
    throw new Refusal('no-common-package', { file: first!.document.file, other: other.document.file }, other.place);
  }
  return largest!;
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
function withoutTexts(sites: readonly Site[]): readonly Site[] {
  const isText = ({ check, document }: Site): boolean =>
    check?.method === 'declared' && typeScriptStringValue(check.literal, document.source) !== undefined;
  const real = sites.filter((site) => !isText(site));
  if (real.length === 0 || real.length === sites.length) return sites;
  if (real.length < 2) throw new Refusal('declared-constraint', {}, sites.find(isText)!.place);
  return real;
}

function usesOf(site: Site): Use {
  const { check, document, place } = site;
  const use = check && useOf(check, document.source, ({ subject }) => isText(site, subject));
  if (!use) throw new Refusal('match-is-used', { line: place.range.start.line + 1, file: place.file }, place);
  if (use.kind === 'constant' && /[gy]/.test(check!.flags))
    throw new Refusal('stateful-pattern', { line: place.range.start.line + 1, file: place.file }, place);
  return use;
}

/** In TypeScript only a string has `match`; in JavaScript it must show. */
function isText({ document }: Site, subject: NonNullable<Site['check']>['subject']): boolean {
  if (/\.[cm]?tsx?$/.test(document.file)) return true;
  return (
    subject !== undefined &&
    /^(?:String\(|[`'"])|\.(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|slice|substring|replace)\([^()]*\)$/.test(
      textOf(document, subject),
    )
  );
}

function usable(
  sites: readonly Site[],
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
        !bindsAt(one.site, found.name, file),
    );
    if (fits && sites.length > 1) return { ...found, site };
  }
  return undefined;
}

function bindsAt({ document, place }: Site, name: string, file: string): boolean {
  const { semantics, source } = document;
  const binding = semantics.lookup(name, semantics.scopeAt(source.offsetAt(place.range.start)));
  return binding !== undefined && (document.file !== file || binding.scope !== semantics.root);
}

function reusing(
  existing: ExistingPredicate & { readonly site: Site },
  uses: Plan['uses'],
  left: readonly Site[],
): Plan {
  const { site, name } = existing;
  const others = uses.filter((one) => one.site !== site);
  return {
    sites: others.map((one) => one.site),
    target: { file: site.document.file, document: site.document },
    uses: others,
    noun: stemOf(name),
    argument: 'value',
    predicate: name,
    existing,
    constant: undefined,
    holder: site,
    left,
  };
}

/**
 * The place whose literal is written: one that a library is given, because its text may be part of a message; then the constant that the
 * target holds already; then a pattern before `new RegExp`.
 */
function holderOf(sites: readonly Site[], uses: Plan['uses'], target: Target): Site {
  const rank = (site: Site): number => {
    const { check, document } = site;
    if (check?.held && document.file === target.file && isAtTop(check.held, document)) return 0;
    if (check?.method === 'declared') return 1;
    return check?.literal.type === 'regex' || check?.literal.type === 'array' ? 2 : 3;
  };
  const order = uses.map(({ site }) => site);
  return [...sites].sort((a, b) => rank(a) - rank(b) || order.indexOf(a) - order.indexOf(b))[0]!;
}

export function isAtTop({ declarator, isField }: HeldConstant, { root }: Document): boolean {
  const statement = declarator.parent?.parent;
  return !isField && (statement?.id === root.id || statement?.parent?.id === root.id);
}

/** A library may show the pattern in its messages: there it must stay as it is written. */
function refuseOtherTexts(sites: readonly Site[], holder: Site): void {
  const text = textOf(holder.document, holder.check!.literal);
  for (const { check, document, place } of sites) {
    if (check?.method !== 'declared' || textOf(document, check.literal) === text) continue;
    throw new Refusal('messages-would-change', { line: place.range.start.line + 1, file: place.file }, place);
  }
}

/** @throws Refusal `no-common-name` */
function commonNoun(sites: readonly Site[]): string {
  const noun = nounOf(sites);
  if (noun === undefined) throw new Refusal('no-common-name', {}, sites[0]!.place);
  return noun;
}

function predicateName(
  noun: string,
  uses: Plan['uses'],
  wanted: string | undefined,
  finder: NameFinder,
  target: Target,
): string {
  if (wanted !== undefined) return finder.wanted(wanted);
  const said = uses.flatMap(({ site, use }) =>
    use.kind === 'predicate' ? [rejectsFitting(use, site.document.source)] : [],
  );
  const own = pascal(noun);
  const verbs = said.every((one) => one === true)
    ? ['isInvalid', 'matches']
    : said.includes(true)
      ? ['matches']
      : ['isValid', 'is', 'hasValid'];
  const common = commonPredicate(uses);
  const candidates = [
    ...(common ? [common] : []),
    ...verbs.map((verb) => verb + own),
    ...[2, 3, 4, 5].map((count) => `${verbs[0]}${own}${count}`),
  ];
  const found = finder.first(candidates, true, true);
  if (found === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return found;
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

function constantFor(
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
      : [`VALID_${stem}S`, `KNOWN_${stem}S`, `ALLOWED_${stem}S`, `${stem}_VALUES`];
  const name = finder.first(
    [...(held && /^[A-Z][A-Z0-9_]*$/.test(held.name) ? [held.name] : []), ...candidates],
    isShared,
    kind === 'pattern',
  );
  if (name === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return { name, isShared, there: undefined };
}
