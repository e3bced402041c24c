import { createColors } from 'picocolors';
import { compareText, type Finding, type RelatedPlace, SEVERITIES, type Severity } from '../core/rule/finding';
import { SourceFile } from '../core/text/source-file';
import type { ReportInput } from './input';
import { countBy, groupBy, isSurprising, severitySummary, skipReason } from './render';
import { printable, wrapWords } from './terminal';
import type { Texts } from './texts';

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal, into which lines are fitted; undefined where the reader is none. */
  readonly width?: number;
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
const SKIPPED_SHOWN = 10;
/** Source lines are cut to this many characters around the place. */
const SOURCE_WIDTH = 110;
/** Column of the position, which holds that of the largest files. */
const PLACE_WIDTH = 9;
/** In front of source lines and related places. */
const GUTTER = '    ';
/** Behind a source line that goes on. */
const CUT = ' ...';

/** The report for a reader at a terminal: findings by file, each with its source line and a caret, then a summary. */
export async function renderText(input: ReportInput, options: TextOptions): Promise<string> {
  const colors = createColors(options.color);
  const blocks: string[] = [];
  for (const [file, findings] of groupBy(input.findings, (one) => one.file)) {
    const text = options.quiet ? undefined : await options.readText(file);
    const source = text === undefined ? undefined : new SourceFile(text);
    const body = findings.map((finding) => findingBlock(input.texts, finding, source, colors, options));
    blocks.push([colors.underline(printable(file)), ...body].join('\n'));
  }
  if (!options.quiet) blocks.push(summary(input, options.hidden, colors));
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
}

function findingBlock(
  texts: Texts,
  finding: Finding,
  source: SourceFile | undefined,
  colors: Colors,
  { quiet, width }: TextOptions,
): string {
  const { start } = finding.range;
  const place = `${start.line + 1}:${start.character + 1}`.padEnd(PLACE_WIDTH);
  const paint = painter(finding.severity, colors);
  const severity = severityColumn(texts, finding.severity);
  const indent = 2 + place.length + severity.length + 2;
  const message = printable(texts.finding(finding, finding));
  const lines = wrapWords(message, width && width - indent);
  const hasRoom = width === undefined || indent + lines.at(-1)!.length + 2 + finding.rule.length <= width;
  if (!hasRoom) lines.push('');
  lines[lines.length - 1] += `${hasRoom ? '  ' : ''}${colors.dim(finding.rule)}`;
  const out = [`  ${colors.dim(place)}${paint(severity)}  ${lines.join(`\n${' '.repeat(indent)}`)}`];
  if (!quiet && source) out.push(...sourceLines(source, finding, width, paint, colors));
  if (!quiet) out.push(...relatedLines(texts, finding, width, colors));
  return out.join('\n');
}

/** The severity's name, filled up to the length of the longest. */
function severityColumn(texts: Texts, severity: Severity): string {
  const names = SEVERITIES.map((one) => texts.say('severity', { severity: one }));
  return texts.say('severity', { severity }).padEnd(Math.max(...names.map((name) => name.length)));
}

function painter(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  if (severity === 'warning') return colors.yellow;
  return severity === 'information' ? colors.cyan : colors.dim;
}

/** The source line and a caret line below it; tabs keep their width because the caret line repeats them. */
function sourceLines(
  source: SourceFile,
  { range }: Finding,
  columns: number | undefined,
  paint: (text: string) => string,
  colors: Colors,
): string[] {
  const line = printable(source.lineText(range.start.line));
  if (line.trim() === '') return [];
  const end = range.end.line === range.start.line ? range.end.character : line.length;
  const indent = line.length - line.trimStart().length;
  const most = Math.max(20, Math.min(SOURCE_WIDTH, (columns ?? Infinity) - GUTTER.length - 2 - CUT.length));
  const from = Math.max(indent, range.start.character - most + 20);
  const shown = line.slice(from, from + most).trimEnd();
  const before = line.slice(from, Math.max(from, range.start.character)).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(end, from + shown.length) - Math.max(from, range.start.character));
  const gutter = `${GUTTER}${colors.dim('|')} `;
  const cut = from + most < line.length ? colors.dim(CUT) : '';
  return [`${gutter}${shown}${cut}`, `${gutter}${before}${paint('^'.repeat(width))}`];
}

function relatedLines(texts: Texts, finding: Finding, width: number | undefined, colors: Colors): string[] {
  const lead = `${GUTTER}${colors.dim('=')} `;
  const lineOf = (place: RelatedPlace) => {
    const line = String(place.range.start.line + 1);
    const where = printable(place.file === finding.file ? texts.say('line', { line }) : `${place.file}:${line}`);
    const text = `${where} ${printable(texts.finding(finding, place))}`;
    // The place comes first, and is never broken.
    const [first, ...rest] = wrapWords(text, width && width - GUTTER.length - 2) as [string, ...string[]];
    const head = first.startsWith(where) ? colors.dim(where) + first.slice(where.length) : first;
    return [lead + head, ...rest.map((one) => `${GUTTER}  ${one}`)].join('\n');
  };
  const shown = finding.related.slice(0, RELATED_SHOWN).map(lineOf);
  const more = finding.related.length - shown.length;
  return more > 0 ? [...shown, `${lead}${texts.say('and-more-places', { count: more })}`] : shown;
}

function summary(input: ReportInput, hidden: number, colors: Colors): string {
  const { findings, modules, skipped, texts } = input;
  const lines = modules.reduce((sum, module) => sum + module.lines, 0);
  const size = `${texts.say('files', { count: modules.length })}, ${texts.say('lines', { count: lines })}`;
  const files = countBy(findings, (one) => one.file).size;
  const verdict =
    findings.length === 0
      ? colors.green(texts.say('no-findings'))
      : `${colors.bold(texts.say('findings-in-files', { count: findings.length, files }))}: ${severitySummary(texts, findings)}`;
  const out = [`${verdict} ${colors.dim(`(${texts.say('files-audited', { what: size })})`)}`];
  const byRule = [...countBy(findings, (one) => one.rule)].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  const width = Math.max(0, ...byRule.map(([rule]) => rule.length));
  for (const [rule, count] of byRule)
    out.push(`  ${String(count).padStart(5)}  ${rule.padEnd(width)}  ${colors.dim(texts.ruleTitle(rule))}`);
  if (hidden > 0) out.push(colors.dim(texts.say('hidden', { count: hidden })));
  if (skipped.length > 0) out.push(...skippedLines(input, colors));
  if (input.stats) out.push(colors.dim(texts.say('stats', { ...input.stats })));
  return out.join('\n');
}

/** Reasons that the user did not choose are listed by file; the others are counted. */
function skippedLines({ skipped, texts }: ReportInput, colors: Colors): string[] {
  const counts = [...countBy(skipped, (one) => one.reason)].map(
    ([reason, count]) => `${texts.number(count)} ${skipReason(texts, reason)}`,
  );
  const surprising = skipped.filter(isSurprising);
  const listed = surprising
    .slice(0, SKIPPED_SHOWN)
    .map(({ file, reason, detail }) => `  ${file}: ${skipReason(texts, reason)}${detail ? `: ${detail}` : ''}`);
  const more = surprising.length - listed.length;
  return [
    colors.dim(texts.say('left-out', { what: counts.join(', ') })),
    ...listed.map((line) => colors.dim(printable(line))),
    ...(more > 0 ? [colors.dim(`  ${texts.say('and-more-files', { count: more })}`)] : []),
  ];
}
