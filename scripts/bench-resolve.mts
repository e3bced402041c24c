/**
 * Measures `codeAction/resolve` of the TypeScript cures on a real project, through the server over standard input and output, as an editor
 * meets it: every cure that is offered is resolved once, in an order that jumps between files. The first resolves start the compiler and
 * are told apart. Prints p50 and p95 by cure, what was slowest, and the memory of the process with the compiler.
 *
 *     npx tsx scripts/bench-resolve.mts PROJECT [--rule ID] [--file PART] [--limit N] [--warm-up N] [--rounds N] [--server FILE]
 *         [--verbose]
 *
 * --file takes only files with this part in their path. The first round meets most parts of the project for the first time; with more
 * rounds, each of which types a line at the end of each file, the later ones are told apart: what they need was read before.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { LspClient } from '../test/support/lsp-client';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rule: { type: 'string', multiple: true },
    limit: { type: 'string', default: '200' },
    file: { type: 'string', default: '' },
    rounds: { type: 'string', default: '1' },
    'warm-up': { type: 'string', default: '3' },
    server: { type: 'string', default: fileURLToPath(new URL('../dist/server.js', import.meta.url)) },
    verbose: { type: 'boolean', default: false },
  },
});
const [project] = positionals;
if (project === undefined) throw new Error('bench-resolve: name the folder of a project');
const root = await realpath(project);

interface Place {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Resolved {
  readonly cure: string;
  readonly place: Place;
  readonly milliseconds: number;
  /** What came of it: an edit, or the reason why none did. */
  readonly outcome: string;
}

/** The findings of the project in TypeScript and JavaScript, as the command line tells them. */
async function places(): Promise<{ readonly lines: number; readonly found: Place[] }> {
  const args = (values.rule ?? []).flatMap((rule) => ['--rule', rule]);
  const cli = join(values.server, '../cli.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'audit', root, '--format', 'json', '--fail-on', 'none', '--no-cache', ...args],
    { maxBuffer: 1 << 29 },
  );
  const report = JSON.parse(stdout) as {
    readonly root: string;
    readonly summary: { readonly lines: number };
    readonly findings: readonly {
      readonly rule: string;
      readonly file: string;
      readonly range: { readonly start: { readonly line: number; readonly column: number } };
      readonly cures: readonly unknown[];
    }[];
  };
  if (report.root !== root) throw new Error(`bench-resolve: the root is ${report.root}`);
  const found = report.findings
    .filter(({ file, cures }) => /\.[cm]?[jt]sx?$/.test(file) && cures.length > 0 && file.includes(values.file))
    .map(({ rule, file, range }) => ({ rule, file, line: range.start.line, column: range.start.column }));
  return { lines: report.summary.lines, found: shuffled(found) };
}

/** The same order each time, but not the order of the files. */
const shuffled = <T,>(all: readonly T[]): T[] => all.map((_, index) => all[(index * 7919) % all.length]!);

/** Peak and present memory in megabytes of the processes that the server has started. */
async function memory(server: number): Promise<string> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const figure = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    if (figure('PPid') * 1024 !== server && Number(pid) !== server) continue;
    const what = Number(pid) === server ? 'server' : 'child';
    found.push(`${what}: peak ${figure('VmHWM').toFixed(0)} MB, now ${figure('VmRSS').toFixed(0)} MB`);
  }
  return found.sort().join('; ');
}

/** @param round 0-based */
async function resolveAll(client: LspClient, found: readonly Place[], round: number): Promise<Resolved[]> {
  const resolved: Resolved[] = [];
  const shown = new Set<string>();
  for (const place of found) {
    if (resolved.length >= Number(values.limit)) break;
    const { file, line, column } = place;
    if (!shown.has(file)) {
      shown.add(file);
      const text = await readFile(join(root, file), 'utf8');
      if (round === 0) await client.open(file, text);
      else await client.change(file, `${text}// ${round}\n`);
      await client.pull(file);
    }
    const actions = await client.actions(file, line, undefined, column - 1);
    for (const action of actions) {
      const data = action.data as
        | { readonly cure?: string; readonly reference?: { readonly rule?: string } }
        | undefined;
      if (!data?.cure || action.disabled) continue;
      const started = performance.now();
      const answer: CodeAction = await client.resolve(action).catch((error: Error) => ({ title: error.message }));
      const milliseconds = performance.now() - started;
      const outcome = answer.edit ? 'edit' : (answer.disabled?.reason ?? answer.command?.command ?? answer.title);
      resolved.push({ cure: data.cure, place, milliseconds, outcome });
      if (values.verbose)
        console.error(`${milliseconds.toFixed(0).padStart(6)} ms  ${data.cure}  ${file}:${line}  ${outcome}`);
    }
  }
  return resolved;
}

function row(what: string, times: readonly number[]): void {
  if (times.length === 0) return;
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(0);
  console.log(`| ${what} | ${at(0.5)} | ${at(0.95)} | ${sorted.at(-1)!.toFixed(0)} | ${sorted.length} |`);
}

const { lines, found } = await places();
const cache = await mkdtemp(join(tmpdir(), 'seamline-bench-'));
const client = await LspClient.connect(values.server, root, { cache });
try {
  const [first] = found;
  if (!first) throw new Error('bench-resolve: nothing was found that has a cure');
  await client.open(first.file, await readFile(join(root, first.file), 'utf8'));
  await client.eventually(
    () => client.findings(first.file),
    (there) => there.length > 0,
    120_000,
  );
  const resolved = await resolveAll(client, found, 0);
  const again: Resolved[] = [];
  for (let round = 1; round < Number(values.rounds); round++) again.push(...(await resolveAll(client, found, round)));
  const warmUp = Number(values['warm-up']);
  console.log(`${cpus().length} x ${cpus()[0]?.model}, node ${process.version}; ${lines} lines\n`);
  console.log('| resolve | p50 ms | p95 ms | max ms | runs |\n|---|---|---|---|---|');
  row(
    `the first ${warmUp}`,
    resolved.slice(0, warmUp).map(({ milliseconds }) => milliseconds),
  );
  const warm = resolved.slice(warmUp);
  row(
    'all others',
    warm.map(({ milliseconds }) => milliseconds),
  );
  for (const cure of [...new Set(warm.map((one) => one.cure))].sort())
    row(
      cure,
      warm.filter((one) => one.cure === cure).map(({ milliseconds }) => milliseconds),
    );
  row(
    'again, after typing',
    again.map(({ milliseconds }) => milliseconds),
  );
  console.log(`\n${await memory(client.process.pid!)}\n`);
  for (const { cure, place, milliseconds, outcome } of [...warm, ...again]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 8))
    console.log(`- ${milliseconds.toFixed(0)} ms: ${cure}, ${place.file}:${place.line}: ${outcome}`);
} finally {
  await client.stop();
  await rm(cache, { recursive: true, force: true });
}
