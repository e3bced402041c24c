import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

/** What came of running some code: what it gave or threw, and what went to its console, the calls of which are its log. */
export interface NodeRun {
  readonly outcome: string;
  readonly records: readonly string[];
}

/**
 * Runs a TypeScript module against files, all of it bundled, in a context of its own. Its default export is the outcome. Each call of
 * `console` becomes one record: the level, then the arguments, errors as `Name: message` and other objects as JSON.
 * @param aliases files that stand in for modules, by their specifiers
 */
export async function runTypeScript(
  files: Readonly<Record<string, string>>,
  driver: string,
  aliases: Readonly<Record<string, string>> = {},
): Promise<NodeRun> {
  const root = await mkdtemp(join(tmpdir(), 'seamline-run-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const { outputFiles } = await build({
      stdin: { contents: driver, resolveDir: root, loader: 'ts', sourcefile: 'driver.ts' },
      bundle: true,
      write: false,
      format: 'esm',
      logLevel: 'silent',
      target: 'es2022',
      alias: Object.fromEntries(Object.entries(aliases).map(([name, file]) => [name, join(root, file)])),
    });
    return await execute(outputFiles[0]!.text);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function execute(bundle: string): Promise<NodeRun> {
  const records: string[] = [];
  const say =
    (level: string) =>
    (...args: unknown[]) =>
      void records.push([level, ...args.filter((arg) => arg !== undefined).map(shown)].join(' '));
  const levels = { debug: 'DEBUG', info: 'INFO', log: 'LOG', warn: 'WARN', error: 'ERROR' };
  const console = Object.fromEntries(Object.entries(levels).map(([method, level]) => [method, say(level)]));
  // A bundle ends with its exports; a context runs scripts, which have none.
  const name = /export \{\s*([\w$]+) as default\s*\};?\s*$/.exec(bundle);
  const script = `(async () => {\n${bundle.replace(/export \{[^}]*\};?\s*$/, '')}\nreturn ${name?.[1] ?? 'undefined'};\n})()`;
  const outcome = await (
    runInContext(script, createContext({ console, setTimeout }), { timeout: 5_000 }) as Promise<unknown>
  ).then(
    (value) => `returned ${shown(value)}`,
    (error: unknown) => `threw ${shown(error)}`,
  );
  return { outcome, records };
}

/** The errors of another context are no instances of this one's `Error`. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isError(value)) return `${value.name}: ${value.message}`;
  return (
    JSON.stringify(value, (_, inner: unknown) => (isError(inner) ? `${inner.name}: ${inner.message}` : inner)) ??
    'undefined'
  );
}

const isError = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value && 'stack' in value && 'name' in value;
