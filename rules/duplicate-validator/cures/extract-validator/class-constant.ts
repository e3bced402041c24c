import { classUsers } from '../../../../core/edit/python/class-users';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import { patchesOfModule } from '../../../../core/facts/patched-names';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isImmutable } from './read-only';
import { isOnlyShown, mentionsIn } from './shown-constant';
import type { Site } from './site';

/** Classes whose attributes are more than names. */
const CLOSED = /\b(?:Enum|IntEnum|StrEnum|Flag|IntFlag|NamedTuple|TypedDict)\b/;

/**
 * A constant of a class (`self.PATTERN`, `cls.PATTERN`) may be one that subclasses replace: it can be shared where nothing in the
 * workspace but its definition and the checks themselves speaks of it, and members also where all others only look at them.
 * @returns the places whose class needs its constant for more than the checks
 * @throws Refusal `uses-class-state`
 */
export async function refuseClassState(sites: readonly Site[], snapshot: Snapshot): Promise<ReadonlySet<Site>> {
  const shown = new Set<Site>();
  for (const site of sites) {
    const { check, document } = site;
    if (!check?.held || !isAskedOfClass(site)) continue;
    const use = await useOf(site, sites, snapshot);
    if (use === 'shown') shown.add(site);
    if (use !== undefined) continue;
    const place = { file: document.file, range: document.source.rangeOf(check.node) };
    const args = { name: check.held.name, line: place.range.start.line + 1, file: document.file };
    throw new Refusal('uses-class-state', args, place);
  }
  return shown;
}

/** Whether a place asks its object or class for what it compares with. */
export function isAskedOfClass({ check, document }: Site): boolean {
  if (!check?.held) return false;
  const { node, held } = check;
  const user = node.type === 'call' ? node : node.lastNamedChild!;
  const text = document.source.slice(user.startIndex, user.endIndex);
  return new RegExp(`\\b(?:self|cls)\\s*\\.\\s*${held.name}\\b`).test(text);
}

/** Whether nothing but the checks needs the constant, or others look at it; undefined where it may be replaced or changed. */
async function useOf(
  { check, document }: Site,
  sites: readonly Site[],
  snapshot: Snapshot,
): Promise<'checked' | 'shown' | undefined> {
  const { name, value } = check!.held!;
  const assignment = value.parent!;
  const holder = classOf(assignment);
  const className = holder?.childForFieldName('name');
  if (!holder || !className || !isPlainAttribute(assignment, holder, document)) return undefined;
  const { source } = document;
  const users = await classUsers(document, source.slice(className.startIndex, className.endIndex), snapshot);
  if (/\bsetattr\(\s*(?:self|cls)\b|\b__dict__\b/.test(source.slice(holder.startIndex, holder.endIndex)))
    return undefined;
  if (patchesOfModule(snapshot, document.file).some(({ inside }) => inside.includes(name))) return undefined;
  const mentions = [document, ...users].flatMap((one) =>
    mentionsIn(one, name)
      .filter((at) => {
        const isCheck = (site: Site): boolean =>
          site.document === one && isWithin(at, site.check!.node) && isAskedOfClass(site);
        return (
          !(one === document && at === assignment.startIndex) && !sites.some((site) => site.check && isCheck(site))
        );
      })
      .map((at) => ({ document: one, at })),
  );
  if (mentions.length === 0) return 'checked';
  if (check!.mode !== undefined) return undefined;
  const constant = { name, holder, document, isImmutable: isImmutable(value, source) };
  return isOnlyShown(constant, mentions, [document, ...users]) ? 'shown' : undefined;
}

/** The class in whose body an assignment stands. */
function classOf(assignment: SyntaxNode): SyntaxNode | undefined {
  const holder = assignment.parent?.parent?.parent;
  return holder?.type === 'class_definition' ? holder : undefined;
}

/** No field of a data class and no member of an enumeration. */
function isPlainAttribute(assignment: SyntaxNode, holder: SyntaxNode, { source }: Document): boolean {
  const type = assignment.childForFieldName('type');
  const bases = holder.childForFieldName('superclasses');
  const isConstant = !type || /\b(?:ClassVar|Final)\b/.test(source.slice(type.startIndex, type.endIndex));
  return isConstant && !(bases && CLOSED.test(source.slice(bases.startIndex, bases.endIndex)));
}

const isWithin = (offset: number, node: SyntaxNode): boolean => node.startIndex <= offset && offset < node.endIndex;
