import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Workspace } from '../../session/workspace';

/** A real workspace of the given files in a temporary folder, analysed; gone when the test is over. */
export async function openWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'seamline-workspace-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, '.git'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const workspace = await Workspace.open({ paths: [root], cwd: root, engine: 'wasm', jobs: 1, useCache: false });
  onTestFinished(() => workspace.dispose());
  return workspace;
}
