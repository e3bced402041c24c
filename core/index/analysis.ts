import type { FileFacts } from '../facts/collect';
import { SUPPRESSIONS_ID, type SuppressionFact } from '../facts/suppressions';
import { compareFindings, type Finding, type FindingDraft, isEqualJson, type Json } from '../rule/finding';
import { offeredIn } from '../rule/offers';
import type { AnyRule, FileView, GroupMember } from '../rule/rule';
import { type SettingsLookup, severityOf } from '../rule/settings';
import { contained, distinctFailures, type RuleFailure } from './rule-failures';
import { Suppressions, type SuppressionUse } from './suppressions';
import { type KeyedEntry, WorkspaceIndex } from './workspace-index';

/** What an update touched. */
export interface UpdateResult {
  /** The index keys that were evaluated again. */
  readonly evaluatedKeys: ReadonlySet<string>;
  /** Files in which a finding, or a related place of one, came, went or changed. */
  readonly changedFiles: ReadonlySet<string>;
}

/** What one file says on its own. */
interface FileState {
  readonly suppressions: Suppressions | undefined;
  readonly findings: readonly Finding[];
  readonly uses: readonly SuppressionUse[];
  /** Of rules on this file alone; grows while the file is taken in. */
  readonly failures: RuleFailure[];
}

/** What one group of the index says. */
interface KeyState {
  readonly findings: readonly Finding[];
  readonly uses: readonly { readonly file: string; readonly use: SuppressionUse }[];
  readonly failures: readonly RuleFailure[];
}

const NOTHING: KeyState = { findings: [], uses: [], failures: [] };

type StoredEntry = { readonly value: Json; readonly line?: number };

const SEPARATOR = '\u0000';

/**
 * Findings of a set of files, kept up to date file by file. Facts in, findings out: an audit feeds every file once, an editor one
 * file per keystroke, and both run the same code.
 *
 * **Invariant:** an update evaluates the one file's own checks and exactly the index keys in the symmetric difference of its old and
 * new entries; the result does not depend on the order of updates.
 */
export class Analysis {
  private readonly index = new WorkspaceIndex();
  private readonly files = new Map<string, FileState>();
  private readonly groups = new Map<string, KeyState>();
  /** The groups with a place, or a silenced place, in a file. */
  private readonly keysByFile = new Map<string, Set<string>>();
  private lateFailures: RuleFailure[] = [];
  private readonly ruleById: ReadonlyMap<string, AnyRule>;
  private readonly aliases: ReadonlyMap<string, AnyRule['meta']['aliases']>;

  /**
   * @param rules the rules to run
   * @param settings what the user decided about each file
   * @param registered all rules that exist, so that a comment for one that does not run is neither unknown nor unused
   */
  constructor(
    private readonly rules: readonly AnyRule[],
    private readonly settings: SettingsLookup,
    registered: readonly AnyRule[] = rules,
  ) {
    this.ruleById = new Map(rules.map((rule) => [rule.meta.id, rule]));
    this.aliases = new Map(registered.map((rule) => [rule.meta.id, rule.meta.aliases]));
  }

  /** Takes in a file's facts (undefined: the file is gone) and brings the findings up to date. */
  update(file: string, facts: FileFacts | undefined): UpdateResult {
    return this.updateAll([[file, facts]]);
  }

  /**
   * Takes in the facts of a file that is not understood for the moment: its own findings follow them, while its part in groups stays as
   * it was, so that other files do not flicker. The next {@link update} makes good for it.
   */
  updateOwn(file: string, facts: FileFacts): void {
    this.files.set(file, this.examine(file, facts));
  }

  /** Takes in many files and evaluates the keys that they touched once: the fold of an audit. */
  updateAll(files: Iterable<readonly [file: string, facts: FileFacts | undefined]>): UpdateResult {
    const pending = new Set<string>();
    const changedFiles = new Set<string>();
    for (const [file, facts] of files) {
      const before = this.files.get(file)?.findings ?? [];
      const after = facts ? this.examine(file, facts) : undefined;
      if (after) this.files.set(file, after);
      else this.files.delete(file);
      if (!isEqualJson(before, after?.findings ?? [])) changedFiles.add(file);
      for (const key of this.index.replace(file, facts ? this.entriesOf(file, facts, after!.failures) : []))
        pending.add(key);
    }
    for (const key of pending) this.settle(key, changedFiles);
    return { evaluatedKeys: pending, changedFiles };
  }

  /** All findings in the order of every output; a group stands once, at its first place. */
  findings(): Finding[] {
    const all: Finding[] = [];
    const used = new Map<string, Set<SuppressionUse>>();
    for (const [file, state] of this.files) {
      all.push(...state.findings);
      if (state.suppressions) used.set(file, new Set(state.uses));
    }
    for (const group of this.groups.values()) {
      all.push(...group.findings);
      for (const { file, use } of group.uses) used.get(file)?.add(use);
    }
    this.lateFailures = [];
    for (const [file, uses] of used) all.push(...this.judgeSuppressions(file, uses));
    return all.sort(compareFindings);
  }

  /** The findings with a place in one file, be it the first or a related one, in the order of every output: what an editor shows there. */
  findingsIn(file: string): Finding[] {
    return [...this.ownFindingsIn(file), ...this.groupFindingsIn(file)].sort(compareFindings);
  }

  /** The findings that a file causes on its own. */
  ownFindingsIn(file: string): Finding[] {
    const state = this.files.get(file);
    if (!state?.suppressions) return [...(state?.findings ?? [])];
    const uses = this.groupsOf(file).flatMap((group) => group.uses.filter((one) => one.file === file));
    return [
      ...state.findings,
      ...this.judgeSuppressions(file, new Set([...state.uses, ...uses.map(({ use }) => use)])),
    ];
  }

  /** The findings that a file shares with others, or with itself in several places. */
  groupFindingsIn(file: string): Finding[] {
    return this.groupsOf(file).flatMap((group) => group.findings.filter((one) => isPlacedIn(one, file)));
  }

  private groupsOf(file: string): KeyState[] {
    return [...(this.keysByFile.get(file) ?? [])].map((key) => this.groups.get(key)!);
  }

  /** The rules that threw, up to the last call of {@link findings}. */
  failures(): RuleFailure[] {
    const states = [...this.files.values(), ...this.groups.values()];
    return distinctFailures([...states.flatMap((state) => state.failures), ...this.lateFailures]);
  }

  private examine(file: string, facts: FileFacts): FileState {
    const comments = facts.byCollector[SUPPRESSIONS_ID] as unknown as readonly SuppressionFact[] | undefined;
    const suppressions = comments ? new Suppressions(comments, this.aliases) : undefined;
    const settings = this.settings(file);
    const findings: Finding[] = [];
    const uses: SuppressionUse[] = [];
    const failures: RuleFailure[] = [];
    for (const rule of this.rules) {
      const own = facts.byCollector[rule.collect.id];
      const { enabled, options } = settings.rule(rule.meta.id);
      if (!rule.check || own === undefined || !enabled) continue;
      const view = { file, isTest: settings.isTest, all: facts, facts: own };
      for (const draft of contained(rule.meta.id, file, failures, () => rule.check!(view, options))) {
        const silencers = suppressions?.matching(rule.meta.id, draft.range.start.line, draft.extentEndLine) ?? [];
        if (silencers.length > 0) uses.push(...silencers);
        else findings.push(this.finish(rule, draft));
      }
    }
    return { suppressions, findings, uses, failures };
  }

  private entriesOf(file: string, facts: FileFacts, failures: RuleFailure[]): KeyedEntry[] {
    const { isTest } = this.settings(file);
    return this.rules.flatMap((rule) => {
      const view: FileView<Json | undefined> = { file, isTest, all: facts, facts: facts.byCollector[rule.collect.id] };
      const entries = contained(rule.meta.id, file, failures, () => rule.contribute?.(view) ?? []);
      return entries.map(({ key, value, line }) => ({
        key: rule.meta.id + SEPARATOR + key,
        value: (line === undefined ? { value } : { value, line }) satisfies StoredEntry,
      }));
    });
  }

  private settle(key: string, changedFiles: Set<string>): void {
    const before = this.groups.get(key) ?? NOTHING;
    const after = this.evaluate(key);
    if (after.findings.length + after.uses.length + after.failures.length > 0) this.groups.set(key, after);
    else this.groups.delete(key);
    const filesBefore = filesOf(before);
    const filesAfter = filesOf(after);
    for (const file of filesBefore) if (!filesAfter.has(file)) this.leave(file, key);
    for (const file of filesAfter) if (!filesBefore.has(file)) this.join(file, key);
    if (isEqualJson(before.findings, after.findings) && isEqualJson(before.uses, after.uses)) return;
    for (const file of [...filesBefore, ...filesAfter]) changedFiles.add(file);
  }

  private join(file: string, key: string): void {
    const keys = this.keysByFile.get(file);
    if (keys) keys.add(key);
    else this.keysByFile.set(file, new Set([key]));
  }

  private leave(file: string, key: string): void {
    const keys = this.keysByFile.get(file);
    keys?.delete(key);
    if (keys?.size === 0) this.keysByFile.delete(file);
  }

  private evaluate(key: string): KeyState {
    const [id, ownKey] = splitKey(key);
    const rule = this.ruleById.get(id);
    if (!rule?.evaluate) return NOTHING;
    const all: GroupMember<Json, unknown>[] = [];
    const audible: GroupMember<Json, unknown>[] = [];
    const silencing: KeyState['uses'][number][] = [];
    for (const { file, value } of this.index.get(key)) {
      const stored = value as StoredEntry;
      const settings = this.settings(file);
      const { enabled, options } = settings.rule(id);
      const member = { file, isTest: settings.isTest, value: stored.value, options, enabled };
      all.push(member);
      const silencers = enabled && stored.line !== undefined ? this.silencers(id, file, stored.line) : [];
      if (silencers.length === 0) audible.push(member);
      silencing.push(...silencers.map((use) => ({ file, use })));
    }
    const [first] = all;
    if (!first) return NOTHING;
    const failures: RuleFailure[] = [];
    const evaluate = (members: typeof all) =>
      contained(id, first.file, failures, () => rule.evaluate!(ownKey, members));
    const findings = evaluate(audible).map((draft) => this.finish(rule, draft));
    // A comment is of use only if its place would be part of a finding without it.
    const uses = (audible.length === all.length ? [] : evaluate(all))
      .flatMap((draft) => [draft, ...draft.related])
      .flatMap(({ file, range }) => this.silencers(id, file, range.start.line).map((use) => ({ file, use })));
    // Where the rule failed nobody knows what the comments would have silenced.
    return failures.length > 0 ? { findings: [], uses: silencing, failures } : { findings, uses, failures };
  }

  private silencers(rule: string, file: string, line: number): SuppressionUse[] {
    return this.files.get(file)?.suppressions?.matching(rule, line) ?? [];
  }

  private judgeSuppressions(file: string, used: ReadonlySet<SuppressionUse>): Finding[] {
    const settings = this.settings(file);
    const state = this.files.get(file);
    const hasFailed = (id: string) => state?.failures.some((failure) => failure.rule === id) ?? false;
    const isActive = (id: string) => this.ruleById.has(id) && settings.rule(id).enabled && !hasFailed(id);
    const idle = state?.suppressions?.idle(used, isActive) ?? [];
    return this.rules.flatMap((rule) => {
      if (!rule.judgeSuppressions || !isActive(rule.meta.id)) return [];
      const drafts = contained(rule.meta.id, file, this.lateFailures, () => rule.judgeSuppressions!(file, idle));
      return drafts.map((draft) => this.finish(rule, draft));
    });
  }

  private finish(rule: AnyRule, draft: FindingDraft): Finding {
    const settings = this.settings(draft.file).rule(rule.meta.id);
    return {
      ...draft,
      rule: rule.meta.id,
      severity: severityOf(settings, draft.case, draft.severity),
      cures: offeredIn(draft.file, draft.cures, rule.meta.cures),
    };
  }
}

function splitKey(key: string): [id: string, ownKey: string] {
  const at = key.indexOf(SEPARATOR);
  return [key.slice(0, at), key.slice(at + 1)];
}

function isPlacedIn(finding: Finding, file: string): boolean {
  return finding.file === file || finding.related.some((place) => place.file === file);
}

/** Every file that a group has to do with. */
function filesOf({ findings, uses }: KeyState): Set<string> {
  const files = new Set(uses.map(({ file }) => file));
  for (const finding of findings) for (const { file } of [finding, ...finding.related]) files.add(file);
  return files;
}
