import type { z } from 'zod';
import type { FileFacts } from '../facts/collect';
import type { FactCollector } from '../facts/parsed-file';
import type { IdleSuppression } from '../index/suppressions';
import type { LanguageFamily } from '../syntax/language';
import type { Cure, CureMeta } from './cure';
import type { Finding, FindingDraft, Json, Severity } from './finding';

export interface RuleMeta {
  /** Names the smell, in kebab case; the folder has the same name. */
  readonly id: string;
  readonly title: string;
  readonly languages: readonly LanguageFamily[];
  /** One severity, or one for each case of the rule. */
  readonly severity: Severity | Readonly<Record<string, Severity>>;
  /** `full` rules are off by default and on in the audit's `full` profile. */
  readonly profile: 'default' | 'full';
  /** ICU message templates in English by message id, for findings and related places. */
  readonly messages: Readonly<Record<string, string>>;
  /** Its findings say that something is large: a change that adds a line may bring one about. */
  readonly measuresSize?: true;
  /** For the written report: what the smell costs, and what to do about it; one sentence each. */
  readonly advice?: { readonly reason: string; readonly recommendation: string };
  /** In the order in which they are offered. */
  readonly cures: readonly Cure[];
  /** Codes of other linters whose suppression comments count for this rule (`# noqa: S110`, `eslint-disable-line no-empty`). */
  readonly aliases?: { readonly noqa?: readonly string[]; readonly eslint?: readonly string[] };
  /** The texts for readers of another language; what is missing there is said in English. */
  readonly translations?: { readonly pl: RuleTranslation };
}

/** The texts of a rule in another language: the same message ids, and the same arguments in each template. */
export interface RuleTranslation extends Pick<RuleMeta, 'title' | 'messages' | 'advice'> {
  /** By the ids of the rule's cures. */
  readonly cures?: Readonly<Record<string, CureTranslation>>;
}

/** The texts of a cure in another language. */
export type CureTranslation = Pick<CureMeta, 'title' | 'messages' | 'refusals'>;

/** One file as rules see it after collecting: no text, no tree. */
export interface FileView<F> {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly isTest: boolean;
  readonly all: FileFacts;
  readonly facts: F;
}

/** A contribution of one file to a group that spans files. */
export interface IndexEntry<V extends Json = Json> {
  /** Entries of equal keys meet in {@link Rule.evaluate}. Unique among rules: the index puts the rule's id in front. */
  readonly key: string;
  readonly value: V;
  /** 0-based line of the place, against which suppressions are matched; absent for entries that are no place of a finding. */
  readonly line?: number;
}

/** An entry as it comes back from the index. */
export interface GroupMember<V, O> {
  readonly file: string;
  readonly isTest: boolean;
  readonly value: V;
  /** The options that hold where the file lies. */
  readonly options: O;
  /** False where the rule is switched off for the file: it may inform others, but is no place of a finding. */
  readonly enabled: boolean;
}

/**
 * A rule. `collect` looks at one file's tree; `check` judges one file by its facts; `contribute` and `evaluate` judge what several
 * files say together. All four are pure: they read no disk, no clock and no other rule.
 */
export interface Rule<F extends Json = Json, O = unknown, V extends Json = Json> {
  readonly meta: RuleMeta;
  /** Options and their defaults; every key is documented by `.describe()`. */
  readonly options: z.ZodType<O>;
  readonly collect: FactCollector<F>;
  check?(view: FileView<F>, options: O): readonly FindingDraft[];
  /** `facts` is undefined where the rule's collector found nothing; the base facts may still be of use. */
  contribute?(view: FileView<F | undefined>): readonly IndexEntry<V>[];
  /** @param members all entries of the key, sorted by file, then in the order of contribution. */
  evaluate?(key: string, members: readonly GroupMember<V, O>[]): readonly FindingDraft[];
  /**
   * How much is wrong (places, kinds, lines, captured names), to tell whether a cure made a finding lighter that it could not end. Findings
   * of rules without it weigh by their severity alone. Of several measures a later one counts where those before it are equal.
   */
  weigh?(finding: Finding): Weight;
  /** Judges one file's suppression comments after all rules have spoken. */
  judgeSuppressions?(file: string, idle: readonly IdleSuppression[]): readonly FindingDraft[];
}

/** One measure, or several, the gravest first. */
export type Weight = number | readonly number[];

/** Below zero when `a` is lighter: by the first measure in which the two differ. */
export function compareWeights(a: Weight, b: Weight): number {
  const others = [b].flat();
  return (
    [a]
      .flat()
      .map((measure, index) => measure - others[index]!)
      .find((difference) => difference !== 0) ?? 0
  );
}

/** A rule whose facts and options are nobody else's business: what the registry and the analysis handle. */
export type AnyRule = Rule<Json, unknown, Json>;

/** Declares a rule with its own types and hands it out as {@link AnyRule}. */
export function defineRule<F extends Json, O, V extends Json = Json>(rule: Rule<F, O, V>): AnyRule {
  return rule as unknown as AnyRule;
}
