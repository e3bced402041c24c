import { NOTES, REFUSALS, Refusal } from '../../core/edit/refusal';
import { applyEdits, invertEdits } from '../../core/edit/text-edit';
import type { Cure } from '../../core/rule/cure';
import type { Finding, Message } from '../../core/rule/finding';
import type { VerifiedChange } from '../../core/verify/index';
import { unifiedDiff } from '../../report/diff';
import { renderMessage } from '../../report/messages';
import { buildCure, cureByName, curesOf, prepareCure } from '../../session/cures';
import type { TypeScriptCompiler } from '../../session/typescript/service';
import type { Workspace } from '../../session/workspace';
import type { CureTarget } from './cure-fixtures';

/** What a cure did, in the words of a fixture. */
export interface CureOutcome {
  readonly text: string;
  readonly change?: VerifiedChange;
}

/** Carries out the cure of a fixture the real way: prepared, built and verified. */
export async function runCure(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  target: CureTarget,
): Promise<CureOutcome> {
  const { finding, cure } = findingOf(workspace, target);
  try {
    const plan = await prepareCure(workspace, finding, cure, target.choices);
    const change = await buildCure(workspace, typescript, finding, cure, target.choices);
    const notes = change.notes.map((note) => `${note.isDoubt ? '!' : '-'} ${rendered(cure, note)}`);
    const head = `${rendered(cure, plan.title)} [${change.applicability}]`;
    return { text: [head, ...notes, diffOf(change)].join('\n'), change };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { text: `refused ${error.code}: ${rendered(cure, error)}` };
  }
}

function findingOf(workspace: Workspace, { file, line, cure: id }: CureTarget): { finding: Finding; cure: Cure } {
  for (const finding of workspace.findings()) {
    const cure = cureByName(finding, id);
    if (cure && finding.file === file && finding.range.start.line === line) return { finding, cure };
  }
  throw new Error(`no finding on line ${line + 1} of ${file} has ${id}`);
}

function rendered(cure: Cure, { messageId, args }: Message): string {
  const template = cure.messages[messageId] ?? cure.refusals[messageId] ?? REFUSALS[messageId] ?? NOTES[messageId];
  if (template === undefined) throw new Error(`${cure.id} has no text for ${messageId}`);
  return renderMessage(template, args);
}

/** The diff without what a reader knows anyway: of one file no head, and of a file with CRLF no carriage returns. */
function diffOf({ files }: VerifiedChange): string {
  const lines = unifiedDiff(files)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  return lines
    .filter((line) => !/^(?:diff |index |new file)/.test(line) && (files.length > 1 || !/^(?:---|\+\+\+) /.test(line)))
    .join('\n');
}

/** The text of each file once the change has been taken back. */
export function takenBack(change: VerifiedChange): { file: string; before: string | undefined; restored: string }[] {
  return change.changeSet.changes.map(({ file, edits }) => {
    const { before, after } = change.files.find((one) => one.file === file)!;
    return { file, before, restored: applyEdits(after, invertEdits(before!, edits)) };
  });
}

/** Goes on as if the change were made, and runs the cure again on what is new there: the outcomes, which must all be refusals. */
export async function runAgain(
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  change: VerifiedChange,
  { cure: id, choices }: CureTarget,
): Promise<string[]> {
  const before = new Set(workspace.findings().map(({ fingerprint }) => fingerprint));
  await workspace.take(change);
  const outcomes: string[] = [];
  for (const finding of workspace.findings()) {
    if (before.has(finding.fingerprint) || !curesOf(finding).some((cure) => cure.id === id)) continue;
    const { file, range } = finding;
    outcomes.push((await runCure(workspace, typescript, { cure: id, choices, file, line: range.start.line })).text);
  }
  return outcomes;
}
