import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { startClient } from '../support/language-client';
import { check } from '../support/python-files';

const SILENT = `def load(path):
    try:
        return open(path).read()
    except:
        pass


def other(path):
    return path
`;

test('an open document has its diagnostics, with all that an editor can show', async () => {
  const initializationOptions = { docsBaseUrl: 'vscode://seamline.seamline/rules/' };
  const client = await startClient({ 'a.py': check('a', 'a'), 'b.py': check('b', 'b') }, { initializationOptions });
  await client.open('a.py', check('a', 'a'));
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
        codeDescription: { href: 'vscode://seamline.seamline/rules/duplicate-validator' },
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
  const client = await startClient({ 'a.py': check('a', 'a'), 'b.py': check('b', 'b') });
  await client.open('a.py', check('a', 'a'));
  await client.open('b.py', check('b', 'b'));
  await client.eventually(
    () => client.findings('b.py'),
    (found) => found.length > 0,
  );
  await new Promise((done) => setTimeout(done, 400));
  client.refreshes = 0;
  await client.change('a.py', `${check('a', 'a')}\nx = 1\n`);
  await client.findings('a.py');
  await new Promise((done) => setTimeout(done, 400));
  expect(client.refreshes).toBe(0);
  await client.change('a.py', check('a', 'a').replace('{2,30}', '{2,31}'));
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
  for (const uri of ['git:/x/a.py', 'vscode-notebook-cell:/x/a.ipynb#W0', 'output:tasks']) {
    await client.open(uri, SILENT, 'python');
    expect(await client.findings(uri)).toEqual([]);
  }
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
  expect(
    await client.eventually(told, (items) => JSON.stringify(items ?? []).includes('silent-exception')),
  ).toMatchObject([
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
  const client = await startClient({ 'a.py': check('a', 'a') });
  await client.open('a.py', check('a', 'a'));
  expect(await client.findings('a.py')).toEqual([]);
  await client.write('b.py', check('b', 'b'));
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

test('a deleted file leaves no trace, even where an editor still holds it, and counts again when it comes back', async () => {
  const client = await startClient({ 'a.py': check('a', 'a'), 'b.py': check('b', 'b') });
  await client.open('a.py', check('a', 'a'));
  await client.open('b.py', check('b', 'b'));
  const both = () => Promise.all([client.findings('a.py'), client.findings('b.py')]);
  const settled = (count: number) => client.eventually(both, (lists) => lists.every(({ length }) => length === count));
  expect(await settled(1)).toEqual([['duplicate-validator 5'], ['duplicate-validator 5']]);
  await client.remove('b.py');
  expect(await settled(0)).toEqual([[], []]);
  await client.write('b.py', check('b', 'b'));
  expect(await settled(1)).toEqual([['duplicate-validator 5'], ['duplicate-validator 5']]);
});

test('a renamed file is found under its new name alone', async () => {
  const client = await startClient({ 'a.py': check('a', 'a'), 'b.py': check('b', 'b') });
  await client.open('a.py', check('a', 'a'));
  const others = async () => {
    const report = await client.pull('a.py');
    const [first] = report.kind === 'full' ? report.items : [];
    return (first?.relatedInformation ?? []).map(({ location }) => location.uri);
  };
  expect(await client.eventually(others, ({ length }) => length > 0)).toEqual([client.uri('b.py')]);
  await client.remove('b.py');
  await client.write('c.py', check('b', 'b'));
  const isNew = (uris: readonly string[]) => uris.includes(client.uri('c.py'));
  expect(await client.eventually(others, isNew)).toEqual([client.uri('c.py')]);
});

test('a switch of branches leaves the findings of a fresh server', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`old/m${index}.py`, check(`m${index}`, `m${index}`)]),
  );
  const options = { settings: { '': { diagnostics: { scope: 'workspace' } } } };
  const client = await startClient({ 'a.py': check('a', 'a'), ...many }, options);
  const known = new Map<string, string>();
  const pull = async () => {
    const { items } = await client.connection.sendRequest<{ items: WorkspaceDocumentDiagnosticReport[] }>(
      'workspace/diagnostic',
      { previousResultIds: [...known].map(([uri, value]) => ({ uri, value })) },
    );
    for (const item of items) {
      known.set(item.uri, item.resultId!);
      if (item.kind === 'full') shown.set(item.uri, item.items.length);
    }
    return [...shown].filter(([, count]) => count > 0).map(([uri]) => uri);
  };
  const shown = new Map<string, number>();
  expect(await client.eventually(pull, ({ length }) => length === 61)).toHaveLength(61);
  for (const file of Object.keys(many)) await rm(join(client.root, file));
  await writeFile(join(client.root, 'new.py'), check('new', 'new'));
  const changed = [...Object.keys(many).map((file) => ({ uri: client.uri(file), type: 3 }))];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [...changed, { uri: client.uri('new.py'), type: 1 }],
  });
  const expected = [client.uri('a.py'), client.uri('new.py')];
  expect((await client.eventually(pull, ({ length }) => length === 2)).sort()).toEqual(expected);
});

test('what the settings of the editor exclude is quiet, open or not, until they take it back', async () => {
  const settings: Record<string, unknown> = { '': { exclude: ['gen/'] } };
  const client = await startClient({ 'gen/a.py': check('a', 'a'), 'b.py': check('b', 'b') }, { settings });
  await client.open('b.py', check('b', 'b'));
  await client.open('gen/a.py', check('a', 'a'));
  const found = () => Promise.all([client.findings('gen/a.py'), client.findings('b.py')]);
  const isQuiet = (lists: string[][]) => lists.every(({ length }) => length === 0);
  expect(await client.eventually(found, isQuiet)).toEqual([[], []]);
  settings[''] = {};
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  expect(await client.eventually(found, (lists) => !isQuiet(lists))).toEqual([
    ['duplicate-validator 5'],
    ['duplicate-validator 5'],
  ]);
});

test('what the configuration leaves to another linter is not shown, as in the audit', async () => {
  const files = { 'a.py': SILENT, 'seamline.json': '{"deferTo": ["ruff"]}', 'ruff.toml': 'lint.select = ["E722"]\n' };
  const client = await startClient(files, { initializationOptions: { isSeamlineClient: true } });
  await client.open('a.py', SILENT);
  const found = () => client.findings('a.py');
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
  await client.change('a.py', `${SILENT}\nx = 1\n`);
  expect(await found()).toEqual([]);
  expect(await client.connection.sendRequest('seamline/findings')).toEqual([]);
  expect(await client.actions('a.py', 4)).toEqual([]);
  expect(await client.connection.sendRequest('seamline/audit', {})).toMatchObject({ findings: 0 });
  await client.write('ruff.toml', 'lint.select = ["F"]\n');
  expect(await client.eventually(found, ({ length }) => length > 0)).toEqual(['silent-exception 4']);
});

test('characters count in UTF-16 units, whatever stands in the line', async () => {
  const client = await startClient({});
  expect(client.initialized.capabilities.positionEncoding).toBe('utf-16');
  const before = 'export function f(save: (row?: number) => void) {\n  try { save(); } catch {}\n}\n';
  await client.open('a.ts', before);
  const insert = (text: string, character: number, length = 0) => {
    const start = { line: 1, character };
    return client.change('a.ts', text, { start, end: { line: 1, character: character + length } });
  };
  await insert('/* 😀é */ ', 2);
  // Behind the astral character: two units, four bytes of UTF-8.
  await insert('/* 𝔘 */ ', 2 + '/* 😀é */ '.length);
  await insert('save(1)', 2 + '/* 😀é *//* 𝔘 */  try { '.length, 'save()'.length);
  const line = '  /* 😀é */ /* 𝔘 */ try { save(1); } catch {}';
  const report = await client.pull('a.ts');
  const [first] = report.kind === 'full' ? report.items : [];
  expect(first?.range.start).toEqual({ line: 1, character: line.indexOf('catch') });
  expect(line.slice(first!.range.start.character, first!.range.end.character)).toMatch(/^catch/);
});

test('a request that is cancelled is answered without a result that is out of date', async () => {
  const client = await startClient({ 'a.py': SILENT });
  await client.open('a.py', SILENT);
  const source = new CancellationTokenSource();
  const asked = client.connection.sendRequest<unknown>(
    'textDocument/diagnostic',
    { textDocument: { uri: client.uri('a.py') } },
    source.token,
  );
  source.cancel();
  expect(await asked.catch((error: { code: number }) => error.code)).toBe(LSPErrorCodes.RequestCancelled);
  expect(await client.findings('a.py')).toEqual(['silent-exception 4']);
});

test('a closed document has no diagnostics, by pull and by push', async () => {
  const pulling = await startClient({ 'a.py': SILENT });
  await pulling.open('a.py', SILENT);
  const shown = await pulling.pull('a.py');
  expect(shown).toMatchObject({ kind: 'full', items: [{ code: 'silent-exception' }] });
  await pulling.close('a.py');
  expect(await pulling.pull('a.py', shown.resultId)).toMatchObject({ kind: 'full', items: [] });
  expect(await pulling.pull('a.py', 'none')).toMatchObject({ kind: 'unchanged' });
  const pushed = await startClient({ 'a.py': SILENT }, { capabilities: {} });
  const told = () => pushed.pushed.get(pushed.uri('a.py'));
  await pushed.open('a.py', SILENT);
  expect(await pushed.eventually(told, (items) => (items?.length ?? 0) > 0)).toHaveLength(1);
  await pushed.close('a.py');
  expect(await pushed.eventually(told, (items) => items?.length === 0)).toEqual([]);
});

test('a stub is read for its types alone', async () => {
  const client = await startClient({ 'a.pyi': SILENT });
  await client.open('a.pyi', SILENT, 'python');
  expect(await client.findings('a.pyi')).toEqual([]);
});

test('a deleted folder leaves no trace, though an editor tells of the folder alone', async () => {
  const client = await startClient({ 'a.py': check('a', 'a'), 'sub/deep/b.py': check('b', 'b') });
  await client.open('a.py', check('a', 'a'));
  const found = () => client.findings('a.py');
  expect(await client.eventually(found, ({ length }) => length > 0)).toEqual(['duplicate-validator 5']);
  await rm(join(client.root, 'sub'), { recursive: true });
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('sub'), type: 3 }],
  });
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
});

test('each folder says whether its closed files are shown', async () => {
  const client = await startClient(
    { 'one/a.py': SILENT, 'two/a.py': SILENT },
    { folders: ['one', 'two'], settings: { one: { diagnostics: { scope: 'workspace' } }, two: {} } },
  );
  const report = () =>
    client.connection.sendRequest<{ items: { uri: string }[] }>('workspace/diagnostic', { previousResultIds: [] });
  const { items } = await client.eventually(report, (answer) => answer.items.length > 0);
  expect(items.map(({ uri }) => uri)).toEqual([client.uri('one/a.py')]);
});

test('what is pushed names the version that it belongs to', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: {} });
  const told: [version: number | undefined, count: number][] = [];
  client.connection.onNotification('textDocument/publishDiagnostics', ({ version, diagnostics }) => {
    told.push([version, diagnostics.length]);
  });
  await client.open('a.py', SILENT);
  await client.eventually(
    () => told,
    (all) => all.length > 0,
  );
  await client.change('a.py', SILENT.replace('pass', 'raise'));
  const isQuiet = (all: typeof told) => all.some(([, count]) => count === 0);
  expect(await client.eventually(() => told, isQuiet)).toContainEqual([2, 0]);
  expect(told.filter(([version, count]) => (version === 1) !== (count === 1))).toEqual([]);
});
