import type { FindingItem } from '../../protocol/index';

export const GROUPINGS = ['rule', 'file', 'priority'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type Severity = FindingItem['severity'];

/** From the gravest to the mildest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Findings that stand together under one heading. */
export interface Group {
  readonly kind: Grouping;
  /** A rule's id, a folder's file, or a severity. */
  readonly key: string;
  /** What the data itself calls the group; the name of a severity is a text of the view. */
  readonly title: string;
  readonly findings: readonly FindingItem[];
}

/** Groups findings; the gravest groups come first, then the largest, then by name; inside a group as {@link byGravity} says. */
export function groupFindings(findings: readonly FindingItem[], kind: Grouping): Group[] {
  const groups = new Map<string, FindingItem[]>();
  for (const finding of findings) {
    const key = keyOf(finding, kind);
    const known = groups.get(key);
    if (known) known.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups]
    .map(([key, list]) => ({ kind, key, title: titleOf(list[0]!, kind), findings: list.sort(byGravity) }))
    .sort(
      (a, b) =>
        gravity(a.findings[0]!) - gravity(b.findings[0]!) ||
        b.findings.length - a.findings.length ||
        compare(a.title, b.title),
    );
}

function keyOf({ rule, uri, severity }: FindingItem, kind: Grouping): string {
  return kind === 'rule' ? rule : kind === 'file' ? uri : severity;
}

function titleOf({ ruleTitle, file, severity }: FindingItem, kind: Grouping): string {
  return kind === 'rule' ? ruleTitle : kind === 'file' ? file : severity;
}

function byGravity(a: FindingItem, b: FindingItem): number {
  return gravity(a) - gravity(b) || compare(a.file, b.file) || a.range.start.line - b.range.start.line;
}

function gravity({ severity }: FindingItem): number {
  return SEVERITIES.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
