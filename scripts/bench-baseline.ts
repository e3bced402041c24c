/**
 * The baselines of `npm run bench`, each in a process of its own: bare parsing (`parse ENGINE LIST`) and reading (`read LIST`) of the
 * files named in LIST, one absolute path a line. Prints one JSON object with CPU and wall milliseconds.
 */
import { readFile } from 'node:fs/promises';
import { languageOfPath } from '../core/syntax/language';
import { loadEngine } from '../session/engines';

async function main(): Promise<void> {
  const [mode, ...rest] = process.argv.slice(2);
  const files = (await readFile(rest.at(-1)!, 'utf8')).split('\n').filter(Boolean);
  const start = performance.now();
  const before = process.cpuUsage(); // Without node's own start, as in the statistics of an audit.
  if (mode === 'read') await readAll(files);
  else await parseAll(files, rest[0] as 'wasm' | 'native');
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - start }));
}

/** As many reads at once as an audit has in flight. */
async function readAll(files: readonly string[]): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < files.length) await readFile(files[next++]!);
  };
  await Promise.all(Array.from({ length: 16 }, reader));
}

async function parseAll(files: readonly string[], name: 'wasm' | 'native'): Promise<void> {
  const engine = await loadEngine(name);
  for (const file of files) {
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    engine.parse(text, languageOfPath(file)!).delete();
  }
}

main();
