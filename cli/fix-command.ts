import { type Command, InvalidArgumentError } from 'commander';
import { isColorSupported } from 'picocolors';
import type { CureOutcome } from '../core/rule/outcome';
import { renderFix, renderFixJson, renderFixSummary } from '../report/fix';
import { Texts } from '../report/texts';
import {
  checkFixNames,
  type FixRequest,
  fix,
  pathInRoot,
  recoverInterrupted,
  resolveScope,
  rulesWithMetadata,
  TypeScriptService,
  UsageError,
  Workspace,
} from '../session/index';
import { addEngineOptions, type EngineOptions } from './engine-options';
import { EXIT } from './exit';
import { startProgress } from './progress';

/**
 * How long one check by the compiler may take: a command that works through a project, perhaps on a busy machine, can wait longer than an
 * editor, and a check that is given up takes with it what the compiler has read so far.
 */
const PATIENCE_MS = 5 * 60_000;

interface FixOptions extends EngineOptions {
  readonly rule?: readonly string[];
  readonly cure?: string;
  readonly at?: LinePlace;
  readonly all?: boolean;
  readonly diff?: boolean;
  readonly write?: boolean;
  readonly json?: boolean;
  readonly allowReview?: boolean;
  readonly name?: string;
  readonly into?: string;
  readonly place?: readonly LinePlace[];
  readonly reason?: string;
}

interface LinePlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** Declares `seamline fix`. */
export function addFixCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('fix')
    .description('carry out the cures of findings; shows a diff unless told to write')
    .argument('<path...>', 'files or folders whose findings are meant')
    .option('--rule <id>', 'findings of this rule only (repeatable)', (id: string, before: string[] = []) => [
      ...before,
      id,
    ])
    .option('--cure <id>', "this cure (default: the rule's first safe one)")
    .option('--at <file:line>', 'the finding at this place', parsePlace)
    .option('--all', 'every finding')
    .option('--diff', 'show what would change (the default)')
    .option('--write', 'write all files of a cure, or none')
    .option('--json', 'print the outcomes as JSON')
    .option('--allow-review', 'apply also what needs your review')
    .option('--name <name>', 'name of what is created')
    .option('--into <file>', 'file that new code goes to')
    .option(
      '--place <file:line>',
      'only this place of a group (repeatable)',
      (text: string, before: LinePlace[] = []) => [...before, parsePlace(text)],
    )
    .option('--reason <text>', 'why the code is meant as it is, for explaining comments');
  addEngineOptions(command).action(async (paths: string[], options: FixOptions) =>
    finish(await runFix(paths, options)),
  );
}

function parsePlace(text: string): LinePlace {
  const [, file, line] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (file === undefined || Number(line) < 1)
    throw new InvalidArgumentError('It must be FILE:LINE, with lines counted from 1.');
  return { file, line: Number(line) };
}

async function runFix(paths: readonly string[], options: FixOptions): Promise<number> {
  if (!options.at && !options.all && !options.rule)
    throw new UsageError('fix: say what to fix with --at FILE:LINE, --rule ID or --all');
  if (options.write && options.diff) throw new UsageError('fix: --diff shows and --write writes; choose one');
  const { root } = await resolveScope(paths, process.cwd());
  const request = await requestOf(options, root);
  checkFixNames(request);
  for (const line of await recoverInterrupted(root)) process.stderr.write(`seamline: ${line}\n`);
  const progress = startProgress(options.quiet !== true);
  const workspace = await Workspace.open({
    paths,
    cwd: process.cwd(),
    configFile: options.config,
    engine: options.engine,
    jobs: options.jobs,
    useCache: options.cache,
    onProgress: progress.update,
  }).finally(() => progress.stop());
  const typescript = new TypeScriptService({ root, timeoutMs: PATIENCE_MS });
  try {
    const texts = new Texts(
      'en',
      rulesWithMetadata().map(({ meta }) => meta),
    );
    const rows = await collect(fix(workspace, typescript, request), options, texts);
    if (options.json) process.stdout.write(renderFixJson(rows, !options.write, texts));
    else if (!options.quiet) process.stderr.write(`${summaryOf(rows, request, texts)}\n`);
    return exitOf(rows, options);
  } finally {
    workspace.dispose();
    await typescript.close();
  }
}

/** What the options ask for, with paths as output writes them. */
async function requestOf(options: FixOptions, root: string): Promise<FixRequest> {
  const { name, reason, rule, cure, at, into, place } = options;
  const local = (file: string) => pathInRoot(file, process.cwd(), root);
  const localPlace = async ({ file, line }: LinePlace) => ({ file: await local(file), line });
  return {
    ...(rule ? { rules: rule } : {}),
    ...(cure === undefined ? {} : { cure }),
    ...(at ? { at: await localPlace(at) } : {}),
    all: options.all === true,
    write: options.write === true,
    allowReview: options.allowReview === true,
    choices: {
      ...(name === undefined ? {} : { name }),
      ...(reason === undefined ? {} : { reason }),
      ...(into === undefined ? {} : { into: await local(into) }),
      ...(place ? { places: await Promise.all(place.map(localPlace)) } : {}),
    },
  };
}

function summaryOf(rows: readonly CureOutcome[], { at, write }: FixRequest, texts: Texts): string {
  if (at && rows.length === 0) return `There is no finding at ${at.file}:${at.line}`;
  return renderFixSummary(rows, write, texts);
}

/** Shows each outcome as it comes, for a long run. */
async function collect(
  outcomes: AsyncIterable<CureOutcome>,
  options: FixOptions,
  texts: Texts,
): Promise<CureOutcome[]> {
  const rows: CureOutcome[] = [];
  const color = options.color && isColorSupported;
  for await (const outcome of outcomes) {
    rows.push(outcome);
    if (!options.json) process.stdout.write(`${renderFix(outcome, texts, { color, diff: options.write !== true })}\n`);
  }
  return rows;
}

function exitOf(rows: readonly CureOutcome[], { at }: FixOptions): number {
  if (rows.some(({ outcome }) => outcome === 'failed')) return EXIT.failed;
  if (rows.some(({ outcome }) => outcome === 'refused')) return EXIT.findings;
  return at && rows.length === 0 ? EXIT.findings : EXIT.ok;
}
