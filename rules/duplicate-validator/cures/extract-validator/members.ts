import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { words } from './noun-words';
import type { Site } from './site';

/** A name that the members of a set start with: the enumeration of `State.OPEN`, or the module of `signal.SIGTERM`. */
export interface MemberRoot {
  readonly name: string;
  /** Where it stands in the display. */
  readonly start: number;
  readonly end: number;
  /** As the import in the site's file says; undefined for a class that the file defines itself. */
  readonly module: string | undefined;
  /** Undefined where the module itself is imported. */
  readonly member: string | undefined;
}

/**
 * The names that a display of members takes from its file, one for each place where it stands.
 * @param isHeld whether the display is a constant's value, so that its members are read once and for all
 * @returns undefined where one of them cannot be had elsewhere, or may be another object at another time
 */
export function memberRoots(display: SyntaxNode, document: Document, isHeld: boolean): MemberRoot[] | undefined {
  const found: MemberRoot[] = [];
  for (const member of display.descendantsOfType('attribute')) {
    if (member.parent?.type === 'attribute') continue;
    const path = document.source.slice(member.startIndex, member.endIndex).split('.');
    const binding = document.semantics.bindingAt(member.startIndex);
    const name = path[0]!;
    // An object's attribute may change; what a class or a module calls a constant does not.
    const isFixed = /^[A-Z]\w*[a-z]/.test(path.findLast((one) => !isMemberName(one)) ?? '');
    if (binding?.scope.kind !== 'module' || binding.writes.length > 1 || (isHeld && !isFixed)) return undefined;
    const { imported } = binding;
    if (imported ? !isPlain(imported) : binding.kind !== 'class') return undefined;
    const end = member.startIndex + name.length;
    const own = imported ? imported.member : name;
    found.push({ name, start: member.startIndex, end, module: imported?.module, member: own });
  }
  return found;
}

/** The last parts of `State.OPEN` and `State.OPEN.value`. */
function isMemberName(part: string): boolean {
  return part === 'value' || /^[A-Z][A-Z0-9_]*$/.test(part);
}

function isPlain({ module, member, local, typeOnly, lazy }: ImportedLike): boolean {
  return (
    !typeOnly &&
    !lazy &&
    member !== '*' &&
    (member !== undefined || local === module || !module.startsWith(`${local}.`))
  );
}

interface ImportedLike {
  readonly module: string;
  readonly member: string | undefined;
  readonly local: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

/** The file that defines what a root means; undefined where it is not of this workspace. */
export function homeOf(root: MemberRoot, { document }: Site, { modules: { python } }: Snapshot): string | undefined {
  if (root.module === undefined) return document.file;
  const [file, other] =
    root.member === undefined
      ? python.resolve(document.file, root.module)
      : python.resolveMember(document.file, root.module, root.member);
  if (!file || other) return undefined;
  return root.member === undefined ? file : python.definitionOf(file, root.member).file;
}

/** @throws Refusal `other-members` where a name means another enumeration than at the first place, or its value is asked for instead */
export function refuseOtherMembers(sites: readonly Site[], snapshot: Snapshot): void {
  const [first, ...others] = sites.map((site) => membersOf(site, snapshot));
  for (const [at, members] of others.entries()) {
    const stranger = members.find((one) => !first!.some(({ meaning }) => meaning === one.meaning));
    if (stranger === undefined) continue;
    const { place } = sites[at + 1]!;
    const args = { line: place.range.start.line + 1, file: place.file, name: stranger.text };
    throw new Refusal('other-members', args, place);
  }
}

function membersOf(site: Site, snapshot: Snapshot): { text: string; meaning: string }[] {
  const { check, document } = site;
  const { source } = document;
  if (!check) return [];
  return check.roots.map((root) => {
    const text = /^[\w.]+/.exec(source.text.slice(root.start, root.start + 500))![0];
    const rest = text.slice(root.name.length);
    const home = homeOf(root, site, snapshot) ?? root.module;
    return { text, meaning: `${home} ${root.member ?? ''} ${rest}` };
  });
}

/**
 * The file that defines an enumeration of its own and checks it: only there it can be named without a circle.
 * @returns undefined where all places import what they compare with
 */
export function ownMembersFile(sites: readonly Site[]): string | undefined {
  const own = sites.find(({ check }) => check?.roots.some(({ module }) => module === undefined));
  return own?.document.file;
}

function isLoaded({ lazy, typeOnly }: { readonly lazy?: boolean; readonly typeOnly?: boolean }): boolean {
  return !lazy && !typeOnly;
}

/**
 * What members are called that all belong to one enumeration: `breaker_state` for `BreakerState.OPEN`.
 * @returns undefined for members of several, of modules, and for plain values
 */
export function enumerationNoun({ check }: Site): string | undefined {
  const names = new Set(check?.roots.map(({ name, member }) => member ?? name));
  const [name, other] = names;
  const isAll = check?.roots.length === check?.literal.namedChildren.filter(({ type }) => type !== 'comment').length;
  if (name === undefined || other !== undefined || !isAll || !/^[A-Z]\w*[a-z]/.test(name)) return undefined;
  const parts = words(name).filter(
    (one, at) => at === 0 || !/^(?:enum|type)s?$/.test(one) || at < words(name).length - 1,
  );
  return parts.join('_');
}

/** @throws Refusal `import-cycle` where the shared function cannot import what its members start with */
export function refuseMemberCycle(
  holder: Site,
  sites: readonly Site[],
  { file: target, document }: CodeTarget,
  snapshot: Snapshot,
): void {
  const { python } = snapshot.modules;
  for (const root of holder.check?.roots ?? []) {
    const home = homeOf(root, holder, snapshot);
    if (home === undefined || (home === target && root.member !== undefined)) continue;
    // A module that is made will be imported by all places.
    const importers = document ? [target] : sites.map((site) => site.document.file);
    for (const file of importers) {
      const isKnown = python.importersOf(file).some(({ file: other, fact }) => other === home && isLoaded(fact));
      const cycle = isKnown ? [file, home, file] : python.wouldCloseCycle(file, home);
      if (cycle)
        throw new Refusal('import-cycle', { module: root.member ?? root.name, file: target, cycle: cycle.join(' > ') });
    }
  }
}
