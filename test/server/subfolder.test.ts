import { expect, test } from 'vitest';
import { startClient } from '../support/language-client';
import { FULL } from '../support/lsp-client';
import { check, SILENT_OFF } from '../support/python-files';

const SILENT = `def load(path):
    try:
        return open(path).read()
    except Exception:
        pass
`;

const WATCHING = {
  ...FULL,
  workspace: {
    ...FULL.workspace,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};

test('a folder inside a repository is judged by the configuration above it, as an audit of that folder is', async () => {
  const files = { 'seamline.json': SILENT_OFF, 'pkg/sub/a.py': SILENT, 'pkg/sub/b.py': `${check('b', 'b')}${SILENT}` };
  const options = { folders: ['pkg/sub'], capabilities: WATCHING, initializationOptions: { isSeamlineClient: true } };
  const client = await startClient(files, options);
  await client.open('pkg/sub/a.py', SILENT);
  const found = () => client.findings('pkg/sub/a.py');
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
  expect(await client.connection.sendRequest('seamline/audit', {})).toMatchObject({ findings: 0 });
  const uri = client.uri('pkg/sub/a.py');
  const { text } = await client.connection.sendRequest<{ text: string }>('seamline/configuration', { uri });
  expect(text).toContain('"rules.silent-exception.severity": "off", // seamline.json');
  // The editor is asked to watch the folders above, too.
  const watched = () =>
    client.registered.flatMap(({ registerOptions }) => registerOptions?.watchers ?? []).map((one) => one.globPattern);
  const above = (folder: string) => ({ baseUri: client.uri(folder).replace(/\/$/, ''), pattern: expect.any(String) });
  expect(await client.eventually(watched, (globs) => globs.some((glob) => typeof glob === 'object'))).toEqual(
    expect.arrayContaining([above(''), above('pkg')]),
  );

  await client.write('seamline.json', '{}');
  expect(await client.eventually(found, ({ length }) => length > 0)).toEqual(['silent-exception 4']);
  expect(await client.connection.sendRequest('seamline/audit', {})).toMatchObject({ findings: 2 });
  const items = await client.connection.sendRequest<{ file: string }[]>('seamline/findings');
  expect(items.map(({ file }) => file)).toEqual(['a.py', 'b.py']);

  await client.write('seamline.json', '{"rules": 3}');
  const told = () => client.pushed.get(client.uri('seamline.json'));
  expect(await client.eventually(told, (list) => (list?.length ?? 0) > 0)).toMatchObject([{ code: 'configuration' }]);
  expect(await found()).toEqual(['silent-exception 4']);
});

test('what a folder above ignores is left out, and patterns of the editor are those of the open folder', async () => {
  const files = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.gitignore': '/pkg/gen/\n',
    'pkg/a.py': check('a', 'a'),
    'pkg/gen/b.py': check('b', 'b'),
    'pkg/old/c.py': check('c', 'c'),
    'other/d.py': check('d', 'd'),
  };
  const settings: Record<string, unknown> = { '': { exclude: ['/old/'] } };
  const client = await startClient(files, { folders: ['pkg'], settings });
  await client.open('pkg/a.py', check('a', 'a'));
  const found = () => client.findings('pkg/a.py');
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
  settings[''] = {};
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  expect(await client.eventually(found, ({ length }) => length > 0)).toEqual(['duplicate-validator 5']);
  const report = await client.pull('pkg/a.py');
  const [first] = report.kind === 'full' ? report.items : [];
  expect(first?.relatedInformation?.map(({ location }) => location.uri)).toEqual([client.uri('pkg/old/c.py')]);
});

test('a folder is a test folder by its place in the repository', async () => {
  const long = 'x = 1\n'.repeat(1_000);
  const files = { '.git/HEAD': 'ref: refs/heads/main\n', 'tests/store.py': long };
  const client = await startClient(files, { folders: ['tests'], initializationOptions: { isSeamlineClient: true } });
  await client.open('tests/store.py', long);
  const audit = await client.connection.sendRequest<{ findings: number }>('seamline/audit', {});
  expect(audit.findings).toBe(0);
  expect(await client.findings('tests/store.py')).toEqual([]);
});

test('a configuration that comes or goes makes its folder the root', async () => {
  const client = await startClient({ 'seamline.json': SILENT_OFF, 'pkg/a.py': SILENT }, { folders: ['pkg'] });
  await client.open('pkg/a.py', SILENT);
  const found = () => client.findings('pkg/a.py');
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
  await client.write('pkg/seamline.json', '{}');
  expect(await client.eventually(found, ({ length }) => length > 0)).toEqual(['silent-exception 4']);
  await client.change('pkg/a.py', `\n${SILENT}`);
  expect(await found()).toEqual(['silent-exception 5']);
  await client.remove('pkg/seamline.json');
  expect(await client.eventually(found, ({ length }) => length === 0)).toEqual([]);
});
