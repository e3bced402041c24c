import { mkdir, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { cachePath } from '../../session/cache';
import { audit } from '../../session/index';
import { tendCaches } from '../../session/prune';
import { DISK } from '../../session/write/files';
import { Journal } from '../../session/write/journal';
import { type Workspace, workspace } from './workspace';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.now();

/** Three roots audited into one cache folder, and as many pairs of files there. */
async function threeRoots(): Promise<{ space: Workspace; folder: string; root: (name: string) => string }> {
  const space = await workspace({ 'one/a.py': 'x = 1\n', 'two/a.py': 'x = 1\n', 'three/a.py': 'x = 1\n' });
  const root = (name: string) => space.path(name);
  for (const name of ['one', 'two', 'three']) {
    await mkdir(join(root(name), '.git'));
    await audit({ paths: [], cwd: root(name), engine: 'wasm', useCache: true, jobs: 1 });
  }
  return { space, folder: process.env.SEAMLINE_CACHE_DIR!, root };
}

const cached = async (folder: string) => (await readdir(folder)).filter((name) => !name.endsWith('.pruned')).sort();
const filesFor = (...roots: readonly string[]) =>
  roots
    .flatMap((root) => [cachePath(root), cachePath(root).replace(/facts$/, 'result')])
    .map((path) => path.split(/[\\/]/).at(-1)!)
    .sort();

async function backdate(root: string, days: number): Promise<void> {
  const time = new Date(NOW - days * DAY);
  for (const path of [cachePath(root), cachePath(root).replace(/facts$/, 'result')]) await utimes(path, time, time);
}

test('caches of roots that are gone are removed, once a day at most', async () => {
  const { folder, root } = await threeRoots();
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('two'), root('three')));
  await rm(root('two'), { recursive: true });
  await tendCaches(cachePath(root('one')), NOW + DAY / 2);
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('two'), root('three')));
  await tendCaches(cachePath(root('one')), NOW + 2 * DAY);
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('three')));
  await rm(root('three'), { recursive: true });
  await tendCaches(cachePath(root('one')), NOW + 2.5 * DAY);
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('three')));
});

test('caches that were not used for thirty days are removed; the one in use is touched', async () => {
  const { folder, root } = await threeRoots();
  await backdate(root('one'), 40);
  await backdate(root('two'), 40);
  await backdate(root('three'), 20);
  await tendCaches(cachePath(root('one')), NOW + 2 * DAY);
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('three')));
  expect((await stat(cachePath(root('one')))).mtimeMs).toBeGreaterThan(NOW);
});

test('an audit does it, and a warm one counts as use', async () => {
  const { folder, root } = await threeRoots();
  await backdate(root('one'), 40);
  await backdate(root('two'), 40);
  await rm(join(folder, 'last.pruned'));
  await audit({ paths: [], cwd: root('one'), engine: 'wasm', useCache: true, jobs: 1 });
  expect(await cached(folder)).toEqual(filesFor(root('one'), root('three')));
});

test('damaged caches wait for their time, files of others are left alone, leftovers go', async () => {
  const { folder, root } = await threeRoots();
  await writeFile(cachePath(root('two')), 'nonsense');
  await rm(root('two'), { recursive: true });
  const leftover = `${cachePath(root('three'))}.1234.abcdef012345.tmp`;
  for (const path of [join(folder, 'notes.txt'), leftover]) {
    await writeFile(path, 'x');
    await utimes(path, new Date(0), new Date(0));
  }
  await tendCaches(cachePath(root('one')), NOW + 2 * DAY);
  expect(await cached(folder)).toEqual([...filesFor(root('one'), root('two'), root('three')), 'notes.txt'].sort());
});

/** A journal as a run leaves it that was killed while it wrote to a root, so many days ago. */
async function leaveJournal(root: string, days: number): Promise<string> {
  const journal = await Journal.create(DISK, root, { entries: [], folders: [] });
  journal.release();
  const time = new Date(NOW - days * DAY);
  await utimes(journal.path, time, time);
  return basename(journal.path);
}

test('the journal of an interrupted change stays while its workspace may come back', async () => {
  const { folder, root } = await threeRoots();
  const old = await leaveJournal(root('one'), 400);
  const recent = await leaveJournal(root('two'), 20);
  const stale = await leaveJournal(root('two'), 40);
  const damaged = await leaveJournal(root('two'), 40);
  await truncate(join(folder, damaged), 70);
  await utimes(join(folder, damaged), new Date(0), new Date(0));
  await rm(root('two'), { recursive: true });
  await backdate(root('one'), 400);
  await tendCaches(cachePath(root('three')), NOW + 2 * DAY);
  const left = await cached(folder);
  expect(left).toEqual([...filesFor(root('three')), old, recent, damaged].sort());
  expect(left).not.toContain(stale);
});

test('a journal that is being written is left alone; one that was never finished goes after a day', async () => {
  const { folder, root } = await threeRoots();
  const live = await leaveJournal(root('one'), 0);
  const unfinished = [0.5, 3].map(
    (days) =>
      [`${live.replace(/[0-9a-f]{12}\.journal/, `${days === 3 ? 'a' : 'b'}`.repeat(12))}.journal.tmp`, days] as const,
  );
  for (const [name, days] of unfinished) {
    await writeFile(join(folder, name), '');
    const time = new Date(NOW - days * DAY);
    await utimes(join(folder, name), time, time);
  }
  await rm(join(folder, 'last.pruned'));
  await tendCaches(cachePath(root('one')), NOW);
  const left = await cached(folder);
  expect(left).toContain(live);
  expect(left).toContain(unfinished[0]![0]);
  expect(left).not.toContain(unfinished[1]![0]);
});

test('a cache folder that is missing or a file fails nothing', async () => {
  const { space } = await threeRoots();
  for (const folder of ['nowhere', 'one/a.py']) {
    await expect(tendCaches(join(space.path(folder), `${'0'.repeat(32)}.facts`), NOW)).resolves.toBeUndefined();
  }
});
