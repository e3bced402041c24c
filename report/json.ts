import { compareText, type Finding, SEVERITIES } from '../core/rule/finding';
import type { Position, Range } from '../core/text/source-file';
import type { ReportInput } from './input';
import { countBy } from './render';
import type { Texts } from './texts';

/**
 * The machine-readable report of `cli.md`, schema version 1, as one JSON object with a final newline. Lines and columns are 1-based,
 * columns count UTF-16 code units, `end` is exclusive. Messages are in English whatever the language of the input.
 */
export function renderJson(input: ReportInput): string {
  return `${JSON.stringify(jsonReport(input), null, 2)}\n`;
}

function jsonReport(input: ReportInput): unknown {
  const { findings, modules } = input;
  const texts = input.texts.english;
  const byRule = countBy(findings, (one) => one.rule);
  const bySeverity = countBy(findings, (one) => one.severity);
  return {
    schemaVersion: 1,
    tool: input.tool,
    root: input.root,
    summary: {
      files: modules.length,
      lines: modules.reduce((sum, module) => sum + module.lines, 0),
      findings: findings.length,
      byRule: Object.fromEntries([...byRule].sort((a, b) => compareText(a[0], b[0]))),
      bySeverity: Object.fromEntries(SEVERITIES.map((severity) => [severity, bySeverity.get(severity) ?? 0])),
      skipped: input.skipped.map(({ file, reason, detail }) => ({ file, reason, ...(detail ? { detail } : {}) })),
      ...(input.stats ? { stats: input.stats } : {}),
    },
    modules: modules.map(({ file, language, lines, classes, functions, routes }) => ({
      file,
      language,
      lines,
      classes,
      functions,
      routes,
    })),
    findings: findings.map((finding) => jsonFinding(texts, finding)),
  };
}

function jsonFinding(texts: Texts, finding: Finding): unknown {
  const cures = texts.rule(finding.rule)?.cures ?? [];
  return {
    rule: finding.rule,
    severity: finding.severity,
    messageId: finding.messageId,
    args: finding.args,
    message: texts.finding(finding, finding),
    file: finding.file,
    range: oneBased(finding.range),
    ...(finding.symbol ? { symbol: finding.symbol } : {}),
    related: finding.related.map((place) => ({
      file: place.file,
      range: oneBased(place.range),
      message: texts.finding(finding, place),
    })),
    fingerprint: finding.fingerprint,
    cures: finding.cures.map(({ id, applicability }) => ({
      id,
      title: cures.find((cure) => cure.id === id)?.title ?? id,
      applicability,
    })),
    data: finding.data,
  };
}

function oneBased({ start, end }: Range): { start: JsonPosition; end: JsonPosition } {
  return { start: jsonPosition(start), end: jsonPosition(end) };
}

interface JsonPosition {
  line: number;
  column: number;
}

function jsonPosition({ line, character }: Position): JsonPosition {
  return { line: line + 1, column: character + 1 };
}
