import type { Outcome, ProjectReport, Proof } from './types';

interface Row {
  readonly project: string;
  readonly cure: string;
  readonly proofs: readonly Proof[];
}

/** The reports as a Markdown document: a table of projects and cures, totals, the codes of refusals, and every failure with its place. */
export function markdown(reports: readonly ProjectReport[]): string {
  const rows = reports.flatMap(rowsOf);
  const totals = [...new Set(rows.map(({ cure }) => cure))].map((cure) => ({
    project: '**all**',
    cure,
    proofs: rows.filter((row) => row.cure === cure).flatMap(({ proofs }) => proofs),
  }));
  const lines = [
    '| project | cure | offered | safe | review | refused | caught by verify | failed |',
    '|---|---|--:|--:|--:|---|---|--:|',
    ...[...rows, ...totals].map(line),
    '',
    '| project | files | findings | TypeScript | seconds | peak MB | tests before / lost |',
    '|---|--:|--:|---|--:|--:|---|',
    ...reports.map(
      ({ project, files, findings, types, seconds, peakMegabytes, tests }) =>
        `| ${project} | ${files} | ${findings} | ${types} | ${seconds} | ${peakMegabytes} | ${
          tests.map(({ of, applied, before, lost }) => `${of} (${applied}): ${before} / ${lost.length}`).join('; ') ||
          '-'
        } |`,
    ),
    '',
    ...reports.flatMap(troubles),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Whether anything came out that should not have. */
export function hasFailed({ proofs, tests, error }: ProjectReport): boolean {
  return (
    error !== undefined ||
    proofs.some(({ outcome }) => outcome === 'failed') ||
    tests.some(({ lost }) => lost.length > 0)
  );
}

function rowsOf({ project, proofs }: ProjectReport): Row[] {
  const cures = [...new Set(proofs.map(({ cure }) => cure))].sort();
  return cures.map((cure) => ({ project, cure, proofs: proofs.filter((one) => one.cure === cure) }));
}

function line({ project, cure, proofs }: Row): string {
  const count = (outcome: Outcome) => proofs.filter((one) => one.outcome === outcome).length;
  const cells = [project, cure, proofs.length, count('safe'), count('review')];
  return `| ${[...cells, codes(proofs, 'refused'), codes(proofs, 'caught'), count('failed')].join(' | ')} |`;
}

/** `12: no-logger 9, unparsed-syntax 3`. */
function codes(proofs: readonly Proof[], outcome: Outcome): string {
  const counts = new Map<string, number>();
  for (const { code = '' } of proofs.filter((one) => one.outcome === outcome))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  if (counts.size === 0) return '0';
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = sorted.reduce((sum, [, number]) => sum + number, 0);
  return `${total}: ${sorted.map(([code, number]) => `${code} ${number}`).join(', ')}`;
}

function troubles({ project, proofs, tests, error }: ReportPart): string[] {
  const lines: string[] = [];
  if (error !== undefined) lines.push(`## ${project}: not finished`, '', error, '');
  for (const { cure, file, line: at, failures, diff } of proofs.filter(({ outcome }) => outcome === 'failed')) {
    lines.push(`## ${project} ${file}:${at} ${cure} FAILED`, '');
    lines.push(...failures.map(({ check, message }) => `- ${check}: ${message}`), '');
    if (diff) lines.push('```diff', diff.trimEnd(), '```', '');
  }
  for (const { cure, file, line: at, code, reason } of proofs.filter(({ outcome }) => outcome === 'caught'))
    lines.push(`- caught by verify: ${project} ${file}:${at} ${cure}: ${code} ${reason}`);
  for (const { of, lost } of tests.filter((one) => one.lost.length > 0))
    lines.push(`## ${project}: tests lost by ${of}`, '', ...lost.map((id) => `- ${id}`), '');
  return lines;
}

type ReportPart = Pick<ProjectReport, 'project' | 'proofs' | 'tests' | 'error'>;
