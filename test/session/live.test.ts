import { expect, onTestFinished, test } from 'vitest';
import { compareFindings, type Finding } from '../../core/rule/finding';
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
  const session = new LiveWorkspace({
    scope: wholeOf(folder.root),
    base: {},
    jobs: 1,
    useCache: false,
    onFindings: (changed) => void changes.push([...changed].sort()),
    onConfiguration: (problem) => void problems.push(problem?.message),
  });
  onTestFinished(() => session.dispose());
  if (isRead) await session.scan();
  changes.length = 0;
  return { session, changes, problems, folder };
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
