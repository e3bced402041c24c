import { expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startClient } from '../support/language-client';
import { FULL, type LspClient } from '../support/lsp-client';
import { check } from '../support/python-files';

const SILENT = `import logging

logger = logging.getLogger(__name__)


def save(path, data):
    try:
        path.write_text(data)
    except Exception:
        pass
`;

const PACKAGE = { 'shop/__init__.py': '', 'shop/a.py': check('code'), 'shop/b.py': check('code') };

/** What a client says of the edits that it takes. */
const taking = (workspaceEdit: object | undefined) => {
  const { workspaceEdit: _, ...workspace } = FULL.workspace!;
  return { ...FULL, workspace: { ...workspace, ...(workspaceEdit ? { workspaceEdit } : {}) } };
};

const PLAIN = taking(undefined);

function applied(client: LspClient, file: string, text: string, edit: WorkspaceEdit | undefined): string {
  expect(edit?.documentChanges).toBeUndefined();
  expect(Object.keys(edit?.changes ?? {})).toEqual([client.uri(file)]);
  return TextDocument.applyEdits(TextDocument.create('x', 'python', 1, text), edit!.changes![client.uri(file)]!);
}

test('a client without versioned edits gets them by file', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: PLAIN });
  await client.open('a.py', SILENT);
  const actions = await client.eventually(
    () => client.actions('a.py', 9),
    ({ length }) => length > 0,
  );
  const log = actions.find(({ title }) => title.startsWith('Log it with'));
  const { edit } = await client.resolve(log!);
  expect(applied(client, 'a.py', SILENT, edit)).toContain('logger.warning(');
  const ignore = actions.find(({ title }) => title === 'Ignore silent-exception here');
  expect(applied(client, 'a.py', SILENT, ignore?.edit)).toContain('# seamline: ignore[silent-exception]\n');
});

test('fix all comes by file too', async () => {
  const text = `${check('user_code')}\n\n${check('old_code').replace('import re\n\n\n', '')}`;
  const client = await startClient({ 'a.py': text }, { capabilities: PLAIN });
  await client.open('a.py', text);
  const [all] = await client.eventually(
    () => client.actions('a.py', 1, ['source.fixAll.seamline']),
    ({ length }) => length > 0,
  );
  expect(applied(client, 'a.py', text, all?.edit).match(/re\.match/g)).toHaveLength(1);
});

test.each([
  ['knows no versions', undefined],
  ['makes no files', { documentChanges: true }],
  ['makes files, but knows no versions', { resourceOperations: ['create'] }],
  ['renames only', { documentChanges: true, resourceOperations: ['rename'] }],
])('a client that %s is told why it is not offered a fix that creates a file', async (_, workspaceEdit) => {
  const client = await startClient(PACKAGE, { capabilities: taking(workspaceEdit) });
  await client.open('shop/a.py', check('code'));
  const actions = await client.eventually(
    () => client.actions('shop/a.py', 5, undefined, 11),
    ({ length }) => length > 0,
  );
  expect(actions.map(({ title }) => title)).toEqual([
    'Ignore duplicate-validator here',
    'Ignore duplicate-validator in this file',
    expect.stringMatching(/^Why no fix\? \(.*shop\/validators\.py.*"seamline fix".*\)$/),
  ]);
  const [disabled] = await client.actions('shop/a.py', 5, ['refactor'], 11);
  expect(disabled?.disabled?.reason).toContain('shop/validators.py');
});

test('where the code goes to a file that is there, such a client is offered the fix', async () => {
  const files = { ...PACKAGE, 'shop/validators.py': '"""What is valid."""\n' };
  const client = await startClient(files, { capabilities: PLAIN });
  await client.open('shop/a.py', check('code'));
  const actions = await client.eventually(
    () => client.actions('shop/a.py', 5, undefined, 11),
    ({ length }) => length > 0,
  );
  const extract = actions.find(({ title }) => title.startsWith('Extract 2 places'));
  const { edit } = await client.resolve(extract!);
  expect(Object.keys(edit?.changes ?? {}).sort()).toEqual(
    ['shop/a.py', 'shop/b.py', 'shop/validators.py'].map((file) => client.uri(file)),
  );
});

test('a target that is chosen and has to be created is refused', async () => {
  const files = { ...PACKAGE, 'shop/validators.py': '"""What is valid."""\n' };
  const client = await startClient(files, { capabilities: PLAIN });
  await client.open('shop/a.py', check('code'));
  const report = await client.eventually(
    () => client.pull('shop/a.py'),
    (answer) => answer.kind === 'full' && answer.items.length > 0,
  );
  const data = report.kind === 'full' ? report.items[0]!.data : undefined;
  const refused = await client.connection.sendRequest('seamline/buildCure', {
    ...data,
    cure: 'extract-validator',
    into: 'shop/rules.py',
  });
  expect(refused).toMatchObject({ refusal: { code: 'cannot-create-files' } });
});

test('a client without a command of its own is shown by the server why there is no fix', async () => {
  const client = await startClient(PACKAGE, { capabilities: PLAIN });
  const shown: string[] = [];
  client.connection.onNotification('window/showMessage', ({ message }) => void shown.push(message));
  expect(client.initialized.capabilities.executeCommandProvider?.commands).toEqual(['seamline.explainRefusal']);
  await client.open('shop/a.py', check('code'));
  const actions = await client.eventually(
    () => client.actions('shop/a.py', 5, undefined, 11),
    ({ length }) => length > 0,
  );
  await client.connection.sendRequest('workspace/executeCommand', actions.at(-1)!.command);
  expect(
    await client.eventually(
      () => shown,
      ({ length }) => length > 0,
    ),
  ).toEqual([expect.stringMatching(/^No fix: .*shop\/validators\.py/)]);
});
