import { access, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../esbuild.mjs';
import type { AuditRequest, audit, UsageError } from '../../session/index';
import { nativeEngine } from '../support/engine';
import { comparable, filesOf, skippedOf, type Workspace, workspace } from './workspace';

/** The worker exists only as a bundle: these tests build one, and audit with it as an installed Seamline would. */
interface Built {
  readonly audit: typeof audit;
  readonly UsageError: typeof UsageError;
}

let dist: string;
let built: Built;

beforeAll(async () => {
  // Inside node_modules, from where the optional native packages are found.
  dist = await mkdtemp(join(fileURLToPath(new URL('../../node_modules/', import.meta.url)), '.seamline-test-'));
  await bundle(dist, { session: 'session/index.ts', worker: 'session/worker.ts' });
  built = createRequire(import.meta.url)(join(dist, 'session.js')) as Built;
});

afterAll(() => rm(dist, { recursive: true, force: true }));

/** Enough text that the pool is worth its start: 300 files of 15 kB in both languages, some of them bad. */
async function largeWorkspace(): Promise<Workspace> {
  const files: Record<string, string> = {};
  for (let index = 0; index < 150; index++) {
    files[`py/m${index}.py`] =
      `# seamline: ignore\n${`class C${index}:\n    def m(self):\n        return ${index}\n\n`.repeat(300)}`;
    files[`ts/m${index}.ts`] =
      `// seamline: ignore[nothing]\n${`export class C${index} { m() { return ${index}; } }\n`.repeat(300)}`;
  }
  files['py/broken.py'] = 'def broken(:\n    pass\n';
  files['ts/nul.ts'] = 'const a = 1;\0';
  files['py/deep.py'] = `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`;
  return workspace(files);
}

const run = (space: Workspace, request: Partial<AuditRequest>) =>
  built.audit({ paths: [], cwd: space.root, engine: 'wasm', useCache: false, ...request });

describe('the result is the same, byte for byte,', () => {
  test('for one thread, two, three, and with the cache', async () => {
    const space = await largeWorkspace();
    const one = await run(space, { jobs: 1 });
    const two = await run(space, { jobs: 2, useCache: true });
    expect([one.stats.jobs, two.stats.jobs]).toEqual([1, 2]);
    expect(filesOf(one)).toHaveLength(302);
    expect(one.findings.filter(({ rule }) => rule === 'unused-suppression')).toHaveLength(300);
    expect(comparable(two)).toBe(comparable(one));
    expect(comparable(await run(space, { jobs: 3 }))).toBe(comparable(one));
    expect(comparable(await run(space, { jobs: 2, useCache: true }))).toBe(comparable(one));
    expect(two.stats.filesParsed).toBe(one.stats.filesParsed);
  });

  test('for both engines, where the native one is installed', async ({ skip }) => {
    const space = await largeWorkspace();
    if (!(await nativeEngine())) skip('the optional packages are not installed');
    const wasm = await run(space, { jobs: 1 });
    expect(comparable(await run(space, { jobs: 1, engine: 'native' }))).toBe(comparable(wasm));
    expect(comparable(await run(space, { jobs: 2, engine: 'native' }))).toBe(comparable(wasm));
  });
});

test('a small workspace starts no thread, whatever is allowed', async () => {
  const space = await workspace({ 'a.py': 'x = 1\n' });
  expect((await run(space, { jobs: 4 })).stats.jobs).toBe(1);
});

test('files that are nested too deeply for the main thread are examined in a thread with a larger stack', async () => {
  const space = await workspace({ 'deep.py': `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`, 'a.py': 'x = 1\n' });
  const result = await run(space, { jobs: 1 });
  expect(skippedOf(result)).toEqual([]);
  expect(filesOf(result)).toEqual(['a.py', 'deep.py']);
});

test('an audit can be aborted, before and in the middle', async () => {
  const space = await largeWorkspace();
  await expect(run(space, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  for (const jobs of [1, 2]) {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (done: number) => {
      if (done > 20) controller.abort(reason);
    };
    await expect(run(space, { jobs, signal: controller.signal, onProgress })).rejects.toBe(reason);
  }
});

test('progress grows to the number of files', async () => {
  const space = await largeWorkspace();
  const seen: [number, number][] = [];
  await run(space, { jobs: 2, onProgress: (done, total) => seen.push([done, total]) });
  expect(seen[0]).toEqual([0, 303]);
  expect(seen.at(-1)).toEqual([303, 303]);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
});

test('without the native packages: auto does without them, native is bad usage', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'seamline-dist-'));
  try {
    await cp(dist, elsewhere, { recursive: true });
    const lonely = createRequire(import.meta.url)(join(elsewhere, 'session.js')) as Built;
    const space = await workspace({ 'a.py': 'x = 1\n' });
    const request = { paths: [], cwd: space.root, useCache: false };
    const { stats } = await lonely.audit({ ...request, engine: 'auto' });
    expect(stats.engine).toBe('wasm');
    const error = await lonely.audit({ ...request, engine: 'native' }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(lonely.UsageError);
    expect(String(error)).toContain('--engine native');
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

test('the build has all that it needs beside it', async () => {
  const needed = ['python', 'javascript', 'typescript', 'tsx'].map((name) => `tree-sitter-${name}.wasm`);
  for (const file of [...needed, 'web-tree-sitter.wasm', 'worker.js']) await access(join(dist, file));
});
