import { type Finding, type Message, SEVERITIES, type Severity } from '../core/rule/finding';
import type { ReportInput } from './input';
import { renderMessage } from './messages';

/** The English text of a finding's message or of one of its related places. */
export function textOf(input: ReportInput, rule: string, message: Message): string {
  const template = input.rules.get(rule)?.messages[message.messageId];
  return template === undefined ? message.messageId : renderMessage(template, message.args);
}

/** `1 error, 2 warnings`: severities that occur, from the gravest. */
export function severitySummary(findings: readonly Finding[]): string {
  return SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, SINGULAR[severity]))
    .join(', ');
}

const SINGULAR: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'hint',
};

/** `1 file`, `2 files`, `1,234 lines`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`;
}

const NUMBERS = new Intl.NumberFormat('en');

export function formatCount(count: number): string {
  return NUMBERS.format(count);
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
