/**
 * Measures the language server over standard input and output, as an editor meets it: edit to diagnostics, the other file of a duplicate,
 * the first diagnostics while a large workspace is indexed, memory after many edits, lightbulb and resolve. Prints p50 and p95.
 *
 *     npm run bench:server -- [--edits 200] [--workspace corpus]
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type ClientOptions, LspClient } from '../test/support/lsp-client';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SERVER = join(ROOT, 'dist/server.js');

const { values } = parseArgs({
  options: { edits: { type: 'string', default: '200' }, workspace: { type: 'string', default: join(ROOT, 'corpus') } },
});
const EDITS = Number(values.edits);

const FUNCTIONS: Record<string, (n: number) => string> = {
  'a.py': (n) =>
    `def load_${n}(path, limit=${n}):\n    rows = []\n    for line in open(path):\n        if len(rows) > limit:\n            break\n        rows.append(line.strip())\n    try:\n        path.write_text("${n}")\n    except ${n % 10 === 0 ? 'Exception' : 'OSError as error'}:\n        ${n % 10 === 0 ? 'pass' : 'raise RuntimeError(path) from error'}\n    return rows\n\n\n`,
  'a.ts': (n) =>
    `export async function load${n}(path: string, limit = ${n}): Promise<string[]> {\n  const rows: string[] = [];\n  for (const line of path.split('/')) {\n    if (rows.length > limit) break;\n    rows.push(line.trim());\n  }\n  try {\n    await fetch(path, { method: 'POST', body: '${n}' });\n  } catch ${n % 10 === 0 ? '{}' : '(error) {\n    throw new Error(path, { cause: error });\n  }'}\n  return rows;\n}\n\n`,
};

function textOf(file: string, lines: number): string {
  const one = FUNCTIONS[file]!(0);
  const count = Math.ceil(lines / (one.split('\n').length - 1));
  return Array.from({ length: count }, (_, n) => FUNCTIONS[file]!(n)).join('');
}

const check = (name: string, limit: number) =>
  `import re\n\n\ndef check_${name}(value):\n    if not re.match(r"^[a-z][a-z0-9_-]{2,${limit}}$", value):\n        raise ValueError("bad ${name}")\n    return value\n`;

async function withServer<T>(
  files: Record<string, string>,
  work: (client: LspClient) => Promise<T>,
  options: ClientOptions = {},
): Promise<T> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'seamline-bench-')));
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, file), text);
  const client = await LspClient.connect(SERVER, root, options);
  try {
    return await work(client);
  } finally {
    await client.stop();
    await rm(root, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function row(what: string, times: number[], limit?: string): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  console.log(`| ${what} | ${at(0.5)} | ${at(0.95)} | ${times.length} | ${limit ?? ''} |`);
}

/** Types a character inside a string or a number somewhere in the file and waits for the diagnostics. */
async function editTimes(client: LspClient, file: string, text: string): Promise<number[]> {
  const lines = text.split('\n');
  const places = lines.flatMap((line, index) => (/limit\b.*\d/.test(line) ? [index] : []));
  const times: number[] = [];
  for (let round = 0; round < EDITS; round++) {
    const line = places[(round * 7919) % places.length]!;
    const character = lines[line]!.search(/\d(?!.*\d)/) + 1;
    const start = { line, character };
    times.push(
      await timed(async () => {
        await client.change(file, String(round % 10), { start, end: start });
        await client.pull(file);
      }),
    );
    await client.change(file, '', { start, end: { line, character: character + 1 } });
    await client.pull(file);
  }
  return times;
}

async function memoryOf(client: LspClient): Promise<number> {
  const status = await readFile(`/proc/${client.process.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

console.log(`${cpus().length} x ${cpus()[0]?.model}, node ${process.version}\n`);
console.log('| what | p50 ms | p95 ms | runs | limit (p95) |\n|---|---|---|---|---|');
for (const file of ['a.py', 'a.ts']) {
  for (const [size, limit] of [
    [2_000, '30 ms'],
    [10_000, '100 ms'],
  ] as const) {
    const text = textOf(file, size);
    await withServer({ [file]: text }, async (client) => {
      await client.open(file, text);
      await client.pull(file);
      row(
        `edit to diagnostics, ${file.endsWith('py') ? 'Python' : 'TypeScript'}, ${size} lines`,
        await editTimes(client, file, text),
        limit,
      );
    });
  }
}

await withServer({ 'a.py': check('a', 30), 'b.py': check('b', 30) }, async (client) => {
  await client.open('a.py', check('a', 30));
  await client.open('b.py', check('b', 30));
  await client.eventually(
    () => client.findings('b.py'),
    (found) => found.length > 0,
  );
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = client.refreshes;
    times.push(
      await timed(async () => {
        await client.change('a.py', check('a', round % 2 === 0 ? 31 : 30));
        await client.eventually(
          () => client.refreshes,
          (count) => count > before,
        );
        await client.findings('b.py');
      }),
    );
  }
  row('the other file of a duplicate, told', times, '1000 ms');
});

for (const file of ['a.py', 'a.ts']) {
  const text = textOf(file, 2_000);
  await withServer({ [file]: text }, async (client) => {
    await client.open(file, text);
    await client.pull(file);
    const lines = text
      .split('\n')
      .flatMap((line, index) => (/except Exception|catch \{\}/.test(line) ? [index + 1] : []));
    const light: number[] = [];
    const resolve: number[] = [];
    for (let round = 0; round < Math.min(50, EDITS); round++) {
      const line = lines[(round * 31) % lines.length]!;
      const [action] = await client.actions(file, line);
      light.push(await timed(() => client.actions(file, line)));
      if (action?.data) resolve.push(await timed(() => client.resolve(action)));
    }
    const language = file.endsWith('py') ? 'Python' : 'TypeScript';
    row(`lightbulb, ${language}, 2000 lines`, light, '50 ms');
    if (resolve.length > 0) row(`resolve, ${language}, 2000 lines`, resolve);
  });
}

{
  const text = textOf('a.py', 2_000);
  await withServer({ 'a.py': text }, async (client) => {
    await client.open('a.py', text);
    await client.pull('a.py');
    const memory: number[] = [];
    for (let round = 0; round < 4; round++) {
      await editTimes(client, 'a.py', text);
      memory.push(await memoryOf(client));
    }
    console.log(
      `| memory after ${memory.map((_, n) => (n + 1) * EDITS * 2).join(', ')} edits (MB) | ${memory.map((mb) => mb.toFixed(0)).join(', ')} | | | must not grow |`,
    );
  });
}

{
  const root = await realpath(await mkdtemp(join(tmpdir(), 'seamline-bench-')));
  const target = join(root, 'workspace');
  await mkdir(target);
  await cp(values.workspace, target, { recursive: true });
  const { stdout } = await run(
    process.execPath,
    [join(ROOT, 'dist/cli.js'), 'audit', target, '--format', 'json', '--fail-on', 'none', '--no-cache'],
    { maxBuffer: 1 << 28 },
  );
  const { lines } = (JSON.parse(stdout) as { summary: { lines: number } }).summary;
  const text = textOf('a.py', 2_000);
  await writeFile(join(target, 'opened.py'), text);
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const client = await LspClient.connect(SERVER, target, { cache: join(root, `cache-${round}`) });
    await new Promise((done) => setTimeout(done, 500));
    times.push(
      await timed(async () => {
        await client.open('opened.py', text);
        await client.eventually(
          () => client.findings('opened.py'),
          (found) => found.length > 0,
          60_000,
        );
      }),
    );
    await client.stop();
  }
  row(`first diagnostics of an opened file while ${lines} lines are indexed`, times, '1500 ms');
  await rm(root, { recursive: true, force: true });
}
