import { expect, test } from 'vitest';
import type { ShowMessageParams } from 'vscode-languageserver-protocol/node';
import { startClient } from '../support/language-client';
import { FULL, type LspClient } from '../support/lsp-client';
import { SILENT } from '../support/python-files';

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

const WRONG = {
  profile: 'fll',
  exclude: ['gen/', 7],
  diagnostics: { scope: 'all' },
  exlude: ['x/'],
  rules: {
    'silent-exception': 'off',
    'mixed-io': 'loud',
    'oversized-module': { warningLines: 'many', informationLines: 1, tooMany: true },
    'silent-exceptions': 'off',
  },
};

const PROBLEMS = [
  'seamline.profile: expected "default", "full", found "fll"; did you mean "full"?',
  'seamline.exclude.1: expected a string, found 7',
  'seamline.diagnostics.scope: expected "openFiles", "workspace", found "all"',
  'seamline.exlude: unknown key; did you mean "exclude"?',
  'seamline.rules.mixed-io: expected "off", "error", "warning", "information", "hint" or an object with options, found "loud"',
  'seamline.rules.oversized-module.warningLines: expected a number, found "many"',
  'seamline.rules.oversized-module.tooMany: unknown key',
  'seamline.rules.silent-exceptions: unknown rule; did you mean "silent-exception"?',
];

/** What the server shows as warnings. */
function warnings(client: LspClient): string[] {
  const seen: string[] = [];
  client.connection.onNotification('window/showMessage', ({ type, message }: ShowMessageParams) => {
    expect(type).toBe(2);
    expect(message).toMatch(/^Seamline leaves out a setting that it cannot use\. /);
    seen.push(message.replace(/^.*?\. /, '').replace(/(unknown key);.*\bremove it.*$/, '$1'));
  });
  return seen;
}

test.each(['pulled', 'pushed'])(
  '%s settings that cannot be used are named, each once; the others hold',
  async (how) => {
    const files = { 'a.py': SILENT, 'gen/b.py': SILENT };
    // Pulled settings come with the start, before anybody listens.
    const settings: Record<string, unknown> = { '': {} };
    const client = await startClient(files, how === 'pulled' ? { settings } : { capabilities: UNASKED });
    const seen = warnings(client);
    await client.open('a.py', SILENT);
    expect(await findings(client, isLoud)).toEqual(['silent-exception 4']);
    settings[''] = WRONG;
    await push(client, how === 'pulled' ? null : { seamline: WRONG });
    expect(await findings(client, isQuiet)).toEqual([]);
    const isAll = ({ length }: readonly string[]) => length >= PROBLEMS.length;
    expect([...(await client.eventually(() => seen, isAll))].sort()).toEqual([...PROBLEMS].sort());
    // Said once, as long as it is so.
    const better = { ...WRONG, profile: 'full', rules: { ...WRONG.rules, 'silent-exception': 'hint' } };
    settings[''] = better;
    await push(client, how === 'pulled' ? null : { seamline: better });
    await findings(client, (found) => found.includes('silent-exception 4'));
    expect(seen).toHaveLength(PROBLEMS.length);
    settings[''] = WRONG;
    await push(client, how === 'pulled' ? null : { seamline: WRONG });
    await client.eventually(
      () => seen.length,
      (count) => count > PROBLEMS.length,
    );
    expect(seen.slice(PROBLEMS.length)).toEqual(PROBLEMS.slice(0, 1));
  },
);

test('settings that are pushed before the folder is known hold', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: UNASKED });
  await push(client, { seamline: OFF });
  await client.open('a.py', SILENT);
  expect(await client.findings('a.py')).toEqual([]);
});

test('settings of others are none of ours', async () => {
  const client = await startClient({ 'a.py': SILENT }, { capabilities: UNASKED });
  const seen = warnings(client);
  await client.open('a.py', SILENT);
  await push(client, { python: { analysis: 7 }, editor: {} });
  await push(client, { seamline: OFF, editor: {} });
  expect(await findings(client, isQuiet)).toEqual([]);
  expect(seen).toEqual([]);
});
