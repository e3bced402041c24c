import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { type ClientOptions, LspClient } from './lsp-client';

/** Starts the server, as `global-setup.ts` built it, on a temporary folder with these files; both are gone when the test is over. */
export async function startClient(
  files: Readonly<Record<string, string>>,
  options: ClientOptions = {},
): Promise<LspClient> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'seamline-lsp-')));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const client = await LspClient.connect(join(inject('cliFolder'), 'server.js'), root, options);
  onTestFinished(async () => {
    await client.stop();
    await rm(root, { recursive: true, force: true });
  });
  return client;
}
