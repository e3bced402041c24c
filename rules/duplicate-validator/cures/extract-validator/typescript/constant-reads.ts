import type { Document } from '../../../../../core/edit/snapshot';
import type { HeldConstant, SiteCheck } from './check';

/** Whether a constant of a module is exported, or named by more than the checks of some places. */
export function staysInUse(
  held: HeldConstant,
  sites: readonly { readonly document: Pick<Document, 'source'>; readonly check: SiteCheck | undefined }[],
  document: Document,
): boolean {
  if (held.isField || !isTop(held, document)) return false;
  const own = sites.flatMap(({ check, document: { source } }) =>
    source === document.source && check ? [check.given] : [],
  );
  const isAsked = (start: number): boolean =>
    own.some(({ startIndex, endIndex }) => startIndex <= start && start < endIndex);
  return isExportedConstant(held) || readsOf(held, document).some(({ start }) => !isAsked(start));
}

/** Where a module names its constant. */
export function readsOf(
  { declarator }: HeldConstant,
  { semantics }: Document,
): readonly { start: number; end: number }[] {
  return semantics.bindingAt(declarator.childForFieldName('name')!.startIndex)?.reads ?? [];
}

export const isExportedConstant = ({ declarator }: HeldConstant): boolean =>
  declarator.parent?.parent?.type === 'export_statement';

/** Whether a constant stands at the top of its module. */
export function isTop({ declarator }: HeldConstant, { root }: Document): boolean {
  const statement = declarator.parent;
  return statement?.parent?.id === root.id || statement?.parent?.parent?.id === root.id;
}
