import { type FindingDraft, fingerprint } from '../../core/rule/finding';
import type { RegexFact } from './facts';
import { type Member, rangeOf, related, shorten, site } from './group';
import type { Options } from './options';

/** Names that say nothing about what is validated. */
const GENERIC =
  /^(?:is)?(?:validat(?:e|or|ion)|valid|check|verify|ensure|match(?:es)?|test|allowed|supported|input|value)?$/;

/** `EMAIL_RE`, `emailRegex` and `EMAIL_PATTERN` are one name; undefined for a name that any two validators could share. */
export function driftName(name: string): string | undefined {
  const stem = name
    .replace(/[_$]/g, '')
    .toLowerCase()
    .replace(/(?:regexp?|pattern|re)$/, '');
  return GENERIC.test(stem) ? undefined : stem;
}

/**
 * Validators of one name whose patterns are similar but not the same: copies that somebody changed, or two rules that need two
 * names. The first place of each pattern speaks for it.
 */
export function driftOf(members: readonly Member<RegexFact>[], options: Options): readonly FindingDraft[] {
  const byKey = new Map<string, Member<RegexFact>>();
  for (const member of members) if (!byKey.has(member.value.key)) byKey.set(member.value.key, member);
  const [first, ...others] = byKey.values();
  if (!first || first.value.atoms < options.minAtoms) return [];
  const similar = others.filter((one) => isElsewhere(first, one) && areSimilar(first.value.key, one.value.key));
  if (similar.length === 0) return [];
  const all = [first, ...similar];
  const { name, pattern, mode } = first.value;
  const onlyMode = similar.every((one) => one.value.pattern === pattern && one.value.flags === first.value.flags);
  return [
    {
      case: 'drift',
      severity: 'information',
      messageId: onlyMode ? 'driftMode' : 'drift',
      args: { name: name!, pattern: shorten(pattern), mode, count: similar.length },
      file: first.file,
      range: rangeOf(first.value.at),
      extentEndLine: first.value.at[2],
      ...(first.value.symbol ? { symbol: first.value.symbol } : {}),
      related: similar.map((one) =>
        related(one, onlyMode ? 'driftModeAlso' : 'driftAlso', {
          name: one.value.name!,
          pattern: shorten(one.value.pattern),
          mode: one.value.mode,
        }),
      ),
      // By the name alone: when one of its patterns goes, it is the same drift with one pattern less.
      fingerprint: fingerprint('drift', first.value.key.slice(0, 2), driftName(name!)!),
      cures: [],
      data: { kind: 'drift', sites: all.map(site) },
    },
  ];
}

/** Two checks of one function are two rules. */
function isElsewhere(a: Member<RegexFact>, b: Member<RegexFact>): boolean {
  return a.file !== b.file || a.value.scope === undefined || a.value.scope !== b.value.scope;
}

/** At most two characters, members or counts apart, and no more than a quarter of the shorter one. */
function areSimilar(a: string, b: string): boolean {
  const left = tokens(a);
  const right = tokens(b);
  const limit = Math.min(2, Math.floor(Math.min(left.length, right.length) / 4));
  return limit > 0 && distance(left, right, limit) <= limit;
}

/** The normal form behind language and mode, cut into characters, escapes and counts. */
function tokens(key: string): string[] {
  return key.replace(/^\w+:\w+:b?/, '').match(/\\x..|\\.|\{[\d,]+\}|[\s\S]/gu) ?? [];
}

/** Edits between two lists, or more than `limit` as soon as that is certain. */
function distance(a: readonly string[], b: readonly string[], limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = b.map((_, index) => index + 1);
  row.unshift(0);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length]!;
}
