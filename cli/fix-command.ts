import { type Command, InvalidArgumentError } from 'commander';
import { isColorSupported } from 'picocolors';
import { type FixRow, renderFix, renderFixJson, renderFixSummary } from '../report/fix';
import {
  type FixOutcome,
  fix,
  pathInRoot,
  recoverInterrupted,
  TypeScriptService,
  UsageError,
  Workspace,
} from '../session/index';
import { addEngineOptions, type EngineOptions } from './engine-options';
import { EXIT } from './exit';
import { startProgress } from './progress';

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
  for (const line of await recoverInterrupted(workspace.root)) process.stderr.write(`seamline: ${line}\n`);
  const typescript = new TypeScriptService({ root: workspace.root });
  try {
    const rows = await collect(fixes(workspace, typescript, options), options);
    if (options.json) process.stdout.write(renderFixJson(rows, !options.write));
    else if (!options.quiet) process.stderr.write(`${renderFixSummary(rows, options.write === true)}\n`);
    return exitOf(rows, options);
  } finally {
    workspace.dispose();
    await typescript.close();
  }
}

async function* fixes(
  workspace: Workspace,
  typescript: TypeScriptService,
  options: FixOptions,
): AsyncGenerator<FixOutcome> {
  const { name, reason } = options;
  const local = async ({ file, line }: LinePlace) => ({
    file: await pathInRoot(file, process.cwd(), workspace.root),
    line,
  });
  yield* fix(workspace, typescript, {
    ...(options.rule ? { rules: options.rule } : {}),
    ...(options.cure === undefined ? {} : { cure: options.cure }),
    ...(options.at ? { at: await local(options.at) } : {}),
    all: options.all === true,
    write: options.write === true,
    allowReview: options.allowReview === true,
    choices: {
      ...(name === undefined ? {} : { name }),
      ...(reason === undefined ? {} : { reason }),
      ...(options.into === undefined ? {} : { into: await pathInRoot(options.into, process.cwd(), workspace.root) }),
      ...(options.place ? { places: await Promise.all(options.place.map(local)) } : {}),
    },
  });
}

/** Shows each outcome as it comes, for a long run. */
async function collect(outcomes: AsyncIterable<FixOutcome>, options: FixOptions): Promise<FixRow[]> {
  const rows: FixRow[] = [];
  const color = options.color && isColorSupported;
  for await (const outcome of outcomes) {
    rows.push(outcome);
    if (!options.json) process.stdout.write(`${renderFix(outcome, { color, diff: options.write !== true })}\n`);
  }
  return rows;
}

function exitOf(rows: readonly FixRow[], { at }: FixOptions): number {
  if (rows.some(({ outcome }) => outcome === 'failed')) return EXIT.failed;
  if (rows.some(({ outcome }) => outcome === 'refused')) return EXIT.findings;
  return at && rows.length === 0 ? EXIT.findings : EXIT.ok;
}
