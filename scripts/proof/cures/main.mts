/**
 * Proves cures on real projects: carries out every cure that is offered, one at a time, and has each change judged by CPython, pyflakes,
 * the TypeScript compiler, git and the project's own tests.
 *
 *     npm run proof -- PROJECT... [--rule ID] [--cure ID] [--config FILE] [--limit N] [--seed S] [--writes N]
 *                      [--jobs N] [--tests] [--test-sample N] [--keep]
 *
 * A PROJECT is a folder, or a name of `scripts/proof/projects.json`, which is brought and prepared first. `--limit` tries so many offers
 * of each cure; `--config` replaces the project's own configuration, for more findings and so more offers; `--writes` sends so many changes
 * through the real writer (40); `--jobs` proves so many projects at once, each in a process of its own. `--tests` runs the project's own
 * tests on a copy, as the list says; `--keep` leaves the copy. Writes JSON and Markdown into `.proof/reports/`. Ends with 1 when anything
 * failed or nothing was offered.
 */
import { fork } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { type ProjectRequest, proveProject } from './project';
import { readProjects, subjectOf } from './projects';
import { hasFailed, markdown } from './table';
import type { ProjectReport } from './types';

const HOME = fileURLToPath(new URL('../../../.proof/', import.meta.url));
const REPORTS = join(HOME, 'reports');
const SCRIPT = fileURLToPath(new URL('../../../dist/typescript-child.js', import.meta.url));

/** A compiler with a large project and CPython beside it. */
const HEAP_MB = 6_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rule: { type: 'string', multiple: true },
      cure: { type: 'string', multiple: true },
      config: { type: 'string' },
      limit: { type: 'string' },
      seed: { type: 'string', default: '1' },
      writes: { type: 'string', default: '40' },
      jobs: { type: 'string', default: '1' },
      tests: { type: 'boolean', default: false },
      'test-sample': { type: 'string', default: '0' },
      keep: { type: 'boolean', default: false },
      request: { type: 'string' },
    },
  });
  if (values.request !== undefined) return child(values.request);
  if (positionals.length === 0) throw new Error('proof: name the projects to prove, folders or names of projects.json');
  const entries = await readProjects(new URL('../projects.json', import.meta.url));
  await mkdir(REPORTS, { recursive: true });
  const limit = pLimit(number(values.jobs));
  const reports = await Promise.all(
    positionals.map((word) =>
      limit(async () => {
        const { folder, entry } = await subjectOf(word, entries, join(HOME, 'projects'));
        return parent({
          folder,
          entry,
          tools: HOME,
          script: SCRIPT,
          ...(values.rule ? { rules: values.rule } : {}),
          ...(values.cure ? { cures: values.cure } : {}),
          ...(values.config === undefined ? {} : { configFile: resolve(values.config) }),
          ...(values.limit === undefined ? {} : { limit: number(values.limit) }),
          seed: number(values.seed),
          writes: number(values.writes),
          runTests: values.tests,
          testSample: number(values['test-sample']),
          keep: values.keep,
        });
      }),
    ),
  );
  const text = markdown(reports);
  await writeFile(join(REPORTS, 'proof.md'), text);
  await writeFile(join(REPORTS, 'proof.json'), `${JSON.stringify(reports, undefined, 1)}\n`);
  process.stdout.write(text);
  const isEmpty = reports.every(({ proofs }) => proofs.length === 0);
  if (isEmpty) process.stderr.write('proof: no cure was offered, so nothing is proved\n');
  process.exitCode = isEmpty || reports.some(hasFailed) ? 1 : 0;
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`proof: "${text}" is no number`);
  return value;
}

/** Proves a project in a process of its own: what a compiler or an interpreter leaks or breaks ends with it. */
async function parent(request: ProjectRequest): Promise<ProjectReport> {
  const name = request.entry?.name ?? basename(request.folder);
  const [asked, answer] = [join(REPORTS, `${name}.request.json`), join(REPORTS, `${name}.json`)];
  await writeFile(asked, JSON.stringify({ request, answer }));
  const code = await new Promise<number | null>((resolve, reject) => {
    const process_ = fork(fileURLToPath(import.meta.url), ['--request', asked], {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    process_.on('error', reject).on('exit', resolve);
  });
  if (code === 0) return JSON.parse(await readFile(answer, 'utf8')) as ProjectReport;
  const error = `the process ended with ${code}`;
  return {
    project: name,
    files: 0,
    findings: 0,
    types: '-',
    proofs: [],
    tests: [],
    seconds: 0,
    peakMegabytes: 0,
    error,
  };
}

async function child(path: string): Promise<void> {
  const { request, answer } = JSON.parse(await readFile(path, 'utf8')) as { request: ProjectRequest; answer: string };
  const report = await proveProject(request);
  await writeFile(answer, `${JSON.stringify(report, undefined, 1)}\n`);
  await writeFile(answer.replace(/json$/, 'md'), markdown([report]));
  // An interpreter in WebAssembly keeps the process alive.
  process.exit(0);
}

await main();
