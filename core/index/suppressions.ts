import type { SuppressionFact } from '../facts/suppressions';
import type { RuleMeta } from '../rule/rule';

/** One comment that silenced one rule, as `comment index:rule id`. */
export type SuppressionUse = string;

/** A Seamline comment that does not do what it says. */
export interface IdleSuppression {
  readonly comment: SuppressionFact;
  /** Rules it names that had nothing to silence there. */
  readonly unused: readonly string[];
  /** Names in it that are no rule at all. */
  readonly unknown: readonly string[];
}

/** The suppression comments of one file. Immutable: who was silenced is remembered by the caller. */
export class Suppressions {
  constructor(
    readonly comments: readonly SuppressionFact[],
    private readonly aliases: ReadonlyMap<string, RuleMeta['aliases']>,
  ) {}

  /**
   * The comments that silence a finding; none: it speaks.
   * @param line 0-based line on which the finding starts
   * @param extentEndLine last line of its construct: comments of other linters count up to there
   */
  matching(rule: string, line: number, extentEndLine = line): SuppressionUse[] {
    return this.comments.flatMap((comment, index) =>
      this.matches(comment, rule, line, extentEndLine) ? [`${index}:${rule}`] : [],
    );
  }

  /**
   * Seamline's own comments that silenced nothing, name unknown rules, or name none.
   * @param used what was silenced in this file
   * @param isActive whether a rule ran on this file (one that did not run proves nothing)
   */
  idle(used: ReadonlySet<SuppressionUse>, isActive: (rule: string) => boolean): IdleSuppression[] {
    return this.comments.flatMap((comment, index) => {
      if (comment.origin !== 'seamline') return [];
      const unknown = comment.codes.filter((code) => !this.aliases.has(code));
      const unused = comment.codes.filter(
        (code) => this.aliases.has(code) && isActive(code) && !used.has(`${index}:${code}`),
      );
      return comment.codes.length === 0 || unknown.length + unused.length > 0 ? [{ comment, unused, unknown }] : [];
    });
  }

  private matches(comment: SuppressionFact, rule: string, line: number, extentEndLine: number): boolean {
    if (comment.origin === 'seamline') {
      return comment.codes.includes(rule) && (comment.kind === 'file' || comment.line === line);
    }
    const codes = this.aliases.get(rule)?.[comment.origin] ?? [];
    return line <= comment.line && comment.line <= extentEndLine && comment.codes.some((code) => codes.includes(code));
  }
}
