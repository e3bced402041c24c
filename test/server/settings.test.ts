import { expect, test } from 'vitest';
import { startClient } from '../support/language-client';
import { FULL, type LspClient } from '../support/lsp-client';

const SILENT = `def load(path):
    try:
        return open(path).read()
    except:
        pass
`;

/** A client that is not asked for its settings. */
const UNASKED = { ...FULL, workspace: { ...FULL.workspace, configuration: false } };
const OFF = { rules: { 'silent-exception': 'off' } };

async function findings(client: LspClient, isExpected: (found: readonly string[]) => boolean): Promise<string[]> {
  return client.eventually(() => client.findings('a.py'), isExpected);
}

const isQuiet = (found: readonly string[]) => found.length === 0;
const isLoud = (found: readonly string[]) => found.length > 0;

const push = (client: LspClient, settings: unknown) =>
  client.connection.sendNotification('workspace/didChangeConfiguration', { settings });

test('settings that a client pushes hold, until it pushes others', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: UNASKED });
  await client.open('a.py', SILENT);
  expect(await findings(client, isLoud)).toEqual(['silent-exception 4']);
  await push(client, { seamline: OFF });
  expect(await findings(client, isQuiet)).toEqual([]);
  await push(client, { seamline: {} });
  expect(await findings(client, isLoud)).toEqual(['silent-exception 4']);
  // The section alone, as some clients send it.
  await push(client, OFF);
  expect(await findings(client, isQuiet)).toEqual([]);
  // Other sections are no word about ours.
  await push(client, { seamline: null, other: 1 });
  expect(await findings(client, isLoud)).toEqual(['silent-exception 4']);
});

test('settings that a client comes with hold until it pushes some', async () => {
  const initializationOptions = { settings: OFF };
  const client = await startClient({ 'a.py': SILENT }, { capabilities: UNASKED, initializationOptions });
  await client.open('a.py', SILENT);
  expect(await findings(client, isQuiet)).toEqual([]);
  await push(client, { seamline: { profile: 'default' } });
  expect(await findings(client, isLoud)).toEqual(['silent-exception 4']);
});

test('a client that is asked and has no answer is taken by what it came with', async () => {
  const client = await startClient({ 'a.py': SILENT }, { initializationOptions: { settings: OFF } });
  await client.open('a.py', SILENT);
  expect(await findings(client, isQuiet)).toEqual([]);
});

test('the answers of a client that is asked win over what it pushes', async () => {
  const client = await startClient({ 'a.py': SILENT }, { settings: { '': OFF } });
  await client.open('a.py', SILENT);
  expect(await findings(client, isQuiet)).toEqual([]);
  await push(client, { seamline: {} });
  await new Promise((done) => setTimeout(done, 300));
  expect(await client.findings('a.py')).toEqual([]);
});
