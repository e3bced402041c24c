import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { seamline, workspace } from '../support/cli';

const run = promisify(execFile);

const STORE = `import logging

logger = logging.getLogger(__name__)


def save(path, data):
    try:
        path.write_text(data)
    except Exception:
        pass


def send(client, data):
    try:
        client.post(data)
    except:
        return False
    return True
`;

const FIRST = 'app/store.py:9';
const SECOND = 'app/store.py:16';

const project = () => workspace({ 'app/store.py': STORE });

interface Row {
  readonly rule: string;
  readonly cure: string;
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly outcome: string;
  readonly written: boolean;
  readonly refusal?: { readonly code: string; readonly reason: string };
  readonly changed: readonly string[];
  readonly applicability: string;
  readonly notes: readonly { readonly message: string }[];
  readonly diff?: string;
}

const rowsOf = (stdout: string): Row[] => JSON.parse(stdout);

test('shows a diff that git can apply, and writes nothing', async () => {
  const root = await project();
  const { code, stdout, stderr } = await seamline(root, ['fix', '.', '--at', FIRST]);
  expect(code).toBe(0);
  expect(stderr).toContain('1 applied: 1 file would change; add --write to write');
  expect(await readFile(join(root, 'app/store.py'), 'utf8')).toBe(STORE);
  await writeFile(join(root, 'fix.patch'), stdout);
  await run('git', ['apply', 'fix.patch'], { cwd: root });
  expect(await readFile(join(root, 'app/store.py'), 'utf8')).toContain('logger.warning("path.write_text failed');
});

test('--write writes what --diff showed, and a second run has nothing to do', async () => {
  const root = await project();
  const { code } = await seamline(root, ['fix', 'app', '--all', '--write']);
  expect(code).toBe(0);
  const text = await readFile(join(root, 'app/store.py'), 'utf8');
  expect(text.match(/logger\.warning\(/g)).toHaveLength(2);
  const again = await seamline(root, ['fix', 'app', '--all', '--write']);
  expect(again).toMatchObject({ code: 0, stderr: 'Nothing to fix\n' });
  expect(await readFile(join(root, 'app/store.py'), 'utf8')).toBe(text);
});

test('--all --diff is one patch: each cure builds on the ones before', async () => {
  const root = await project();
  const { stdout } = await seamline(root, ['fix', '.', '--all']);
  await writeFile(join(root, 'all.patch'), stdout);
  await run('git', ['apply', 'all.patch'], { cwd: root });
  const patched = await readFile(join(root, 'app/store.py'), 'utf8');
  await writeFile(join(root, 'app/store.py'), STORE);
  await seamline(root, ['fix', '.', '--all', '--write']);
  expect(await readFile(join(root, 'app/store.py'), 'utf8')).toBe(patched);
});

test('--json tells every outcome', async () => {
  const root = await project();
  const { stdout } = await seamline(root, ['fix', '.', '--rule', 'silent-exception', '--json']);
  expect(rowsOf(stdout)).toMatchObject([
    {
      rule: 'silent-exception',
      cure: 'log-exception',
      file: 'app/store.py',
      line: 9,
      title: expect.stringContaining('logger.warning'),
      outcome: 'applied',
      written: false,
      changed: ['app/store.py'],
      created: [],
      applicability: 'safe',
      notes: [],
      diff: expect.stringContaining('+        logger.warning('),
    },
    { cure: 'log-exception', outcome: 'applied', diff: expect.stringContaining('except BaseException as') },
  ]);
});

describe('a cure for review', () => {
  test('is refused, with the doubt in its reason', async () => {
    const root = await project();
    const { code, stdout } = await seamline(root, ['fix', '.', '--at', SECOND, '--cure', 'narrow-exception', '--json']);
    expect(code).toBe(1);
    const [row] = rowsOf(stdout);
    expect(row).toMatchObject({
      outcome: 'refused',
      written: false,
      applicability: 'review',
      refusal: { code: 'needs-review' },
    });
    expect(row!.refusal!.reason).toContain('KeyboardInterrupt');
  });

  test('is applied with --allow-review', async () => {
    const root = await project();
    const words = ['fix', '.', '--at', SECOND, '--cure', 'narrow-exception', '--allow-review', '--write', '--json'];
    const { code, stdout } = await seamline(root, words);
    expect(code).toBe(0);
    expect(rowsOf(stdout)).toMatchObject([{ outcome: 'applied', written: true }]);
    expect(await readFile(join(root, 'app/store.py'), 'utf8')).toContain('except Exception');
  });
});

test('a reason in words becomes the comment that explains', async () => {
  const root = await project();
  const words = ['fix', '.', '--at', FIRST, '--cure', 'explain-exception', '--write'];
  expect(await seamline(root, [...words, '--json'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('reason-needed'),
  });
  expect(await seamline(root, [...words, '--reason', 'the store is only a cache'])).toMatchObject({ code: 0 });
  expect(await readFile(join(root, 'app/store.py'), 'utf8')).toContain('# the store is only a cache');
});

describe('bad usage', () => {
  test('is told before anything is analysed or written', async () => {
    const root = await project();
    const words = ['fix', '.', '--rule', 'silent-exeption', '--write'];
    expect((await seamline(root, words)).code).toBe(2);
    expect(await readdir(root)).not.toContain('.test-cache');
  });

  test.each([
    [['fix', '.'], 'say what to fix with --at FILE:LINE, --rule ID or --all'],
    [['fix', '.', '--rule', 'silent-exeption'], 'did you mean "silent-exception"'],
    [['fix', '.', '--all', '--cure', 'log-exeption'], 'did you mean "log-exception"'],
    [['fix', '.', '--at', 'app/store.py'], 'FILE:LINE'],
    [['fix', '.', '--all', '--diff', '--write'], 'choose one'],
    [['fix', '.', '--at', '../other.py:3'], 'outside the root'],
  ])('%j', async (words, message) => {
    const root = await project();
    const { code, stdout, stderr } = await seamline(root, words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('findings of several rules at one place', async () => {
    const check = (name: string) =>
      `import re\n\n\ndef ${name}(value):\n    try: re.match("^[a-z]{3,9}$", value) or stop(value)\n    except: pass\n`;
    const unused = check('one').replace(
      '    except: pass',
      '    except: pass  # seamline: ignore[mixed-io] -- no reason',
    );
    const root = await workspace({ 'a.py': unused });
    const { code, stderr } = await seamline(root, ['fix', '.', '--at', 'a.py:6']);
    expect(code).toBe(2);
    expect(stderr).toContain('add --rule with one of silent-exception, unused-suppression');
  });
});

test('nothing at the place is exit 1, nothing to do at all is exit 0', async () => {
  const root = await project();
  expect(await seamline(root, ['fix', '.', '--at', 'app/store.py:1'])).toMatchObject({
    code: 1,
    stderr: 'There is no finding at app/store.py:1\n',
  });
  expect((await seamline(root, ['fix', '.', '--rule', 'oversized-module'])).code).toBe(0);
});

test('a cure that is not offered says why where somebody asks for it, and is made by the name that they say', async () => {
  const root = await workspace({
    'links.py':
      'def connect(source, target):\n    updating = False\n\n    def on_change(event):\n        nonlocal updating\n        if updating:\n' +
      '            return\n        updating = True\n        target.set(event.value)\n        updating = False\n\n    source.subscribe(on_change)\n',
    'seamline.json': '{ "rules": { "streaming-callback": { "strictness": "all" } } }',
  });
  const rows = async (...words: string[]) => rowsOf((await seamline(root, ['fix', '.', '--json', ...words])).stdout);
  expect(await rows('--rule', 'streaming-callback')).toEqual([]);
  const cure = 'extract-streaming-handler';
  expect(await rows('--at', 'links.py:4')).toMatchObject([
    { cure, outcome: 'refused', refusal: { code: 'kept-alone' } },
  ]);
  expect(await rows('--at', 'links.py:4', '--name', 'LinkUpdater')).toMatchObject([{ cure, outcome: 'applied' }]);
});

test('the place may be given from the working directory', async () => {
  const root = await project();
  const { code, stdout } = await seamline(join(root, 'app'), ['fix', '.', '--at', 'store.py:9', '--json']);
  expect(code).toBe(0);
  expect(rowsOf(stdout)).toMatchObject([{ file: 'app/store.py', line: 9 }]);
});

test('encoding, byte order mark and line endings stay', async () => {
  const latin = Buffer.from(`# -*- coding: latin-1 -*-\r\n# caf\u00e9\r\n${STORE.replaceAll('\n', '\r\n')}`, 'latin1');
  const marked = Buffer.from(`\ufeff${STORE}`, 'utf8');
  const root = await workspace({ 'latin.py': latin, 'marked.py': marked });
  expect((await seamline(root, ['fix', '.', '--all', '--write'])).code).toBe(0);
  const after = await readFile(join(root, 'latin.py'));
  expect(after.includes(Buffer.from('caf\u00e9', 'latin1'))).toBe(true);
  expect(after.toString('latin1')).not.toMatch(/[^\r]\n/);
  expect((await readFile(join(root, 'marked.py'))).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

describe('bad input: what is sound is cured, the rest is refused or skipped', () => {
  const DEEP = 3_000;
  const nested = `${'('.repeat(DEEP)}1${')'.repeat(DEEP)}`;
  const SAVE = 'def save(path, data):\n    try:\n        path.write_text(data)\n    except:\n        pass\n';
  const files = {
    'broken.py': `def f(:\n    x = = 1\n\n\n${SAVE}`,
    'deep.py': `x = ${nested}\n${SAVE}`,
    'empty.py': '',
    'formfeed.py': `\u000c\n${SAVE}`,
    'invalid.py': Buffer.concat([Buffer.from('x = "\xff"\n', 'latin1'), Buffer.from(SAVE)]),
    'long.py': `x = "${'a'.repeat(50_000)}"\n${SAVE}`,
    'nul.py': `x = 1\0\n${SAVE}`,
    'regex.py': ['one', 'two']
      .map(
        (name) =>
          `import re\n\n\ndef ${name}(v):\n    if not re.match(r"^(([a-z]+)+)+$|(a|a)*b|(x+x+)+y", v):\n        raise ValueError(v)\n`,
      )
      .join('\n\n'),
    'utf16.py': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SAVE, 'utf16le')]),
  };

  test.each(['wasm', 'native'])('engine %s', async (engine) => {
    const root = await workspace(files);
    const { code, stdout, stderr } = await seamline(root, [
      'fix',
      '.',
      '--all',
      '--write',
      '--json',
      '--engine',
      engine,
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const rows = rowsOf(stdout).map(
      ({ file, line, outcome, refusal }) => `${file}:${line} ${refusal?.code ?? outcome}`,
    );
    expect(rows).toEqual([
      'deep.py:5 unparsed-syntax',
      'formfeed.py:5 applied',
      'long.py:5 applied',
      'regex.py:5 applied',
    ]);
    for (const [file, before] of Object.entries(files)) {
      if (rows.includes(`${file}:5 applied`)) continue;
      expect(Buffer.compare(await readFile(join(root, file)), Buffer.from(before)), file).toBe(0);
    }
  });
});
