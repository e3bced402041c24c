import { compareText, type Finding, SEVERITIES, type Severity } from '../core/rule/finding';
import type { ModuleRow, ReportInput } from './input';
import { countBy, formatCount, groupBy, plural, severitySummary, textOf } from './render';

/** How much one finding weighs when files are ranked. The ranking is ours; the figures beside it are counted from the code. */
const WEIGHT: Readonly<Record<Severity, number>> = { error: 8, warning: 4, information: 2, hint: 0.5 };
const HIGH = 16;
const MEDIUM = 6;
const TOP_RISKS = 10;
const METRIC_ROWS = 25;
const RELATED_SHOWN = 12;

/** The written refactor report: goal and scope, top risks, findings, metrics. Every figure is counted from the code. */
export function renderMarkdown(input: ReportInput): string {
  const sections = [title(input), goalAndScope(input), topRisks(input), findingsSection(input), metrics(input)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function title(input: ReportInput): string {
  return `# Refactor report: ${escapeText(lastSegment(input.root))}`;
}

function goalAndScope(input: ReportInput): string {
  const { modules, findings, skipped } = input;
  const lines = modules.reduce((sum, module) => sum + module.lines, 0);
  const languages = [...countBy(modules, (module) => module.language)]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([language, count]) => `${language} ${formatCount(count)}`);
  const found = findings.length === 0 ? 'none' : `${formatCount(findings.length)} (${severitySummary(findings)})`;
  const out = [
    '## Goal and scope',
    '',
    'Find the places where the code has outgrown its shape, and say where and why.',
    '',
    `- Scope: ${input.scope.map((path) => code(path)).join(', ')}`,
    `- Audited: ${plural(modules.length, 'file')}, ${plural(lines, 'line')}${languages.length > 0 ? ` (${languages.join(', ')})` : ''}`,
    `- Findings: ${found}`,
  ];
  if (skipped.length > 0) {
    const counts = [...countBy(skipped, (one) => one.reason)].map(
      ([reason, count]) => `${reason} ${formatCount(count)}`,
    );
    out.push(`- Left out, in whole or in part: ${counts.join(', ')}`);
    for (const one of skipped.filter(({ reason }) => reason !== 'generated' && reason !== 'vendored')) {
      out.push(`  - ${code(one.file)}: ${one.reason}${one.detail ? ` (${escapeText(one.detail)})` : ''}`);
    }
  }
  out.push(`- Written by ${input.tool.name} ${input.tool.version}`);
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
  const all = risks(input);
  if (all.length === 0) return '## Top risks\n\nNone.';
  const modules = new Map(input.modules.map((module) => [module.file, module]));
  const rows = all.slice(0, TOP_RISKS).map((risk, index) => riskEntry(input, risk, index + 1, modules.get(risk.file)));
  const rest = all.length - rows.length;
  const more = rest > 0 ? [`${plural(rest, 'more file')} with findings: see below.`] : [];
  return ['## Top risks', ...rows, ...more].join('\n\n');
}

function riskEntry(input: ReportInput, risk: Risk, rank: number, module: ModuleRow | undefined): string {
  const priority = risk.score >= HIGH ? 'High' : risk.score >= MEDIUM ? 'Medium' : 'Low';
  const size = module
    ? [
        plural(module.lines, 'line'),
        ...(module.classes > 0 ? [plural(module.classes, 'class', 'classes')] : []),
        ...(module.functions > 0 ? [plural(module.functions, 'function')] : []),
        ...(module.routes > 0 ? [plural(module.routes, 'route')] : []),
      ].join(', ')
    : '';
  const reasons = [...risk.findings]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    .slice(0, 4)
    .map(
      (finding) =>
        `- ${escapeText(textOf(input, finding.rule, finding))} (${finding.rule}, line ${lineIn(finding, risk.file)})`,
    );
  const rest = risk.findings.length - reasons.length;
  return [
    `### ${rank}. ${priority}: ${code(risk.file)}${size ? ` (${size})` : ''}`,
    '',
    ...reasons,
    ...(rest > 0 ? [`- and ${plural(rest, 'more finding')}`] : []),
  ].join('\n');
}

/** The line at which a finding touches a file: its own place, or the first related one there. */
function lineIn(finding: Finding, file: string): number {
  const place = finding.file === file ? finding : finding.related.find((one) => one.file === file);
  return (place ?? finding).range.start.line + 1;
}

function findingsSection(input: ReportInput): string {
  if (input.findings.length === 0) return '## Findings\n\nNone.';
  const groups = [...groupBy(input.findings, (one) => one.rule)].map(([rule, list]) => ruleSection(input, rule, list));
  return ['## Findings', ...groups].join('\n\n');
}

function ruleSection(input: ReportInput, rule: string, findings: readonly Finding[]): string {
  const meta = input.rules.get(rule);
  const out = [`### ${meta?.title ?? rule} (${code(rule)}, ${formatCount(findings.length)})`];
  if (meta?.advice) out.push(`- Reason: ${meta.advice.reason}\n- Recommendation: ${meta.advice.recommendation}`);
  out.push(findings.map((finding) => findingEntry(input, finding)).join('\n'));
  return out.join('\n\n');
}

function findingEntry(input: ReportInput, finding: Finding): string {
  const where = `${finding.file}:${finding.range.start.line + 1}`;
  const symbol = finding.symbol ? ` in ${code(finding.symbol)}` : '';
  const head = `- **${finding.severity}** ${code(where)}${symbol}: ${escapeText(textOf(input, finding.rule, finding))}`;
  const related = finding.related
    .slice(0, RELATED_SHOWN)
    .map(
      (place) =>
        `  - ${code(`${place.file}:${place.range.start.line + 1}`)} ${escapeText(textOf(input, finding.rule, place))}`,
    );
  const more = finding.related.length - related.length;
  return [head, ...related, ...(more > 0 ? [`  - and ${plural(more, 'more place')}`] : [])].join('\n');
}

function metrics(input: ReportInput): string {
  const findings = new Map(risks(input).map((risk) => [risk.file, risk.findings.length]));
  const rows = [...input.modules]
    .filter((module) => findings.has(module.file))
    .sort((a, b) => b.lines - a.lines || compareText(a.file, b.file));
  const shown = rows.slice(0, METRIC_ROWS);
  const total = (key: 'lines' | 'classes' | 'functions' | 'routes') =>
    formatCount(input.modules.reduce((sum, module) => sum + module[key], 0));
  const table = [
    '| File | Lines | Classes | Functions | Routes | Findings |',
    '|---|---:|---:|---:|---:|---:|',
    ...shown.map(
      (module) =>
        `| ${code(module.file)} | ${formatCount(module.lines)} | ${module.classes} | ${module.functions} | ${module.routes} | ${findings.get(module.file)} |`,
    ),
    `| All ${plural(input.modules.length, 'audited file')} | ${total('lines')} | ${total('classes')} | ${total('functions')} | ${total('routes')} | ${formatCount(input.findings.length)} |`,
  ];
  const rest = rows.length - shown.length;
  return [
    '## Metrics',
    '',
    'Lines are physical lines; classes and functions include nested ones and methods. A finding that spans files counts in each of them.',
    '',
    ...table,
    ...(rest > 0 ? ['', `${plural(rest, 'smaller file')} with findings not listed.`] : []),
  ].join('\n');
}

/** Inline code, safe for any content: the fence is longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(/\r?\n/g, ' ')}${pad}${fence}`;
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
