import { isFreeName } from '../../../../core/edit/python/new-module/free-name';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import type { PythonModel } from '../../../../core/semantics/python/index';
import { plural } from '../../../../core/text/inflection';
import { words } from './noun-words';
import { type Site, textOf } from './site';
import type { Unit } from './unit';

/** A list of members that some places need for more than the check, so that it becomes a constant beside the shared function. */
export interface SharedList {
  readonly name: string;
  /** The places whose list becomes the constant; all of them are written alike. */
  readonly sites: readonly Site[];
}

interface Wanted {
  readonly sites: readonly Site[];
  readonly units: readonly Unit[];
  readonly noun: string;
  readonly isPrivate: boolean;
  readonly target: CodeTarget;
}

/**
 * Which lists stay in use at their places, in a message for example, and must not become second lists.
 *
 * @returns the constant for those that can be shared, and a place that keeps a list of its own, if there is one
 */
export function sharedList({ sites, units, noun, isPrivate, target }: Wanted): {
  list: SharedList | undefined;
  kept: Site | undefined;
} {
  const staying = sites.filter((site) => staysInUse(site, sites, units));
  const [first] = staying;
  if (!first) return { list: undefined, kept: undefined };
  const written = literalText(first);
  const alike = staying.filter((site) => isLocal(site) && literalText(site) === written && isReadOnly(site));
  const name = `${isPrivate ? '_' : ''}VALID_${plural(words(noun).join('_')).toUpperCase()}`;
  const uses = sites.map(({ document, check }) => ({ document, at: check!.node.startIndex }));
  const isShared = alike.length === staying.length && isFreeName(name, target, uses);
  return isShared ? { list: { name, sites: staying }, kept: undefined } : { list: undefined, kept: first };
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

/** A tuple may be shared whatever is done with it; a list or a set only where it is shown in what is raised. */
function isReadOnly(site: Site): boolean {
  const { check, document } = site;
  if (check!.literal.type === 'tuple') return true;
  return bindingOf(site)!.reads.every(({ start }) => {
    if (check!.node.startIndex <= start && start < check!.node.endIndex) return true;
    let at = document.root.descendantForIndex(start, start);
    while (at && at.type !== 'raise_statement' && !/_definition$/.test(at.type)) at = at.parent;
    return at?.type === 'raise_statement';
  });
}

/** A constant of the module may be needed while the module is loaded, and others may import it. */
function isLocal(site: Site): boolean {
  return bindingOf(site)?.scope.kind === 'function';
}

function bindingOf({ check, document }: Site) {
  const target = check?.held?.value.parent?.childForFieldName('left');
  return target ? (document.semantics as PythonModel).bindingAt(target.startIndex) : undefined;
}

function literalText({ check, document }: Site): string {
  return textOf(document, check!.literal).replace(/\s+/g, ' ');
}
