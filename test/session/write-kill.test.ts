import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundle } from '../../esbuild.mjs';
import { type FileWrite, recoverInterrupted, writeChange } from '../../session/write-change';
import { type Workspace, workspace } from './workspace';

/** Big enough that a write in two halves shows. */
const body = (name: string) => `${name} = 1\n`.repeat(500);

const OLD: Readonly<Record<string, string>> = {
  'a.py': body('a'),
  'pkg/b.py': body('b'),
  'pkg/gone.py': body('gone'),
};
const NEW: Readonly<Record<string, string>> = {
  'a.py': body('A'),
  'new/deep/c.py': body('c'),
  'pkg/b.py': body('B'),
};
const CHANGE: readonly FileWrite[] = [
  { file: 'a.py', before: OLD['a.py'], after: NEW['a.py'] },
  { file: 'new/deep/c.py', before: undefined, after: NEW['new/deep/c.py'] },
  { file: 'pkg/b.py', before: OLD['pkg/b.py'], after: NEW['pkg/b.py'] },
  { file: 'pkg/gone.py', before: OLD['pkg/gone.py'], after: undefined },
];

/** The contents of all files, and the names of all folders, that are in the workspace. */
function contents({ root }: Workspace): { files: Record<string, string>; folders: string[] } {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const pathOf = (entry: (typeof entries)[number]) => join(entry.parentPath, entry.name).slice(root.length + 1);
  const files = entries.filter((entry) => entry.isFile()).map(pathOf);
  return {
    files: Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')])),
    folders: entries.flatMap((entry) => (entry.isDirectory() ? [pathOf(entry)] : [])).sort(),
  };
}

const STATES = [
  { files: OLD, folders: ['.git', 'pkg'] },
  { files: NEW, folders: ['.git', 'new', 'new/deep', 'pkg'] },
];

const isTemporary = (file: string) => /^\.seamline-[0-9a-f]+-\d+\.tmp$/.test(file.split('/').at(-1)!);

/** Every file is as it was or as it shall be. */
function expectNothingHalf(files: Readonly<Record<string, string>>): void {
  const real = Object.keys(files).filter((file) => !isTemporary(file));
  for (const file of new Set([...Object.keys(OLD), ...Object.keys(NEW), ...real])) {
    expect([OLD[file], NEW[file]], file).toContain(files[file]);
  }
}

const leftInCache = () => readdirSync(process.env.SEAMLINE_CACHE_DIR!);

let folder: string;
let changeFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seamline-victim-'));
  changeFile = join(folder, 'change.json');
  writeFileSync(changeFile, JSON.stringify(CHANGE));
  await bundle(folder, { victim: 'test/session/write-victim.ts' });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Lets a process die before its n-th call, or a call that is named; false if it came to its end. */
function dies(action: 'write' | 'recover', { root }: Workspace, call: number | string): boolean {
  const args = [join(folder, 'victim.js'), action, root, String(call), changeFile];
  const { signal, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (signal === 'SIGKILL') return true;
  expect(status, stderr).toBe(0);
  return false;
}

describe('a run that is killed', () => {
  test('at any call leaves whole files, and the next run makes all of them old or all new', async () => {
    const outcomes = { old: 0, new: 0, mixed: 0 };
    let call = 1;
    for (let isKilled = true; isKilled; call++) {
      const place = await workspace(OLD);
      isKilled = dies('write', place, call);
      const between = contents(place);
      expectNothingHalf(between.files);
      const written = Object.keys({ ...OLD, ...NEW }).filter((file) => between.files[file] === NEW[file]);
      const told = await recoverInterrupted(place.root);
      const after = contents(place);
      expect(STATES, `killed before call ${call}`).toContainEqual(after);
      expect(leftInCache()).toEqual([]);
      expect(await recoverInterrupted(place.root)).toEqual([]);
      if (written.length > 0 && written.length < CHANGE.length) {
        outcomes.mixed++;
        expect(told.join()).toMatch(/has been taken back: a\.py, new\/deep\/c\.py, pkg\/b\.py, pkg\/gone\.py/);
      }
      outcomes[after.files['a.py'] === NEW['a.py'] ? 'new' : 'old']++;
    }
    // It was killed before, between and after the renames, and at last ran to its end.
    expect(call).toBeGreaterThan(60);
    expect(outcomes.old).toBeGreaterThan(outcomes.mixed);
    expect(outcomes.mixed).toBeGreaterThan(10);
    expect(outcomes.new).toBeGreaterThan(1);
  });

  test('and the one that takes its change back as well: the third brings it to an end', async () => {
    const place = await workspace(OLD);
    const cache = process.env.SEAMLINE_CACHE_DIR!;
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    const half = contents(place).files;
    expect(half).toMatchObject({ ...NEW, 'pkg/gone.py': OLD['pkg/gone.py'] });
    const saved = join(folder, 'half');
    cpSync(place.root, join(saved, 'root'), { recursive: true });
    cpSync(cache, join(saved, 'cache'), { recursive: true });

    let call = 1;
    for (let isKilled = true; isKilled; call++) {
      isKilled = dies('recover', place, call);
      expectNothingHalf(contents(place).files);
      await recoverInterrupted(place.root);
      expect(contents(place), `killed before call ${call}`).toEqual(STATES[0]);
      expect(leftInCache()).toEqual([]);
      rmSync(place.root, { recursive: true });
      cpSync(join(saved, 'root'), place.root, { recursive: true });
      cpSync(join(saved, 'cache'), cache, { recursive: true });
    }
    expect(call).toBeGreaterThan(30);
  });

  test('is not cleared up after while it lives', async () => {
    const place = await workspace(OLD);
    const other = spawn(process.execPath, [
      join(folder, 'victim.js'),
      'stop',
      place.root,
      'unlink pkg/gone.py',
      changeFile,
    ]);
    try {
      await vi.waitFor(() => expect(contents(place).files['pkg/b.py']).toBe(NEW['pkg/b.py']), { timeout: 20_000 });
      const between = contents(place);
      expect(await recoverInterrupted(place.root)).toEqual([]);
      const write = { file: 'x.py', before: undefined, after: 'x\n' };
      await expect(writeChange(place.root, [write])).rejects.toMatchObject({ code: 'write-in-progress' });
      expect(contents(place)).toEqual(between);
    } finally {
      const end = once(other, 'exit');
      other.kill('SIGKILL');
      await end;
    }
    expect(await recoverInterrupted(place.root)).toHaveLength(1);
    expect(contents(place)).toEqual(STATES[0]);
  });
});

describe('files that somebody edits after the run was killed', () => {
  test('nothing is touched, it is said once, and temporary files go', async () => {
    const place = await workspace(OLD);
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    await place.write('a.py', 'mine\n');
    const { files } = contents(place);
    expect(await recoverInterrupted(place.root)).toEqual([
      'A change was interrupted while it was written, and files have been edited since, so nothing was taken back: a.py (edited since), new/deep/c.py (written), pkg/b.py (written), pkg/gone.py (not written).',
    ]);
    expect(contents(place).files).toEqual(
      Object.fromEntries(Object.entries(files).filter(([file]) => !isTemporary(file))),
    );
    expect(leftInCache()).toEqual([]);
    expect(await recoverInterrupted(place.root)).toEqual([]);
  });

  test('a file that was put back by hand is fine: the others follow', async () => {
    const place = await workspace(OLD);
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    await place.write('a.py', OLD['a.py']!);
    expect(await recoverInterrupted(place.root)).toHaveLength(1);
    expect(contents(place)).toEqual(STATES[0]);
  });

  test('a folder that was made by the change and is used by somebody else stays', async () => {
    const place = await workspace(OLD);
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    await place.write('new/mine.py', 'mine\n');
    expect(await recoverInterrupted(place.root)).toHaveLength(1);
    expect(contents(place)).toEqual({ files: { ...OLD, 'new/mine.py': 'mine\n' }, folders: ['.git', 'new', 'pkg'] });
  });

  test('a folder that has become a link elsewhere is not followed', async () => {
    const place = await workspace(OLD);
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    const outside = join(folder, 'outside');
    cpSync(place.path('pkg'), outside, { recursive: true });
    rmSync(place.path('pkg'), { recursive: true });
    symlinkSync(outside, place.path('pkg'));
    expect((await recoverInterrupted(place.root)).join()).toMatch(
      /nothing was taken back: .*pkg\/b\.py \(edited since\)/,
    );
    expect(readFileSync(join(outside, 'b.py'), 'utf8')).toBe(NEW['pkg/b.py']);
  });

  test('a damaged record is told of and dropped', async () => {
    const place = await workspace(OLD);
    expect(dies('write', place, 'unlink pkg/gone.py')).toBe(true);
    const [name = ''] = leftInCache();
    const path = join(process.env.SEAMLINE_CACHE_DIR!, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('a.py', 'z.py'));
    expect((await recoverInterrupted(place.root)).join()).toMatch(/damaged/);
    expect(leftInCache()).toEqual([]);
  });
});
