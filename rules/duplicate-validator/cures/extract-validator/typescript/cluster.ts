import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { type Cluster, largestCluster, type UnifyWorld, unify } from '../unify';
import { camel } from './names';
import { type Site, textOf } from './site';
import { bodyUnit, isUnit, refusalOf, type Unit } from './unit';
import { outOfBrackets } from './use';

/**
 * The places that are whole validators and alike, also in what they do about it: all of a group of bodies; of a check's places those
 * that are more than the question.
 */
export function clusterOf(sites: readonly Site[], isBody: boolean): Cluster<Unit> | undefined {
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
export function isInside({ document, place }: Site, { site, owner }: Unit): boolean {
  const at = document.source.offsetAt(place.range.start);
  return document === site.document && owner.startIndex <= at && at < owner.endIndex;
}

export function takenIn(cluster: Cluster<Unit> | undefined, names: readonly string[]): Set<string> {
  const own = cluster?.units[0];
  const inputs = new Set(own?.inputs);
  const used = own ? namesIn(own).filter((name) => !inputs.has(name)) : [];
  return new Set([...names, ...used, ...(cluster?.parameters.map(({ name }) => camel(name)) ?? [])]);
}

function namesIn({ statements, site: { document } }: Unit): string[] {
  return statements.flatMap((one) => one.descendantsOfType('identifier').map((name) => textOf(document, name)));
}

/** The only argument's name, where all copies agree on one that says something. */
export function inputName(cluster: Cluster<Unit> | undefined): string | undefined {
  const [first, ...others] = cluster?.units ?? [];
  const name = first?.inputs.length === 1 ? first.inputs[0]! : undefined;
  return name !== undefined && name.length > 3 && others.every(({ inputs }) => inputs[0] === name) ? name : undefined;
}

/** What all copies are called. */
export function commonName({ units }: Cluster<Unit>): string | undefined {
  const [first, ...others] = units.map(({ owner, site }) => typeScriptNameOf(owner, site.document.source));
  // What marks a private method is no part of the name.
  return first !== undefined && others.every((one) => one === first) ? first.replace(/^[_#]+/, '') : undefined;
}
