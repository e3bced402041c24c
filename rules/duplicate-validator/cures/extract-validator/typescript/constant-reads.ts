import type { Document } from '../../../../../core/edit/snapshot';
import type { HeldConstant, SiteCheck } from './check';

/** Whether a constant is exported, or named by more than the checks of some places: beside a shared one it would be a copy. */
export function staysInUse(
  held: HeldConstant,
  sites: readonly { readonly document: Pick<Document, 'source'>; readonly check: SiteCheck | undefined }[],
  document: Document,
): boolean {
  const own = sites.flatMap(({ check, document: { source } }) =>
    source === document.source && check ? [check.given] : [],
  );
  const isAsked = (start: number): boolean =>
    own.some(({ startIndex, endIndex }) => startIndex <= start && start < endIndex);
  return isExportedConstant(held) || readsOf(held, document).some(({ start }) => !isAsked(start));
}

/** Where a module names its constant. */
export function readsOf(
  { declarator, isField, name }: HeldConstant,
  { semantics, source }: Document,
): readonly { start: number; end: number }[] {
  if (isField) {
    const uses = source.text.matchAll(new RegExp(`\\.${name.replace(/[#$]/g, '\\$&')}(?![\\w$])`, 'g'));
    return [...uses].map(({ index }) => ({ start: index + 1, end: index + 1 + name.length }));
  }
  return semantics.bindingAt(declarator.childForFieldName('name')!.startIndex)?.reads ?? [];
}

export const isExportedConstant = ({ declarator, isField }: HeldConstant): boolean =>
  !isField && declarator.parent?.parent?.type === 'export_statement';

/** Whether a constant stands at the top of its module. */
export function isTop({ declarator, isField }: HeldConstant, { root }: Document): boolean {
  if (isField) return false;
  const statement = declarator.parent;
  return statement?.parent?.id === root.id || statement?.parent?.parent?.id === root.id;
}
