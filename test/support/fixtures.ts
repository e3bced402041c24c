import { marked } from 'marked';
import { Analysis } from '../../core/index/analysis';
import type { Finding } from '../../core/rule/finding';
import type { AnyRule } from '../../core/rule/rule';
import { isTestPath } from '../../core/rule/test-path';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { familyOf, type LanguageFamily, languageOfPath } from '../../core/syntax/language';
import { renderMessage } from '../../report/messages';
import { COLLECTORS } from '../../session/collectors';
import { factsOf } from './engine';

/**
 * Literate fixtures. A Markdown file holds cases; a case is a `##` heading with its prose and its code blocks:
 *
 *     ## Title of the case: what it shows
 *     ```py file=app/models.py
 *     try:
 *         work()
 *     except Exception:  #! finding[warning]: the exact message
 *         pass
 *     ```
 *     ```json options
 *     { "limit": 40 }
 *     ```
 *
 * A marker (`#!` in Python, `//!` in TypeScript, at the end of a line) is cut off, with the blanks before it, before the code is
 * analysed. `finding: message` expects a finding of the folder's rule that starts on that line, `[severity]` is optional;
 * `related: message` expects a related place of it. Where a case has several groups, `finding#a:` and `related#a:` belong together.
 * Options that stand above the first case hold for all of them.
 * Every finding must be marked and every marker must be met: a case without markers is a negative one.
 *
 * A line of its own `#! repeat 250: total += 1` stands for 250 lines of that text at its indentation, so that a case about size can be read.
 */
export interface FixtureCase {
  readonly title: string;
  readonly files: readonly FixtureFile[];
  readonly options: unknown;
}

interface FixtureFile {
  readonly path: string;
  readonly text: string;
  readonly markers: readonly Marker[];
}

interface Marker {
  readonly kind: 'finding' | 'related';
  readonly label: string;
  readonly severity: string | undefined;
  readonly message: string;
  readonly place: string;
}

/** Splits a Markdown text into its cases. Blocks without `file=` are prose. */
export function parseFixtures(markdown: string): FixtureCase[] {
  const cases: { title: string; files: FixtureFile[]; options: object }[] = [];
  let shared: object = {};
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 2) cases.push({ title: token.text, files: [], options: shared });
    if (token.type !== 'code') continue;
    const current = cases.at(-1);
    const path = /\bfile=(\S+)/.exec(token.lang ?? '')?.[1];
    if (/\boptions\b/.test(token.lang ?? '')) {
      const options: object = { ...shared, ...JSON.parse(token.text) };
      if (current) current.options = options;
      else shared = options;
    }
    if (path && current) current.files.push(fixtureFile(path, token.text));
  }
  return cases.filter((one) => one.files.length > 0);
}

const MARKER =
  /[ \t]*(?:#!|\/\/!)[ \t]*(finding|related)(?:#(\w+))?(?:\[(\w+)\])?:[ \t]*(.*?)(?=[ \t]*(?:#!|\/\/!)[ \t]*(?:finding|related)|$)/g;

const REPEAT = /^([ \t]*)(?:#!|\/\/!)[ \t]*repeat[ \t]+(\d+):[ \t]?(.*)$/;

function expanded(line: string): string[] {
  const repeat = REPEAT.exec(line);
  return repeat ? Array.from({ length: Number(repeat[2]) }, () => `${repeat[1]}${repeat[3]}`) : [line];
}

function fixtureFile(path: string, marked: string): FixtureFile {
  const markers: Marker[] = [];
  const lines = marked
    .split('\n')
    .flatMap(expanded)
    .map((line, index) =>
      line.replace(
        MARKER,
        (_, kind: Marker['kind'], label: string | undefined, severity: string | undefined, message: string) => {
          markers.push({ kind, label: label ?? '', severity, message: message.trim(), place: `${path}:${index + 1}` });
          return '';
        },
      ),
    );
  return { path, text: `${lines.join('\n')}\n`, markers };
}

export const isPositive = (one: FixtureCase): boolean => one.files.some((file) => file.markers.length > 0);

/** The language families that a case has files in. */
export function familiesOf(one: FixtureCase): Set<LanguageFamily> {
  const languages = one.files.map((file) => languageOfPath(file.path)).filter((language) => language !== undefined);
  return new Set(languages.map(familyOf));
}

/**
 * Runs a case. Returns what was expected and what was found as sorted lines, to be compared with `toEqual`.
 * @param rules all registered rules; only findings of `rule` are looked at
 */
export function runCase(
  engine: SyntaxEngine,
  rule: AnyRule,
  rules: readonly AnyRule[],
  one: FixtureCase,
): { expected: string[]; actual: string[] } {
  const options = rule.options.parse(one.options);
  const analysis = new Analysis(rules, (file) => ({
    isTest: isTestPath(file),
    rule: (id) => ({
      enabled: true,
      options: id === rule.meta.id ? options : rules.find((other) => other.meta.id === id)?.options.parse({}),
    }),
  }));
  analysis.updateAll(
    one.files.flatMap(({ path, text }) => {
      const language = languageOfPath(path);
      return language ? [[path, factsOf(engine, text, language, COLLECTORS)] as const] : [];
    }),
  );
  const findings = analysis.findings().filter((finding) => finding.rule === rule.meta.id);
  // A rule that throws says nothing, which must not pass for silence.
  const [failure] = analysis.failures();
  if (failure) throw new Error(`${failure.rule} failed on ${failure.file}: ${failure.message}`);
  return {
    expected: expectedLines(one),
    actual: findings.flatMap((finding) => actualLines(finding, rule, one)).sort(),
  };
}

function expectedLines(one: FixtureCase): string[] {
  const markers = one.files.flatMap((file) => file.markers);
  return markers
    .map((marker) => {
      const owner = markers.find((other) => other.kind === 'finding' && other.label === marker.label);
      return marker.kind === 'finding'
        ? `${marker.place} ${marker.severity ? `[${marker.severity}] ` : ''}${marker.message}`
        : `${owner?.place} -> ${marker.place} ${marker.message}`;
    })
    .sort();
}

function actualLines(finding: Finding, rule: AnyRule, one: FixtureCase): string[] {
  const template = (id: string) => rule.meta.messages[id] ?? `(no template ${id})`;
  const place = `${finding.file}:${finding.range.start.line + 1}`;
  const marker = one.files
    .flatMap((file) => file.markers)
    .find((other) => other.kind === 'finding' && other.place === place && other.severity === finding.severity);
  const head = `${place} ${marker ? `[${finding.severity}] ` : ''}${renderMessage(template(finding.messageId), finding.args)}`;
  return [
    head,
    ...finding.related.map(
      (other) =>
        `${place} -> ${other.file}:${other.range.start.line + 1} ${renderMessage(template(other.messageId), other.args)}`,
    ),
  ];
}
