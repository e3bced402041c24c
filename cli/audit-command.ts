import { stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { isColorSupported } from 'picocolors';
import { type Finding, SEVERITIES, type Severity } from '../core/rule/finding';
import { version } from '../package.json';
import type { ReportInput } from '../report/input';
import { renderJson } from '../report/json';
import { renderMarkdown } from '../report/markdown';
import { renderText } from '../report/text';
import { type AuditResult, audit, replaceFile, rulesWithMetadata, UsageError } from '../session/index';
import { addEngineOptions, type EngineOptions } from './engine-options';
import { EXIT } from './exit';
import { startProgress } from './progress';

type Format = 'text' | 'json' | 'markdown';

interface AuditOptions extends EngineOptions {
  readonly format: Format;
  readonly output?: string;
  readonly profile?: 'default' | 'full';
  readonly rule?: readonly string[];
  readonly severity: Severity;
  readonly failOn: Severity | 'none';
  readonly stats?: boolean;
}

/** Declares `seamline audit`. */
export function addAuditCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('audit')
    .description('audit files and folders, and report findings')
    .argument('[path...]', 'files or folders (default: the working directory)')
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json', 'markdown']).default('text'),
    )
    .option('--output <file>', 'write the report to a file instead of standard output')
    .addOption(new Option('--profile <profile>', 'which rules run').choices(['default', 'full']))
    .option('--rule <id>', 'run this rule only (repeatable)', (id: string, before: string[] = []) => [...before, id])
    .addOption(new Option('--severity <severity>', 'the least that is shown').choices([...SEVERITIES]).default('hint'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when there are findings at or above this')
        .choices(['error', 'warning', 'information', 'none'])
        .default('error'),
    )
    .option('--stats', 'add timings and peak memory to the summary');
  addEngineOptions(command).action(async (paths: string[], options: AuditOptions) =>
    finish(await runAudit(paths, options)),
  );
}

async function runAudit(paths: readonly string[], options: AuditOptions): Promise<number> {
  if (options.output) await demandFolder(options.output);
  const progress = startProgress(options.quiet !== true && options.output !== '-');
  let result: AuditResult;
  try {
    result = await audit({
      paths,
      cwd: process.cwd(),
      configFile: options.config,
      profile: options.profile,
      rules: options.rule,
      engine: options.engine,
      jobs: options.jobs,
      useCache: options.cache,
      onProgress: progress.update,
    });
  } finally {
    progress.stop();
  }
  if (result.modules.length === 0 && result.skipped.length === 0) {
    process.stderr.write('seamline: no Python, TypeScript or JavaScript file to audit in the given paths\n');
  }
  await emit(await render(result, options), options.output);
  return exceeds(result.findings, options.failOn) ? EXIT.findings : EXIT.ok;
}

/** The folder of `--output` must exist: better said before the work than after it. */
async function demandFolder(output: string): Promise<void> {
  const folder = dirname(resolve(output));
  const isFolder = await stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`--output ${output}: the folder ${folder} does not exist; create it first`);
}

async function render(result: AuditResult, options: AuditOptions): Promise<string> {
  const shown = result.findings.filter((finding) => isAtLeast(finding.severity, options.severity));
  const input: ReportInput = {
    tool: { name: 'seamline', version },
    root: result.root,
    scope: result.scope,
    modules: result.modules,
    findings: shown,
    skipped: result.skipped,
    stats: options.stats ? rounded(result.stats) : undefined,
    rules: new Map(rulesWithMetadata().map((rule) => [rule.meta.id, rule.meta])),
  };
  if (options.format === 'json') return renderJson(input);
  if (options.format === 'markdown') return renderMarkdown(input);
  return renderText(input, {
    color: options.color && options.output === undefined && isColorSupported,
    quiet: options.quiet === true,
    readText: result.readText,
    hidden: result.findings.length - shown.length,
  });
}

/** Timings to the millisecond: more digits would claim a precision that they do not have. */
function rounded(stats: AuditResult['stats']): Record<string, number | string> {
  const entries = Object.entries(stats).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? Math.round(value) : value]),
  );
}

/** A report is never half there. */
async function emit(text: string, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
    return;
  }
  await replaceFile(output, (temporary) => writeFile(temporary, text));
}

function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

function exceeds(findings: readonly Finding[], failOn: Severity | 'none'): boolean {
  return failOn !== 'none' && findings.some((finding) => isAtLeast(finding.severity, failOn));
}
