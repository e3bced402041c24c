import { createColors } from 'picocolors';
import type { ChangeNote } from '../core/edit/change-set';
import { NOTES, REFUSALS } from '../core/edit/refusal';
import type { CureMeta } from '../core/rule/cure';
import type { Finding, Message, Place } from '../core/rule/finding';
import { colorDiff, unifiedDiff } from './diff';
import { renderMessage } from './messages';
import { plural } from './render';

/** What became of one finding, as the formats take it. */
export interface FixRow {
  readonly finding: Finding;
  readonly cure: CureMeta | undefined;
  readonly title: Message | undefined;
  readonly outcome: 'applied' | 'refused' | 'failed';
  readonly written: boolean;
  readonly refusal?: Message & { readonly at?: Place };
  readonly applicability: 'safe' | 'review' | 'unknown';
  readonly notes: readonly ChangeNote[];
  /** Texts before (undefined: created) and after. */
  readonly files: readonly { readonly file: string; readonly before: string | undefined; readonly after: string }[];
}

/** `fix --json`: an array of outcomes in the order in which they came about. */
export function renderFixJson(rows: readonly FixRow[], withDiff: boolean): string {
  return `${JSON.stringify(
    rows.map((row) => jsonRow(row, withDiff)),
    null,
    2,
  )}\n`;
}

function jsonRow(row: FixRow, withDiff: boolean): unknown {
  const { finding, cure, outcome, written, refusal, applicability, files } = row;
  return {
    rule: finding.rule,
    cure: cure?.id ?? null,
    file: finding.file,
    line: finding.range.start.line + 1,
    title: titleOf(row),
    outcome,
    written,
    ...(refusal ? { refusal: { code: refusal.messageId, reason: reasonOf(row), ...placeOf(refusal.at) } } : {}),
    changed: files.filter(({ before }) => before !== undefined).map(({ file }) => file),
    created: files.filter(({ before }) => before === undefined).map(({ file }) => file),
    applicability,
    notes: row.notes.map((note) => ({ message: noteText(note, cure), isDoubt: note.isDoubt, ...placeOf(note.at) })),
    ...(withDiff && files.length > 0 ? { diff: unifiedDiff(files) } : {}),
  };
}

function placeOf(at: Place | undefined): { file?: string; line?: number } {
  return at ? { file: at.file, line: at.range.start.line + 1 } : {};
}

/** One outcome for a terminal: its title, its diff, its notes; or why it was refused. */
export function renderFix(row: FixRow, options: { readonly color: boolean; readonly diff: boolean }): string {
  const colors = createColors(options.color);
  const { finding, outcome, cure, files } = row;
  const place = `${finding.file}:${finding.range.start.line + 1}`;
  const head = `${colors.bold(place)} ${finding.rule}: ${titleOf(row)}`;
  const notes = row.notes.map((note) => {
    const where = note.at ? `${note.at.file}:${note.at.range.start.line + 1}: ` : '';
    return `  ${note.isDoubt ? colors.yellow('review') : colors.dim('note')}  ${where}${noteText(note, cure)}`;
  });
  if (outcome !== 'applied') {
    const paint = outcome === 'failed' ? colors.red : colors.yellow;
    return [
      head,
      `  ${paint(outcome)}  ${reasonOf(row)} ${colors.dim(`[${row.refusal?.messageId}]`)}`,
      ...notes,
      '',
    ].join('\n');
  }
  const list = files.map(
    ({ file, before }) => `  ${colors.green(before === undefined ? 'created' : 'changed')}  ${file}`,
  );
  const diff = unifiedDiff(files);
  return [head, ...notes, ...(options.diff ? [options.color ? colorDiff(diff) : diff] : [...list, ''])].join('\n');
}

/** `3 applied, 1 refused` and what to do next. */
export function renderFixSummary(rows: readonly FixRow[], isWritten: boolean): string {
  const count = (outcome: FixRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const parts = (['applied', 'refused', 'failed'] as const)
    .filter((one) => count(one) > 0)
    .map((one) => `${count(one)} ${one}`);
  if (parts.length === 0) return 'Nothing to fix';
  const files = new Set(
    rows.filter(({ outcome }) => outcome === 'applied').flatMap((row) => row.files.map(({ file }) => file)),
  );
  if (files.size === 0) return parts.join(', ');
  return `${parts.join(', ')}: ${plural(files.size, 'file')} ${isWritten ? 'written' : 'would change; add --write to write'}`;
}

/** What the cure does, or is called where it had no plan yet. */
export function titleOf({ cure, title }: Pick<FixRow, 'cure' | 'title'>): string {
  const template = title && cure?.messages[title.messageId];
  return template === undefined ? (cure?.title ?? 'no cure') : renderMessage(template, title!.args);
}

/** Why the cure was not carried out. */
export function reasonOf({ cure, refusal, notes }: Pick<FixRow, 'cure' | 'refusal' | 'notes'>): string {
  if (!refusal) return '';
  const template = cure?.refusals[refusal.messageId] ?? REFUSALS[refusal.messageId];
  if (template === undefined) return refusal.messageId;
  const doubt = refusal.messageId === 'needs-review' ? notes.find(({ isDoubt }) => isDoubt) : undefined;
  return renderMessage(template, doubt ? { note: noteText(doubt, cure) } : refusal.args);
}

function noteText(note: Message, cure: CureMeta | undefined): string {
  const template = cure?.messages[note.messageId] ?? NOTES[note.messageId];
  return template === undefined ? note.messageId : renderMessage(template, note.args);
}
