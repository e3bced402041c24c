import { z } from 'zod';
import { type SuppressionFact, suppressionCollector } from '../../core/facts/suppressions';
import type { IdleSuppression } from '../../core/index/suppressions';
import { type FindingDraft, fingerprint, type Severity } from '../../core/rule/finding';
import { type AnyRule, defineRule, type RuleMeta } from '../../core/rule/rule';
import { pl } from './pl';

const severity = { unused: 'warning', unknown: 'warning', bare: 'warning' } as const satisfies Record<string, Severity>;

const meta: RuleMeta = {
  id: 'unused-suppression',
  title: 'A suppression comment that silences nothing',
  languages: ['python', 'typescript'],
  severity,
  profile: 'default',
  messages: {
    unused: 'nothing here to ignore for {rules}: remove the comment, or the rule from it',
    unknown: 'no rule is called {rules}: the comment ignores nothing',
    bare: 'the comment names no rule and so ignores nothing: write "seamline: {form}[rule-id] -- reason"',
  },
  advice: {
    reason: 'A comment that has outlived its finding hides the next one that appears on its line.',
    recommendation: 'Remove the comment, or the rule that it names in vain.',
  },
  cures: [],
  translations: { pl },
};

/** Reports Seamline's own comments that have outlived their finding, so that they do not hide the next one. */
export const unusedSuppression: AnyRule = defineRule<readonly SuppressionFact[], Record<string, never>>({
  meta,
  options: z.strictObject({}),
  collect: suppressionCollector,
  judgeSuppressions: (file, idle) => idle.flatMap((one) => judge(file, one)),
});

function judge(file: string, { comment, unused, unknown }: IdleSuppression): FindingDraft[] {
  const form = comment.kind === 'file' ? 'ignore-file' : 'ignore';
  const drafts: FindingDraft[] = [];
  const draft = (messageId: keyof typeof severity, rules: readonly string[]) => {
    const [line, start, end] = comment.at;
    drafts.push({
      case: messageId,
      severity: severity[messageId],
      messageId,
      args: messageId === 'bare' ? { form } : { rules: rules.join(', ') },
      file,
      range: { start: { line, character: start }, end: { line, character: end } },
      related: [],
      fingerprint: fingerprint(messageId, form, ...rules),
      cures: [],
      data: { form, rules },
    });
  };
  if (comment.codes.length === 0) draft('bare', []);
  if (unused.length > 0) draft('unused', unused);
  if (unknown.length > 0) draft('unknown', unknown);
  return drafts;
}
