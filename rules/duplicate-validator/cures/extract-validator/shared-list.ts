import { isFreeName } from '../../../../core/edit/python/new-module/free-name';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import type { PythonModel } from '../../../../core/semantics/python/index';
import { plural } from '../../../../core/text/inflection';
import { words } from './noun-words';
import { isImmutable, isOnlyRead } from './read-only';
import { type Site, textOf } from './site';
import type { Unit } from './unit';

/** A list of members that some places need for more than the check, so that it becomes a constant beside the shared function. */
export interface SharedList {
  readonly name: string;
  /** The places whose list becomes the constant; all of them are written alike. */
  readonly sites: readonly Site[];
  /** The target's own constant is the one, so that none is written. */
  readonly isThere: boolean;
}

interface Wanted {
  readonly sites: readonly Site[];
  /** Places whose class shows its members elsewhere. */
  readonly shown: ReadonlySet<Site>;
  readonly units: readonly Unit[];
  readonly noun: string;
  /** `binary_or_multiclass` where the members say better than the noun what they are. */
  readonly either: string | undefined;
  readonly isPrivate: boolean;
  readonly target: CodeTarget;
}

/**
 * Which lists stay in use at their places, in a message for example, and must not become second lists.
 *
 * @returns the constant for those that can be shared, and a place that keeps a list of its own, if there is one
 */
export function sharedList({ sites, shown, units, noun, either, isPrivate, target }: Wanted): {
  list: SharedList | undefined;
  kept: Site | undefined;
} {
  const staying = sites.filter((site) => shown.has(site) || staysInUse(site, sites, units));
  const [first] = staying;
  if (!first) return { list: undefined, kept: undefined };
  const written = literalText(first);
  // Members that the target's own code defines may not be there yet when it is loaded.
  const isLoadable = (site: Site): boolean => !site.check!.roots.some(({ module }) => module === undefined);
  const alike = staying.filter(
    (site) =>
      (shown.has(site) || (isLocal(site) && isReadOnly(site)) || isFixedOfModule(site)) &&
      literalText(site) === written &&
      isLoadable(site),
  );
  // What the target's own module keeps for good can be the list of all.
  const home = staying.find((site) => site.document.file === target.file && isFixedOfModule(site));
  const others = staying.filter((site) => !home || bindingOf(site) !== bindingOf(home));
  if (home && others.every((site) => alike.includes(site) && site.document.file !== target.file))
    return { list: { name: home.check!.held!.name, sites: others, isThere: true }, kept: undefined };
  const isLate = staying.some((site) => site.document.file === target.file && bindingOf(site)?.scope.kind === 'module');
  const said = either ?? `valid_${plural(words(noun).join('_'))}`;
  const name = `${isPrivate ? '_' : ''}${said.toUpperCase()}`;
  const uses = sites.map(({ document, check }) => ({ document, at: check!.node.startIndex }));
  const isShared = !isLate && alike.length === staying.length && isFreeName(name, target, uses);
  return isShared
    ? { list: { name, sites: staying, isThere: false }, kept: undefined }
    : { list: undefined, kept: first };
}

/** Whether a place reads its own list elsewhere than in code that becomes a call. */
function staysInUse(site: Site, sites: readonly Site[], units: readonly Unit[]): boolean {
  const { check, document } = site;
  if (!check?.held || check.mode !== undefined) return false;
  const gone = [
    ...sites.flatMap((one) => (one.document === document && one.check ? [one.check.node] : [])),
    ...units.flatMap((one) => (one.site.document === document ? one.statements : [])),
  ];
  const isGone = (at: number): boolean => gone.some((one) => one.startIndex <= at && at < one.endIndex);
  if (isGone(check.held.value.startIndex)) return false;
  return bindingOf(site)?.reads.some(({ start }) => !isGone(start)) ?? false;
}

/** A tuple may be shared whatever is done with it; a list or a set only where nobody can change it. */
function isReadOnly(site: Site): boolean {
  const { check, document } = site;
  if (isImmutable(check!.literal, document.source)) return true;
  return bindingOf(site)!.reads.every(({ start }) => {
    const use = document.root.descendantForIndex(start, start);
    return use !== null && isOnlyRead(use, document.source);
  });
}

/** A function makes its list when it is called. */
function isLocal(site: Site): boolean {
  return bindingOf(site)?.scope.kind === 'function';
}

/** A tuple that a module makes once: the import that takes its place is there before all that the module does with it. */
function isFixedOfModule(site: Site): boolean {
  const binding = bindingOf(site);
  return (
    binding?.scope.kind === 'module' &&
    binding.writes.length === 1 &&
    isImmutable(site.check!.literal, site.document.source)
  );
}

function bindingOf({ check, document }: Site) {
  const target = check?.held?.value.parent?.childForFieldName('left');
  return target ? (document.semantics as PythonModel).bindingAt(target.startIndex) : undefined;
}

function literalText({ check, document }: Site): string {
  return textOf(document, check!.literal).replace(/\s+/g, ' ');
}
