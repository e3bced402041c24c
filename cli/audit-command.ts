import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { isColorSupported } from 'picocolors';
import { type Finding, SEVERITIES, type Severity } from '../core/rule/finding';
import { version } from '../package.json';
import type { ReportInput, ReportStats } from '../report/input';
import { renderJson } from '../report/json';
import { renderMarkdown } from '../report/markdown';
import type { Locale } from '../report/messages';
import { renderText } from '../report/text';
import { Texts } from '../report/texts';
import { type AuditResult, audit, replaceFile, rulesWithMetadata, systemReason, UsageError } from '../session/index';
import { addEngineOptions, type EngineOptions } from './engine-options';
import { EXIT } from './exit';
import { startProgress } from './progress';

type Format = 'text' | 'json' | 'markdown';

interface AuditOptions extends EngineOptions {
  readonly format: Format;
  readonly output?: string;
  readonly lang: Locale;
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
    .addOption(
      new Option('--lang <language>', 'language of text and Markdown; JSON is English')
        .choices(['en', 'pl'])
        .default('en'),
    )
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
  if (options.output) await demandWritable(options.output);
  const progress = startProgress(options.quiet !== true);
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

/** Whether `--output` can be written: better said before the work than after it. */
async function demandWritable(output: string): Promise<void> {
  const path = resolve(output);
  const folder = dirname(path);
  const info = await stat(folder).catch(() => undefined);
  if (!info?.isDirectory())
    throw new UsageError(`--output ${output}: the folder ${folder} does not exist; create it first`);
  if ((await stat(path).catch(() => undefined))?.isDirectory())
    throw new UsageError(`--output ${output}: this is a folder; name a file`);
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw notWritable(output, error);
  });
}

function notWritable(output: string, { code, message }: NodeJS.ErrnoException): UsageError {
  return new UsageError(
    `--output ${output}: cannot be written: ${code ? systemReason(code) : message}; choose another file`,
  );
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
    stats: options.stats ? rounded(result) : undefined,
    texts: new Texts(
      options.lang,
      rulesWithMetadata().map(({ meta }) => meta),
    ),
  };
  if (options.format === 'json') return renderJson(input);
  if (options.format === 'markdown') return renderMarkdown(input);
  return renderText(input, {
    color: options.color && options.output === undefined && isColorSupported,
    ...(options.output === undefined && process.stdout.isTTY ? { width: process.stdout.columns } : {}),
    quiet: options.quiet === true,
    readText: result.readText,
    hidden: result.findings.length - shown.length,
  });
}

/** Timings to the millisecond: more digits would claim a precision that they do not have. */
function rounded({ stats }: AuditResult): ReportStats {
  const { wallMs, cpuMs, parseMs, peakRssMb } = stats;
  const [wall, cpu, parse, peak] = [wallMs, cpuMs, parseMs, peakRssMb].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  return { ...stats, wallMs: wall, cpuMs: cpu, parseMs: parse, peakRssMb: peak };
}

/** A report is never half there. */
async function emit(text: string, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
    return;
  }
  await replaceFile(output, (temporary) => writeFile(temporary, text)).catch((error: NodeJS.ErrnoException) => {
    throw notWritable(output, error);
  });
}

function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

function exceeds(findings: readonly Finding[], failOn: Severity | 'none'): boolean {
  return failOn !== 'none' && findings.some((finding) => isAtLeast(finding.severity, failOn));
}
