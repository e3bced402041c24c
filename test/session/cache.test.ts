import { readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cachePath, FactsCache } from '../../session/cache';
import type { AuditResult } from '../../session/index';
import { comparable, filesOf, type Workspace, workspace } from './workspace';

const A = 'def a():  # seamline: ignore\n    return 1\n';
const B = 'export class B {}\n';
const C = 'def broken(:\n    pass\n';

/** Long enough ago that the times of the files say for sure that they did not change since. */
const PAST = new Date('2020-01-01T00:00:00Z');

/** The change time cannot be set back, so the clock of the cache is set forward: as if the audit before had been later. */
async function age(space: Workspace): Promise<void> {
  const path = cachePath(space.root);
  const [head, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const aged = lines.map((line) => {
    const [stamp, record] = line.split('\t');
    const fields = JSON.parse(stamp!) as unknown[];
    fields[6] = Date.now() + 60_000;
    return `${JSON.stringify(fields)}\t${record}\n`;
  });
  const { createHash } = await import('node:crypto');
  const checksum = createHash('sha1').update(aged.join('')).digest('hex');
  await writeFile(path, `${JSON.stringify({ ...JSON.parse(head!), checksum })}\n${aged.join('')}`);
}

async function warmWorkspace(): Promise<{ space: Workspace; cold: AuditResult }> {
  const space = await workspace({ 'a.py': A, 'sub/b.ts': B, 'sub/c.py': C });
  const cold = await space.audit({ useCache: true });
  await age(space);
  return { space, cold };
}

const counts = ({ stats }: AuditResult) => ({ parsed: stats.filesParsed, cached: stats.filesFromCache });

describe('a warm audit', () => {
  test('parses nothing and says the same', async () => {
    const { space, cold } = await warmWorkspace();
    expect(counts(cold)).toEqual({ parsed: 3, cached: 0 });
    const warm = await space.audit({ useCache: true });
    expect(counts(warm)).toEqual({ parsed: 0, cached: 3 });
    expect(comparable(warm)).toBe(comparable(cold));
    expect(comparable(await space.audit())).toBe(comparable(cold));
  });

  test('does not even read files whose stamp is the same, and writes nothing', async () => {
    const { space } = await warmWorkspace();
    const before = await readFile(cachePath(space.root), 'utf8');
    await space.audit({ useCache: true });
    expect(await readFile(cachePath(space.root), 'utf8')).toBe(before);
  });

  test('reads again what changed in the moment of the audit before, and parses it only if it did', async () => {
    const space = await workspace({ 'a.py': A });
    await space.audit({ useCache: true });
    // Not aged: the file was written less than two seconds before it was read.
    expect(counts(await space.audit({ useCache: true }))).toEqual({ parsed: 0, cached: 1 });
    await space.write('a.py', A.replace('def a', 'def b'));
    expect(counts(await space.audit({ useCache: true }))).toEqual({ parsed: 1, cached: 0 });
  });
});

describe('a change', () => {
  test('of one file parses that file', async () => {
    const { space } = await warmWorkspace();
    await space.write('sub/b.ts', 'export class B {}\nexport class D {}\n');
    const result = await space.audit({ useCache: true });
    expect(counts(result)).toEqual({ parsed: 1, cached: 2 });
    expect(result.modules.find(({ file }) => file === 'sub/b.ts')?.classes).toBe(2);
  });

  test('of the times alone, or of the name, parses nothing', async () => {
    const { space } = await warmWorkspace();
    await utimes(space.path('a.py'), PAST, PAST);
    await rename(space.path('sub/b.ts'), space.path('moved.ts'));
    const result = await space.audit({ useCache: true });
    expect(counts(result)).toEqual({ parsed: 0, cached: 3 });
    expect(filesOf(result)).toEqual(['a.py', 'moved.ts', 'sub/c.py']);
  });

  test('of the language parses again, whatever the content', async () => {
    const { space } = await warmWorkspace();
    await rename(space.path('sub/b.ts'), space.path('sub/b.js'));
    expect(counts(await space.audit({ useCache: true }))).toEqual({ parsed: 1, cached: 2 });
  });

  test('with the same size and time is noticed by the change time', async () => {
    const { space } = await warmWorkspace();
    await utimes(space.path('a.py'), PAST, PAST);
    await space.audit({ useCache: true });
    await age(space);
    await space.write('a.py', A.replace('def a', 'def b'));
    await utimes(space.path('a.py'), PAST, PAST);
    expect(counts(await space.audit({ useCache: true }))).toEqual({ parsed: 1, cached: 2 });
  });

  test('that removes files forgets them; an audit of a part keeps the rest', async () => {
    const { space } = await warmWorkspace();
    await rename(space.path('a.py'), space.path('a.txt'));
    await space.audit({ useCache: true, paths: ['sub'] });
    expect(await readFile(cachePath(space.root), 'utf8')).toContain('"a.py"');
    await space.audit({ useCache: true });
    const after = await readFile(cachePath(space.root), 'utf8');
    expect(after).not.toContain('"a.py"');
    expect(after).toContain('"sub/c.py"');
  });
});

describe('a cache that cannot be used counts as none', () => {
  const cases: [string, (text: string) => string | Uint8Array][] = [
    ['empty', () => ''],
    ['cut off', (text) => text.slice(0, -10)],
    ['cut off after the head', (text) => text.slice(0, text.indexOf('\n') + 1)],
    ['one letter changed', (text) => text.replace('"lines":2', '"lines":3')],
    ['nonsense', () => Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 256)],
    ['JSON of another kind', () => '{"version":1}\n[]\n'],
    ['another version', (text) => text.replace(/"version":"\w/, '"version":"x')],
  ];
  test.each(cases)('%s', async (_, damage) => {
    const { space, cold } = await warmWorkspace();
    const path = cachePath(space.root);
    await writeFile(path, damage(await readFile(path, 'utf8')));
    const result = await space.audit({ useCache: true });
    expect(counts(result)).toEqual({ parsed: 3, cached: 0 });
    expect(comparable(result)).toBe(comparable(cold));
    await age(space);
    expect(counts(await space.audit({ useCache: true }))).toEqual({ parsed: 0, cached: 3 });
  });

  test('a folder in its place, and a cache folder that is a file', async () => {
    const { space, cold } = await warmWorkspace();
    process.env.SEAMLINE_CACHE_DIR = space.path('a.py');
    expect(comparable(await space.audit({ useCache: true }))).toBe(comparable(cold));
  });

  test('records of another version of a collector are not taken', async () => {
    const { space } = await warmWorkspace();
    const [stamp] = (await space.audit()).modules;
    expect(stamp).toBeDefined();
    const file = { file: 'a.py', language: 'python', size: 0, mtimeMs: 0, ctimeMs: 0, ino: -1, checkedAt: 0 } as const;
    expect((await FactsCache.open(space.root)).knownHashes(file)).toHaveLength(1);
    expect((await FactsCache.open(space.root, 'newer')).knownHashes(file)).toEqual([]);
  });
});

test('nothing but the cache is left in its folder, and nothing in the workspace', async () => {
  const { space } = await warmWorkspace();
  const names = await readdir(process.env.SEAMLINE_CACHE_DIR!);
  expect(names.map((name) => name.split('.').at(-1)).sort()).toEqual(['facts', 'pruned', 'result']);
  expect((await readdir(space.root)).sort()).toEqual(['.git', 'a.py', 'sub']);
  expect(await readdir(join(space.root, '.git'))).toEqual([]);
});

describe('the verdict of the last audit', () => {
  const resultPath = (space: Workspace) => cachePath(space.root).replace(/facts$/, 'result');
  /** Marks the kept verdict, so that its use shows: the checksum is made to fit. */
  const mark = async (space: Workspace) => {
    const { createHash } = await import('node:crypto');
    const [key, , body] = (await readFile(resultPath(space), 'utf8')).split('\n') as [string, string, string];
    const marked = body.replaceAll('"lines":', '"lines":1000');
    await writeFile(resultPath(space), `${key}\n${createHash('sha1').update(marked).digest('hex')}\n${marked}`);
  };
  const isMarked = (result: AuditResult) => result.modules.some((module) => module.lines >= 1000);

  test('is used while nothing changed', async () => {
    const { space } = await warmWorkspace();
    await mark(space);
    expect(isMarked(await space.audit({ useCache: true }))).toBe(true);
  });

  test.each<[string, (space: Workspace) => Promise<unknown>, object]>([
    ['a file changed', (space) => writeFile(join(space.root, 'a.py'), `${A}# more\n`), {}],
    ['a file is new', (space) => writeFile(join(space.root, 'new.py'), A), {}],
    ['a file has another name', (space) => rename(join(space.root, 'a.py'), join(space.root, 'z.py')), {}],
    ['the configuration changed', (space) => writeFile(join(space.root, 'seamline.json'), '{ "rules": {} }'), {}],
    ['other rules are asked for', async () => undefined, { rules: ['mixed-io'] }],
    ['another profile is asked for', async () => undefined, { profile: 'full' }],
    ['only a part is asked for', async () => undefined, { paths: ['sub'] }],
  ])('is not used when %s', async (_, change, request) => {
    const { space } = await warmWorkspace();
    await mark(space);
    await change(space);
    expect(isMarked(await space.audit({ useCache: true, ...request }))).toBe(false);
  });

  test('counts as absent when it is damaged', async () => {
    const { space, cold } = await warmWorkspace();
    const text = await readFile(resultPath(space), 'utf8');
    for (const damaged of ['', 'x', text.slice(0, -5), text.replace('"python"', '"cobol"')]) {
      await writeFile(resultPath(space), damaged);
      expect(comparable(await space.audit({ useCache: true }))).toBe(comparable(cold));
    }
  });
});
