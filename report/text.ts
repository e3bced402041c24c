import { createColors } from 'picocolors';
import type { Finding, RelatedPlace, Severity } from '../core/rule/finding';
import { SourceFile } from '../core/text/source-file';
import type { ReportInput } from './input';
import { countBy, groupBy, plural, severitySummary, textOf } from './render';

export interface TextOptions {
  readonly color: boolean;
  /** Only the findings' first lines, no source and no summary. */
  readonly quiet: boolean;
  /** Text of a file for the source line; undefined when it can no longer be read. */
  readonly readText: (file: string) => Promise<string | undefined>;
  /** Findings that exist but are below the severity that is shown. */
  readonly hidden: number;
}

type Colors = ReturnType<typeof createColors>;

/** More related places than this are counted, not listed. */
const RELATED_SHOWN = 8;
/** Source lines are cut to this many characters around the place. */
const SOURCE_WIDTH = 110;

/** The report for a reader at a terminal: findings by file, each with its source line and a caret, then a summary. */
export async function renderText(input: ReportInput, options: TextOptions): Promise<string> {
  const colors = createColors(options.color);
  const blocks: string[] = [];
  for (const [file, findings] of groupBy(input.findings, (one) => one.file)) {
    const text = options.quiet ? undefined : await options.readText(file);
    const source = text === undefined ? undefined : new SourceFile(text);
    const body = findings.map((finding) => findingBlock(input, finding, source, colors, options.quiet));
    blocks.push([colors.underline(file), ...body].join('\n'));
  }
  if (!options.quiet) blocks.push(summary(input, options.hidden, colors));
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
}

function findingBlock(
  input: ReportInput,
  finding: Finding,
  source: SourceFile | undefined,
  colors: Colors,
  quiet: boolean,
): string {
  const { start } = finding.range;
  const place = `${start.line + 1}:${start.character + 1}`.padEnd(9);
  const paint = painter(finding.severity, colors);
  const head = `  ${colors.dim(place)}${paint(SHORT[finding.severity])}  ${textOf(input, finding.rule, finding)}  ${colors.dim(finding.rule)}`;
  const lines = [head];
  if (!quiet && source) lines.push(...sourceLines(source, finding, paint, colors));
  if (!quiet) lines.push(...relatedLines(input, finding, colors));
  return lines.join('\n');
}

const SHORT: Readonly<Record<Severity, string>> = {
  error: 'error  ',
  warning: 'warning',
  information: 'note   ',
  hint: 'hint   ',
};

function painter(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  if (severity === 'warning') return colors.yellow;
  return severity === 'information' ? colors.cyan : colors.dim;
}

/** The source line and a caret line below it; tabs keep their width because the caret line repeats them. */
function sourceLines(
  source: SourceFile,
  { range }: Finding,
  paint: (text: string) => string,
  colors: Colors,
): string[] {
  const line = source.lineText(range.start.line);
  if (line.trim() === '') return [];
  const end = range.end.line === range.start.line ? range.end.character : line.length;
  const indent = line.length - line.trimStart().length;
  const from = Math.max(indent, range.start.character - SOURCE_WIDTH + 20);
  const shown = line.slice(from, from + SOURCE_WIDTH).trimEnd();
  const before = line.slice(from, Math.max(from, range.start.character)).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(end, from + shown.length) - Math.max(from, range.start.character));
  const gutter = `    ${colors.dim('|')} `;
  const cut = from + SOURCE_WIDTH < line.length ? colors.dim(' ...') : '';
  return [`${gutter}${shown}${cut}`, `${gutter}${before}${paint('^'.repeat(width))}`];
}

function relatedLines(input: ReportInput, finding: Finding, colors: Colors): string[] {
  const line = (place: RelatedPlace) => {
    const where = `${place.file === finding.file ? '' : place.file}:${place.range.start.line + 1}`;
    return `    ${colors.dim('=')} ${colors.dim(where.startsWith(':') ? `line ${where.slice(1)}` : where)} ${textOf(input, finding.rule, place)}`;
  };
  const shown = finding.related.slice(0, RELATED_SHOWN).map(line);
  const more = finding.related.length - shown.length;
  return more > 0 ? [...shown, `    ${colors.dim('=')} and ${plural(more, 'more place')}`] : shown;
}

function summary(input: ReportInput, hidden: number, colors: Colors): string {
  const { findings, modules, skipped } = input;
  const lines = modules.reduce((sum, module) => sum + module.lines, 0);
  const audited = `${plural(modules.length, 'file')}, ${plural(lines, 'line')} audited`;
  const verdict =
    findings.length === 0
      ? colors.green('No findings')
      : `${colors.bold(plural(findings.length, 'finding'))} in ${plural(countBy(findings, (one) => one.file).size, 'file')}: ${severitySummary(findings)}`;
  const out = [`${verdict} ${colors.dim(`(${audited})`)}`];
  const byRule = [...countBy(findings, (one) => one.rule)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [rule, count] of byRule) {
    out.push(`  ${String(count).padStart(5)}  ${rule} ${colors.dim(input.rules.get(rule)?.title ?? '')}`);
  }
  if (hidden > 0) out.push(colors.dim(`${plural(hidden, 'finding')} below the chosen severity not shown`));
  if (skipped.length > 0) out.push(...skippedLines(input, colors));
  if (input.stats) {
    const stats = Object.entries(input.stats).map(([name, value]) => `${name} ${value}`);
    out.push(colors.dim(stats.join(', ')));
  }
  return out.join('\n');
}

/** Reasons that the user did not choose are listed by file; the others are counted. */
function skippedLines({ skipped }: ReportInput, colors: Colors): string[] {
  const counts = [...countBy(skipped, (one) => one.reason)].map(([reason, count]) => `${count} ${reason}`);
  const expected = new Set(['generated', 'vendored']);
  const surprising = skipped.filter((one) => !expected.has(one.reason));
  const listed = surprising
    .slice(0, 10)
    .map((one) => `  ${one.file}: ${one.reason}${one.detail ? ` (${one.detail})` : ''}`);
  const more = surprising.length - listed.length;
  return [
    colors.dim(`Left out, in whole or in part: ${counts.join(', ')}`),
    ...listed.map((line) => colors.dim(line)),
    ...(more > 0 ? [colors.dim(`  and ${plural(more, 'more file')} (--format json lists all)`)] : []),
  ];
}
