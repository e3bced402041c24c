/**
 * Measures the limits of ARCHITECTURE.md on the corpus (`npm run corpus` first): medians of interleaved runs, as ratios. Nothing here is
 * a test: a machine under load must not fail a build.
 *
 *     npm run bench -- [--runs 5] [--files 12000] [--megabytes 98]
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { shuffle } from '../test/oracle/sample';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CLI = join(ROOT, 'dist/cli.js');
const BASELINE = join(ROOT, 'dist/bench-baseline.js');
const ENGINES = ['wasm', 'native'] as const;
type Engine = (typeof ENGINES)[number];

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    files: { type: 'string', default: '12000' },
    megabytes: { type: 'string', default: '98' },
  },
});
const RUNS = Number(values.runs);

interface Stats {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly filesParsed: number;
  readonly filesFromCache: number;
  readonly engine: string;
}

async function auditStats(folder: string, cache: string, options: readonly string[]): Promise<Stats> {
  const output = join(cache, 'report.json');
  const shared = ['audit', folder, '--format', 'json', '--stats', '--fail-on', 'none', '--output', output];
  await run(process.execPath, [CLI, ...shared, ...options], {
    env: { ...process.env, SEAMLINE_CACHE_DIR: cache },
    maxBuffer: 1 << 26,
  });
  return (JSON.parse(await readFile(output, 'utf8')) as { summary: { stats: Stats } }).summary.stats;
}

async function baseline(...words: string[]): Promise<{ cpuMs: number; wallMs: number }> {
  return JSON.parse((await run(process.execPath, [BASELINE, ...words])).stdout);
}

/** A seeded sample of the files that an audit of the corpus takes, copied into one folder. */
async function makeSample(work: string): Promise<{ folder: string; list: string; files: number; bytes: number }> {
  const output = join(work, 'all.json');
  await run(
    process.execPath,
    [CLI, 'audit', join(ROOT, 'corpus'), '--format', 'json', '--fail-on', 'none', '--no-cache', '--output', output],
    { maxBuffer: 1 << 26 },
  );
  const report = JSON.parse(await readFile(output, 'utf8')) as { root: string; modules: { file: string }[] };
  const folder = join(work, 'sample');
  const paths: string[] = [];
  let bytes = 0;
  for (const { file } of shuffle(report.modules, 20261120)) {
    if (paths.length >= Number(values.files)) break;
    const from = join(report.root, file);
    const { size } = await stat(from);
    if (bytes + size > Number(values.megabytes) * 1e6) continue;
    bytes += size;
    const to = join(folder, file);
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to);
    paths.push(to);
  }
  const list = join(work, 'files.txt');
  await writeFile(list, paths.join('\n'));
  return { folder, list, files: paths.length, bytes };
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const show = (row: string, limit: string, measured: string, detail: string) =>
  process.stdout.write(`${row.padEnd(52)} ${limit.padEnd(10)} ${measured.padEnd(10)} ${detail}\n`);

async function measureEngine(
  engine: Engine,
  sample: Awaited<ReturnType<typeof makeSample>>,
  work: string,
): Promise<void> {
  const parse: number[] = [];
  const cold: number[] = [];
  const one: number[] = [];
  const two: number[] = [];
  const memory: number[] = [];
  const read: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < RUNS; round++) {
    const cache = await mkdtemp(join(work, 'cache-'));
    parse.push((await baseline('parse', engine, sample.list)).cpuMs);
    const single = await auditStats(sample.folder, cache, ['--engine', engine, '--jobs', '1']);
    if (single.filesFromCache > 0) throw new Error('the cold audit was not cold');
    cold.push(single.cpuMs);
    one.push(single.wallMs);
    const second = await mkdtemp(join(work, 'cache-'));
    const double = await auditStats(sample.folder, second, ['--engine', engine, '--jobs', '2']);
    two.push(double.wallMs);
    memory.push(double.peakRssMb);
    read.push((await baseline('read', sample.list)).wallMs);
    const again = await auditStats(sample.folder, cache, ['--engine', engine, '--jobs', '1']);
    if (again.filesParsed > 0) throw new Error(`the warm audit parsed ${again.filesParsed} files`);
    warm.push(again.wallMs);
    for (const folder of [cache, second]) await rm(folder, { recursive: true });
  }
  const ratio = (a: readonly number[], b: readonly number[]) =>
    median(a.map((value, index) => value / b[index]!)).toFixed(2);
  const ms = (list: readonly number[]) => `${Math.round(median(list))} ms`;
  show(
    `${engine}: cold audit / bare parse, CPU, cache written`,
    '<= 1.5',
    ratio(cold, parse),
    `${ms(cold)} / ${ms(parse)}`,
  );
  show(`${engine}: two workers / one, wall`, '<= 0.65', ratio(two, one), `${ms(two)} / ${ms(one)}`);
  show(`${engine}: warm audit / async read, wall`, '<= 2.5', ratio(warm, read), `${ms(warm)} / ${ms(read)}`);
  show(`${engine}: peak memory, two workers`, '<= 400 MB', `${Math.round(median(memory))} MB`, '');
}

const work = await mkdtemp(join(tmpdir(), 'seamline-bench-'));
try {
  await build({
    entryPoints: [join(ROOT, 'scripts/bench-baseline.ts')],
    outfile: BASELINE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: { 'web-tree-sitter': join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
    external: ['tree-sitter', 'tree-sitter-*'],
    logLevel: 'error',
  });
  const sample = await makeSample(work);
  process.stdout.write(
    `${sample.files} files, ${(sample.bytes / 1e6).toFixed(1)} MB, ${cpus().length} cores (${cpus()[0]?.model}), node ${process.version}, medians of ${RUNS} interleaved runs\n\n`,
  );
  show('row', 'limit', 'measured', 'medians');
  for (const engine of ENGINES) await measureEngine(engine, sample, work);
  // Walls, and to a lesser degree processor times, mean little where others were at work.
  process.stdout.write(`\nload of the last 15 minutes: ${loadavg()[2]!.toFixed(1)}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
  await rm(BASELINE, { force: true });
}
