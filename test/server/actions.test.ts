import { expect, test } from 'vitest';
import {
  type CodeAction,
  ProgressType,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startClient } from '../support/language-client';
import type { LspClient } from '../support/lsp-client';

const STORE = `import logging

logger = logging.getLogger(__name__)


def save(path, data):
    try:
        path.write_text(data)
    except Exception:
        pass


def shut(client):
    try:
        client.close()
    except:
        return None
`;

const OURS = { initializationOptions: { isSeamlineClient: true, docsBaseUrl: 'vscode://seamline.seamline/rules/' } };

async function store(options = {}): Promise<LspClient> {
  const client = await startClient({ 'a.py': STORE }, options);
  await client.open('a.py', STORE);
  await client.eventually(
    () => client.findings('a.py'),
    (found) => found.length > 0,
  );
  return client;
}

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

/** Applies an edit as a client does, refusing one for another version. */
function apply(text: string, version: number, edit: WorkspaceEdit | undefined): string {
  const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument.version).toBe(version);
  return TextDocument.applyEdits(TextDocument.create('x', 'python', version, text), change!.edits as TextEdit[]);
}

test('a list of titles first, the edit when one is chosen', async () => {
  const client = await store();
  const actions = await client.actions('a.py', 9);
  expect(titles(actions)).toEqual(
    expect.arrayContaining([
      'Log it with logger.warning',
      'Ignore silent-exception here',
      'Ignore silent-exception in this file',
    ]),
  );
  const log = actions.find(({ title }) => title === 'Log it with logger.warning')!;
  expect(log).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'silent-exception' }] });
  expect(log.edit).toBeUndefined();
  const resolved = await client.resolve(log);
  const text = apply(STORE, 1, resolved.edit);
  expect(text).toContain('logger.warning(');
  await client.change('a.py', text);
  expect(await client.findings('a.py')).toEqual(['silent-exception 16']);
});

test('an action that was listed for another text shows why it does nothing', async () => {
  const client = await store();
  const [log] = await client.actions('a.py', 9);
  await client.change('a.py', `\n${STORE}`);
  const resolved = await client.resolve(log!);
  expect(resolved.edit).toBeUndefined();
  expect(resolved.command).toMatchObject({
    command: 'seamline.explainRefusal',
    arguments: [{ code: 'file-changed', reason: expect.stringContaining('try again') }],
  });
});

test('a change for review asks for confirmation under one annotation', async () => {
  const client = await store();
  const actions = await client.actions('a.py', 16);
  const narrow = actions.find(({ title }) => /except Exception|Exception only/.test(title))!;
  expect(narrow, titles(actions).join(', ')).toBeDefined();
  const { edit } = await client.resolve(narrow);
  expect(edit?.changeAnnotations).toEqual({ review: { label: narrow.title, needsConfirmation: true } });
});

test('only what was asked for is listed', async () => {
  const client = await store();
  expect(await client.actions('a.py', 9, ['refactor.extract'])).toEqual([]);
  expect((await client.actions('a.py', 9, ['quickfix'])).every(({ kind }) => kind === 'quickfix')).toBe(true);
  expect(await client.actions('a.py', 9, ['source.organizeImports'])).toEqual([]);
  expect(await client.actions('a.py', 6)).toEqual([]);
});

test('fix all leaves to the author what only the author can choose', async () => {
  const client = await store();
  expect(await client.actions('a.py', 1, ['source.fixAll'])).toEqual([]);
});

test('our own client is offered previews, and is asked for a reason', async () => {
  const client = await store(OURS);
  const actions = await client.actions('a.py', 9);
  const preview = actions.find(({ command }) => command?.command === 'seamline.preview')!;
  expect(preview.title).toBe('Preview: Log it with logger.warning');
  const reference = preview.command!.arguments![0];
  const built = await client.connection.sendRequest<{ files: { after: string }[]; applicability: string }>(
    'seamline/buildCure',
    reference,
  );
  expect(built).toMatchObject({ applicability: 'safe', files: [{ uri: client.uri('a.py'), before: STORE }] });
  const ignore = actions.find(({ command }) => command?.command === 'seamline.ignore')!;
  const { edit } = await client.connection.sendRequest<{ edit: WorkspaceEdit }>('seamline/ignore', {
    ...ignore.command!.arguments![0],
    reason: 'only a cache',
  });
  const text = apply(STORE, 1, edit);
  expect(text).toContain('    # seamline: ignore[silent-exception] -- only a cache\n    except Exception:');
  await client.change('a.py', text);
  expect(await client.findings('a.py')).toEqual(['silent-exception 17']);
});

test('a cure that wants words says so, and takes them', async () => {
  const client = await store(OURS);
  const report = await client.pull('a.py');
  const data = report.kind === 'full' ? report.items[0]!.data : undefined;
  const reference = { ...data, cure: 'explain-exception' };
  expect(await client.connection.sendRequest('seamline/planCure', reference)).toMatchObject({ wantsReason: true });
  const built = await client.connection.sendRequest<{ files: { after: string }[] }>('seamline/buildCure', {
    ...reference,
    reason: 'the store is only a cache',
  });
  expect(built.files[0]!.after).toContain('# the store is only a cache');
});

test('everything that was found, for the plan', async () => {
  const client = await store(OURS);
  const items = await client.connection.sendRequest('seamline/findings');
  expect(items).toMatchObject([
    {
      file: 'a.py',
      rule: 'silent-exception',
      line: 8,
      cures: expect.arrayContaining([{ id: 'log-exception', title: expect.any(String) }]),
    },
    { line: 15 },
  ]);
});

test('the audit writes its report, with progress, and can be cancelled', async () => {
  const client = await store();
  const seen: string[] = [];
  client.connection.onProgress(new ProgressType<{ kind: string }>(), 'audit', ({ kind }) => void seen.push(kind));
  const result = await client.connection.sendRequest('seamline/audit', { workDoneToken: 'audit' });
  expect(result).toMatchObject({ findings: 2, report: expect.stringContaining('# Refactor report') });
  expect(seen[0]).toBe('begin');
  expect(seen.at(-1)).toBe('end');
});

test('every value of the configuration names its origin', async () => {
  const client = await startClient(
    { 'a.py': STORE, 'seamline.json': '{"rules": {"mixed-io": "off"}}' },
    { ...OURS, settings: { '': { profile: 'full' } } },
  );
  await client.open('a.py', STORE);
  const ask = () =>
    client.connection.sendRequest<{ text: string }>('seamline/configuration', { uri: client.uri('a.py') });
  const { text } = await client.eventually(ask, (answer) => answer.text.includes('seamline.json'));
  expect(text).toContain('  // seamline.json\n  "rules.mixed-io": "off"');
  expect(text).toContain('  // workspace\n  "profile": "full"');
  expect(text).toMatch(/\/\/ default\n {2}"rules.silent-exception": \{/);
});

test('a suppression explains its rule on hover', async () => {
  const text = STORE.replace(
    '    except Exception',
    '    # seamline: ignore[silent-exception] -- a cache\n    except Exception',
  );
  const client = await startClient({ 'a.py': text }, OURS);
  await client.open('a.py', text);
  const at = (character: number) =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: client.uri('a.py') },
      position: { line: 8, character },
    });
  expect(await at(12)).toMatchObject({
    contents: { value: expect.stringContaining('vscode://seamline.seamline/rules/silent-exception') },
  });
  expect(await at(2)).toBeNull();
});

test('TypeScript is checked by its compiler before an edit is handed out', async () => {
  const text =
    'export function load(text: string): unknown {\n  try {\n    return JSON.parse(text).length > fetch(text);\n  } catch {}\n  return undefined;\n}\n';
  const source = text.replace(' > fetch(text)', '');
  const client = await startClient({
    'src/a.ts': source,
    'tsconfig.json': '{"compilerOptions": {"strict": true, "lib": ["es2022", "dom"]}}',
  });
  await client.open('src/a.ts', source);
  const found = await client.eventually(
    () => client.findings('src/a.ts'),
    (list) => list.length > 0,
    2_000,
  );
  if (found.length === 0) return;
  const [log] = await client.actions('src/a.ts', 4);
  const resolved = await client.resolve(log!);
  expect(resolved.edit?.documentChanges).toHaveLength(1);
});
