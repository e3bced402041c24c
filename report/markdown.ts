import type { ModuleRow } from '../core/facts/audited';
import { compareText, type Finding, type Place, SEVERITIES, type Severity } from '../core/rule/finding';
import type { ReportInput } from './input';
import { countBy, groupBy, isSurprising, severitySummary, skipReason } from './render';
import type { Texts } from './texts';

/** How much one finding weighs when files are ranked. The ranking is ours; the figures beside it are counted from the code. */
const WEIGHT: Readonly<Record<Severity, number>> = { error: 8, warning: 4, information: 2, hint: 0.5 };
const HIGH = 16;
const MEDIUM = 6;
const TOP_RISKS = 10;
const METRIC_ROWS = 25;
const RELATED_SHOWN = 12;
const REASONS_SHOWN = 4;

/**
 * The written refactor report in the language of the input: goal and scope, top risks, findings, metrics. Every figure is counted from
 * the code.
 */
export function renderMarkdown(input: ReportInput): string {
  const sections = [title(input), goalAndScope(input), topRisks(input), findingsSection(input), metrics(input)];
  return `${sections.join('\n\n')}\n`;
}

function title({ texts, root }: ReportInput): string {
  return `# ${texts.say('report-title', { name: escapeText(lastSegment(root)) })}`;
}

function goalAndScope(input: ReportInput): string {
  const { modules, findings, skipped, texts, tool } = input;
  const lines = modules.reduce((sum, module) => sum + module.lines, 0);
  const languages = [...countBy(modules, (module) => module.language)]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([language, count]) => `${language} ${texts.number(count)}`);
  const size = `${texts.say('files', { count: modules.length })}, ${texts.say('lines', { count: lines })}`;
  const audited = languages.length > 0 ? `${size} (${languages.join(', ')})` : size;
  const found =
    findings.length === 0
      ? texts.say('none')
      : `${texts.number(findings.length)} (${severitySummary(texts, findings)})`;
  const out = [
    `## ${texts.say('goal-and-scope')}`,
    '',
    texts.say('goal'),
    '',
    `- ${texts.say('scope', { paths: input.scope.map((path) => code(path)).join(', ') })}`,
    `- ${texts.say('audited', { what: audited })}`,
    `- ${texts.say('found-in-all', { what: found })}`,
  ];
  if (skipped.length > 0) {
    const counts = [...countBy(skipped, (one) => one.reason)].map(
      ([reason, count]) => `${skipReason(texts, reason)} ${texts.number(count)}`,
    );
    out.push(`- ${texts.say('left-out', { what: counts.join(', ') })}`);
    for (const { file, reason, detail } of skipped.filter(isSurprising)) {
      out.push(`  - ${code(file)}: ${skipReason(texts, reason)}${detail ? `: ${escapeText(detail)}` : ''}`);
    }
  }
  out.push(`- ${texts.say('written-by', { tool: `${tool.name} ${tool.version}` })}`);
  return out.join('\n');
}

interface Risk {
  readonly file: string;
  readonly score: number;
  readonly findings: readonly Finding[];
}

/** Files by the weight of what was found in them; a group counts in every file that it touches. */
function risks(input: ReportInput): Risk[] {
  const touched = input.findings.flatMap((finding) => {
    const files = new Set([finding.file, ...finding.related.map((place) => place.file)]);
    return [...files].map((file) => ({ file, finding }));
  });
  return [...groupBy(touched, (one) => one.file)]
    .map(([file, list]) => ({
      file,
      findings: list.map((one) => one.finding),
      score: list.reduce((sum, one) => sum + weightOf(one.finding), 0),
    }))
    .sort((a, b) => b.score - a.score || compareText(a.file, b.file));
}

/** A finding that measures something against a limit weighs more the further it is beyond. */
function weightOf({ severity, data }: Finding): number {
  const excess = typeof data.lines === 'number' && typeof data.limit === 'number' ? data.lines / data.limit : 1;
  return WEIGHT[severity] * Math.max(1, excess);
}

function topRisks(input: ReportInput): string {
  const { texts } = input;
  const head = `## ${texts.say('top-risks')}`;
  const all = risks(input);
  if (all.length === 0) return `${head}\n\n${texts.say('none')}`;
  const modules = new Map(input.modules.map((module) => [module.file, module]));
  const rows = all.slice(0, TOP_RISKS).map((risk, index) => riskEntry(texts, risk, index + 1, modules.get(risk.file)));
  const rest = all.length - rows.length;
  return [head, ...rows, ...(rest > 0 ? [texts.say('more-files-with-findings', { count: rest })] : [])].join('\n\n');
}

function riskEntry(texts: Texts, risk: Risk, rank: number, module: ModuleRow | undefined): string {
  const priority = risk.score >= HIGH ? 'high' : risk.score >= MEDIUM ? 'medium' : 'low';
  const size = module
    ? (['lines', 'classes', 'functions', 'routes'] as const)
        .filter((figure) => figure === 'lines' || module[figure] > 0)
        .map((figure) => texts.say(figure, { count: module[figure] }))
        .join(', ')
    : '';
  const reasons = [...risk.findings]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .slice(0, REASONS_SHOWN)
    .map((finding) => {
      const place = texts.say('at-line', { rule: finding.rule, line: String(lineIn(finding, risk.file)) });
      return `- ${messageText(texts.finding(finding, finding))} (${place})`;
    });
  const rest = risk.findings.length - reasons.length;
  return [
    `### ${rank}. ${texts.say('priority', { priority })}: ${code(risk.file)}${size ? ` (${size})` : ''}`,
    '',
    ...reasons,
    ...(rest > 0 ? [`- ${texts.say('and-more-findings', { count: rest })}`] : []),
  ].join('\n');
}

/** The line at which a finding touches a file: its own place, or the first related one there. */
function lineIn(finding: Finding, file: string): number {
  const place = finding.file === file ? finding : finding.related.find((one) => one.file === file);
  return (place ?? finding).range.start.line + 1;
}

function findingsSection({ findings, texts }: ReportInput): string {
  const head = `## ${texts.say('findings')}`;
  if (findings.length === 0) return `${head}\n\n${texts.say('none')}`;
  const groups = [...groupBy(findings, (one) => one.rule)].map(([rule, list]) => ruleSection(texts, rule, list));
  return [head, ...groups].join('\n\n');
}

function ruleSection(texts: Texts, rule: string, findings: readonly Finding[]): string {
  const out = [`### ${escapeText(texts.ruleTitle(rule))} (${code(rule)}, ${texts.number(findings.length)})`];
  const advice = texts.advice(rule);
  if (advice) {
    const { reason, recommendation } = advice;
    out.push(
      `- ${texts.say('reason', { text: messageText(reason) })}\n- ${texts.say('recommendation', { text: messageText(recommendation) })}`,
    );
  }
  out.push(findings.map((finding) => findingEntry(texts, finding)).join('\n'));
  return out.join('\n\n');
}

function findingEntry(texts: Texts, finding: Finding): string {
  const severity = texts.say('severity', { severity: finding.severity });
  const symbol = finding.symbol ? ` ${texts.say('finding-in', { symbol: code(finding.symbol) })}` : '';
  const message = messageText(texts.finding(finding, finding));
  const related = finding.related
    .slice(0, RELATED_SHOWN)
    .map((place) => `  - ${codeOfPlace(place)} ${messageText(texts.finding(finding, place))}`);
  const more = finding.related.length - related.length;
  return [
    `- **${severity}** ${codeOfPlace(finding)}${symbol}: ${message}`,
    ...related,
    ...(more > 0 ? [`  - ${texts.say('and-more-places', { count: more })}`] : []),
  ].join('\n');
}

const codeOfPlace = ({ file, range }: Place): string => code(`${file}:${range.start.line + 1}`);

function metrics(input: ReportInput): string {
  const { texts, modules } = input;
  const findings = new Map(risks(input).map((risk) => [risk.file, risk.findings.length]));
  const rows = [...modules]
    .filter((module) => findings.has(module.file))
    .sort((a, b) => b.lines - a.lines || compareText(a.file, b.file));
  const shown = rows.slice(0, METRIC_ROWS);
  const total = (figure: Figure) => modules.reduce((sum, module) => sum + module[figure], 0);
  const row = (name: string, figures: readonly number[]) =>
    `| ${[name, ...figures.map((one) => texts.number(one))].join(' | ')} |`;
  const heads = (['file', ...FIGURES, 'findings'] as const).map((column) => texts.say(`column-${column}`));
  const rest = rows.length - shown.length;
  return [
    `## ${texts.say('metrics')}`,
    '',
    texts.say('about-metrics'),
    '',
    `| ${heads.join(' | ')} |`,
    '|---|---:|---:|---:|---:|---:|',
    ...shown.map((module) =>
      row(tableCode(module.file), [...FIGURES.map((figure) => module[figure]), findings.get(module.file) ?? 0]),
    ),
    row(texts.say('all-files', { count: modules.length }), [...FIGURES.map(total), input.findings.length]),
    ...(rest > 0 ? ['', texts.say('smaller-files', { count: rest })] : []),
  ].join('\n');
}

const FIGURES = ['lines', 'classes', 'functions', 'routes'] as const;
type Figure = (typeof FIGURES)[number];

/** In a table a bar ends the cell even inside code, unless it is escaped. */
const tableCode = (text: string): string => code(text).replaceAll('|', '\\|');

/** Inline code, safe for any content: the fence is longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(/\r?\n/g, ' ')}${pad}${fence}`;
}

/** A message for readers: what stands between backticks is code already, everything else is escaped. */
export function messageText(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : escapeText(part)))
    .join('');
}

/** Escapes what Markdown would interpret, outside of code. */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*[<|]/g, '\\$&')
    .replace(/(?<!\w)_|_(?!\w)/g, '\\_')
    .replace(/\r?\n/g, ' ');
}

function lastSegment(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
