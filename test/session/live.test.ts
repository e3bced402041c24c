import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { compareFindings, type Finding } from '../../core/rule/finding';
import { COLLECTORS } from '../../session/collectors';
import { LiveWorkspace } from '../../session/live/workspace';
import { wholeOf } from '../../session/survey';
import { workspace } from './workspace';

const DUPLICATE = (name: string) => `import re


def check_${name}(value):
    if not re.match(r"^[a-z][a-z0-9_-]{2,30}$", value):
        raise ValueError("bad ${name}")
    return value
`;

const SILENT = `def load(path):
    try:
        return open(path).read()
    except Exception:
        pass


def other(path):
    try:
        path.close()
    except:
        return None
`;

async function live(files: Record<string, string>, isRead = true) {
  const folder = await workspace(files);
  const changes: string[][] = [];
  const problems: (string | undefined)[] = [];
  const failures: string[] = [];
  const session = new LiveWorkspace({
    scope: wholeOf(folder.root),
    base: {},
    jobs: 1,
    useCache: false,
    onFindings: (changed) => void changes.push([...changed].sort()),
    onConfiguration: (problem) => void problems.push(problem?.message),
    onFailure: (file, error) => void failures.push(`${file}: ${(error as Error).message}`),
  });
  onTestFinished(() => session.dispose());
  if (isRead) await session.scan();
  changes.length = 0;
  return { session, changes, problems, failures, folder };
}

const places = (findings: readonly Finding[]) => findings.map(({ rule, range }) => `${rule} ${range.start.line + 1}`);

test('files on disk are judged, open documents instead of them', async () => {
  const { session } = await live({ 'a.py': SILENT });
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 4', 'silent-exception 11']);
  await session.setText('a.py', SILENT.replace('pass', 'raise'));
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 11']);
  await session.close('a.py');
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 4', 'silent-exception 11']);
});

test('before the first scan nobody takes what is open for the whole folder', async () => {
  const { session } = await live({ 'a.py': DUPLICATE('one'), 'b.py': DUPLICATE('two') }, false);
  await session.setText('a.py', DUPLICATE('one'));
  expect(session.isReading).toBe(true);
  const seen = session.withWhole(async (whole) => places(await whole.reportedFindings()));
  await session.scan();
  expect(session.isReading).toBe(false);
  expect(await seen).toEqual(['duplicate-validator 5']);
});

test('a scan that is given up for another ends with that one, and leaves no trace', async () => {
  const { session, folder } = await live({ 'a.py': DUPLICATE('one'), 'b.py': DUPLICATE('two') });
  await folder.write('c.py', DUPLICATE('three'));
  const first = session.scan();
  const second = session.scan();
  await first;
  expect(session.isReading).toBe(false);
  expect(session.findingsIn('c.py')).toHaveLength(1);
  await second;
  await session.scan();
  session.dispose();
  await session.scan();
  expect(session.isReading).toBe(false);
});

test('a file that is deleted once a scan has read it is gone, also where an editor holds it', async () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`m${at}.py`, 'x = 1\n']));
  const { session, folder } = await live({ ...many, 'a.py': DUPLICATE('one'), 'z.py': DUPLICATE('two') }, false);
  await session.setText('a.py', DUPLICATE('one'));
  await session.setText('z.py', DUPLICATE('two'));
  expect(session.findingsIn('a.py')).toHaveLength(1);
  await session.scan((done, total) => {
    if (done < total) return;
    rmSync(join(folder.root, 'z.py'), { force: true });
    void session.filesChanged(['z.py']);
  });
  expect([...session.findingsIn('a.py'), ...session.findingsIn('z.py')]).toEqual([]);
  await folder.write('z.py', DUPLICATE('two'));
  await session.filesChanged(['z.py']);
  expect(session.findingsIn('a.py')).toHaveLength(1);
});

test('what the configuration switches off is not shown before the folder has been read either', async () => {
  const { session } = await live(
    {
      'a.py': SILENT,
      'gen/b.py': SILENT,
      'pkg/c.py': SILENT,
      'pkg/seamline.json': '{"rules": {"silent-exception": "off"}}',
      '.gitignore': 'gen/\n',
    },
    false,
  );
  for (const file of ['a.py', 'gen/b.py', 'pkg/c.py']) await session.setText(file, SILENT);
  const shown = () => ['a.py', 'gen/b.py', 'pkg/c.py', 'new.py'].map((file) => session.findingsIn(file).length);
  // Not saved yet, so that no audit could look at it.
  await session.setText('new.py', SILENT);
  expect(session.isReading).toBe(true);
  expect(shown()).toEqual([2, 0, 0, 2]);
  await session.scan();
  expect(shown()).toEqual([2, 0, 0, 2]);
});

test('where the configuration was wrong from the beginning, nobody takes what is open for the whole folder', async () => {
  const { session, folder } = await live({ 'a.py': SILENT, 'seamline.json': '{"profile": 1}' });
  await session.setText('a.py', SILENT);
  expect(session.findingsIn('a.py')).toHaveLength(2);
  const whole = () => session.withWhole(async ({ files }) => files);
  await expect(whole()).rejects.toMatchObject({
    code: 'not-verifiable',
    args: { reason: expect.stringMatching(/^seamline\.json:1:13: profile/) },
  });
  await folder.write('seamline.json', '{}');
  await session.scan();
  expect(await whole()).toEqual(['a.py']);
  await folder.write('seamline.json', '{"profile": 1}');
  await session.scan();
  // All of it was read: the last good configuration holds.
  expect(await whole()).toEqual(['a.py']);
});

test('what breaks on a text costs the findings of that one file, until it changes', async () => {
  const { session, failures } = await live({ 'a.py': SILENT, 'b.py': SILENT });
  const collector = COLLECTORS.find(({ id }) => id === 'silent-exception')!;
  const start = collector.start.bind(collector);
  const spy = vi.spyOn(collector, 'start').mockImplementation((file) => {
    if (file.source.text.includes('# odd')) throw new RangeError('out of words');
    return start(file);
  });
  onTestFinished(() => spy.mockRestore());
  await session.setText('a.py', `${SILENT}# odd\n`);
  await session.setText('b.py', `${SILENT}\n`);
  await session.setText('b.py', `${SILENT}# odd\n`);
  expect(failures).toEqual(['a.py: out of words', 'b.py: out of words']);
  await session.setText('b.py', SILENT.replace('pass', 'raise'));
  expect(places(session.findingsIn('b.py'))).toEqual(['silent-exception 11']);
  await session.setText('a.py', SILENT);
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 4', 'silent-exception 11']);
});

test('a keystroke that changes no finding tells nobody', async () => {
  const { session, changes } = await live({ 'a.py': SILENT });
  await session.setText('a.py', SILENT);
  await session.setText('a.py', SILENT.replace('path.close()', 'path.closed()'));
  expect(changes.filter((files) => files.some((file) => file !== 'a.py'))).toEqual([]);
  changes.length = 0;
  await session.setText('a.py', `${SILENT.replace('path.close()', 'path.closed()')}\n\nx = 1\n`);
  expect(changes).toEqual([]);
});

test('the other file of a duplicate follows', async () => {
  const { session, changes } = await live({ 'a.py': DUPLICATE('one'), 'b.py': DUPLICATE('two') });
  expect(places(session.findingsIn('b.py'))).toEqual(['duplicate-validator 5']);
  await session.setText('a.py', DUPLICATE('one'));
  changes.length = 0;
  await session.setText('a.py', DUPLICATE('one').replace('{2,30}', '{2,31}'));
  expect(changes).toEqual([['a.py', 'b.py']]);
  expect(session.findingsIn('b.py')).toEqual([]);
});

test('while a definition is broken its findings stay and move with the text; those of others stay right', async () => {
  const { session } = await live({ 'a.py': SILENT });
  await session.setText('a.py', SILENT);
  const broken = SILENT.replace('def load', '# new\ndef load').replace('.read()', ' +');
  await session.setText('a.py', broken);
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 5', 'silent-exception 12']);
  await session.saved('a.py');
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 12']);
  await session.setText('a.py', broken.replace(' +', ''));
  expect(places(session.findingsIn('a.py'))).toEqual(['silent-exception 5', 'silent-exception 12']);
});

test('a group keeps its broken place, so that the other file does not flicker', async () => {
  const { session, changes } = await live({ 'a.py': DUPLICATE('one'), 'b.py': DUPLICATE('two') });
  await session.setText('a.py', DUPLICATE('one'));
  changes.length = 0;
  await session.setText('a.py', DUPLICATE('one').replace('def check_one(value)', 'x = 1\ndef check_one(value'));
  expect(changes.flat()).not.toContain('b.py');
  expect(places(session.findingsIn('a.py'))).toEqual(['duplicate-validator 6']);
  await session.saved('a.py');
  expect(session.findingsIn('b.py')).toEqual([]);
});

test('files that come, change and go on disk', async () => {
  const { session, folder } = await live({ 'a.py': DUPLICATE('one') });
  await folder.write('b.py', DUPLICATE('two'));
  await session.filesChanged(['b.py']);
  expect(places(session.findingsIn('a.py'))).toEqual(['duplicate-validator 5']);
  await folder.write('b.py', '');
  await session.filesChanged(['b.py']);
  expect(session.findingsIn('a.py')).toEqual([]);
});

test('a broken configuration is told, and the last good one stays', async () => {
  const { session, problems, folder } = await live({
    'a.py': SILENT,
    'seamline.json': '{"rules": {"silent-exception": "off"}}',
  });
  expect(session.findingsIn('a.py')).toEqual([]);
  await folder.write('seamline.json', '{"rules": {"silent-exception": 1}}');
  await session.scan();
  expect(problems.at(-1)).toMatch(/^seamline\.json:1:\d+: rules\.silent-exception/);
  expect(session.findingsIn('a.py')).toEqual([]);
  await folder.write('seamline.json', '{}');
  await session.scan();
  expect(problems.at(-1)).toBeUndefined();
  expect(session.findingsIn('a.py')).toHaveLength(2);
});

test('after any edits the findings are those of a fresh start', async () => {
  const { session } = await live({ 'a.py': DUPLICATE('one'), 'b.py': DUPLICATE('two') });
  let text = SILENT + DUPLICATE('three');
  await session.setText('a.py', text);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const parts = ['x', '\n', '    ', ':', ')', '(', 'pass', 'raise', '"', 'except:', '#'];
  for (let round = 0; round < 300; round++) {
    const at = random(text.length);
    text = text.slice(0, at) + (round % 3 === 0 ? '' : parts[random(parts.length)]) + text.slice(at + random(3));
    await session.setText('a.py', text);
  }
  await session.saved('a.py');
  const { session: fresh } = await live({ 'a.py': text, 'b.py': DUPLICATE('two') });
  expect([...session.findings()].sort(compareFindings)).toEqual(fresh.findings());
});
