import type { Skipped } from '../core/facts/audited';
import { type Finding, SEVERITIES, type Severity } from '../core/rule/finding';
import type { Phrase, Texts } from './texts';

/** `1 error, 2 warnings`: severities that occur, from the gravest. */
export function severitySummary(texts: Texts, findings: readonly Finding[]): string {
  return SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => texts.say(COUNTS[severity], { count }))
    .join(', ');
}

const COUNTS: Readonly<Record<Severity, Phrase>> = {
  error: 'errors',
  warning: 'warnings',
  information: 'informations',
  hint: 'hints',
};

/** Why a file was left out, in words. */
export function skipReason(texts: Texts, reason: string): string {
  // Cases of a message format hold no hyphens.
  return texts.say('skip-reason', { reason: reason.replaceAll('-', '') });
}

/** Whether somebody should hear of a file that was left out by its name: nobody expects generated code to be audited. */
export function isSurprising({ reason }: Skipped): boolean {
  return reason !== 'generated' && reason !== 'vendored';
}

/** Counts by a key, in the order of first appearance. */
export function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Groups by a key, in the order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
