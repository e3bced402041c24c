import { expect, test } from 'vitest';
import { startClient } from '../support/language-client';

const SILENT = `def load(path):
    try:
        return open(path).read()
    except:
        pass


def other(path):
    return path
`;

const check = (name: string) => `import re


def check_${name}(value):
    if not re.match(r"^[a-z][a-z0-9_-]{2,30}$", value):
        raise ValueError("bad ${name}")
    return value
`;

test('an open document has its diagnostics, with all that an editor can show', async () => {
  const client = await startClient({ 'a.py': check('a'), 'b.py': check('b') });
  await client.open('a.py', check('a'));
  await client.eventually(
    () => client.findings('a.py'),
    (found) => found.length > 0,
  );
  const report = await client.pull('a.py');
  expect(report).toMatchObject({
    kind: 'full',
    items: [
      {
        source: 'seamline',
        code: 'duplicate-validator',
        severity: 2,
        message: expect.stringContaining('2 places'),
        codeDescription: { href: expect.stringMatching(/\/rules\/duplicate-validator$/) },
        relatedInformation: [{ location: { uri: client.uri('b.py') } }],
        data: { rule: 'duplicate-validator', fingerprint: expect.any(String) },
      },
    ],
  });
});

test('what did not change is answered as unchanged', async () => {
  const client = await startClient({ 'a.py': SILENT });
  await client.open('a.py', SILENT);
  const first = await client.pull('a.py');
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'silent-exception' }] });
  expect(await client.pull('a.py', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  await client.change('a.py', `${SILENT}\n\nx = 1\n`);
  expect(await client.pull('a.py', first.resultId)).toMatchObject({ kind: 'unchanged' });
  await client.change('a.py', `\n${SILENT}`);
  expect(await client.pull('a.py', first.resultId)).toMatchObject({ kind: 'full' });
});

test('files that are not open are quiet, unless the whole workspace is asked for', async () => {
  const quiet = await startClient({ 'a.py': SILENT });
  expect(await quiet.findings('a.py')).toEqual([]);
  const loud = await startClient({ 'a.py': SILENT }, { settings: { '': { diagnostics: { scope: 'workspace' } } } });
  const report = () =>
    loud.connection.sendRequest<{ items: { uri: string; items: unknown[] }[] }>('workspace/diagnostic', {
      previousResultIds: [],
    });
  const { items } = await loud.eventually(report, (answer) => answer.items.length > 0);
  expect(items).toMatchObject([{ uri: loud.uri('a.py'), items: [{ code: 'silent-exception' }] }]);
});

test('the other open file of a duplicate is refreshed once, and not for keystrokes that change nothing', async () => {
  const client = await startClient({ 'a.py': check('a'), 'b.py': check('b') });
  await client.open('a.py', check('a'));
  await client.open('b.py', check('b'));
  await client.eventually(
    () => client.findings('b.py'),
    (found) => found.length > 0,
  );
  await new Promise((done) => setTimeout(done, 400));
  client.refreshes = 0;
  await client.change('a.py', `${check('a')}\nx = 1\n`);
  await client.findings('a.py');
  await new Promise((done) => setTimeout(done, 400));
  expect(client.refreshes).toBe(0);
  await client.change('a.py', check('a').replace('{2,30}', '{2,31}'));
  expect(
    await client.eventually(
      () => client.findings('b.py'),
      (found) => found.length === 0,
    ),
  ).toEqual([]);
  expect(
    await client.eventually(
      () => client.refreshes,
      (count) => count > 0,
    ),
  ).toBe(1);
});

test('a client that does not pull is told', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: {} });
  expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
  await client.open('a.py', SILENT);
  const told = () => client.pushed.get(client.uri('a.py'));
  expect(await client.eventually(told, (items) => (items?.length ?? 0) > 0)).toMatchObject([
    { code: 'silent-exception' },
  ]);
  await client.change('a.py', SILENT.replace('pass', 'raise'));
  expect(await client.eventually(told, (items) => items?.length === 0)).toEqual([]);
});

test('untitled documents and files outside the workspace are looked at, other schemes are not', async () => {
  const client = await startClient({ 'in/a.py': SILENT }, { folders: ['in'] });
  await client.open('untitled:Untitled-1', SILENT, 'python');
  expect(await client.findings('untitled:Untitled-1')).toEqual(['silent-exception 4']);
  await client.open('outside.py', SILENT);
  expect(await client.findings('outside.py')).toEqual(['silent-exception 4']);
  await client.open('git:/x/a.py', SILENT, 'python');
  expect(await client.findings('git:/x/a.py')).toEqual([]);
});

test('two folders have their own configuration; a broken one is told on its file and the last good one stays', async () => {
  const client = await startClient(
    { 'one/a.py': SILENT, 'one/seamline.json': '{"rules": {"silent-exception": "off"}}', 'two/a.py': SILENT },
    { folders: ['one', 'two'], settings: { two: { rules: { 'silent-exception': 'hint' } } } },
  );
  await client.open('one/a.py', SILENT);
  await client.open('two/a.py', SILENT);
  const severity = async () => {
    const report = await client.pull('two/a.py');
    return report.kind === 'full' ? report.items[0]?.severity : undefined;
  };
  expect(await client.eventually(severity, (found) => found === 4)).toBe(4);
  expect(
    await client.eventually(
      () => client.findings('one/a.py'),
      (found) => found.length === 0,
    ),
  ).toEqual([]);
  await client.write('one/seamline.json', '{"rules": {"silent-exceptoin": "off"}}');
  const told = () => client.pushed.get(client.uri('one/seamline.json'));
  expect(await client.eventually(told, (items) => (items?.length ?? 0) > 0)).toMatchObject([
    { severity: 1, range: { start: { line: 0, character: 11 } }, message: expect.stringContaining('silent-exception') },
  ]);
  expect(await client.findings('one/a.py')).toEqual([]);
  await client.write('one/seamline.json', '{}');
  expect(
    await client.eventually(
      () => client.findings('one/a.py'),
      (found) => found.length > 0,
    ),
  ).toEqual(['silent-exception 4']);
  expect(await client.eventually(told, (items) => items?.length === 0)).toEqual([]);
});

test('files that come, change and go leave nothing stale', async () => {
  const client = await startClient({ 'a.py': check('a') });
  await client.open('a.py', check('a'));
  expect(await client.findings('a.py')).toEqual([]);
  await client.write('b.py', check('b'));
  expect(
    await client.eventually(
      () => client.findings('a.py'),
      (found) => found.length > 0,
    ),
  ).toEqual(['duplicate-validator 5']);
  await client.write('b.py', 'x = 1\n');
  expect(
    await client.eventually(
      () => client.findings('a.py'),
      (found) => found.length === 0,
    ),
  ).toEqual([]);
});

test('a closed document is told to be empty, also to a client that forgot what it was told', async () => {
  const client = await startClient({ 'a.py': SILENT });
  await client.open('a.py', SILENT);
  expect(await client.findings('a.py')).toHaveLength(1);
  await client.close('a.py');
  const ask = (previousResultIds: { uri: string; value: string }[]) =>
    client.connection.sendRequest<{ items: { uri: string; kind: string }[] }>('workspace/diagnostic', {
      previousResultIds,
    });
  const { items } = await client.eventually(
    () => ask([]),
    (answer) => answer.items.length > 0,
  );
  expect(items).toMatchObject([{ uri: client.uri('a.py'), kind: 'full', items: [] }]);
  expect((await ask([{ uri: client.uri('a.py'), value: 'none' }])).items).toMatchObject([{ kind: 'unchanged' }]);
  expect((await ask([])).items).toEqual([]);
});
