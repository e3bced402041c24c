import { expect, test } from 'vitest';
import type { TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startClient } from '../support/language-client';
import { FULL, type LspClient } from '../support/lsp-client';
import { SILENT, SILENT_OFF } from '../support/python-files';

const WATCHING = {
  ...FULL,
  workspace: {
    ...FULL.workspace,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};

/** A folder is open, and beside it lies another one with these files. */
const start = (files: Readonly<Record<string, string>>, options: object = {}) =>
  startClient({ 'open/x.py': 'x = 1\n', ...files }, { folders: ['open'], ...options });

const found = (client: LspClient, file: string, isExpected: (list: readonly string[]) => boolean) =>
  client.eventually(() => client.findings(file), isExpected);
const some = (list: readonly string[]) => list.length > 0;
const none = (list: readonly string[]) => list.length === 0;

test.each([
  ['seamline.json', SILENT_OFF],
  ['pyproject.toml', '[tool.seamline.rules]\nsilent-exception = "off"\n'],
  ['package.json', `{"seamline": ${SILENT_OFF}}`],
])('a document outside every folder is judged by the %s above it', async (name, text) => {
  const client = await start({ [`other/${name}`]: text, 'other/deep/er/a.py': SILENT, 'free/a.py': SILENT });
  await client.open('free/a.py', SILENT);
  await client.open('other/deep/er/a.py', SILENT);
  expect(await client.findings('free/a.py')).toEqual(['silent-exception 4']);
  expect(await client.findings('other/deep/er/a.py')).toEqual([]);
});

test('of several, the nearest one counts, also between two loose documents', async () => {
  const client = await start({
    'other/.git/HEAD': '',
    'other/a.py': SILENT,
    'other/deep/seamline.json': SILENT_OFF,
    'other/deep/b.py': SILENT,
    'other/deep/er/seamline.json': '{"rules": {"silent-exception": "hint"}}',
    'other/deep/er/c.py': SILENT,
  });
  for (const file of ['other/a.py', 'other/deep/b.py', 'other/deep/er/c.py']) await client.open(file, SILENT);
  expect(await client.findings('other/a.py')).toEqual(['silent-exception 4']);
  expect(await client.findings('other/deep/b.py')).toEqual([]);
  expect(await client.pull('other/deep/er/c.py')).toMatchObject({ items: [{ severity: 4 }] });
});

test('a configuration above a loose document that comes, breaks or goes is obeyed', async () => {
  const client = await start(
    { 'other/.git/HEAD': '', 'other/deep/a.py': SILENT },
    { capabilities: WATCHING, initializationOptions: { isSeamlineClient: true } },
  );
  await client.open('other/deep/a.py', SILENT);
  expect(await client.findings('other/deep/a.py')).toEqual(['silent-exception 4']);
  const watched = () =>
    client.registered.flatMap(({ registerOptions }) => registerOptions?.watchers ?? []).map((one) => one.globPattern);
  const base = (folder: string) => ({
    baseUri: client.uri(folder).replace(/\/$/, ''),
    pattern: expect.stringContaining('seamline.json'),
  });
  const isWatched = (globs: unknown[]) => globs.some((glob) => typeof glob === 'object');
  expect(await client.eventually(watched, isWatched)).toEqual(
    expect.arrayContaining([base('other'), base('other/deep')]),
  );
  await client.write('other/seamline.json', SILENT_OFF);
  expect(await found(client, 'other/deep/a.py', none)).toEqual([]);
  await client.write('other/seamline.json', '{"rules": 3}');
  const told = () => client.pushed.get(client.uri('other/seamline.json'));
  expect(await client.eventually(told, (list) => (list?.length ?? 0) > 0)).toMatchObject([{ code: 'configuration' }]);
  expect(await client.findings('other/deep/a.py')).toEqual([]);
  await client.remove('other/seamline.json');
  expect(await found(client, 'other/deep/a.py', some)).toEqual(['silent-exception 4']);
  // One that makes its own folder the root.
  await client.write('other/deep/seamline.json', SILENT_OFF);
  expect(await found(client, 'other/deep/a.py', none)).toEqual([]);
  const uri = client.uri('other/deep/a.py');
  const { text } = await client.connection.sendRequest<{ text: string }>('seamline/configuration', { uri });
  expect(text).toContain('"rules.silent-exception.severity": "off", // seamline.json');
});

test('the settings of the editor hold for loose and untitled documents too', async () => {
  const settings: Record<string, unknown> = { '': { rules: { 'silent-exception': 'off' } } };
  const client = await start({ 'other/a.py': SILENT }, { settings });
  await client.open('other/a.py', SILENT);
  await client.open('untitled:Untitled-1', SILENT, 'python');
  expect(await client.findings('other/a.py')).toEqual([]);
  expect(await client.findings('untitled:Untitled-1')).toEqual([]);
  settings[''] = {};
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  expect(await found(client, 'other/a.py', some)).toEqual(['silent-exception 4']);
  expect(await found(client, 'untitled:Untitled-1', some)).toEqual(['silent-exception 4']);
});

test('a loose document is quiet once it is closed, and counts in its folder when that is opened', async () => {
  const client = await start({ 'other/a.py': SILENT }, { initializationOptions: { isSeamlineClient: true } });
  const plan = () => client.connection.sendRequest<{ file: string }[]>('seamline/findings');
  await client.open('other/a.py', SILENT);
  expect(await found(client, 'other/a.py', some)).toEqual(['silent-exception 4']);
  await client.close('other/a.py');
  expect(await client.eventually(plan, none as never)).toEqual([]);
  await client.open('other/a.py', SILENT);
  await client.close('other/a.py');
  expect(await client.findings('other/a.py')).toEqual([]);
  await client.open('other/a.py', SILENT);
  expect(await found(client, 'other/a.py', some)).toEqual(['silent-exception 4']);
  const added = [{ uri: client.uri('other'), name: 'other' }];
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed: [] } });
  await client.eventually(plan, ({ length }) => length === 1);
  expect(await plan()).toMatchObject([{ file: 'a.py' }]);
  expect(await found(client, 'other/a.py', some)).toEqual(['silent-exception 4']);
});

const SPEECH = `LANGUAGES = frozenset({"de", "en", "pl"})


def speak(text, language):
    if text and language.lower() not in LANGUAGES:
        raise RuntimeError("cannot speak that")
    return text
`;

const NEWS = `def pick(language):
    if language not in ("pl", "en", "de"):
        raise ValueError("not a language")
    return language
`;

test.each([
  ['of an opened subfolder', ['i18n'], {}],
  ['of a loose document in a repository', ['open'], { 'open/x.py': 'x = 1\n' }],
])('a cure %s sees who outside uses what it touches', async (_, folders, more) => {
  const files = { '.git/HEAD': '', 'i18n/__init__.py': '', 'i18n/speech.py': SPEECH, 'i18n/news.py': NEWS, ...more };
  const keepsList = async (client: LspClient) => {
    await client.open('i18n/speech.py', SPEECH);
    const actions = await client.eventually(
      () => client.actions('i18n/speech.py', 5, undefined, 30),
      (list) => list.some(({ title }) => title.startsWith('Extract 2 places')),
    );
    const extract = actions.find(({ title }) => title.startsWith('Extract 2 places'));
    const { edit, command } = await client.resolve(extract!);
    const change = (edit?.documentChanges ?? []).find(
      (one): one is TextDocumentEdit => 'edits' in one && one.textDocument.uri === client.uri('i18n/speech.py'),
    );
    expect(change, JSON.stringify(command)).toBeDefined();
    const document = TextDocument.create('x', 'python', 1, SPEECH);
    return TextDocument.applyEdits(document, change!.edits as TextEdit[]).includes('LANGUAGES = ');
  };
  const others = folders.includes('i18n') ? [] : ['i18n/news.py'];
  const start = async (all: Readonly<Record<string, string>>) => {
    const client = await startClient(all, { folders });
    for (const file of others) await client.open(file, NEWS);
    return client;
  };
  expect(await keepsList(await start(files))).toBe(false);
  const test = 'from i18n.speech import LANGUAGES\n\n\ndef test():\n    assert LANGUAGES\n';
  expect(await keepsList(await start({ ...files, 'tests/test_speech.py': test }))).toBe(true);
});

test('a cure that is overtaken by typing elsewhere begins anew', async () => {
  const source = `export async function load(url: string): Promise<unknown> {
  try {
    return (await fetch(url)).status;
  } catch {}
  return undefined;
}
`;
  const client = await startClient({
    'src/a.ts': source,
    'src/b.ts': 'export const one = 1;\n',
    'tsconfig.json': '{"compilerOptions": {"strict": true, "lib": ["es2022", "dom"]}}',
  });
  await client.open('src/a.ts', source);
  await client.open('src/b.ts', 'export const one = 1;\n');
  const [log] = await client.eventually(
    () => client.actions('src/a.ts', 4),
    ({ length }) => length > 0,
  );
  const resolving = client.resolve(log!);
  await new Promise((done) => setTimeout(done, 30));
  await client.change('src/b.ts', 'export const one = 2;\n');
  expect((await resolving).edit?.documentChanges).toHaveLength(1);
});

test('a configuration of the root that is wrong leaves a cure of a subfolder unproven, and says so', async () => {
  const files = { '.git/HEAD': '', 'other/seamline.json': '{"rules": 3}', 'pkg/a.py': SILENT };
  const client = await startClient(files, { folders: ['pkg'] });
  await client.open('pkg/a.py', SILENT);
  const [log] = await client.eventually(
    () => client.actions('pkg/a.py', 4),
    ({ length }) => length > 0,
  );
  const { edit, command } = await client.resolve(log!);
  expect(edit).toBeUndefined();
  expect(command?.arguments).toMatchObject([
    { code: 'not-verifiable', reason: expect.stringContaining('other/seamline.json') },
  ]);
});
