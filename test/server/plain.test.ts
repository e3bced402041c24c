import { expect, test } from 'vitest';
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
