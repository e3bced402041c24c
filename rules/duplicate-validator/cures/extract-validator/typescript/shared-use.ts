import { Refusal } from '../../../../../core/edit/refusal';
import { type Site, textOf } from './site';
import { type Use, useOf } from './use';

/** How a place shares its check; undefined where it cannot. */
export function sharedUse(site: Site): Use | undefined {
  const { check, document } = site;
  return check && useOf(check, document.source, ({ subject }) => isText(site, subject));
}

export function usesOf(site: Site): Use {
  const { check, place } = site;
  const use = sharedUse(site);
  if (!use) throw new Refusal('match-is-used', { line: place.range.start.line + 1, file: place.file }, place);
  if (use.kind === 'constant' && /[gy]/.test(check!.flags))
    throw new Refusal('stateful-pattern', { line: place.range.start.line + 1, file: place.file }, place);
  return use;
}

/** In TypeScript only a string has `match`; in JavaScript it must show. */
function isText({ document }: Site, subject: NonNullable<Site['check']>['subject']): boolean {
  if (document.language !== 'javascript') return true;
  return (
    subject !== undefined &&
    /^(?:String\(|[`'"])|\.(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|slice|substring|replace)\([^()]*\)$/.test(
      textOf(document, subject),
    )
  );
}
