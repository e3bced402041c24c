import { createColors } from 'picocolors';
import type { Place } from '../core/rule/finding';
import type { CureOutcome } from '../core/rule/outcome';
import { colorDiff, unifiedDiff } from './diff';
import type { Texts } from './texts';

/** `fix --json`: an array of outcomes in the order in which they came about, in English. */
export function renderFixJson(rows: readonly CureOutcome[], withDiff: boolean, { english }: Texts): string {
  return `${JSON.stringify(
    rows.map((row) => jsonRow(row, withDiff, english)),
    null,
    2,
  )}\n`;
}

function jsonRow(row: CureOutcome, withDiff: boolean, texts: Texts): unknown {
  const { finding, cure, outcome, written, refusal, applicability, files } = row;
  return {
    rule: finding.rule,
    cure: cure?.id ?? null,
    file: finding.file,
    line: finding.range.start.line + 1,
    title: texts.cureTitle(cure, row.title),
    outcome,
    written,
    ...(refusal ? { refusal: { code: refusal.messageId, reason: reasonOf(row, texts), ...placeOf(refusal.at) } } : {}),
    changed: files.filter(({ before }) => before !== undefined).map(({ file }) => file),
    created: files.filter(({ before }) => before === undefined).map(({ file }) => file),
    applicability,
    notes: row.notes.map((note) => ({ message: texts.note(cure, note), isDoubt: note.isDoubt, ...placeOf(note.at) })),
    ...(withDiff && files.length > 0 ? { diff: unifiedDiff(files) } : {}),
  };
}

function placeOf(at: Place | undefined): { file?: string; line?: number } {
  return at ? { file: at.file, line: at.range.start.line + 1 } : {};
}

/** One outcome for a terminal: its title, its diff, its notes; or why it was refused. */
export function renderFix(
  row: CureOutcome,
  texts: Texts,
  options: { readonly color: boolean; readonly diff: boolean },
): string {
  const colors = createColors(options.color);
  const { finding, outcome, cure, files } = row;
  const place = `${finding.file}:${finding.range.start.line + 1}`;
  const head = `${colors.bold(place)} ${finding.rule}: ${texts.cureTitle(cure, row.title)}`;
  const notes = row.notes.map((note) => {
    const where = note.at ? `${note.at.file}:${note.at.range.start.line + 1}: ` : '';
    return `  ${note.isDoubt ? colors.yellow('review') : colors.dim('note')}  ${where}${texts.note(cure, note)}`;
  });
  if (outcome !== 'applied') {
    const paint = outcome === 'failed' ? colors.red : colors.yellow;
    return [
      head,
      `  ${paint(outcome)}  ${reasonOf(row, texts)} ${colors.dim(`[${row.refusal?.messageId}]`)}`,
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
export function renderFixSummary(rows: readonly CureOutcome[], isWritten: boolean, texts: Texts): string {
  const count = (outcome: CureOutcome['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const parts = (['applied', 'refused', 'failed'] as const)
    .filter((one) => count(one) > 0)
    .map((one) => `${count(one)} ${one}`);
  if (parts.length === 0) return 'Nothing to fix';
  const files = new Set(
    rows.filter(({ outcome }) => outcome === 'applied').flatMap((row) => row.files.map(({ file }) => file)),
  );
  if (files.size === 0) return parts.join(', ');
  const touched = texts.say('files', { count: files.size });
  return `${parts.join(', ')}: ${touched} ${isWritten ? 'written' : 'would change; add --write to write'}`;
}

/** Why the cure was not carried out; where a change needs review, the first doubt says it. */
function reasonOf({ cure, refusal, notes }: CureOutcome, texts: Texts): string {
  if (!refusal) return '';
  const doubt = refusal.messageId === 'needs-review' ? notes.find(({ isDoubt }) => isDoubt) : undefined;
  return texts.refusal(cure, refusal, doubt);
}
