import { expect, test } from 'vitest';
import type { TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import type { StatusParams } from '../../protocol/index';
import { startClient } from '../support/language-client';
import { check, SILENT, SILENT_OFF } from '../support/python-files';

// What is answered while a folder is being read, for the first time or again.

const OURS = { initializationOptions: { isSeamlineClient: true } };

/** So many files that reading them takes a while. */
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`many/m${index}.py`, `${SILENT}\nx = ${index}\n`]));

test('the first answer knows the configuration, and what it leaves out', async () => {
  const client = await startClient(
    {
      ...many(300),
      'a.py': SILENT,
      'pkg/b.py': SILENT,
      'pkg/seamline.json': SILENT_OFF,
      'gen/c.py': SILENT,
      '.gitignore': 'gen/\n',
    },
    OURS,
  );
  for (const file of ['a.py', 'pkg/b.py', 'gen/c.py']) await client.open(file, SILENT);
  expect(await Promise.all(['a.py', 'pkg/b.py', 'gen/c.py'].map((file) => client.findings(file)))).toEqual([
    ['silent-exception 4'],
    [],
    [],
  ]);
  const uri = client.uri('pkg/b.py');
  expect(await client.connection.sendRequest('seamline/configuration', { uri })).toMatchObject({
    text: expect.stringContaining('"rules.silent-exception.severity": "off", // pkg/seamline.json'),
  });
});

test('fix all at a save waits for a configuration that is being read again', async () => {
  const alone = `${check('user_code')}\n\n${check('old_code').replace('import re\n\n\n', '')}`;
  const client = await startClient({ ...many(300), 'a.py': alone });
  await client.open('a.py', alone);
  const fixAll = () => client.actions('a.py', 1, ['source.fixAll.seamline']);
  await client.eventually(fixAll, ({ length }) => length > 0);
  const answers: number[] = [];
  for (let round = 0; round < 4; round++) {
    await client.write('seamline.json', `{"exclude": ["none${round}/"]}`);
    for (let asked = 0; asked < 4; asked++) answers.push((await fixAll()).length);
  }
  expect(new Set(answers)).toEqual(new Set([1]));
});

test('a fix that is chosen before all is read takes all places', async () => {
  const files = ['shop/a.py', 'shop/b.py', 'shop/z.py'];
  const client = await startClient({
    ...many(600),
    'shop/__init__.py': '',
    ...Object.fromEntries(files.map((file) => [file, check('code')])),
  });
  for (const file of files.slice(0, 2)) await client.open(file, check('code'));
  const [extract] = await client.eventually(
    () => client.actions('shop/a.py', 5, undefined, 11),
    ({ length }) => length > 0,
  );
  const { edit } = await client.resolve(extract!);
  const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  const changed = changes.flatMap((change) => ('textDocument' in change ? [change.textDocument.uri] : []));
  expect(changed).toEqual(expect.arrayContaining(files.map((file) => client.uri(file))));
});

test('where the configuration was wrong from the beginning, a fix is refused: nobody knows who uses what it touches', async () => {
  const client = await startClient({ 'a.py': SILENT, 'b.py': SILENT, 'seamline.json': '{"profile": "fll"}' }, OURS);
  await client.open('a.py', SILENT);
  expect(await client.findings('a.py')).toEqual(['silent-exception 4']);
  const log = (await client.actions('a.py', 4)).find(({ title }) => title.startsWith('Log it with'));
  const resolved = await client.resolve(log!);
  expect(resolved.edit).toBeUndefined();
  expect(resolved.command?.arguments).toMatchObject([
    { code: 'not-verifiable', reason: expect.stringContaining('seamline.json:1:13: profile: expected') },
  ]);
  await client.write('seamline.json', '{}');
  const fixed = await client.eventually(
    () => client.resolve(log!),
    ({ edit }) => edit !== undefined,
  );
  expect(fixed.edit).toBeDefined();
});

test('who asks for everything to be read again gets it when it has been, though it is asked for twice', async () => {
  const client = await startClient({ ...many(300), 'a.py': SILENT }, OURS);
  const rescan = () => client.connection.sendRequest('seamline/rescan', {});
  await rescan();
  await client.write('more/b.py', SILENT);
  const first = rescan();
  await client.write('pyproject.toml', '[project]\nname = "a"\n');
  await first;
  const found = await client.connection.sendRequest<{ file: string }[]>('seamline/findings');
  expect(found.map(({ file }) => file)).toContain('more/b.py');
  expect(found).toHaveLength(302);
});

test('what is installed brings configurations that say nothing about the folder', async () => {
  const client = await startClient({ 'a.py': SILENT }, OURS);
  const seen: string[] = [];
  client.connection.onNotification('seamline/status', ({ state }: StatusParams) => void seen.push(state));
  await client.connection.sendRequest('seamline/rescan', {});
  await client.eventually(
    () => seen.at(-1),
    (state) => state === 'ready',
  );
  seen.length = 0;
  await client.write('node_modules/some/package.json', '{}');
  await new Promise((done) => setTimeout(done, 600));
  expect(seen).not.toContain('indexing');
  await client.write('package.json', '{"seamline": {"profile": "full"}}');
  expect(
    await client.eventually(
      () => seen.at(-1),
      (state) => state !== undefined,
    ),
  ).toBeDefined();
});

test('a hint to ignore what is gone says so', async () => {
  const client = await startClient({ 'a.py': SILENT }, OURS);
  await client.open('a.py', SILENT);
  const [log] = await client.actions('a.py', 4);
  await client.change('a.py', SILENT.replace('pass', 'raise'));
  const params = { ...(log!.data as object), scope: 'line' };
  expect(await client.connection.sendRequest('seamline/ignore', params)).toMatchObject({
    refusal: { code: 'file-changed' },
  });
});
