import { classAround, type Site, textOf } from './site';
import type { Cluster } from './unify';

const BUILTIN = /^(?:str|int|float|bool|bytes)$/;
const OPTIONAL = /^Optional\[(?:str|int|float|bytes)\]$|^(?:str|int|float|bytes) \| None$/;

/**
 * The type of what is checked: what all places that say one say, else what a pattern can be matched with. Only types that need no
 * import of their own, and `Optional` of those.
 */
export function annotationOf(sites: readonly Site[], cluster: Cluster | undefined): string | undefined {
  const pattern = sites[0]!.check?.mode === undefined ? undefined : sites[0]!.check;
  if (!cluster && pattern) return pattern.isBytes ? 'bytes' : 'str';
  const said = [...new Set(sites.map((site) => annotationAt(site, cluster)).filter((one) => one !== undefined))];
  if (said.length === 1 && (BUILTIN.test(said[0]!) || OPTIONAL.test(said[0]!))) return said[0];
  if (said.length > 0) return undefined;
  const { check, document } = sites[0]!;
  if (pattern) return pattern.isBytes ? 'bytes' : 'str';
  if (!check) return undefined;
  // Where nothing is given is asked as well, the members do not tell the type.
  const asksForNone = cluster?.units.some(({ statements }) =>
    statements.some((one) => one.descendantsOfType('none').length > 0),
  );
  if (asksForNone || check.roots.length > 0) return undefined;
  const members = check.literal.descendantsOfType(['string', 'integer', 'float', 'none', 'true', 'false']);
  return members.every((one) => one.type === 'string' && /^["']/.test(textOf(document, one))) ? 'str' : undefined;
}

/** Whether what is checked is surely a text or a number, so that a set and a list answer alike. */
export function isHashable(site: Site): boolean {
  const { check, document, owner } = site;
  if (!check) return true;
  const outer = owner?.parent?.type === 'decorated_definition' ? owner.parent : undefined;
  // What a validator sees before the conversion may be anything.
  if (
    outer &&
    /mode\s*=\s*["'](?:before|wrap|plain)|pre\s*=\s*True/.test(
      document.source.slice(outer.startIndex, owner!.startIndex),
    )
  )
    return false;
  if (/\.(?:lower|upper|strip|casefold)\(\)$/.test(textOf(document, check.subject))) return true;
  const said = annotationAt(site, undefined);
  const isMember = check.roots.some(({ name, member }) => member !== undefined && name === said);
  return said !== undefined && (isMember || BUILTIN.test(said) || OPTIONAL.test(said));
}

function annotationAt(site: Site, cluster: Cluster | undefined): string | undefined {
  const { document, owner, check } = site;
  const unit = cluster?.units.find((one) => one.site === site);
  const subject = unit ? unit.inputs[0] : check && textOf(document, check.subject);
  if (!owner || subject === undefined) return undefined;
  if (/^\w+$/.test(subject)) return ofParameter(site, subject) ?? ofField(site, decoratedField(site));
  const field = /^self\.(\w+)$/.exec(subject)?.[1];
  return ofField(site, field);
}

function ofParameter({ document, owner }: Site, name: string): string | undefined {
  for (const parameter of owner?.childForFieldName('parameters')?.namedChildren ?? []) {
    const type = parameter.childForFieldName('type');
    const own = parameter.childForFieldName('name') ?? parameter.firstNamedChild;
    if (type && own && textOf(document, own) === name) return safe(document.source.text, textOf(document, type));
  }
  return undefined;
}

/** `name: str` in the body of the class. */
function ofField({ document, owner }: Site, field: string | undefined): string | undefined {
  const body = owner && classAround(owner)?.childForFieldName('body');
  if (!body || field === undefined) return undefined;
  for (const statement of body.namedChildren) {
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : undefined;
    const left = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : undefined;
    const type = assignment?.childForFieldName('type');
    if (left && type && textOf(document, left) === field) return safe(document.source.text, textOf(document, type));
  }
  return undefined;
}

function decoratedField({ document, owner }: Site): string | undefined {
  const outer = owner?.parent;
  if (outer?.type !== 'decorated_definition') return undefined;
  const text = document.source.slice(outer.startIndex, owner!.startIndex);
  return /validator\s*\(\s*["'](\w+)["']/.exec(text)?.[1];
}

/** With postponed evaluation an annotation may be one that this Python cannot evaluate. */
function safe(text: string, annotation: string): string {
  return annotation.includes('|') && /^from __future__ import .*\bannotations\b/m.test(text) ? 'unknown' : annotation;
}
