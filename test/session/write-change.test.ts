import { chmodSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileWrite, recoverInterrupted, writeChange } from '../../session/write-change';
import { type Workspace, workspace } from './workspace';
import { type Call, watchedDisk } from './write-fault';

const OLD = { 'a.py': 'a = 1\n', 'pkg/b.py': 'b = 1\n', 'pkg/c.py': 'c = 1\n' };
const CHANGE: readonly FileWrite[] = [
  { file: 'a.py', before: 'a = 1\n', after: 'a = 2\n' },
  { file: 'new/deep/d.py', before: undefined, after: 'd = 2\n' },
  { file: 'pkg/b.py', before: 'b = 1\n', after: 'b = 2\n' },
  { file: 'pkg/c.py', before: 'c = 1\n', after: undefined },
];

/** Everything in the workspace and in the cache, folders with a `/` at their end. */
function entries({ root }: Workspace): string[] {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
    return `${join(entry.parentPath, entry.name).slice(root.length + 1)}${entry.isDirectory() ? '/' : ''}`;
  });
  return [...found.filter((name) => name !== '.git/'), ...readdirSync(process.env.SEAMLINE_CACHE_DIR!)].sort();
}

const UNTOUCHED = ['a.py', 'pkg/', 'pkg/b.py', 'pkg/c.py'];

async function expectUntouched(place: Workspace): Promise<void> {
  expect(entries(place)).toEqual(UNTOUCHED);
  for (const [file, text] of Object.entries(OLD)) expect(await readFile(place.path(file), 'utf8')).toBe(text);
}

const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('what is written', () => {
  test('changed, new and deleted files, and nothing else', async () => {
    const place = await workspace(OLD);
    await writeChange(place.root, CHANGE);
    expect(entries(place)).toEqual(['a.py', 'new/', 'new/deep/', 'new/deep/d.py', 'pkg/', 'pkg/b.py']);
    expect(await readFile(place.path('a.py'), 'utf8')).toBe('a = 2\n');
    expect(await readFile(place.path('new/deep/d.py'), 'utf8')).toBe('d = 2\n');
    expect(await recoverInterrupted(place.root)).toEqual([]);
  });

  const cookie = '# coding: latin-1\r\n';
  const cases: readonly [string, string, string, (text: string) => Buffer][] = [
    ['UTF-8', 'a.py', 's = "é😀" # 1\r\n', (text) => Buffer.from(text)],
    ['a byte order mark', 'a.py', 'x = 1\r\ny', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', 'a.ts', 'const x = 1', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a coding cookie', 'a.py', `${cookie}s = "é"; t = 1`, (text) => Buffer.from(text, 'latin1')],
  ];

  test.each(cases)('the encoding stays: %s', async (_, file, before, spell) => {
    const place = await workspace({ [file]: spell(before) });
    const after = `${before}\r\nmore\n`;
    await writeChange(place.root, [{ file, before, after }]);
    expect(await readFile(place.path(file))).toEqual(spell(after));
  });

  test('an empty file gets a text, and a file becomes empty', async () => {
    const place = await workspace({ 'a.py': '', 'b.py': 'b' });
    await writeChange(place.root, [
      { file: 'a.py', before: '', after: 'a' },
      { file: 'b.py', before: 'b', after: '' },
      { file: 'c.py', before: undefined, after: '' },
    ]);
    const texts = await Promise.all(['a.py', 'b.py', 'c.py'].map((file) => readFile(place.path(file), 'utf8')));
    expect(texts).toEqual(['a', '', '']);
  });

  test('permissions stay, and a new file has the usual ones', async () => {
    const place = await workspace(OLD);
    chmodSync(place.path('a.py'), 0o750);
    await writeFile(place.path('usual'), '');
    const usual = statSync(place.path('usual')).mode;
    await writeChange(place.root, CHANGE);
    expect(statSync(place.path('a.py')).mode & 0o777).toBe(0o750);
    expect(statSync(place.path('new/deep/d.py')).mode).toBe(usual);
  });

  test('a link stays a link, and the file that it leads to is written', async () => {
    const place = await workspace(OLD);
    symlinkSync('pkg/b.py', place.path('link.py'));
    symlinkSync('pkg', place.path('alias'));
    await writeChange(place.root, [
      { file: 'link.py', before: 'b = 1\n', after: 'b = 2\n' },
      { file: 'alias/sub/new.py', before: undefined, after: 'n\n' },
    ]);
    expect((await lstat(place.path('link.py'))).isSymbolicLink()).toBe(true);
    expect(await readFile(place.path('pkg/b.py'), 'utf8')).toBe('b = 2\n');
    expect(await readFile(place.path('pkg/sub/new.py'), 'utf8')).toBe('n\n');
  });

  test('a file that stays as it is, is not written', async () => {
    const place = await workspace(OLD);
    const { ino } = statSync(place.path('a.py'));
    await writeChange(place.root, [{ file: 'a.py', before: 'a = 1\n', after: 'a = 1\n' }, CHANGE[2]!]);
    expect(statSync(place.path('a.py')).ino).toBe(ino);
    expect(await readFile(place.path('pkg/b.py'), 'utf8')).toBe('b = 2\n');
  });
});

describe('what is refused, with nothing written', () => {
  const b = CHANGE[2]!;
  const refused: readonly [string, string, Partial<FileWrite>, ((place: Workspace) => void)?][] = [
    ['a file that was edited', 'file-changed', { before: 'b = 0\n' }],
    ['a file that stays, but was edited', 'file-changed', { before: 'b = 0\n', after: 'b = 0\n' }],
    ['a file that is gone', 'file-changed', { file: 'pkg/gone.py' }],
    ['a file whose folder is gone', 'file-changed', { file: 'gone/b.py' }],
    ['a new file that exists', 'file-exists', { before: undefined }],
    ['a new file where a folder is', 'file-exists', { file: 'pkg', before: undefined }],
    ['a new file below a file', 'not-writable', { file: 'a.py/b.py', before: undefined }],
    ['a folder', 'unreadable', { file: 'pkg' }],
    ['half a character', 'not-encodable', { after: '\ud800' }],
    ['a character that makes the file binary', 'not-encodable', { after: 'a\0' }],
    ['a cookie that the new text does not follow', 'not-encodable', { after: '# coding: ascii\né' }],
    [
      'a new file with such a cookie',
      'not-encodable',
      { file: 'x.py', before: undefined, after: '# coding: ascii\né' },
    ],
    ['a file outside', 'not-writable', { file: '../x.py', before: undefined }],
    ['the same file twice', 'not-writable', { file: 'a.py', before: 'a = 1\n' }],
    ['a read-only file', 'not-writable', {}, (place) => chmodSync(place.path('pkg/b.py'), 0o444)],
  ];

  test.each(refused)('%s: %s', async (_, code, overrides, arrange) => {
    const place = await workspace(OLD);
    arrange?.(place);
    await expect(writeChange(place.root, [CHANGE[0]!, CHANGE[1]!, { ...b, ...overrides }])).rejects.toMatchObject({
      code,
    });
    await expectUntouched(place);
  });

  test('a character that the encoding does not have', async () => {
    const place = await workspace({ 'a.py': '# coding: latin-1\n' });
    const write = { file: 'a.py', before: '# coding: latin-1\n', after: '# coding: latin-1\n# ł' };
    await expect(writeChange(place.root, [write])).rejects.toMatchObject({
      code: 'not-encodable',
      args: { file: 'a.py', text: 'ł', encoding: 'latin1' },
    });
  });

  test('a file whose untouched lines could not be written back as they are', async () => {
    // Two spellings of one sign.
    const bytes = Buffer.concat([Buffer.from('# coding: shift_jis\n# '), Buffer.from([0x81, 0xe6, 0x87, 0x9a])]);
    const place = await workspace({ 'a.py': bytes });
    const before = '# coding: shift_jis\n# ∵∵';
    await expect(writeChange(place.root, [{ file: 'a.py', before, after: `${before}\n` }])).rejects.toMatchObject({
      code: 'not-encodable',
      args: { encoding: 'shift_jis' },
    });
    expect(await readFile(place.path('a.py'))).toEqual(bytes);
  });

  test('links that lead out of the workspace, and files with several names', async () => {
    const place = await workspace(OLD);
    const outside = mkdtempSync(join(tmpdir(), 'seamline-outside-'));
    try {
      await writeFile(join(outside, 'x.py'), 'x\n');
      symlinkSync(join(outside, 'x.py'), place.path('x.py'));
      symlinkSync(outside, place.path('out'));
      symlinkSync('nowhere.py', place.path('dangling.py'));
      linkSync(place.path('a.py'), place.path('hard.py'));
      const writes: FileWrite[] = [
        { file: 'x.py', before: 'x\n', after: 'y\n' },
        { file: 'out/x.py', before: 'x\n', after: 'y\n' },
        { file: 'out/sub/new.py', before: undefined, after: 'y\n' },
        { file: 'dangling.py', before: undefined, after: 'y\n' },
        { file: 'hard.py', before: 'a = 1\n', after: 'y\n' },
      ];
      for (const write of writes) {
        await expect(writeChange(place.root, [write]), write.file).rejects.toMatchObject({ code: 'not-writable' });
      }
      expect(readdirSync(outside)).toEqual(['x.py']);
      expect(await readFile(join(outside, 'x.py'), 'utf8')).toBe('x\n');
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

describe('failures of the disk', () => {
  /** The calls that write a change makes, from the first to the last. */
  async function callsOf(change: readonly FileWrite[]): Promise<Call[]> {
    const place = await workspace(OLD);
    const calls: Call[] = [];
    await writeChange(place.root, change, { files: watchedDisk((call) => void calls.push(call)) });
    return calls;
  }

  test('a disk that is full once, at any call: all old with a reason, or all new', async () => {
    const calls = await callsOf(CHANGE);
    const outcomes = { old: 0, new: 0 };
    for (const [index, { name }] of calls.entries()) {
      const place = await workspace(OLD);
      let at = 0;
      const files = watchedDisk(() => {
        if (at++ === index) throw systemError('ENOSPC');
      });
      const error: unknown = await writeChange(place.root, CHANGE, { files }).catch((reason) => reason);
      if (error === undefined) {
        outcomes.new++;
        await recoverInterrupted(place.root);
        expect(entries(place), `${index} ${name}`).toEqual([
          'a.py',
          'new/',
          'new/deep/',
          'new/deep/d.py',
          'pkg/',
          'pkg/b.py',
        ]);
      } else {
        outcomes.old++;
        await recoverInterrupted(place.root);
        await expectUntouched(place);
        // The first call of all looks for the root itself: without it there is no workspace.
        const codes = index === 0 ? ['ENOSPC'] : ['not-writable', 'unreadable', 'file-changed'];
        expect(codes, `${index} ${name}`).toContain((error as { code?: string }).code);
      }
    }
    expect(outcomes.old).toBeGreaterThan(50);
  });

  test('a disk that is full for good: nothing is written, and the message says why', async () => {
    const place = await workspace(OLD);
    const files = watchedDisk(({ name, path }) => {
      if (name === 'rest of writeFile' && path.includes('.seamline-')) throw systemError('ENOSPC');
    });
    await expect(writeChange(place.root, CHANGE, { files })).rejects.toMatchObject({
      code: 'not-writable',
      args: { file: 'a.py', reason: 'the disk is full (ENOSPC)' },
    });
    await expectUntouched(place);
  });

  test('a cache folder that cannot be written', async () => {
    const place = await workspace(OLD);
    const cache = process.env.SEAMLINE_CACHE_DIR!;
    await writeFile(join(cache, 'file'), '');
    process.env.SEAMLINE_CACHE_DIR = join(cache, 'file', 'below');
    await expect(writeChange(place.root, CHANGE)).rejects.toMatchObject({ code: 'not-writable' });
    process.env.SEAMLINE_CACHE_DIR = cache;
    await rm(join(cache, 'file'));
    await expectUntouched(place);
  });

  /** Does something right before the rename that puts a file in its place. */
  const beforeRename = (file: string, action: () => void) => {
    let isDone = false;
    const renames: string[] = [];
    return watchedDisk(({ name, path }) => {
      if (name === 'rename' && path.includes('.seamline-')) renames.push(path);
      if (name !== 'lstat' || !path.endsWith(file) || renames.length === 0 || isDone) return;
      isDone = true;
      action();
    });
  };

  test('a file that is edited while others are written: the edit stays, the others are taken back', async () => {
    const place = await workspace(OLD);
    const files = beforeRename('pkg/b.py', () => {
      rmSync(place.path('pkg/b.py'));
      mkdirSync(place.path('pkg/b.py'));
    });
    await expect(writeChange(place.root, CHANGE, { files })).rejects.toMatchObject({
      code: 'file-changed',
      args: { file: 'pkg/b.py' },
    });
    expect(entries(place)).toEqual(['a.py', 'pkg/', 'pkg/b.py/', 'pkg/c.py']);
    expect(await readFile(place.path('a.py'), 'utf8')).toBe('a = 1\n');
  });

  test('a folder that vanishes meanwhile', async () => {
    const place = await workspace(OLD);
    const files = beforeRename('pkg/b.py', () => rmSync(place.path('pkg'), { recursive: true }));
    await expect(writeChange(place.root, CHANGE, { files })).rejects.toMatchObject({ code: 'file-changed' });
    expect(entries(place)).toEqual(['a.py']);
    expect(await readFile(place.path('a.py'), 'utf8')).toBe('a = 1\n');
  });

  test('when taking back fails as well, it is said, and the next run does it', async () => {
    const place = await workspace(OLD);
    let renames = 0;
    const files = watchedDisk(({ name, path }) => {
      if (name === 'rename' && path.includes('.seamline-') && ++renames > 2) throw systemError('EIO');
    });
    await expect(writeChange(place.root, CHANGE, { files })).rejects.toMatchObject({ code: 'write-interrupted' });
    expect(await readFile(place.path('a.py'), 'utf8')).toBe('a = 2\n');
    await expect(writeChange(place.root, [CHANGE[3]!])).rejects.toMatchObject({ code: 'write-in-progress' });
    expect(await recoverInterrupted(place.root)).toEqual([
      'A change was interrupted while it was written, and has been taken back: a.py, new/deep/d.py, pkg/b.py, pkg/c.py.',
    ]);
    await expectUntouched(place);
  });
});
