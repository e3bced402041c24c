import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import type { Snapshot } from '../../../../core/edit/snapshot';
import { patchesOf } from '../../../../core/facts/patched-names';
import type { CureRequest } from '../../../../core/rule/cure';
import type { ImportedName } from '../../../../core/semantics/model';
import { pythonStringValue } from '../../../../core/syntax/python';
import { bodyWeight, MIN_WEIGHT } from '../../weight';
import { isHashable } from './annotation';
import { type Existing, existingFunction } from './existing';
import { looksForMarkup } from './meaning';
import { enumerationNoun, ownMembersFile, refuseMemberCycle, refuseOtherMembers } from './members';
import { namesFor } from './names';
import { argumentName, nounOf, stemOf } from './naming';
import { VAGUE } from './noun-words';
import { refusalOf } from './obstacle';
import { wrongAsked } from './polarity';
import { type SharedList, sharedList } from './shared-list';
import { type Site, type Sites, sitesOf, textOf } from './site';
import { spareNoun } from './spare-noun';
import { validatorsModule } from './target';
import { type TruthPlace, truthPlace } from './truth-place';
import { type Cluster, largestCluster, type UnifyWorld, unify } from './unify';
import { bodyUnit, type FreeName, isUnit, statementUnit, type Unit } from './unit';

/** What will be done, before anything is written. */
export interface Plan {
  readonly sites: Sites;
  readonly target: CodeTarget;
  /** The places that become a call of one validator. */
  readonly cluster: Cluster | undefined;
  /** The places that ask the shared predicate and keep their own reaction. */
  readonly askers: readonly { readonly site: Site; readonly place: TruthPlace }[];
  readonly noun: string;
  readonly argument: string;
  readonly validator: string | undefined;
  readonly predicate: string | undefined;
  /** The function that is there already and that the other places call, so that none is written. */
  readonly existing: Existing | undefined;
  /** The constant that holds the members where places need them for more. */
  readonly list: SharedList | undefined;
  /** The place whose pattern or members are written into the shared function. */
  readonly holder: Site;
  /** A place where a value that cannot be hashed would be treated otherwise. */
  readonly doubt: Site | undefined;
}

/**
 * Decides which places share what, under which names and where.
 * @throws Refusal
 */
export async function planOf(request: CureRequest): Promise<Plan> {
  const { finding, choices, snapshot } = request;
  const sites = await sitesOf(request);
  const documents = [...new Map(sites.chosen.map(({ document }) => [document.file, document])).values()];
  refuseOtherMembers(sites.chosen, snapshot);
  refuseMarkup(sites.chosen);
  const target = await validatorsModule(
    documents.map(({ file }) => file),
    choices.into ?? ownMembersFile(sites.chosen),
    snapshot,
  );
  const world: UnifyWorld = {
    taken: takenNames(sites.chosen),
    mustPass: (unit, hole) => cannotImport(unit, hole.start, target, snapshot),
  };
  const cluster = finding.data.kind === 'body' ? wholeCluster(sites.chosen, world) : checkCluster(sites.chosen, world);
  const outside = sites.chosen.filter((site) => !cluster?.units.some((unit) => unit.site === site));
  const kind = finding.data.kind as string;
  const told = cluster && choices.name === undefined ? wrongAsked(cluster)?.noun : undefined;
  const noun = choices.name === undefined ? (told ?? commonNoun(sites.chosen, kind)) : stemOf(choices.name);
  const search = { sites: sites.chosen, cluster, target, noun: noun ?? '', snapshot };
  const existing = noun === undefined || isTold(choices) ? undefined : existingFunction(search);
  if (existing && noun !== undefined) return reusing(existing, sites, cluster, noun, snapshot);
  refuseSecondValidator(outside);
  if (cluster) refuseOwnModule(cluster.units[0]!, target, snapshot);
  const needsPredicate = outside.length > 0 || hasLongLiteral(sites.chosen[0]!);
  const askers = outside.map((site) => ({ site, place: askingPlace(site) }));
  refusePatched(sites.chosen, cluster, snapshot);
  // A name that is not true of one of the places would be worse than none.
  if (noun === undefined) throw new Refusal('no-common-name', {}, sites.chosen[0]!.place);
  const names = namesFor(noun, choices.name, cluster, needsPredicate, target, sites.chosen, snapshot);
  const isPrivate = (names.validator ?? names.predicate)!.startsWith('_');
  const { list, kept } = sharedList({
    sites: sites.chosen,
    shown: sites.shown,
    units: cluster?.units ?? [],
    noun: names.noun,
    either: names.either,
    isPrivate,
    target,
  });
  if (kept)
    throw new Refusal('keeps-list', { line: kept.place.range.start.line + 1, file: kept.place.file }, kept.place);
  const own = cluster?.units[0];
  const used = [...(cluster?.parameters ?? []), ...(own?.free ?? [])].map(({ name }) => name);
  const holder = list?.sites[0] ?? holderOf(sites.chosen);
  refuseMemberCycle(holder, sites.chosen, target, snapshot);
  const roots = (holder.check?.roots ?? []).map(({ name }) => name);
  const taken = new Set(['re', ...used, ...roots, ...(own?.locals ?? [])]);
  return {
    sites,
    target,
    cluster,
    askers,
    noun: names.noun,
    argument: argumentName(noun, taken),
    validator: names.validator,
    predicate: names.predicate,
    existing: undefined,
    list,
    holder,
    doubt: mixesContainers(sites.chosen) ? sites.chosen.find(({ check }) => check?.isHashed) : undefined,
  };
}

/** @throws Refusal `looks-inside` */
function refuseMarkup(sites: readonly Site[]): void {
  const [{ check, document, place }] = sites as readonly [Site, ...Site[]];
  const pattern = check?.mode === undefined ? undefined : pythonStringValue(check.literal, document.source)?.value;
  if (pattern !== undefined && looksForMarkup(pattern, check!.mode === 'search'))
    throw new Refusal('looks-inside', { line: place.range.start.line + 1, file: place.file }, place);
}

/** What all places name, or what the check itself tells of the value. */
function commonNoun(sites: readonly Site[], kind: string): string | undefined {
  const noun = nounOf(sites, kind);
  if (noun === undefined || noun === 'value') return spareNoun(sites) ?? noun;
  const enumeration = VAGUE.test(noun) ? enumerationNoun(sites[0]!) : undefined;
  return enumeration?.endsWith(`_${noun}`) ? enumeration : noun;
}

/** Who says what it is called or where it goes wants a function of their own. */
function isTold({ name, into }: CureRequest['choices']): boolean {
  return name !== undefined || into !== undefined;
}

/**
 * The other places call what is there.
 * @throws Refusal `match-is-used`, `patched-name`
 */
function reusing(
  existing: Existing,
  sites: Sites,
  cluster: Cluster | undefined,
  noun: string,
  snapshot: Snapshot,
): Plan {
  const { site, name } = existing;
  const asking = sites.chosen.filter((one) => one !== site && !cluster?.units.some((unit) => unit.site === one));
  const doubt = mixesContainers(sites.chosen) ? sites.chosen.find(({ check }) => check?.isHashed) : undefined;
  refusePatched(sites.chosen, cluster, snapshot);
  return {
    sites,
    target: { file: site.document.file, document: site.document },
    cluster,
    askers: asking.map((one) => ({ site: one, place: askingPlace(one) })),
    noun,
    argument: argumentName(noun, new Set()),
    validator: cluster ? name : undefined,
    predicate: asking.length > 0 ? name : undefined,
    existing,
    list: undefined,
    holder: site,
    doubt,
  };
}

/** All places are whole bodies, and become one function or none. */
function wholeCluster(sites: readonly Site[], world: UnifyWorld): Cluster {
  const units = sites.map((site) => {
    const unit = bodyUnit(site);
    if (!isUnit(unit)) throw refusalOf(unit);
    return unit;
  });
  const stranger = units.find((unit) => unit.shape !== units[0]!.shape);
  const cluster = stranger ? undefined : unify(units, world);
  if (!cluster) throw refusalOf({ code: 'messages-would-change', at: (stranger ?? units[1]!).site.place });
  return cluster;
}

/** Of the places of one check those that are alike also in what they do about it. */
function checkCluster(sites: readonly Site[], world: UnifyWorld): Cluster | undefined {
  const units: Unit[] = [];
  for (const site of sites) {
    for (const found of [bodyUnit(site), statementUnit(site)]) {
      // Two checks of one body are one unit.
      if (!isUnit(found)) continue;
      const isSame = (one: Unit): boolean =>
        one.kind === found.kind &&
        one.site.document === site.document &&
        one.statements[0]!.id === found.statements[0]!.id;
      if (!units.some(isSame)) units.push(found);
    }
  }
  const bodies = largestCluster(
    units.filter(({ kind }) => kind === 'body'),
    world,
  );
  // A function that answers yes or no beside one that asks the same less strictly would be two answers to one question.
  const isBody = bodies && (bodies.units.length === sites.length || bodies.units[0]!.returns !== 'boolean');
  if (isBody) return bodies;
  const statements = largestCluster(
    units.filter(({ kind }) => kind === 'statement'),
    world,
  );
  // For some of the places single statements are no simpler than the predicate, which the others need anyway.
  return statements?.units.length === sites.length && isWorthIt(statements) ? statements : undefined;
}

/**
 * Two places that only ask the predicate may be copies of one another still, which the pattern hid so far.
 * @throws Refusal `second-validator`
 */
function refuseSecondValidator(askers: readonly Site[]): void {
  const seen = new Map<string, Site>();
  for (const site of askers) {
    const unit = bodyUnit(site);
    const body = site.owner?.childForFieldName('body');
    if (!isUnit(unit) || !body || bodyWeight(textOf(site.document, body)) < MIN_WEIGHT) continue;
    const key = [unit.shape, ...unit.holes.filter(({ kind }) => kind === 'number').map(({ value }) => value)].join(' ');
    const other = seen.get(key);
    if (other) {
      const args = {
        line: other.place.range.start.line + 1,
        file: other.place.file,
        second: site.place.range.start.line + 1,
      };
      throw new Refusal('second-validator', { ...args, other: site.place.file }, site.place);
    }
    seen.set(key, site);
  }
}

/** To hand an exception or its whole message over for every single statement is no simpler than to raise it there. */
function isWorthIt({ parameters, fillings }: Cluster): boolean {
  const isMessage = [...fillings.values()].some(
    (one) => one.kind === 'parameter' && parameters[one.parameter]!.kind === 'text',
  );
  const isSentence = parameters.some(
    ({ kind, values }) => kind === 'text' && values.some((one) => one.trim().split(/\s+/).length > 3),
  );
  return !isMessage && !isSentence && parameters.every(({ kind }) => kind !== 'class');
}

function askingPlace(site: Site): TruthPlace {
  const { check, document, place } = site;
  const found = check && truthPlace(check.node, document.source);
  if (!found) throw new Refusal('match-is-used', { line: place.range.start.line + 1, file: place.file }, place);
  return found;
}

/** Names that code of the places uses, so that no parameter may have them. */
function takenNames(sites: readonly Site[]): Set<string> {
  const taken = new Set<string>(['re']);
  for (const { document, owner, check } of sites) {
    const root = owner?.childForFieldName('body') ?? check?.node;
    if (!root || root.endIndex - root.startIndex > 5000) continue;
    for (const one of root.descendantsOfType('identifier')) {
      const binding = document.semantics.bindingAt(one.startIndex);
      if (binding?.kind !== 'parameter' && one.parent?.type !== 'attribute') taken.add(textOf(document, one));
    }
  }
  return taken;
}

/** @throws Refusal `import-cycle` where the code names the very module that it would go to: `checks.Wrong` means nothing in `checks` */
function refuseOwnModule({ site, free }: Unit, { file }: CodeTarget, { modules: { python } }: Snapshot): void {
  const own = free.find(
    ({ module, member }) => member === undefined && python.resolve(site.document.file, module).includes(file),
  );
  if (own && site.document.file !== file)
    throw new Refusal('import-cycle', { module: own.name, file, cycle: `${file} > ${file}` });
}

function cannotImport(unit: Unit, at: number, target: CodeTarget, { modules: { python } }: Snapshot): boolean {
  const { file } = unit.site.document;
  const free = unit.free.find(({ start }) => start === at) ?? unit.free.find(({ name }) => name === nameAt(unit, at));
  if (!free || file === target.file) return false;
  if (free.module === '') return true;
  const other = target.document?.semantics.root.bindings.get(free.name);
  if (other && !isSameImport(other.imported, free)) return true;
  const defined =
    free.member === undefined
      ? python.resolve(file, free.module)
      : python.resolveMember(file, free.module, free.member);
  return defined.some(
    (one) =>
      one !== target.file &&
      (target.document ? python.wouldCloseCycle(target.file, one) : python.wouldCloseCycle(file, one)) !== undefined,
  );
}

/** Whether a name of the target is what the place imports, by the last part of its module, which may be written in several ways. */
function isSameImport(imported: ImportedName | undefined, { module, member }: FreeName): boolean {
  const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
  return imported !== undefined && imported.member === member && last(imported.module) === last(module);
}

function nameAt({ site }: Unit, at: number): string {
  return /^\w*/.exec(site.document.source.text.slice(at, at + 100))![0];
}

/** One that is written in place before one that a constant holds, and a list before a set, which breaks on what it cannot hash. */
function holderOf(sites: readonly Site[]): Site {
  const rank = ({ check }: Site): number => Number(check?.isHashed ?? false) * 2 + Number(check?.held !== undefined);
  return [...sites].sort((a, b) => rank(a) - rank(b))[0]!;
}

/** Whether sets and lists are mixed at places where a value may come that cannot be hashed: a set raises there, a list does not. */
function mixesContainers(sites: readonly Site[]): boolean {
  const kinds = new Set(sites.flatMap(({ check }) => (check && check.mode === undefined ? [check.isHashed] : [])));
  return kinds.size > 1 && !sites.every(isHashable);
}

/** A pattern over several lines cannot be indented with the code around it. */
function hasLongLiteral({ check, document }: Site): boolean {
  if (check?.mode === undefined) return false;
  const text = textOf(document, check.literal);
  return text.includes('\n') && /"""|'''/.test(text);
}

/** @throws Refusal `patched-name` for what a test replaces where it stands now */
function refusePatched(sites: readonly Site[], cluster: Cluster | undefined, snapshot: Snapshot): void {
  for (const site of sites) {
    const unit = cluster?.units.find((one) => one.site === site);
    const names = [
      site.check?.held?.name,
      site.check?.mode === undefined ? undefined : 're',
      ...(site.check?.roots.map(({ name }) => name) ?? []),
      ...(unit?.free.map(({ name }) => name) ?? []),
    ];
    for (const name of names) {
      const [patch] = name === undefined ? [] : patchesOf(snapshot, site.document.file, name);
      if (patch) throw new Refusal('patched-name', { name: name!, test: patch.file, line: patch.line + 1 }, site.place);
    }
  }
}
