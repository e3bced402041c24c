import { Refusal } from '../../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../../core/edit/snapshot';
import type { CureRequest } from '../../../../../core/rule/cure';
import { typeScriptNameOf, typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { words } from '../naming';
import { type Cluster, largestCluster, type UnifyWorld, unify } from '../unify';
import type { HeldConstant } from './check';
import { type ExistingPredicate, existingPredicate } from './existing';
import { argumentName, camel, NameFinder, pascal, stemOf, upper } from './names';
import { nounOf } from './noun';
import { type Site, sitesOf, textOf } from './site';
import { cycleOf, packageOf, type Target, targetOf } from './target';
import { type Twin, twinsOf } from './twins';
import { bodyUnit, isUnit, refusalOf, type Unit } from './unit';
import { outOfBrackets, rejectsFitting, type Use, useOf } from './use';

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
  /** What stays as it is. */
  readonly left: LeftPlaces;
}

export interface LeftPlaces {
  /** Of other packages. */
  readonly elsewhere: readonly Site[];
  /** Patterns that are given as texts, beside real ones. */
  readonly texts: readonly Site[];
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
  const { choices, finding, snapshot } = request;
  const all = await sitesOf(request);
  const near = choices.places ? all : await largestPackage(all, snapshot);
  const sites = withoutOtherWords(withoutTexts(near));
  const left = {
    elsewhere: all.filter((site) => !near.includes(site)),
    texts: near.filter((site) => !sites.includes(site)),
  };
  const twins = choices.name === undefined ? twinsOf(sites) : undefined;
  const ofTwins = twins && (await planOfTwins(twins, sites, left, choices.into, snapshot));
  if (ofTwins) return ofTwins;
  const cluster = clusterOf(sites, finding.data.kind === 'body');
  const uses = sites
    .filter((site) => !cluster?.units.some((unit) => unit.site === site || isInside(site, unit)))
    .map((site) => ({ site, use: usesOf(site) }));
  const mayReuse = !cluster && choices.into === undefined && choices.name === undefined;
  const existing = mayReuse ? usable(uses, snapshot) : undefined;
  if (existing) return reusing(existing, uses, left);
  const documents = [...new Map(sites.map(({ document }) => [document.file, document])).values()];
  const target = await targetOf(documents, choices.into, snapshot);
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
      ? constantFor(noun, holder, isShared, needsPredicate ? undefined : wanted, finder, target)
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
    left,
  };
}

/** Undefined where the one that is exported cannot be imported, or the name is taken where it would go. */
async function planOfTwins(
  twins: readonly Twin[],
  sites: readonly Site[],
  left: LeftPlaces,
  into: string | undefined,
  snapshot: Snapshot,
): Promise<Plan | undefined> {
  const [kept, ...others] = twins as readonly [Twin, ...Twin[]];
  const { document, name, isExported } = kept;
  if (isExported && (into ?? document.file) !== document.file) return undefined;
  if (isExported && others.some((one) => cycleOf(document.file, one.document.file, snapshot))) return undefined;
  const target = isExported
    ? { file: document.file, document }
    : await targetOf(
        twins.map((one) => one.document),
        into,
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
    left,
  };
}

/**
 * The places that are whole validators and alike, also in what they do about it: all of a group of bodies; of a check's places those
 * that are more than the question.
 */
function clusterOf(sites: readonly Site[], isBody: boolean): Cluster<Unit> | undefined {
  const found = new Map<string, { site: Site; unit: ReturnType<typeof bodyUnit> }>();
  for (const site of sites) {
    const key = `${site.document.file} ${site.owner?.startIndex ?? -site.place.range.start.line}`;
    if (!found.has(key)) found.set(key, { site, unit: bodyUnit(site) });
  }
  const units: Unit[] = [];
  for (const { unit } of found.values()) {
    if (isUnit(unit)) units.push(unit);
    else if (isBody) throw refusalOf(unit);
  }
  if (units.length < 2) return undefined;
  const world: UnifyWorld<Unit> = { taken: new Set(units.flatMap(namesIn)), mustPass: () => false };
  if (isBody) {
    const stranger = units.find((unit) => unit.shape !== units[0]!.shape);
    const cluster = stranger ? undefined : unify(units, world);
    if (!cluster) throw refusalOf({ code: 'messages-would-change', at: (stranger ?? units[1]!).site.place });
    return cluster;
  }
  const cluster = largestCluster(
    units.filter((unit) => isMoreThanQuestion(unit) && isTyped(unit)),
    world,
  );
  // A function that answers yes or no beside one that asks the same less strictly would be two answers to one question.
  // To hand the whole message over is no simpler than to say it in place.
  const handsOver =
    cluster &&
    [...cluster.fillings].some(
      ([at, { kind }]) => kind === 'parameter' && cluster.units[0]!.holes[at]!.kind === 'text',
    );
  if (handsOver) return undefined;
  const isWhole = cluster && (cluster.units.length === found.size || cluster.units[0]!.returns !== 'boolean');
  return isWhole ? cluster : undefined;
}

/** `return PATTERN.test(x)` is the predicate itself. */
function isMoreThanQuestion({ statements, site }: Unit): boolean {
  const [only, other] = statements;
  if (other || only!.type !== 'return_statement' || !site.check) return true;
  return outOfBrackets(site.check.node).parent?.id !== only!.id;
}

/** What a callback is handed has the type of whoever calls it, which need not have a name. */
function isTyped({ declared, site: { document } }: Unit): boolean {
  if (!/\.[cm]?tsx?$/.test(document.file)) return true;
  return declared.every((one) => one.parent?.childForFieldName('type') != null);
}

/** A second check of one body goes with it. */
function isInside({ document, place }: Site, { site, owner }: Unit): boolean {
  const at = document.source.offsetAt(place.range.start);
  return document === site.document && owner.startIndex <= at && at < owner.endIndex;
}

function namesIn({ statements, site: { document } }: Unit): string[] {
  return statements.flatMap((one) => one.descendantsOfType('identifier').map((name) => textOf(document, name)));
}

function takenIn(cluster: Cluster<Unit> | undefined, names: readonly string[]): Set<string> {
  const own = cluster?.units[0];
  const inputs = new Set(own?.inputs);
  const used = own ? namesIn(own).filter((name) => !inputs.has(name)) : [];
  return new Set([...names, ...used, ...(cluster?.parameters.map(({ name }) => camel(name)) ?? [])]);
}

/** The only argument's name, where all copies agree on one that says something. */
function inputName(cluster: Cluster<Unit> | undefined): string | undefined {
  const [first, ...others] = cluster?.units ?? [];
  const name = first?.inputs.length === 1 ? first.inputs[0]! : undefined;
  return name !== undefined && name.length > 3 && others.every(({ inputs }) => inputs[0] === name) ? name : undefined;
}

function validatorName(
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
  const candidates = [
    ...(common && /^[a-z]\w*[A-Z]/.test(common) ? [common] : []),
    ...verbs.map((verb) => verb + own),
    ...[2, 3, 4, 5].map((count) => `${verbs[0]}${own}${count}`),
  ];
  const found = finder.first(candidates, true, unit!.returns === 'boolean');
  if (found === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: target.file });
  return found;
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

/**
 * Beside places that stay, those that follow a constant of their own module count as before.
 * @throws Refusal `no-common-package`
 */
function refuseNoLighter(
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

/** More than reads well within a call. */
function isLong({ check, document }: Site): boolean {
  return (
    check !== undefined && check.kind === 'set' && textOf(document, check.literal).replace(/\s+/g, ' ').length > 60
  );
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

/**
 * A library may show the pattern in its messages, where it must stay as it is written: those that write it as the first one does share it.
 * @throws Refusal `messages-would-change`
 */
function withoutOtherWords(sites: readonly Site[]): readonly Site[] {
  const isDeclared = ({ check }: Site): boolean => check?.method === 'declared';
  const first = sites.find(isDeclared);
  if (!first) return sites;
  const said = sourceOf(first);
  const found = sites.filter((site) => !isDeclared(site) || sourceOf(site) === said);
  const other = sites.find((site) => !found.includes(site));
  if (!other || found.length > 1) return found;
  throw new Refusal(
    'messages-would-change',
    { line: other.place.range.start.line + 1, file: other.place.file },
    other.place,
  );
}

/** A pattern as the object of it shows itself. */
function sourceOf({ check, document }: Site): string {
  const { literal, flags } = check!;
  const inner =
    literal.type === 'regex' ? literal : (literal.childForFieldName('arguments')?.firstNamedChild ?? literal);
  const text = typeScriptStringValue(inner, document.source);
  if (text === undefined) return textOf(document, inner).replace(/[a-z]*$/, flags);
  // A slash outside of a class is shown with a backslash.
  const escaped = text.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\//g, (part) => (part === '/' ? '\\/' : part));
  return literal === inner ? text : `/${escaped}/${flags}`;
}

/** How a place shares its check; undefined where it cannot. */
export function sharedUse(site: Site): Use | undefined {
  const { check, document } = site;
  return check && useOf(check, document.source, ({ subject }) => isText(site, subject));
}

function usesOf(site: Site): Use {
  const { check, place } = site;
  const use = sharedUse(site);
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
        !bindsAt(one.site, found.name, file),
    );
    if (fits && others.length > 0) return { ...found, site };
  }
  return undefined;
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

export function isAtTop({ declarator, isField }: HeldConstant, { root }: Document): boolean {
  const statement = declarator.parent?.parent;
  return !isField && (statement?.id === root.id || statement?.parent?.id === root.id);
}

/** @throws Refusal `no-common-name` */
function commonNoun(sites: readonly Site[], cluster: Cluster<Unit> | undefined): string {
  const own = cluster && commonName(cluster);
  const isTelling = own !== undefined && words(own).length > 1;
  const noun = nounOf(sites) ?? (isTelling ? stemOf(own) : undefined);
  if (noun === undefined) throw new Refusal('no-common-name', {}, sites[0]!.place);
  return noun;
}

/** What all copies are called. */
function commonName({ units }: Cluster<Unit>): string | undefined {
  const [first, ...others] = units.map(({ owner, site }) => typeScriptNameOf(owner, site.document.source));
  return first !== undefined && others.every((one) => one === first) ? first : undefined;
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
  const isSaid = /^(?:safe|secure|known|trusted)_/.test(noun);
  const verbs = said.every((one) => one === true)
    ? ['isInvalid', 'matches']
    : said.includes(true)
      ? ['matches']
      : isSaid
        ? ['is', 'isValid']
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
