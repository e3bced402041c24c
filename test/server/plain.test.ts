import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol/node';
import { rulePage } from '../../server/pages';
import { startClient } from '../support/language-client';
import { FULL } from '../support/lsp-client';

const BARE = `def shut(client):
    try:
        client.close()
    except:
        return None


# seamline: ignore[silent-exception]
x = 1
`;

const SWALLOWS = BARE.slice(0, BARE.indexOf('\n\n') + 1);

const hoverAt = { line: 7, character: 20 };

async function start(textDocument: object, locale = 'en') {
  const client = await startClient({ 'a.py': BARE }, { capabilities: { ...FULL, textDocument }, locale });
  await client.open('a.py', BARE);
  const report = await client.eventually(
    () => client.pull('a.py'),
    (answer) => answer.kind === 'full' && answer.items.length > 0,
  );
  const [first] = report.kind === 'full' ? report.items : [];
  const hover = await client.connection.sendRequest<{ contents: object }>('textDocument/hover', {
    textDocument: { uri: client.uri('a.py') },
    position: hoverAt,
  });
  return { message: first!.message, contents: hover.contents };
}

test('a client that renders no Markdown is sent none', async () => {
  const { message, contents } = await start({ diagnostic: {} });
  expect(message).toMatch(/"except Exception"/);
  expect(message).not.toContain('`');
  expect(contents).toMatchObject({ kind: 'plaintext', value: expect.stringMatching(/^silent-exception: [^`*]+$/s) });
  const polish = await start({ diagnostic: {} }, 'pl');
  expect(polish.message).toMatch(/„except Exception”/);
});

test('a client that renders it is', async () => {
  const { message, contents } = await start({
    diagnostic: { markupMessageSupport: true },
    hover: { contentFormat: ['markdown'] },
  });
  expect(message).toMatchObject({ kind: 'markdown', value: expect.stringContaining('`except Exception`') });
  expect(contents).toMatchObject({ kind: 'markdown', value: expect.stringMatching(/^\*\*.+\*\* `silent-exception`/) });
});

test('the page of a rule is the one that comes with the server, where a client names no other', () => {
  const page = rulePage({}, 'mixed-io');
  expect(readFileSync(fileURLToPath(page!), 'utf8')).toMatch(/^# /);
  expect(rulePage({}, 'no-such-rule')).toBeUndefined();
  expect(rulePage({ docsBaseUrl: 'vscode://seamline.seamline/rules/' }, 'mixed-io')).toBe(
    'vscode://seamline.seamline/rules/mixed-io',
  );
});

test('by hand, the server says how it is started', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(inject('cliFolder'), 'server.js'), ...words], { encoding: 'utf8' });
  expect(run('--help').stdout).toContain('seamline-server --stdio');
  expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a client that does not pull hears of what is shown, once', async () => {
  const files = { 'a.py': SWALLOWS, 'b.py': SWALLOWS };
  const client = await startClient(files, { capabilities: {} });
  const told: string[] = [];
  client.connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      told.push(`${uri.split('/').at(-1)} ${diagnostics.length}`);
    },
  );
  await client.open('a.py', SWALLOWS);
  await client.eventually(
    () => told.length,
    (count) => count > 0,
  );
  await client.write('b.py', `\n${SWALLOWS}`);
  await client.close('a.py');
  await client.eventually(
    () => told.length,
    (count) => count > 1,
  );
  expect(told).toEqual(['a.py 1', 'a.py 0']);
});
