import type { ChangeNote } from '../edit/change-set';
import { VerificationFailure } from '../edit/refusal';
import type { Finding } from '../rule/finding';
import { SEVERITIES } from '../rule/finding';
import { type AnyRule, compareWeights } from '../rule/rule';
import type { Candidate } from './candidate';
import { isSuccessor } from './successor';

/** The findings of the whole workspace before and after a change. */
export interface Reanalysis {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
}

/**
 * Check 6 of `verify`: the finding is gone or strictly lighter, and no other one is new, except one that moved with its code. A file that
 * grows past a limit of size is a doubt: one more line is no defect, but the author should know.
 * @throws VerificationFailure `finding-remains`, `new-finding`
 */
export function checkFindings(
  target: Finding,
  { before, after }: Reanalysis,
  candidate: Candidate,
  ruleOf: (id: string) => AnyRule | undefined,
): ChangeNote[] {
  const doubts: ChangeNote[] = [];
  const gone = surplus(before, after);
  const brought = surplus(after, before);
  const isGone = gone.some((finding) => isSame(finding, target));
  const heir = isGone
    ? brought.find((finding) => finding.rule === target.rule && isSuccessor(target, finding, candidate))
    : after.find((finding) => isSame(finding, target));
  if (heir && compareWeight(heir, target, ruleOf(target.rule)) >= 0)
    throw new VerificationFailure('finding-remains', {}, heir);
  const left = gone.filter((finding) => !isSame(finding, target));
  for (const finding of brought) {
    if (finding === heir) continue;
    const index = left.findIndex((old) => old.rule === finding.rule && isSuccessor(old, finding, candidate));
    if (index < 0 || severityRank(finding) < severityRank(left[index]!)) {
      const { file, range, rule } = finding;
      if (ruleOf(rule)?.meta.measuresSize) {
        doubts.push({ messageId: 'grows-past-limit', args: { file, rule }, at: { file, range }, isDoubt: true });
        continue;
      }
      throw new VerificationFailure('new-finding', { file, line: range.start.line + 1, rule }, { file, range });
    }
    left.splice(index, 1);
  }
  return doubts;
}

/** Those of `some` that `others` has fewer of, compared as multisets: one that has become graver is another one. */
function surplus(some: readonly Finding[], others: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  for (const finding of others) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  const found: Finding[] = [];
  for (const finding of some) {
    const left = counts.get(keyOf(finding)) ?? 0;
    if (left > 0) counts.set(keyOf(finding), left - 1);
    else found.push(finding);
  }
  return found;
}

const keyOf = ({ rule, fingerprint, severity }: Finding): string => `${rule} ${severity} ${fingerprint}`;
const isSame = (a: Finding, b: Finding): boolean => a.rule === b.rule && a.fingerprint === b.fingerprint;
const severityRank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);

/** Below zero when `a` is lighter: by severity, then by what the rule weighs. */
function compareWeight(a: Finding, b: Finding, rule: AnyRule | undefined): number {
  const bySeverity = severityRank(b) - severityRank(a);
  if (bySeverity !== 0) return bySeverity;
  return rule?.weigh ? compareWeights(rule.weigh(a), rule.weigh(b)) : 0;
}
